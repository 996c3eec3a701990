"""Named assignments, `z = w*x + b` and then `a = sigmoid(z)`: which names their formulas may use, and reading them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Node, symbols
from mnemosyne.expressions.vocabulary import symbol_name

_INDEXED = re.compile(r"(?<![^\W\d_])[^\W\d_]_?[0-9]+")


def known_names(texts: Iterable[str], more: Iterable[str] = ()) -> frozenset[str]:
    """Return the names in the texts that look like indexed letters, and those in `more`.

    These are symbols in addition to single letters.
    """
    indexed = (match.replace("_", "") for text in texts for match in _INDEXED.findall(text))
    return frozenset(indexed) | frozenset(map(symbol_name, more))


def read_assignments(assignments: Sequence[tuple[str, str]], names: frozenset[str]) -> dict[str, Node]:
    """Return the trees by name, in order, of formulas that the program printed, which have no limits.

    Raises ReadingError for a formula that cannot be read, or a name that already has a meaning.

    `names` are those that the formulas may use besides single letters.
    """
    trees: dict[str, Node] = {}
    used: set[str] = set()
    for spelled_name, text in assignments:
        name = symbol_name(spelled_name)
        tree = read_printed(text, besides=names)
        used |= symbols(tree)
        if name in trees or name in used:
            message = f"Assign {spelled_name} only once, and before it is used: it already has a meaning."
            raise ReadingError(message, (0, len(text)))
        trees[name] = tree
    return trees
