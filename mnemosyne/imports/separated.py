"""Rows with separators: CSV, TSV and Anki's text exports, with the header lines that describe the columns.

Source of the header lines: the Anki manual, "Text files" (`#separator:`, `#html:`, `#tags:`, `#columns:`,
`#notetype:`, `#deck:`, and `#notetype column:`, `#deck column:`, `#tags column:`, `#guid column:`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from mnemosyne.errors import InputError
from mnemosyne.imports.html_text import is_html, reduce_html, reduce_plain
from mnemosyne.imports.note import Note, ReadNotes, SkippedNote, deck_remark, missing_side, sorted_out

_SEPARATORS: Final = {
    "comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":",
}  # fmt: skip
_GUESSED: Final = ("\t", ";", "|", ",")  # separators to try in this order, if the file names none
_ROLES: Final = {
    "front": ("front", "question", "prompt", "ask", "term", "text"),
    "back": ("back", "answer", "definition", "back extra", "extra"),
    "tags": ("tags", "tag"),
    "guid": ("guid", "id"),
}
_OPTIONAL: Final = "optional reversed"  # part of the name of Anki's note type
_MOST_CELL: Final = 1_000_000  # characters of one cell


@dataclass(slots=True)
class _Layout:
    separator: str | None = None
    html: bool | None = None
    tags: tuple[str, ...] = ()
    notetype: str = ""
    special: dict[str, int] = field(default_factory=dict)  # "tags", "guid", "notetype", "deck" -> column from 0
    names: list[str] = field(default_factory=list)
    # the decks that the rows name; if there are several, each becomes a tag
    decks: set[str] = field(default_factory=set)


def read_separated(text: str, separator: str | None = None) -> ReadNotes:
    """Return the notes of a text, one for each row; `separator` is that of the file's format, if it has one.

    Raises InputError if a row cannot be read.
    """
    layout, body, first_line = _header(text.removeprefix("\ufeff"))
    layout.separator = layout.separator or separator or _guessed(body)
    rows = list(_rows(body, layout.separator, first_line))
    if not layout.names and not layout.special and rows and _role_columns(rows[0][1]):
        layout.names = rows.pop(0)[1]
    layout.decks = {name for _, cells in rows if (name := _cell(cells, layout.special.get("deck")))}
    read = sorted_out(_note(line, cells, layout) for line, cells in rows)
    return replace(read, remarks=(deck_remark(layout.decks),)) if len(layout.decks) > 1 else read


def _header(text: str) -> tuple[_Layout, str, int]:
    """Return the layout in the header lines, which begin with `#`, then the rest and its first line's number."""
    layout, lines = _Layout(), text.splitlines(keepends=True)
    count = 0
    for line in lines:
        name, colon, value = line[1:].strip("\r\n").partition(":")
        if not line.startswith("#") or not colon:
            break
        _take_header(layout, name.strip().lower(), value)
        count += 1
    return layout, "".join(lines[count:]), count + 1


def _take_header(layout: _Layout, name: str, value: str) -> None:
    word = value.strip()
    if name == "separator":
        layout.separator = _SEPARATORS.get(word.lower()) or value[:1] or None
    elif name == "html":
        layout.html = word.lower() == "true"
    elif name == "tags":
        layout.tags = tuple(word.split())
    elif name == "notetype":
        layout.notetype = word
    elif name == "columns":
        layout.names = next(csv.reader([word], delimiter=layout.separator or ","), [])
    elif name.endswith(" column") and word.isdecimal() and int(word) > 0:
        layout.special[name.removesuffix(" column")] = int(word) - 1


def _guessed(body: str) -> str:
    line = next((line for line in body.splitlines() if line.strip()), "")
    return next((separator for separator in _GUESSED if separator in line), ",")


def _rows(body: str, separator: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_MOST_CELL)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator)
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                yield first_line + before, cells
            before = reader.line_num
    except csv.Error as error:
        raise InputError(f"line {first_line + before}: the row cannot be read ({error})", "check its quotes") from None


def _role_columns(names: list[str]) -> dict[str, int]:
    """Return the columns by their role; empty unless there are a question and an answer."""
    lowered = [name.strip().lower() for name in names]
    columns = {
        role: next(lowered.index(word) for word in words if word in lowered)
        for role, words in _ROLES.items()
        if any(word in lowered for word in words)
    }
    return columns if {"front", "back"} <= columns.keys() else {}


def _note(line: int, cells: list[str], layout: _Layout) -> Note | SkippedNote:
    place, roles = f"line {line}", _roles(cells, layout)
    values = {name: cells[column] for name, column in roles.items() if column < len(cells)}
    further = [cells[i] for i in range(len(cells)) if i not in roles.values() and i not in layout.special.values()]
    notetype = (values.get("notetype", "") or layout.notetype).lower()
    both_ways = "reversed" in notetype
    if _OPTIONAL in notetype:  # its third field says whether it is asked both ways
        both_ways, further = any(map(str.strip, further)), []
    front, back = values.get("front", ""), "\n\n".join(filter(None, [values.get("back", ""), *map(str.strip, further)]))
    html = layout.html if layout.html is not None else is_html(front + back)
    sides = [reduce_html(side) if html else reduce_plain(side) for side in (front, back)]
    lost = (*sides[0].lost, *sides[1].lost)
    cloze = "{{c" in front or "cloze" in notetype
    if why := missing_side(sides[0].text, sides[1].text, lost, cloze=cloze):
        return SkippedNote(place, why)
    decks = [values["deck"].strip()] if len(layout.decks) > 1 and values.get("deck", "").strip() else []
    tags = tuple(dict.fromkeys((*layout.tags, *values.get("tags", "").split(), *decks)))
    return Note(place, sides[0].text, sides[1].text, tags, values.get("guid", "").strip(), cloze, both_ways, lost)


def _cell(cells: list[str], column: int | None) -> str:
    """Return the cell of a row in a column; "" if there is no such column."""
    return cells[column].strip() if column is not None and column < len(cells) else ""


def _roles(cells: list[str], layout: _Layout) -> Mapping[str, int]:
    """Return the columns by their role: by the names of the columns, else the first two without another role."""
    roles = {role: i for role, i in _role_columns(layout.names).items() if role not in layout.special}
    if not roles:
        free = [i for i in range(len(cells)) if i not in layout.special.values()]
        roles = dict(zip(("front", "back"), free, strict=False))
    return {**roles, **layout.special}
