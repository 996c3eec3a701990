"""Named assignments, `z = w*x + b` and then `a = sigmoid(z)`: which names their formulas may use, and reading them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import read, read_printed
from mnemosyne.expressions.tree import Node, symbols
from mnemosyne.expressions.vocabulary import symbol_name

_INDEXED = re.compile(r"(?<![^\W\d_])[^\W\d_]_?[0-9]+")


def known_names(texts: Iterable[str], more: Iterable[str] = ()) -> frozenset[str]:
    """What looks like a letter with an index in the texts, and the names given: the symbols besides any letter."""
    indexed = (match.replace("_", "") for text in texts for match in _INDEXED.findall(text))
    return frozenset(indexed) | frozenset(map(symbol_name, more))


def read_assignments(
    assignments: Sequence[tuple[str, str]], known: frozenset[str], *, printed: bool = False
) -> dict[str, Node]:
    """The trees by name, in order; ReadingError for one that cannot be read, or a name that has a meaning already.

    `known` are the names besides any letter that may stand in the formulas. What the program has `printed` has no
    limits.
    """
    return dict(assigned(assignments, known, printed=printed))


def assigned(
    assignments: Iterable[tuple[str, str]], known: frozenset[str], *, printed: bool = False
) -> Iterator[tuple[str, Node]]:
    """The names with their trees, one after the other, each as soon as it is read; ReadingError as above."""
    found: set[str] = set()
    used: set[str] = set()
    for written, text in assignments:
        name = symbol_name(written)
        tree = read_printed(text, besides=known) if printed else read(text, besides=known)
        used |= symbols(tree)
        if name in found or name in used:
            message = f"Assign {written} once, and before it is used: it has a meaning already."
            raise ReadingError(message, (0, len(text)))
        found.add(name)
        yield name, tree
