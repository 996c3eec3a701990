"""Backups: whole decks as files of their own, each made online, verified and put in place in one step.

Invariants: a backup is in the folder only once it was read back and found whole and complete; a damaged deck is never
backed up; the newest backup is never taken away. The file name holds the moment (UTC) and the reason, so that nothing
but the files themselves has to be kept. They are private to their owner where the platform has that.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from mnemosyne.atomic_write import fsync_file, fsync_folder
from mnemosyne.errors import DamagedError, StoreError
from mnemosyne.scheduling.thinning import worth_keeping
from mnemosyne.store.database_faults import PUT_BACK
from mnemosyne.store.soundness import DeckContents, contents, looked_into, require_whole

_WRITTEN: Final = "%Y%m%dT%H%M%S%fZ"
_NAME: Final = re.compile(r"(\d{8}T\d{12}Z)-([a-z-]+)\.sqlite")
_LEFT_OVER: Final = timedelta(hours=1)  # a draft this old is of a program that was killed
_MICROSECOND: Final = timedelta(microseconds=1)


class Reason(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    ASKED = "asked"
    MIGRATE = "before-migrate"
    RESTORE = "before-restore"
    RESET = "before-reset"
    FIX = "before-fix"
    HISTORY = "before-history"


@dataclass(frozen=True, slots=True)
class Backup:
    """The backup in the file `path`, made at `made_at` (aware UTC); `reason` is the text in its file name."""

    path: Path
    made_at: datetime
    reason: str


def backups(folder: Path) -> list[Backup]:
    """Return the backups in the folder, newest first; other files are passed over, and no folder means none.

    StoreError if the folder cannot be read.
    """
    try:
        paths = list(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"{folder}: the backups cannot be read ({reason})", "allow reading there") from error
    listed = (_backup_in(path) for path in paths)
    return sorted(filter(None, listed), key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def look_into(path: Path, mode: str = "ro") -> DeckContents:
    """Return what is in a backup, without checking it from end to end; StoreError if it cannot be read."""
    with looked_into(path, mode) as connection:
        return contents(connection, path)


def check_backup(path: Path) -> DeckContents:
    """Read a backup from end to end and return what is in it; StoreError if it is damaged."""
    with looked_into(path) as connection:
        require_whole(connection, path)
        return contents(connection, path)


def back_up(deck: Path, folder: Path, moment: datetime, reason: Reason) -> Backup:
    """Make a backup while sessions go on. StoreError if there is no deck or no space; DamagedError if it is damaged."""
    if not deck.is_file():
        raise StoreError(f"{deck}: there is no deck to back up", "it is made by the first session")
    with looked_into(deck, "rw") as source:
        return back_up_through(source, deck, folder, moment, reason)


def back_up_through(source: sqlite3.Connection, deck: Path, folder: Path, moment: datetime, reason: Reason) -> Backup:
    """Make a backup through a connection to the deck that is in no transaction; the errors are those of `back_up`."""
    with _writable(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(folder, moment)
        target, draft = _free_names(folder, moment, reason)
        try:
            copy_whole(source, deck, draft)
            draft.replace(target)
            fsync_folder(folder)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    return Backup(target, _moment(target.name.partition("-")[0]), reason)


def thin(folder: Path, day_of: Callable[[datetime], date], today: date, best: Path | None = None) -> list[Backup]:
    """Delete the backups not worth keeping any more, but never the `best`, and return them.

    StoreError if the folder cannot be written.
    """
    listed = backups(folder)
    moments_kept = worth_keeping({backup.made_at for backup in listed}, day_of, today)
    removed = [backup for backup in listed if backup.made_at not in moments_kept and backup.path != best]
    with _writable(folder):
        for backup in removed:
            backup.path.unlink(missing_ok=True)
    return removed


def copy_whole(source: sqlite3.Connection, deck: Path, target: Path) -> None:
    """Copy a deck into a new file, which is on the disk, read back and found whole when this returns."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # it is forced to the disk as a whole, below
        source.execute("BEGIN")  # one state of the deck, for the counts and the copy
        expected = contents(source, deck)
        source.backup(copy)
        source.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, which can be read where nothing may be written
        require_whole(copy, deck)
        if contents(copy, deck) != expected:
            raise DamagedError(f"{deck}: the copy differs from the deck", PUT_BACK)
    with target.open("rb+") as file:
        fsync_file(file.fileno())


def _free_names(folder: Path, moment: datetime, reason: Reason) -> tuple[Path, Path]:
    """Return unused paths for the backup and its draft; a clock that stands still must cost no backup."""
    while True:
        target = folder / f"{moment.astimezone(UTC):{_WRITTEN}}-{reason}.sqlite"
        draft = folder / f".{target.name}.draft"
        if not target.exists() and not draft.exists():
            return target, draft
        moment += _MICROSECOND


def _sweep(folder: Path, moment: datetime) -> None:
    """Remove drafts of programs that were killed."""
    for draft in folder.glob(".*.draft"):
        if moment.timestamp() - draft.stat().st_mtime > _LEFT_OVER.total_seconds():
            draft.unlink(missing_ok=True)


def _backup_in(path: Path) -> Backup | None:
    """Return the backup in a file, by its name; None for any other file."""
    match = _NAME.fullmatch(path.name)
    return Backup(path, _moment(match[1]), match[2]) if match and _is_moment(match[1]) else None


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _WRITTEN).replace(tzinfo=UTC)


def _is_moment(text: str) -> bool:
    try:
        _moment(text)
    except ValueError:
        return False
    return True


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(
            f"{folder}: no backup can be made there ({reason})", "allow writing there, or free some space"
        ) from error
