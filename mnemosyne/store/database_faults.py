"""Faults of a database: the one place where what SQLite says becomes a `StoreError`.

A fault of the disk, the file or another program is told in one line; a fault of this program (wrong SQL, a broken
constraint) stays the exception that it is, unless the deck is damaged, which is looked into then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from mnemosyne.errors import DamagedError, StoreError

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


@dataclass(frozen=True, slots=True)
class Causes:
    """What in a deck may make right statements fail.

    `damage` tells of pages, tables or indexes that are not what they were, such as an index that lacks rows; `unusable`
    whether values or parts stand in the deck that the doctor mends. Both look into the file.
    """

    damage: Callable[[Path], DamagedError | None]
    unusable: Callable[[Path], bool]


@contextmanager
def faults_told(path: str | None, causes: Callable[[], Causes]) -> Iterator[None]:
    """Turn what SQLite says of a fault outside this program into a `StoreError` about the deck at `path`."""
    try:
        yield
    except DBAPIError as error:
        fault = error.orig if isinstance(error.orig, sqlite3.Error) else None
        raise _fault_of(fault, path, causes) or error from error.orig
    except sqlite3.Error as error:
        raise _fault_of(error, path, causes) or error from error.__cause__
    except UnicodeDecodeError as error:  # the driver's: a name or a text in the deck is no UTF-8 any more
        raise _unusable(path, causes) or DamagedError(f"{path}: the deck is damaged", PUT_BACK) from error
    except (OverflowError, TypeError, ValueError) as error:
        raise _unusable(path, causes) or error from error.__cause__


def _fault_of(error: sqlite3.Error | None, path: str | None, causes: Callable[[], Causes]) -> StoreError | None:
    """Return the fault that SQLite names, or else one in the deck; None if the mistake is ours."""
    if str(error).startswith(_NO_TEXT):
        return _unusable(path, causes) or DamagedError(f"{path}: the deck is damaged", PUT_BACK)
    return _by_code(error, path) or _damage(path, causes) or _unusable(path, causes)


def _damage(path: str | None, causes: Callable[[], Causes]) -> DamagedError | None:
    return causes().damage(Path(path)) if path is not None and Path(path).is_file() else None


def _unusable(path: str | None, causes: Callable[[], Causes]) -> StoreError | None:
    if path is None or not Path(path).is_file() or not causes().unusable(Path(path)):
        return None
    return StoreError(f"{path}: the deck holds unusable values", "`mnemosyne doctor --fix` repairs it, after a backup")


def _by_code(error: sqlite3.Error | None, path: str | None) -> StoreError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or (code & _LOW_BYTE) not in _FAULTS:
        return None
    message, hint = _FAULTS.get(code) or _FAULTS[code & _LOW_BYTE]
    kind = DamagedError if code & _LOW_BYTE in _DAMAGE else StoreError
    return kind(f"{path}: {message}", hint)
