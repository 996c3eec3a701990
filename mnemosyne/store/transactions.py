"""Transactions on a deck, and the one place where a failing database becomes a `StoreError`.

`reading` sees one consistent state for as long as it lasts; `writing` takes the write lock at once, so that what it
reads is still true when it writes, and commits all or nothing. A fault of the disk, the file or another program is told
in one line; a fault of this program (wrong SQL, a broken constraint) stays the exception that it is, unless the deck is
damaged, which is looked into then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from mnemosyne.errors import DamagedError, StoreError

PUT_BACK: Final = "`mnemosyne restore` lists the backups; the file is kept when one is put back"
WRITES: Final = "deck_writes"  # the execution option that makes a transaction begin with the write lock

_LOW_BYTE: Final = 0xFF  # an extended result code of SQLite keeps the primary one in its low byte
_FULL: Final = ("the disk is full", "free some space and go on; what was saved is safe")
_FAULTS: Final = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,  # no room for the index of the write-ahead log
    sqlite3.SQLITE_BUSY: ("the deck is in use by another program", "let it finish or close it, then try again"),
    sqlite3.SQLITE_LOCKED: ("the deck is in use by another program", "let it finish or close it, then try again"),
    sqlite3.SQLITE_READONLY: ("the deck cannot be written", "allow writing to the file and to its folder"),
    sqlite3.SQLITE_PERM: ("the deck cannot be written", "allow writing to the file and to its folder"),
    sqlite3.SQLITE_CANTOPEN: ("the deck cannot be opened", "see that the folder is there and may be written"),
    sqlite3.SQLITE_IOERR: (
        "the disk cannot be read or written",
        "see that it is there and has space",
    ),
    sqlite3.SQLITE_CORRUPT: ("the deck is damaged", PUT_BACK),
    sqlite3.SQLITE_NOTADB: ("this is not a deck", PUT_BACK),
}
_NO_TEXT: Final = "Could not decode to UTF-8"  # what Python's driver says, without a code of SQLite's
_DAMAGE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the deck."""
    with faults_told(engine.url.database), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection that holds the write lock; committed at the end, rolled back on any exception."""
    options = {WRITES: True}
    with (
        faults_told(engine.url.database),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def faults_told(path: str | None) -> Iterator[None]:
    """Turn what SQLite says of a fault outside this program into a `StoreError` about the deck at `path`."""
    try:
        yield
    except DBAPIError as error:
        fault = error.orig if isinstance(error.orig, sqlite3.Error) else None
        raise _told(fault, path) or _damage_behind(path) or _wild_behind(path) or error from error.orig
    except sqlite3.Error as error:
        raise _told(error, path) or _damage_behind(path) or _wild_behind(path) or error from error.__cause__
    except UnicodeDecodeError as error:  # the driver's: a name or a text in the deck is no UTF-8 any more
        raise _wild_behind(path) or DamagedError(f"{path}: the deck is damaged", PUT_BACK) from error
    except (OverflowError, TypeError, ValueError) as error:
        raise _wild_behind(path) or error from error.__cause__


def _damage_behind(path: str | None) -> DamagedError | None:
    """Damage of the deck that makes right statements fail, such as an index that lacks rows; else it is our mistake."""
    from mnemosyne.store.soundness import damage  # here: it tells its own faults by this module

    return damage(Path(path)) if path is not None and Path(path).is_file() else None


def _wild_behind(path: str | None) -> StoreError | None:
    """What stands in the deck that makes right statements fail, and that the doctor mends; else it is our mistake."""
    from mnemosyne.store.values import has_wild

    if path is None or not Path(path).is_file() or not has_wild(Path(path)):
        return None
    return StoreError(
        f"{path}: the deck holds what cannot be used", "`mnemosyne doctor --fix` mends it, after a backup"
    )


def _told(error: sqlite3.Error | None, path: str | None) -> StoreError | None:
    if str(error).startswith(_NO_TEXT):
        return _wild_behind(path) or DamagedError(f"{path}: the deck is damaged", PUT_BACK)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or (code & _LOW_BYTE) not in _FAULTS:
        return None
    what, hint = _FAULTS.get(code) or _FAULTS[code & _LOW_BYTE]
    kind = DamagedError if code & _LOW_BYTE in _DAMAGE else StoreError
    return kind(f"{path}: {what}", hint)
