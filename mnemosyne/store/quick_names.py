"""The names in a deck, read without opening it: for shell completion and checks of card files, which must be fast.

The deck is only read, never created, migrated or locked; on any problem there are no names. Also
paths as stored in a deck: a byte of a file name that is not UTF-8 is stored as a private-use
character.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mnemosyne.regular_file import permits, require_regular

_BYTES: Final = range(0x80, 0x100)  # bytes that Python decodes to lone surrogates, which cannot be encoded in UTF-8
_PRIVATE: Final = 0x10FE00  # in Unicode's last private plane, which no file name uses
_OUT: Final = {0xDC00 + byte: _PRIVATE + byte for byte in _BYTES}
_IN: Final = {_PRIVATE + byte: 0xDC00 + byte for byte in _BYTES}


def path_out(path: str) -> str:
    """Return the path as stored."""
    return path if path.isascii() else path.translate(_OUT)


def path_in(stored: str) -> str:
    """Return the path that `path_out` stored."""
    return stored if stored.isascii() else stored.translate(_IN)


@dataclass(frozen=True, slots=True)
class DeckNames:
    """The names in a deck, sorted, without those of missing cards."""

    ids: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    files: tuple[str, ...] = ()  # the paths of the card files, in the order of learning


def deck_owners(path: Path) -> dict[str, tuple[str, str]]:
    """Return the topic and the file path of each card in the deck at `path`, by id.

    Missing cards and unreadable rows are left out; an unreadable deck has none.
    """
    with suppress(sqlite3.Error, OSError, ValueError):
        with closing(_read_only(path)) as connection:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            rows = connection.execute("SELECT id, topic, path FROM card WHERE missing = 0").fetchall()
        return {row[0]: (row[1], path_in(row[2])) for row in rows if all(isinstance(value, str) for value in row)}
    return {}


def address_of(path: Path, mode: str) -> str:
    """Return the URI by which SQLite opens a deck's file; `mode` is "ro" or "rw".

    A read-only file is opened as immutable if it is complete, or SQLite would leave a read-only
    -shm file that outlasts the problem.
    """
    wal = path.with_name(f"{path.name}-wal")  # holds what has not been written to the main file
    is_whole = not wal.exists() or not wal.stat().st_size
    lasting = "&immutable=1" if is_whole and not permits(path, os.W_OK) else ""
    return f"{path.resolve().as_uri()}?mode={mode}{lasting}"


def _read_only(path: Path) -> sqlite3.Connection:
    require_regular(path)  # on a pipe SQLite would wait forever
    return sqlite3.connect(address_of(path, "ro"), uri=True, timeout=1)


def deck_names(path: Path) -> DeckNames:
    """Return the names in the deck at `path`; none if it cannot be read."""
    with suppress(sqlite3.Error, OSError, ValueError):
        with closing(_read_only(path)) as connection:
            ids = _column(connection, "SELECT id FROM card WHERE NOT missing ORDER BY id")
            tags = _column(
                connection,
                "SELECT DISTINCT tag FROM card_tag JOIN card ON card.id = card_id WHERE NOT missing ORDER BY tag",
            )
            topics = _column(connection, "SELECT DISTINCT topic FROM card WHERE NOT missing ORDER BY topic")
            files = _column(connection, "SELECT path FROM card WHERE NOT missing GROUP BY path ORDER BY min(position)")
        return DeckNames(ids, tags, topics, files)
    return DeckNames()


def _column(connection: sqlite3.Connection, statement: str) -> tuple[str, ...]:
    return tuple(str(value) for (value,) in connection.execute(statement))
