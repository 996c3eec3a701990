"""Everything in Anki's collection besides its notes, in both generations: note types with
their templates, and decks.

Source: Anki, rslib/src/storage and proto/anki/notetypes.proto. Schema 11 has them as JSON in the table col,
schema 18 in separate tables, whose column config is a protobuf message.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from mnemosyne.imports.anki_template import Template
from mnemosyne.text import parse_json

_CLOZE: Final = 1  # the kind of a cloze note type, in both generations
_QUESTION, _ANSWER = 1, 2  # the fields of a template's message
_WIDTHS: Final = {1: 8, 5: 4}  # the size in bytes of fixed-width numbers, by protobuf wire type


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type."""

    cloze: bool  # whether its notes are clozes
    fields: tuple[str, ...]  # the names of the fields, in order
    templates: tuple[Template, ...]  # the templates, one for each card


def note_types(database: sqlite3.Connection) -> dict[int, NoteType]:
    """Return the note types by id."""
    if not has_table(database, "notetypes"):
        (models,) = database.execute("SELECT models FROM col").fetchone()
        return {int(key): _from_json(model) for key, model in parse_json(models).items()}
    fields: dict[int, list[str]] = defaultdict(list)
    for type_id, name in database.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields[type_id].append(name)
    templates: dict[int, list[Template]] = defaultdict(list)
    for type_id, config in database.execute("SELECT ntid, config FROM templates ORDER BY ntid, ord"):
        message = dict(_message(config))
        templates[type_id].append(Template(_text(message.get(_QUESTION)), _text(message.get(_ANSWER))))
    return {
        type_id: NoteType(dict(_message(config)).get(1) == _CLOZE, tuple(fields[type_id]), tuple(templates[type_id]))
        for type_id, config in database.execute("SELECT id, config FROM notetypes")
    }


def decks_by_id(database: sqlite3.Connection) -> dict[int, str]:
    """Return the names of the decks by id, with `::` between a deck and its subdeck."""
    if has_table(database, "decks"):
        return {deck: str(name).replace("\x1f", "::") for deck, name in database.execute("SELECT id, name FROM decks")}
    (decks,) = database.execute("SELECT decks FROM col").fetchone()
    return {int(key): str(deck["name"]) for key, deck in parse_json(decks).items()}


def has_table(database: sqlite3.Connection, name: str) -> bool:
    """Return whether a collection has a table."""
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return database.execute(query, (name,)).fetchone() is not None


def _from_json(model: dict[str, Any]) -> NoteType:
    return NoteType(
        model.get("type") == _CLOZE,
        tuple(str(field["name"]) for field in model.get("flds", ())),
        tuple(
            Template(str(template.get("qfmt", "")), str(template.get("afmt", "")))
            for template in model.get("tmpls", ())
        ),
    )


def _text(value: int | bytes | None) -> str:
    return value.decode() if isinstance(value, bytes) else ""


def _message(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the fields of a protobuf message with their numbers; raise ValueError if it is invalid."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        match key & 7:
            case 0:
                value, at = _varint(data, at)
                yield key >> 3, value
            case 2:
                size, at = _varint(data, at)
                yield key >> 3, data[at : at + size]
                at += size
            case 1 | 5 as mark:
                at += _WIDTHS[mark]
            case _:
                raise ValueError("a note type in it is damaged")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number that begins at a position, in seven bits per byte, and where it ends."""
    value = shift = 0
    while at < len(data):
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not data[at - 1] & 0x80:
            return value, at
    raise ValueError("a note type in it is damaged")
