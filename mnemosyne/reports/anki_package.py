"""Cards as an Anki package, `.apkg`: new cards, one deck per topic, with stable ids.

Source: Anki's schema 11, which every Anki since 2.0 imports: a zip archive with the SQLite database
`collection.anki2`, whose table col holds note types, decks and options as JSON, and the file
`media`. A note is identified by its guid: when imported again, it is updated if it has changed
since, and keeps its schedule.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1, sha256
from typing import Any, Final

_SEPARATOR: Final = "\x1f"
_NOTE_TYPE: Final = "Mnemosyne"
_SCHEMA: Final = """
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
    ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
    models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
    usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
    flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
    mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
    ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
    left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
    ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
    type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
"""


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A card as a note with two sides."""

    card_id: str  # the card's id, from which the guid follows
    number: int  # the card's number, for programs that identify cards by numbers
    deck: str  # the title of the topic
    front: str  # HTML, without control characters
    back: str  # HTML, without control characters
    tags: Sequence[str]  # without spaces


def anki_package(notes: Sequence[AnkiNote], moment: datetime, number_of: Callable[[str], int]) -> bytes:
    """Return the package; `moment`, aware, becomes the modification time of its notes.

    `number_of` returns stable numbers for decks and the note type.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("collection.anki2", _collection(notes, int(moment.timestamp()), number_of))
        package.writestr("media", "{}")
    return buffer.getvalue()


def _collection(notes: Sequence[AnkiNote], seconds: int, number_of: Callable[[str], int]) -> bytes:
    """Return the bytes of the database file."""
    decks = {name: number_of(f"deck {name}") for name in dict.fromkeys(note.deck for note in notes)}
    note_type = number_of(f"note type {_NOTE_TYPE}")
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_SCHEMA)
        parts = (_options(note_type), _note_types(note_type, seconds), _decks(decks, seconds), _deck_options())
        database.execute(
            "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
            (seconds, 1000 * seconds, 1000 * seconds, *map(json.dumps, parts)),
        )
        database.executemany(
            "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
            (_note_row(note, note_type, seconds) for note in notes),
        )
        database.executemany(
            "INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
            ((note.number, note.number, decks[note.deck], seconds, due) for due, note in enumerate(notes, 1)),
        )
        database.commit()
        return database.serialize()


def _note_row(note: AnkiNote, note_type: int, seconds: int) -> tuple[object, ...]:
    tags = f" {' '.join(note.tags)} " if note.tags else ""
    checksum = int(sha1(note.front.encode(), usedforsecurity=False).hexdigest()[:8], 16)
    guid = sha256(f"mnemosyne {note.card_id}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return (note.number, guid, note_type, seconds, tags, f"{note.front}{_SEPARATOR}{note.back}", note.front, checksum)


def _note_types(number: int, seconds: int) -> dict[str, Any]:
    fields = [
        {"name": name, "ord": number, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
        for number, name in enumerate(("Front", "Back"))
    ]
    template = {
        "name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}",
        "bqfmt": "", "bafmt": "", "did": None, "bfont": "", "bsize": 0,
    }  # fmt: skip
    style = ".card { font-family: arial; font-size: 20px; text-align: left; color: black; background-color: white; }"
    note_type = {
        "id": number, "name": _NOTE_TYPE, "type": 0, "mod": seconds, "usn": -1, "sortf": 0, "did": 1,
        "tmpls": [template], "flds": fields, "css": style, "latexPre": "", "latexPost": "", "latexsvg": False,
        "req": [[0, "any", [0]]], "tags": [], "vers": [],
    }  # fmt: skip
    return {str(number): note_type}


def _decks(decks: dict[str, int], seconds: int) -> dict[str, Any]:
    def deck(name: str, number: int) -> dict[str, Any]:
        return {
            "id": number, "name": name, "mod": seconds, "usn": -1, "lrnToday": [0, 0], "revToday": [0, 0],
            "newToday": [0, 0], "timeToday": [0, 0], "collapsed": False, "browserCollapsed": False, "desc": "",
            "dyn": 0, "conf": 1, "extendNew": 0, "extendRev": 0,
        }  # fmt: skip

    return {str(number): deck(name, number) for name, number in (("Default", 1), *decks.items())}


def _options(note_type: int) -> dict[str, Any]:
    return {
        "nextPos": 1, "estTimes": True, "activeDecks": [1], "sortType": "noteFld", "timeLim": 0, "sortBackwards": False,
        "addToCur": True, "curDeck": 1, "newBury": True, "newSpread": 0, "dueCounts": True, "curModel": str(note_type),
        "collapseTime": 1200,
    }  # fmt: skip


def _deck_options() -> dict[str, Any]:
    return {
        "1": {
            "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0,
            "replayq": True, "dyn": False,
            "new": {"bury": True, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 7], "order": 1,
                    "perDay": 20, "separate": True},
            "rev": {"bury": True, "ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36500, "minSpace": 1,
                    "perDay": 200},
            "lapse": {"delays": [10], "leechAction": 0, "leechFails": 8, "minInt": 1, "mult": 0},
        }
    }  # fmt: skip
