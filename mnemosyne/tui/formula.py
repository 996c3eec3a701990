"""Formulas as pictures: typeset in two dimensions where they fit, on one line where they do not.

Only `expressions.read` does the reading, fast enough for every keystroke; the checker is never
asked. What cannot be read is shown as written: drawing never fails.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Node
from mnemosyne.expressions.typeset import Block, typeset
from mnemosyne.expressions.vocabulary import symbol_name
from mnemosyne.tui.literal import literal
from mnemosyne.tui.picture import Picture, above, prose, words

STYLE = "$formula"
_OPERATORS = re.compile(r"(?<=[·/])|(?= [+−=] )")  # break after · and /, before +, − and =
_LONG_NAME = re.compile(r"\b[^\W\d_]\w+\b(?!\()")  # not a function: no bracket follows
LONGEST_PICTURE = 10_000  # characters; longer formulas, slow to read, are shown as written


def draw_formula(node: Node, width: int, style: str = STYLE, *, flat: bool = False) -> Picture:
    """Return the formula typeset, or on wrapped lines if it is to be `flat` or is wider than `width`."""
    block = None if flat else _typeset(_Identity(node))
    if block is not None and block.width <= width:
        return Picture(tuple(literal(line.ljust(block.width), style) for line in block.lines), block.baseline)
    return broken(to_unicode_line(node), width, style)


def broken(line: str, width: int, style: str = STYLE) -> Picture:
    """Return a one-line formula on as many lines as it needs, each broken at an operator where there is one."""
    lines = [""]
    for piece in _OPERATORS.split(line):
        if lines[-1] and len(lines[-1] + piece) > width:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return above([prose(part, width, style) for part in lines])


def drawn_line(line: str, width: int, style: str = STYLE, names: frozenset[str] | None = None) -> Picture:
    """Return the one-line formula typeset, or as written if it cannot be read; `names` as in `read`."""
    node = readable_formula(line, names)
    return prose(line, width, style) if node is None else draw_formula(node, width, style)


def on_one_line(line: str, style: str = STYLE) -> Picture:
    """Return the one-line formula as people write it, `2x·cos(x²)`; `w1` and the like are names in a graph."""
    node = readable_formula(line, besides=frozenset(map(symbol_name, _LONG_NAME.findall(line))) - {"π"})
    return words(line if node is None else to_unicode_line(node), style)


@lru_cache(512)
def readable_formula(
    line: str, names: frozenset[str] | None = None, *, besides: frozenset[str] = frozenset()
) -> Node | None:
    """Return the formula's tree, or None if it cannot be read or is too long to be worth drawing."""
    if len(line) > LONGEST_PICTURE:
        return None
    try:
        return read_printed(line, names, besides=besides)
    except ReadingError:
        return None


class _Identity:
    """A tree compared by identity: comparing deep ones by their parts would recurse."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.node is self.node

    def __hash__(self) -> int:
        return id(self.node)


@lru_cache(128)
def _typeset(identity: _Identity) -> Block:
    return typeset(identity.node)
