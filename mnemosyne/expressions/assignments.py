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
    """Return what looks like a letter with an index in the texts, and the names given.

    The symbols besides any letter.
    """
    indexed = (match.replace("_", "") for text in texts for match in _INDEXED.findall(text))
    return frozenset(indexed) | frozenset(map(symbol_name, more))


def read_assignments(
    assignments: Sequence[tuple[str, str]], names: frozenset[str], *, printed: bool = False
) -> dict[str, Node]:
    """Return the trees by name, in order.

    Raise ReadingError for one that cannot be read, or a name that has a meaning already.

    `names` are those besides any letter that may stand in the formulas. What the program has `printed` has no
    limits.
    """
    return dict(assigned(assignments, names, printed=printed))


def assigned(
    assignments: Iterable[tuple[str, str]], names: frozenset[str], *, printed: bool = False
) -> Iterator[tuple[str, Node]]:
    """Yield the names with their trees, one after the other, each as soon as it is read; ReadingError as above."""
    defined_names: set[str] = set()
    used: set[str] = set()
    for spelled_name, text in assignments:
        name = symbol_name(spelled_name)
        tree = read_printed(text, besides=names) if printed else read(text, besides=names)
        used |= symbols(tree)
        if name in defined_names or name in used:
            message = f"Assign {spelled_name} once, and before it is used: it has a meaning already."
            raise ReadingError(message, (0, len(text)))
        defined_names.add(name)
        yield name, tree
