"""A number with its unit, `25 %`, `9.81 m/s²`, `€5`: only the unit of the question is known."""

from __future__ import annotations

import re
import unicodedata

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import UnknownName, read
from mnemosyne.expressions.tree import Node

_IGNORED = re.compile(r"[\s^\\*·⋅]+")
_ENDS_IN_WORD = re.compile(r"[0-9.)]\s*([^\W\d_][\w/^²³·*]*)\s*\Z")


def read_number(typed: str, unit: str = "") -> Node:
    """Return the tree of a number, with its unit or without; raise ReadingError for another unit, and like `read`."""
    bare = without_unit(typed, unit)
    try:
        return read(bare, frozenset())
    except UnknownName:
        second_number = _ENDS_IN_WORD.search(bare)
        if second_number is None:
            raise
        message = f"Give the number in {unit}." if unit else f"Type the number alone, without {second_number.group(1)}."
        raise ReadingError(message, second_number.span(1)) from None


def without_unit(typed: str, unit: str) -> str:
    """Return the text without the unit after it, or before it if that is a sign such as €."""
    sought = _bare(unit)
    if not sought:
        return typed
    for at in range(len(typed) - 1, 0, -1):
        word_ends = typed[at].isalpha() and typed[at - 1].isalpha()
        if not word_ends and not typed[at].isspace() and _bare(typed[at:]) == sought:
            return typed[:at].rstrip("\\")
    front = re.match(r"\s*(\W)(?=.)", typed)
    if front and _bare(front.group(1)) == sought:
        return " " * front.end() + typed[front.end() :]
    return typed


def _bare(unit: str) -> str:
    """Return a unit without the characters that people omit or write differently: m/s^2 as m/s²."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", unit))
