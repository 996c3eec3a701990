"""Anki's packages, `.apkg` and `.colpkg`, of both generations.

Source: Anki, rslib/src/import_export/package and rslib/src/storage. A package is a zip archive. The current
one (version 3 in its file `meta`) keeps the collection in `collection.anki21b`: SQLite compressed by zstd,
schema 18, with the tables notetypes and templates and the collation `unicase`; a `collection.anki2` beside it
is a stub with one note that asks to update Anki. In older ones the collection is `collection.anki21` or
`collection.anki2`, with note types as JSON in the table col. The fields of a note are separated by 0x1f.
"""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from typing import IO, Final

from mnemosyne.errors import InputError
from mnemosyne.imports.anki_history import AnkiAnswer
from mnemosyne.imports.anki_schema import NoteType, decks_by_id, has_table, note_types
from mnemosyne.imports.anki_template import ShownCard, Template, shown_card
from mnemosyne.imports.html_text import reduce_html
from mnemosyne.imports.note import Note, ReadNotes, SkippedNote, deck_remark, missing_side, sorted_out
from mnemosyne.text import pluralize

_SEPARATOR: Final = "\x1f"
_MOST_BYTES: Final = 1 << 30  # the largest collection, unpacked
_LONGEST_VALUE: Final = 64 << 20  # bytes of one value in it
_CHUNK: Final = 1 << 20
_HISTORY: Final = """
    SELECT notes.guid, cards.ord, revlog.id, revlog.ease, revlog.time, revlog.type, revlog.factor
    FROM revlog JOIN cards ON cards.id = revlog.cid JOIN notes ON notes.id = cards.nid
"""
_UNKNOWN_TYPE: Final = NoteType(cloze=False, fields=(), templates=(Template("{{0}}", "{{rest}}"),))
_DAMAGED: Final = "the collection in it cannot be read"


@dataclass(frozen=True, slots=True)
class _Card:
    ordinal: int
    deck: int
    queue: int
    flags: int


class _Queue(IntEnum):
    SUSPENDED = -1
    BURIED_BY_RULE = -2
    BURIED_BY_HAND = -3


_ASIDE: Final = "Anki's due dates, deck options and card styles are not imported."


def read_package(path: Path) -> ReadNotes:
    """Return the notes of a package; raise InputError if it is invalid, or cannot be read here."""
    with _collection_of(path) as database:
        return _notes(database)


def read_history(path: Path) -> tuple[AnkiAnswer, ...]:
    """Return the log of a package, without answers on deleted cards; raise InputError as for its notes."""
    with _collection_of(path) as database:
        rows = database.execute(_HISTORY).fetchall()
        return tuple(_answer(*row) for row in rows if all(isinstance(value, int) for value in row[1:]))


@contextmanager
def _collection_of(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield the collection in a package; raise InputError if there is none, or if using it shows that it is damaged."""
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
    except (sqlite3.Error, ValueError) as error:
        raise InputError(f"{path}: {_DAMAGED} ({error})", "export it from Anki again") from None
    except (KeyError, TypeError, AttributeError):  # their own messages describe this program, not the package
        raise InputError(f"{path}: {_DAMAGED}", "export it from Anki again") from None


def _require_harmless(database: sqlite3.Connection) -> None:
    """Raise ValueError if reading a table could execute foreign code: a view, for instance, may never end."""
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
            raise InputError("the collection in this package is over 1 GiB", "export only part of it")
        target.write(data)


def _notes(database: sqlite3.Connection) -> ReadNotes:
    types, cards, decks = note_types(database), _cards(database), decks_by_id(database)
    used = {card.deck for note_cards in cards.values() for card in note_cards}
    deck_tags = {deck: decks[deck] for deck in used if deck in decks} if len(used) > 1 else {}
    guids: dict[int, str] = {}
    results: list[Note | SkippedNote] = []
    rows = database.execute("SELECT id, guid, mid, tags, flds FROM notes ORDER BY id")
    for number, (note_id, guid, type_id, tags, fields) in enumerate(rows, 1):
        guids[note_id] = str(guid)
        of_note = cards.get(note_id, [])
        names = [*str(tags).split(), *(deck_tags[card.deck] for card in of_note[:1] if card.deck in deck_tags)]
        note = Note(f"note {number}", "", "", tuple(dict.fromkeys(names)), str(guid))
        results += _of_note(note, types.get(type_id, _UNKNOWN_TYPE), str(fields).split(_SEPARATOR), of_note)
    keyed_cards = [
        ((guids[note_id], card.ordinal), card) for note_id in cards if note_id in guids for card in cards[note_id]
    ]
    (answers,) = database.execute("SELECT COUNT(*) FROM revlog").fetchone() if has_table(database, "revlog") else (0,)
    return replace(
        sorted_out(results),
        answers=answers,
        suspended=frozenset(key for key, card in keyed_cards if card.queue == _Queue.SUSPENDED),
        flagged=frozenset(key for key, card in keyed_cards if card.flags & 7),
        remarks=tuple(_remarks([card for _, card in keyed_cards], list(deck_tags.values()))),
    )


def _cards(database: sqlite3.Connection) -> dict[int, list[_Card]]:
    """Return the cards of each note, by its id."""
    cards: dict[int, list[_Card]] = defaultdict(list)
    if has_table(database, "cards"):
        for note_id, *card in database.execute("SELECT nid, ord, did, queue, flags FROM cards ORDER BY nid, ord"):
            if all(isinstance(value, int) for value in card):
                cards[note_id].append(_Card(*card))
    return cards


def _remarks(cards: list[_Card], decks: list[str]) -> Iterator[str]:
    """Yield remarks on what else the file contains."""
    if decks:
        yield deck_remark(decks)
    buried = sum(card.queue in (_Queue.BURIED_BY_RULE, _Queue.BURIED_BY_HAND) for card in cards)
    if buried:
        yield f"Not buried here, though buried in Anki until the next day: {pluralize(buried, 'card')}."
    yield _ASIDE


def _answer(
    guid: object, ordinal: int, moment: int, button: int, milliseconds: int, kind: int, factor: int
) -> AnkiAnswer:
    return AnkiAnswer((str(guid), ordinal), moment, button, milliseconds, kind, factor)


def _compared(first: str, second: str) -> int:
    left, right = first.casefold(), second.casefold()
    return (left > right) - (left < right)


def _of_note(note: Note, note_type: NoteType, values: list[str], cards: list[_Card]) -> Iterator[Note | SkippedNote]:
    """Yield the results for the cards of a note; a cloze, or a note of unknown type, gives a single one."""
    templates = note_type.templates or _UNKNOWN_TYPE.templates
    values_by_name = {
        **{str(i): value for i, value in enumerate(values)},
        **dict(zip(note_type.fields, values, strict=False)),
    }
    if templates is _UNKNOWN_TYPE.templates:
        values_by_name["rest"] = "<br><br>".join(filter(None, values[1:]))
    ordinals = [0] if note_type.cloze or not cards else [card.ordinal for card in cards]
    for ordinal in ordinals:
        if 0 <= ordinal < len(templates):
            yield _shown_note(replace(note, ordinal=ordinal), note_type, shown_card(templates[ordinal], values_by_name))
        else:
            yield SkippedNote(note.place, f"its card {ordinal + 1} has no template")


def _shown_note(note: Note, note_type: NoteType, card: ShownCard) -> Note | SkippedNote:
    front, back, typed, *hints = map(reduce_html, (card.front, card.back, card.typed, *card.hints))
    lost = tuple(dict.fromkeys(name for side in (front, back, *hints) for name in side.lost))
    answer = back.text.removeprefix(front.text).strip() or back.text  # some backs repeat the front themselves
    if why := missing_side(front.text, answer, lost, cloze=note_type.cloze):
        return SkippedNote(note.place, why)
    hint = "\n\n".join(side.text for side in hints if side.text)
    is_typed = bool(typed.text) and typed.text == answer
    return replace(note, front=front.text, back=answer, cloze=note_type.cloze, lost=lost, hint=hint, typed=is_typed)
