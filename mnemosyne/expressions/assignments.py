"""Named assignments, `z = w*x + b` and then `a = sigmoid(z)`: which names their formulas may use, and reading them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node, symbols

_LETTERS = frozenset("abcdfghijklmnopqrstuvwxyzABCDFGHIJKLMNOPQRSTUVWXYZ")  # e is a number
_INDEXED = re.compile(r"(?<![^\W\d_])[^\W\d_]_?[0-9]+")


def known_names(texts: Iterable[str], more: Iterable[str] = ()) -> frozenset[str]:
    """Every letter, what looks like a letter with an index in the texts, and the names given."""
    indexed = (match.replace("_", "") for text in texts for match in _INDEXED.findall(text))
    return _LETTERS | frozenset(indexed) | frozenset(more)


def read_assignments(assignments: Sequence[tuple[str, str]], known: frozenset[str]) -> dict[str, Node]:
    """The trees by name, in order; ReadingError for one that cannot be read, or a name that has a meaning already."""
    return dict(assigned(assignments, known))


def assigned(assignments: Iterable[tuple[str, str]], known: frozenset[str]) -> Iterator[tuple[str, Node]]:
    """The names with their trees, one after the other, each as soon as it is read; ReadingError as above."""
    found: set[str] = set()
    used: set[str] = set()
    for name, text in assignments:
        tree = read(text, known)
        used |= symbols(tree)
        if name in found or name in used:
            raise ReadingError(
                f"{name} has a meaning already: assign each name once, before it is used", (0, len(text))
            )
        found.add(name)
        yield name, tree
