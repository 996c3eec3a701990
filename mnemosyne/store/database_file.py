"""The file of a deck: whether it is intact, what it contains, and SQLite's errors as `StoreError`.

A fault of the disk, the file or another program becomes one line; a fault of this program (wrong
SQL, a violated constraint) remains the original exception, unless a check then finds that the deck
is damaged. The checks use plain SQLite connections, so that they work on files that this program
would not open as a deck: backups and any others.
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
_LOW_BYTE: Final = 0xFF  # the primary code is the low byte of SQLite's extended result codes
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
_NO_TEXT: Final = "Could not decode to UTF-8"  # message of Python's driver, which has no SQLite code
_DAMAGE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

_BUSY_SECONDS: Final = 5.0
_IDS_SINCE: Final = 8  # the schema version from which reviews have ids, in the log's order
_OF_A_VALUE: Final = re.compile(r"CHECK constraint failed in |[A-Za-z-]+ value in ")


@contextmanager
def as_store_errors(path: str | None) -> Iterator[None]:
    """Convert SQLite's errors about faults outside this program to a `StoreError` about the deck at `path`."""
    try:
        yield
    except DBAPIError as error:
        fault = error.orig if isinstance(error.orig, sqlite3.Error) else None
        raise _fault_of(fault, path) or error from error.orig
    except sqlite3.Error as error:
        raise _fault_of(error, path) or error from error.__cause__
    except UnicodeDecodeError as error:  # from the driver: a name or text in the deck is not UTF-8
        raise _unusable(path) or _damaged(path) from error
    except (OverflowError, TypeError, ValueError) as error:
        raise _unusable(path) or error from error.__cause__


def _fault_of(error: sqlite3.Error | None, path: str | None) -> StoreError | None:
    """Return the fault that SQLite reports, or else one found in the deck; None if the fault is ours."""
    if str(error).startswith(_NO_TEXT):
        return _unusable(path) or _damaged(path)
    return _by_code(error, path) or _damage(path) or _unusable(path)


def _damage(path: str | None) -> DamagedError | None:
    """Return an error for damaged pages, tables or indexes; None if there is none, or the deck is busy."""
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
    """Return an error if the deck has values or parts that the doctor can repair, else None."""
    if path is None or not Path(path).is_file():
        return None
    from mnemosyne.store.values import has_wild  # late, as below: most decks are healthy

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
    """What a deck contains."""

    cards: int  # cards in a file
    reviews: int  # graded answers that have not been undone
    last: date | None  # the study day of the newest review in the log; None without one
    version: int  # the schema version


@contextmanager
def looked_into(path: Path, mode: str = "ro") -> Iterator[sqlite3.Connection]:
    """Yield a connection in autocommit mode to an existing file; errors become StoreErrors that name this path."""
    with as_store_errors(str(path)), closing(_connection(path, mode, _BUSY_SECONDS)) as connection:
        yield connection


def contents(connection: sqlite3.Connection, path: Path) -> DeckContents:
    """Return the deck's contents; raise DamagedError if it is no deck, StoreError if a newer program wrote it."""
    application, version = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    if application != APPLICATION_ID:
        raise DamagedError(f"{path}: this is not a deck", PUT_BACK)
    require_readable(version, path)
    (cards,) = connection.execute("SELECT count(*) FROM card WHERE missing = 0").fetchone()
    (reviews,) = connection.execute("SELECT count(*) FROM review WHERE undone_at IS NULL").fetchone()
    order = "id" if version >= _IDS_SINCE else "number"
    newest = f"SELECT study_day FROM review WHERE undone_at IS NULL ORDER BY {order} DESC LIMIT 1"
    (last,) = connection.execute(newest).fetchone() or (None,)
    return DeckContents(cards, reviews, _day(last), version)


def require_readable(version: int, path: Path) -> None:
    """Raise StoreError for a deck of a version that only a newer program reads."""
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path}: a newer Mnemosyne wrote this deck (schema {version}; this one reads up to {SCHEMA_VERSION})",
            "install the newest version: pip install -U mnemosyne-review",
        )


def faults(path: Path) -> list[str]:
    """Return the faults that SQLite finds in a deck, at most ten of each kind; raise DamagedError for damaged pages.

    The others are rows with missing parents, and indexes that differ from their tables.
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
    """Raise DamagedError if pages are damaged or parts of the schema are missing.

    This reads every page, but does not compare indexes with their tables.
    """
    from mnemosyne.store.migrations import PARTS, parts_of

    (version,) = connection.execute("PRAGMA user_version").fetchone()
    expected_parts = parts_of(version if 0 < version <= SCHEMA_VERSION else 0)
    if _found_by(connection, "quick_check") or not expected_parts <= set(connection.execute(PARTS)):
        raise _damaged(path)


def _found_by(connection: sqlite3.Connection, check: str) -> list[str]:
    """Return the findings of one of SQLite's checks, except for single values, which are left to `values`."""
    findings = (line for (line,) in connection.execute(f"PRAGMA {check}(10000)"))
    return [line for line in findings if line != "ok" and not _OF_A_VALUE.match(line)]


def _connection(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    _require_regular(path)
    connection = sqlite3.connect(address_of(path, mode), uri=True, timeout=timeout, isolation_level=None)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")  # damaged text must not stop a check
    return connection


def _require_regular(path: Path) -> None:
    """Raise StoreError for a pipe or a device, on which SQLite would wait forever."""
    try:
        require_regular(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"{path}: it cannot be read ({reason})", "move it elsewhere, or give another path") from error


def _day(text: str | None) -> date | None:
    """Return the study day; None if it is invalid, since such a log can still be backed up."""
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        return None
