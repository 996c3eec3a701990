"""vi keys on a line of text: what a key does in normal mode.

Pure; inserting text is up to the input.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final


@dataclass(frozen=True, slots=True)
class ViLine:
    """A line in normal mode, with its cursor on a character (0 on an empty line), or about to enter insert mode."""

    text: str
    cursor: int
    pending: str = ""  # `d` while it waits for a motion
    insert: bool = False  # whether insert mode begins
    undo: bool = False  # whether to undo the last change


def pressed(line: ViLine, key: str) -> ViLine:
    """Return the line after a key in normal mode; unknown keys do nothing."""
    line = replace(line, cursor=_on_character(line.text, line.cursor))
    if line.pending:
        return _deleted(replace(line, pending=""), key)
    if key in _MOTIONS:
        return replace(line, cursor=_on_character(line.text, _MOTIONS[key](line)))
    if key in _INSERTS:
        return replace(line, cursor=min(len(line.text), _INSERTS[key](line)), insert=True)
    match key:
        case "x":
            return _without(line, line.cursor, line.cursor + 1)
        case "D":
            return _without(line, line.cursor, len(line.text))
        case "d":
            return replace(line, pending="d")
        case "u":
            return replace(line, undo=True)
        case _:
            return line


def _deleted(line: ViLine, key: str) -> ViLine:
    """Return the line after `d` and another key: `dd` deletes all, `dw`, `d$` … up to the motion's target."""
    if key == "d":
        return replace(line, text="", cursor=0)
    if key not in _MOTIONS:
        return line
    target = len(line.text) if key == "$" else _MOTIONS[key](line)
    return _without(line, *sorted((line.cursor, min(target, len(line.text)))))


def _without(line: ViLine, start: int, end: int) -> ViLine:
    text = line.text[:start] + line.text[end:]
    return replace(line, text=text, cursor=_on_character(text, start))


def _on_character(text: str, cursor: int) -> int:
    return max(0, min(cursor, len(text) - 1))


def _word_begins(text: str) -> list[int]:
    """Return the starts of words, which are runs of letters and digits or of other signs, separated by spaces."""
    begins, place = [], 0
    for kind, run in groupby(text, key=_kind):
        if kind != " ":
            begins.append(place)
        place += len(list(run))
    return begins


def _kind(character: str) -> str:
    if character.isspace():
        return " "
    return "word" if character.isalnum() or character == "_" else "sign"


def _next_word(line: ViLine) -> int:
    return next((begin for begin in _word_begins(line.text) if begin > line.cursor), len(line.text))


def _word_before(line: ViLine) -> int:
    return max((begin for begin in _word_begins(line.text) if begin < line.cursor), default=0)


_MOTIONS: Final[Mapping[str, Callable[[ViLine], int]]] = {
    "h": lambda line: line.cursor - 1 if line.cursor else 0,
    "l": lambda line: line.cursor + 1,
    " ": lambda line: line.cursor + 1,
    "w": _next_word,
    "b": _word_before,
    "0": lambda _: 0,
    "^": lambda line: next(iter(_word_begins(line.text)), 0),
    "$": lambda line: len(line.text) - 1,
}
_INSERTS: Final[Mapping[str, Callable[[ViLine], int]]] = {  # where inserting begins
    "i": lambda line: line.cursor,
    "a": lambda line: line.cursor + 1,
    "I": lambda line: next(iter(_word_begins(line.text)), 0),
    "A": lambda line: len(line.text),
}
