"""Anki's packages, `.apkg` and `.colpkg`, of both generations.

Source: Anki, rslib/src/import_export/package and rslib/src/storage. A package is a zip archive. The one of today
(version 3 in its file `meta`) keeps the collection in `collection.anki21b`: SQLite compressed by zstd, schema 18, with
the tables notetypes and templates and the collation `unicase`; a `collection.anki2` beside it is a stub with one note
that asks to update Anki. Before, the collection was `collection.anki21` or `collection.anki2`, with note types as JSON
in the table col. The fields of a note are separated by 0x1f.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from mnemosyne.errors import InputError
from mnemosyne.imports.anki_history import AnkiAnswer
from mnemosyne.imports.html_text import reduce_html
from mnemosyne.imports.note import LeftOut, Note, ReadNotes, missing_side, sorted_out

_SEPARATOR: Final = "\x1f"
_MOST_BYTES: Final = 1 << 30  # of a collection, unpacked
_LONGEST_VALUE: Final = 64 << 20  # bytes of one value in it
_CHUNK: Final = 1 << 20
_CLOZE: Final = 1  # the kind of a note type with blanks, in both generations
_HISTORY: Final = """
    SELECT notes.guid, cards.ord, revlog.id, revlog.ease, revlog.time, revlog.type, revlog.factor
    FROM revlog JOIN cards ON cards.id = revlog.cid JOIN notes ON notes.id = cards.nid
"""
_DAMAGED: Final = "the collection in it cannot be read"


@dataclass(frozen=True, slots=True)
class _NoteType:
    cloze: bool
    templates: int  # how many cards it makes of a note


_PLAIN_TYPE: Final = _NoteType(cloze=False, templates=1)


def read_package(path: Path) -> ReadNotes:
    """Return the notes of a package; InputError if it is none, or cannot be read here."""
    with _collection_of(path) as database:
        return _notes(database)


def read_history(path: Path) -> tuple[AnkiAnswer, ...]:
    """Return the log of a package, without the answers on cards that are gone; InputError as for its notes."""
    with _collection_of(path) as database:
        rows = database.execute(_HISTORY).fetchall()
        return tuple(_answer(*row) for row in rows if all(isinstance(value, int) for value in row[1:]))


@contextmanager
def _collection_of(path: Path) -> Iterator[sqlite3.Connection]:
    """Give the collection in a package; InputError if there is none, or what is done with it finds it damaged."""
    try:
        with zipfile.ZipFile(path) as package, tempfile.TemporaryDirectory() as folder:
            collection = Path(folder) / "collection.sqlite"
            with collection.open("wb") as target:
                _unpack(package, target)
            uri = f"{collection.as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(uri, uri=True)) as database:
                _require_harmless(database)
                database.create_collation("unicase", _compared)
                yield database
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(f"{path}: this is not an Anki package ({error})", "export it from Anki again") from None
    except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: {_DAMAGED} ({error})", "export it from Anki again") from None


def _require_harmless(database: sqlite3.Connection) -> None:
    """Raise a ValueError where reading a table would run what a stranger wrote: a view may have rows without end."""
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    views = database.execute("SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index')").fetchone()
    if views:
        raise ValueError(f"it has {views[0]}, which Anki does not write")


def _unpack(package: zipfile.ZipFile, target: IO[bytes]) -> None:
    names = set(package.namelist())
    if "collection.anki21b" in names:
        with package.open("collection.anki21b") as packed:
            _decompress(packed, target)
        return
    name = next((name for name in ("collection.anki21", "collection.anki2") if name in names), None)
    if name is None:
        raise InputError(f"{package.filename}: there is no collection in it", "export a deck from Anki as .apkg")
    with package.open(name) as plain:
        _copy(plain, target)


def _decompress(packed: IO[bytes], target: IO[bytes]) -> None:
    try:
        from zstandard import ZstdDecompressor, ZstdError
    except ImportError:
        raise InputError(
            "this package is compressed, and zstandard is not installed",
            "pip install zstandard, or export with Anki's option for older versions",
        ) from None
    try:
        _copy(ZstdDecompressor().stream_reader(packed), target)
    except ZstdError as error:
        raise ValueError(str(error)) from None


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    size = 0
    while data := source.read(_CHUNK):
        size += len(data)
        if size > _MOST_BYTES:
            raise InputError("its collection is over 1 GiB", "export a part of it")
        target.write(data)


def _notes(database: sqlite3.Connection) -> ReadNotes:
    types = _note_types(database)
    rows = database.execute("SELECT guid, mid, tags, flds FROM notes ORDER BY id")
    return sorted_out(
        _note(f"note {number}", str(guid), types.get(type_id, _PLAIN_TYPE), str(tags), str(fields))
        for number, (guid, type_id, tags, fields) in enumerate(rows, 1)
    )


def _answer(
    guid: object, ordinal: int, moment: int, button: int, milliseconds: int, kind: int, factor: int
) -> AnkiAnswer:
    return AnkiAnswer((str(guid), ordinal), moment, button, milliseconds, kind, factor)


def _compared(first: str, second: str) -> int:
    left, right = first.casefold(), second.casefold()
    return (left > right) - (left < right)


def _note_types(database: sqlite3.Connection) -> dict[int, _NoteType]:
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "notetypes" not in tables:
        (models,) = database.execute("SELECT models FROM col").fetchone()
        return {
            int(key): _NoteType(model.get("type") == _CLOZE, len(model.get("tmpls", ())))
            for key, model in json.loads(models).items()
        }
    counts = dict(database.execute("SELECT ntid, COUNT(*) FROM templates GROUP BY ntid"))
    return {
        type_id: _NoteType(_first_number(config) == _CLOZE, counts.get(type_id, 1))
        for type_id, config in database.execute("SELECT id, config FROM notetypes")
    }


def _first_number(message: bytes) -> int | None:
    """Return field 1 of a protobuf message, if the message begins with it and it is a number below 128."""
    return message[1] if len(message) > 1 and message[0] == 0x08 and message[1] < 0x80 else None


def _note(place: str, guid: str, note_type: _NoteType, tags: str, fields: str) -> Note | LeftOut:
    front, *other_fields = map(reduce_html, fields.split(_SEPARATOR))
    back = "\n\n".join(side.text for side in other_fields if side.text)
    lost = tuple(dict.fromkeys(name for side in (front, *other_fields) for name in side.lost))
    if why := missing_side(front.text, back, lost, cloze=note_type.cloze):
        return LeftOut(place, why)
    both_ways = not note_type.cloze and note_type.templates > 1
    return Note(place, front.text, back, tuple(tags.split()), guid, note_type.cloze, both_ways, lost)
