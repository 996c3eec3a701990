"""The file of a deck: whether it is whole, what is in it, and what SQLite says of it, as a `StoreError`.

A fault of the disk, the file or another program is told in one line; a fault of this program (wrong SQL, a broken
constraint) stays the exception that it is, unless the deck is damaged, which is looked into then. That is done on plain
SQLite connections, so that a file can be looked at that this program would not open as a deck: a backup, or any other.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError

from mnemosyne.errors import DamagedError, StoreError
from mnemosyne.regular_file import require_regular
from mnemosyne.store.quick_names import address_of
from mnemosyne.store.tables import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    from mnemosyne.store.migrations import Structure

PUT_BACK: Final = "`mnemosyne restore` lists the backups; restoring one keeps the damaged file"
_LOW_BYTE: Final = 0xFF  # an extended result code of SQLite keeps the primary one in its low byte
_FULL: Final = ("the disk is full", "free some space and continue; everything saved is safe")
_UNWRITABLE: Final = (
    "the deck cannot be written",
    "allow writing to the file, to its -wal and -shm if there are any, and to its folder",
)
_FAULTS: Final = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,  # no room for the index of the write-ahead log
    sqlite3.SQLITE_BUSY: ("the deck is in use by another program", "let it finish or close it, then try again"),
    sqlite3.SQLITE_LOCKED: ("the deck is in use by another program", "let it finish or close it, then try again"),
    sqlite3.SQLITE_READONLY: _UNWRITABLE,
    sqlite3.SQLITE_PERM: _UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: ("the deck cannot be opened", "check that the folder exists and is writable"),
    sqlite3.SQLITE_IOERR: (
        "the disk cannot be read or written",
        "check that it is connected and has space",
    ),
    sqlite3.SQLITE_CORRUPT: ("the deck is damaged", PUT_BACK),
    sqlite3.SQLITE_NOTADB: ("this is not a deck", PUT_BACK),
}
_NO_TEXT: Final = "Could not decode to UTF-8"  # what Python's driver says, without a code of SQLite's
_DAMAGE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

_BUSY_SECONDS: Final = 5.0
_IDS_SINCE: Final = 8  # the version of the schema that gave each review an id, in the order of the log
_OF_A_VALUE: Final = re.compile(r"CHECK constraint failed in |[A-Za-z-]+ value in ")


@contextmanager
def faults_told(path: str | None) -> Iterator[None]:
    """Turn what SQLite says of a fault outside this program into a `StoreError` about the deck at `path`."""
    try:
        yield
    except DBAPIError as error:
        fault = error.orig if isinstance(error.orig, sqlite3.Error) else None
        raise _fault_of(fault, path) or error from error.orig
    except sqlite3.Error as error:
        raise _fault_of(error, path) or error from error.__cause__
    except UnicodeDecodeError as error:  # the driver's: a name or a text in the deck is no UTF-8 any more
        raise _unusable(path) or _damaged(path) from error
    except (OverflowError, TypeError, ValueError) as error:
        raise _unusable(path) or error from error.__cause__


def _fault_of(error: sqlite3.Error | None, path: str | None) -> StoreError | None:
    """Return the fault that SQLite names, or else one in the deck; None if the mistake is ours."""
    if str(error).startswith(_NO_TEXT):
        return _unusable(path) or _damaged(path)
    return _by_code(error, path) or _damage(path) or _unusable(path)


def _damage(path: str | None) -> DamagedError | None:
    """Return the damage to pages, tables or indexes; None if there is none, or if the deck cannot be read now."""
    if path is None or not Path(path).is_file():
        return None
    try:
        with closing(_connection(Path(path), "rw", timeout=0)) as connection:
            require_whole(connection, Path(path))
            wrong = bool(_found_by(connection, "integrity_check"))
    except DamagedError as error:
        return error
    except sqlite3.OperationalError:
        return None
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        wrong = True
    return _damaged(path) if wrong else None


def _damaged(path: str | Path | None) -> DamagedError:
    return DamagedError(f"{path}: the deck is damaged", PUT_BACK)


def _unusable(path: str | None) -> StoreError | None:
    """Return that values or parts stand in the deck that the doctor mends; None if there are none."""
    if path is None or not Path(path).is_file():
        return None
    from mnemosyne.store.values import has_wild  # here, and so below: most decks are as they should be

    if not has_wild(Path(path)):
        return None
    return StoreError(f"{path}: the deck holds unusable values", "`mnemosyne doctor --fix` repairs it, after a backup")


def _by_code(error: sqlite3.Error | None, path: str | None) -> StoreError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or (code & _LOW_BYTE) not in _FAULTS:
        return None
    message, hint = _FAULTS.get(code) or _FAULTS[code & _LOW_BYTE]
    kind = DamagedError if code & _LOW_BYTE in _DAMAGE else StoreError
    return kind(f"{path}: {message}", hint)


@dataclass(frozen=True, slots=True)
class DeckContents:
    """What is in a deck."""

    cards: int  # the number of cards that a file has
    reviews: int  # graded answers that are not undone
    last: date | None  # the study day of the newest review in the log; None if there is none
    version: int  # the version of the schema


@contextmanager
def looked_into(path: Path, mode: str = "ro") -> Iterator[sqlite3.Connection]:
    """Yield a connection to an existing file, which begins no transaction by itself; StoreErrors name this path."""
    with faults_told(str(path)), closing(_connection(path, mode, _BUSY_SECONDS)) as connection:
        yield connection


def contents(connection: sqlite3.Connection, path: Path) -> DeckContents:
    """Return what is in the deck; DamagedError if it is no deck, StoreError if a newer program wrote it."""
    application, version = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    if application != APPLICATION_ID:
        raise DamagedError(f"{path}: this is not a deck", PUT_BACK)
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path}: a newer Mnemosyne wrote this (schema {version}, this one knows {SCHEMA_VERSION})",
            "install the newest version: pip install -U mnemosyne-review",
        )
    (cards,) = connection.execute("SELECT count(*) FROM card WHERE missing = 0").fetchone()
    (reviews,) = connection.execute("SELECT count(*) FROM review WHERE undone_at IS NULL").fetchone()
    order = "id" if version >= _IDS_SINCE else "number"
    newest = f"SELECT study_day FROM review WHERE undone_at IS NULL ORDER BY {order} DESC LIMIT 1"
    (last,) = connection.execute(newest).fetchone() or (None,)
    return DeckContents(cards, reviews, _day(last), version)


def faults(path: Path) -> list[str]:
    """Return what SQLite finds wrong in a deck, at most ten of each kind; DamagedError if its pages are damaged.

    What is left after that are rows that point nowhere, and indexes that differ from their tables.
    """
    with looked_into(path, "rw") as connection:
        require_whole(connection, path)
        wrong = _found_by(connection, "integrity_check")[:10]
        lost = connection.execute("PRAGMA foreign_key_check").fetchmany(10)
    return [*wrong, *(f"a row of {table} belongs to a {parent} that does not exist" for table, _, parent, _ in lost)]


def structure_in(path: Path) -> Structure | None:
    """Return how the deck is built; None if it does not have the tables of a deck."""
    from mnemosyne.store.migrations import repairable_structure_of

    with looked_into(path, "rw") as connection:
        return repairable_structure_of(connection)


def reindex(path: Path) -> None:
    """Rebuild every index from its table."""
    with looked_into(path, "rw") as connection:
        connection.execute("REINDEX")


def require_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedError if the file is not what this program and SQLite wrote.

    Reads every page and the names of all tables and indexes, but compares no index with its table.
    """
    from mnemosyne.store.migrations import PARTS, parts_of

    (version,) = connection.execute("PRAGMA user_version").fetchone()
    expected_parts = parts_of(version if 0 < version <= SCHEMA_VERSION else 0)
    if _found_by(connection, "quick_check") or not expected_parts <= set(connection.execute(PARTS)):
        raise _damaged(path)


def _found_by(connection: sqlite3.Connection, check: str) -> list[str]:
    """Return what one of SQLite's checks finds, but for single values, whose rows can be read: `values` names them."""
    findings = (line for (line,) in connection.execute(f"PRAGMA {check}(10000)"))
    return [line for line in findings if line != "ok" and not _OF_A_VALUE.match(line)]


def _connection(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    _require_regular(path)
    connection = sqlite3.connect(address_of(path, mode), uri=True, timeout=timeout, isolation_level=None)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")  # a damaged text is no reason to stop
    return connection


def _require_regular(path: Path) -> None:
    """Raise StoreError for a pipe or a device, for which SQLite would wait without end."""
    try:
        require_regular(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"{path}: it cannot be read ({reason})", "remove it, or give another path") from error


def _day(text: str | None) -> date | None:
    """Return the study day; None also for what is not one, since a log with such a day is backed up all the same."""
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        return None
