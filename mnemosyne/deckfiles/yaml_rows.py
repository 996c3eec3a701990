"""The values in one line of YAML as their author meant them, found by form: the line may not be valid YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

_KEY = re.compile(r"""(?:"[^"]*"|'[^']*'|[^\s\[\]{},"'#&*!|>%@`][^\[\]{},"'#:]*)[ ]*:(?:[ ]+|$)""")
_ITEMS = re.compile(r"[ ]*(?:-[ ]+)*")
_PLAIN = re.compile(r"[^,\[\]{}]*")
DEEPEST = 20  # levels of a file
CLOSING = {"[": "]", "{": "}", '"': '"', "'": "'"}
OPENING = {closing: opening for opening, closing in CLOSING.items()}


@dataclass(frozen=True, slots=True)
class RowValue:
    """A value: its text to the end of the line, its column from 1, and whether it is inside brackets and has a key."""

    text: str
    column: int
    bracketed: bool
    keyed: bool


def values_in(row: str, *, bracketed: bool) -> Iterator[RowValue]:
    """Yield the values that begin in a line, inside brackets too; `bracketed` if brackets may have begun before."""
    at = _end(_ITEMS, row, 0)
    if bracketed:
        yield from _entries(row, at)
        return
    is_item = "-" in row[:at]
    if key := _KEY.match(row, at):
        at = key.end()
    elif not is_item and row[at : at + 1] not in ("[", "{"):
        return
    if at < len(row):
        yield RowValue(row[at:], at + 1, bracketed=False, keyed=key is not None)
        if row[at] in "[{":
            yield from _entries(row, at + 1)


def begins_with_key(text: str) -> bool:
    """Return whether a text begins with a word and a colon."""
    return _KEY.match(text) is not None


def after_closing(text: str) -> str | None:
    """Return the text after the bracket or quote that closes the one it begins with; None if none is seen to."""
    sign = text[0]
    depth = at = 0
    while at < len(text):
        if text[at] == CLOSING[sign] and at:
            depth -= 1
        elif text[at] == sign:
            depth += 1
        elif text[at] == "\\" and sign == '"':
            at += 1
        if not depth:
            return text[at + 1 :]
        if depth > DEEPEST:  # so that a line of nothing but brackets takes no time
            return None
        at += 1
    return None


def open_brackets(rows: Sequence[str]) -> Sequence[str]:
    """Return the brackets that are open at the end of some lines, the first of which begins outside brackets."""
    opened: list[str] = []
    for row in rows:
        at = 0 if opened else next((value.column - 1 for value in values_in(row, bracketed=False)), len(row))
        if not opened and row[at : at + 1] not in ("[", "{"):
            continue  # a text without quotes, whose brackets are only text
        while at < len(row):
            if row[at] in "[{":
                opened.append(row[at])
            elif opened and row[at] == CLOSING[opened[-1]]:
                opened.pop()
            at = _behind_quoted(row, at) if row[at] in "\"'" and begins_value(row[:at]) else at + 1
    return opened


def begins_value(before: str) -> bool:
    """Return whether a value begins after the beginning of a line: after a dash, a key, a comma or a bracket."""
    before = before.strip()
    return before.endswith((":", ",", "[", "{")) or (before.endswith("-") and not before.strip("- "))


def _behind_quoted(row: str, at: int) -> int:
    rest = after_closing(row[at:])
    return len(row) if rest is None else len(row) - len(rest)


def _entries(row: str, at: int) -> Iterator[RowValue]:
    """Yield the values from a place inside brackets up to the end of the line."""
    while at < len(row):
        if row[at] in "]}, ":
            at += 1
            continue
        key = _KEY.match(row, at)
        at = key.end() if key else at
        if at < len(row):
            yield RowValue(row[at:], at + 1, bracketed=True, keyed=key is not None)
            at = _behind_entry(row, at)


def _behind_entry(row: str, at: int) -> int:
    if row[at] in "\"'":
        return _behind_quoted(row, at)
    return at + 1 if row[at] in "[]{}," else _end(_PLAIN, row, at)


def _end(pattern: re.Pattern[str], row: str, at: int) -> int:
    match = pattern.match(row, at)
    return match.end() if match else at


class CommentPlace(Enum):
    """What a comment would hide if it were meant as text: how it is preceded, and how it then begins."""

    REST = re.compile(r"\s+#(?P<text>\w)?")  # the rest of an unquoted text
    WHOLE = re.compile(r"\s*:?\s*#(?P<text>[^\s#=-])?")  # a value, or the first item of a list
    NEXT = re.compile(r"\s*,\s*#(?P<text>[^\s#=-])?")  # an item of a list


@dataclass(frozen=True, slots=True)
class Comment:
    """The column of a comment's #, from 1, and whether it was probably meant as text: it has no space after the #."""

    column: int
    is_text: bool


def comment_after(row: str, end: int, place: CommentPlace) -> Comment | None:
    """Return the comment that follows in a row after what ends before a column, from 0; None if none does."""
    match = place.value.match(row, end)
    return Comment(row.index("#", end) + 1, match["text"] is not None) if match else None
