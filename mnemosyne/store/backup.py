"""Backups: whole decks as separate files, made online, verified and then put in place in one step; and restoring.

Invariants: a backup is in the folder only after it has been read back and found complete; a damaged
deck is never backed up; the newest backup is never deleted; a deck replaced by a backup is kept, so
that a restore can be undone. The file name has the moment (UTC) and the reason. Backups are private
to their owner if the platform supports that. They are ranked by content, since the clock that dated
them may have been wrong: one whose log is the beginning of another's comes after it. Otherwise
those dated in the future come last, and among the others the longer log comes first, then the later
date. Unreadable ones come after all others.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

from mnemosyne.atomic_write import fsync_file, fsync_folder
from mnemosyne.errors import DamagedError, StoreError
from mnemosyne.regular_file import holds_a_deck
from mnemosyne.scheduling.memory import CLOCK_SLACK
from mnemosyne.scheduling.thinning import worth_keeping
from mnemosyne.store.database_file import PUT_BACK, DeckContents, contents, looked_into, require_whole
from mnemosyne.store.engine import open_deck

_WRITTEN: Final = "%Y%m%dT%H%M%S%fZ"
_NAME: Final = re.compile(r"(\d{8}T\d{12}Z)-([a-z-]+)\.sqlite")
_LEFT_OVER: Final = timedelta(hours=1)  # an older draft is from a program that was killed
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
    """Return the backups in the folder, newest first; other files are skipped, and without a folder there are none.

    Raise StoreError if the folder cannot be read.
    """
    try:
        paths = list(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"{folder}: the backups cannot be read ({reason})", "allow reading the folder") from error
    listed = (_backup_in(path) for path in paths)
    return sorted(filter(None, listed), key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def look_into(path: Path, mode: str = "ro") -> DeckContents:
    """Return the contents of a backup without verifying it; raise StoreError if it cannot be read."""
    with looked_into(path, mode) as connection:
        return contents(connection, path)


def check_backup(path: Path) -> DeckContents:
    """Verify a backup completely and return its contents; raise StoreError if it is damaged."""
    with looked_into(path) as connection:
        require_whole(connection, path)
        return contents(connection, path)


def back_up(deck: Path, folder: Path, moment: datetime, reason: Reason) -> Backup:
    """Make a backup, also while sessions run.

    Raise StoreError if there is no deck or no space, and DamagedError if the deck is damaged.
    """
    if not deck.is_file():
        raise StoreError(f"{deck}: there is no deck to back up", "the first session creates it")
    with looked_into(deck, "rw") as source:
        return back_up_through(source, deck, folder, moment, reason)


def back_up_through(source: sqlite3.Connection, deck: Path, folder: Path, moment: datetime, reason: Reason) -> Backup:
    """Make a backup through a connection to the deck that is not in a transaction; raise the errors of `back_up`."""
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
    """Delete and return the backups not worth keeping any more; the `best` is never deleted.

    Raise StoreError if the folder cannot be written.
    """
    listed = backups(folder)
    moments_kept = worth_keeping({backup.made_at for backup in listed}, day_of, today)
    removed = [backup for backup in listed if backup.made_at not in moments_kept and backup.path != best]
    with _writable(folder):
        for backup in removed:
            backup.path.unlink(missing_ok=True)
    return removed


def copy_whole(source: sqlite3.Connection, deck: Path, target: Path) -> None:
    """Copy a deck to a new file, forced to the disk and verified; raise DamagedError if it differs."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # the whole file is forced to the disk below
        source.execute("BEGIN")  # so that the counts and the copy are of one state
        expected = contents(source, deck)
        source.backup(copy)
        source.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE")  # a single file, readable even in a read-only folder
        require_whole(copy, deck)
        if contents(copy, deck) != expected:
            raise DamagedError(f"{deck}: the copy differs from the deck", PUT_BACK)
    with target.open("rb+") as file:
        fsync_file(file.fileno())


def _free_names(folder: Path, moment: datetime, reason: Reason) -> tuple[Path, Path]:
    """Return unused paths for the backup and its draft; two backups may have the same moment."""
    while True:
        target = folder / f"{moment.astimezone(UTC):{_WRITTEN}}-{reason}.sqlite"
        draft = folder / f".{target.name}.draft"
        if not target.exists() and not draft.exists():
            return target, draft
        moment += _MICROSECOND


def _sweep(folder: Path, moment: datetime) -> None:
    """Delete drafts of programs that were killed."""
    for draft in folder.glob(".*.draft"):
        if moment.timestamp() - draft.stat().st_mtime > _LEFT_OVER.total_seconds():
            draft.unlink(missing_ok=True)


def _backup_in(path: Path) -> Backup | None:
    """Return the backup that a file name describes; None for any other file."""
    match = _NAME.fullmatch(path.name)
    with suppress(ValueError):  # no moment
        return Backup(path, _moment(match[1]), match[2]) if match else None
    return None


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _WRITTEN).replace(tzinfo=UTC)


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(
            f"{folder}: no backup can be made there ({reason})", "allow writing there, or free some space"
        ) from error


_COMPANIONS: Final = ("-wal", "-shm", "-journal")  # files that SQLite keeps beside an open deck
_SECOND: Final = timedelta(seconds=1)
DAMAGED_DECKS: Final = "*.damaged-*"  # the names of decks that a backup has replaced, with what SQLite kept beside them


@dataclass(frozen=True, slots=True)
class RestoredDeck:
    """What was restored, and where the replaced deck is."""

    contents: DeckContents  # of the restored backup
    kept: Backup | None = None  # the replaced deck, if it was backed up
    damaged: Path | None = None  # the file of the replaced deck, if it was damaged


def put_back(backup: Path, deck: Path, folder: Path, moment: datetime) -> RestoredDeck:
    """Restore the backup.

    Raise StoreError, changing nothing, if it is damaged or the deck is in use.
    """
    in_backup = check_backup(backup)
    deck.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = deck.with_name(f".{deck.name}.restored")
    draft.unlink(missing_ok=True)
    try:
        with looked_into(backup) as source:
            copy_whole(source, backup, draft)
        backup_made, damaged = _put_in_place(draft, deck, folder, moment)
    finally:
        draft.unlink(missing_ok=True)
    open_deck(deck).dispose()  # migrate an old backup now, not at the next start
    return RestoredDeck(in_backup, backup_made, damaged)


def _put_in_place(draft: Path, deck: Path, folder: Path, moment: datetime) -> tuple[Backup | None, Path | None]:
    if not holds_a_deck(deck):
        _put_beside(draft, deck, moment)
        return None, None
    try:
        with _alone(deck) as connection:
            backup_made = back_up_through(connection, deck, folder, moment, Reason.RESTORE)
            with closing(sqlite3.connect(draft)) as source:
                source.backup(connection)
        return backup_made, None
    except DamagedError:
        return None, _put_beside(draft, deck, moment)


@contextmanager
def _alone(deck: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection that excludes all others; raise StoreError if another program has one."""
    with looked_into(deck, "rw") as connection:
        connection.execute("PRAGMA busy_timeout = 1000")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE")  # merges the write-ahead log; fails while others read
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        yield connection


def _put_beside(draft: Path, deck: Path, moment: datetime) -> Path | None:
    """Put the draft in the deck's place and keep the old file under another name, safely even if killed halfway."""
    kept_path = _free_name(deck, moment)
    there = holds_a_deck(deck)
    if there:
        _twin(deck, kept_path)
    for companion in _COMPANIONS:
        beside = deck.with_name(deck.name + companion)
        if beside.exists():
            beside.replace(kept_path.with_name(kept_path.name + companion))
    draft.replace(deck)
    fsync_folder(deck.parent)
    return kept_path if there else None


def _twin(file: Path, name: Path) -> None:
    """Make a hard link, or a copy if the file system has no hard links."""
    try:
        os.link(file, name)
    except OSError:
        shutil.copy2(file, name)


def _free_name(deck: Path, moment: datetime) -> Path:
    while True:
        name = deck.with_name(f"{deck.stem}.damaged-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}{deck.suffix}")
        if not name.exists():
            return name
        moment += _SECOND


_End: TypeAlias = tuple[int, int, int, str]  # last reset; last review, its moment and card
_SLACK: Final = timedelta(days=CLOCK_SLACK)
_LAST_REVIEW: Final = "SELECT number, answered_at, card_id FROM review ORDER BY number DESC LIMIT 1"
_REVIEW: Final = "SELECT 1 FROM review WHERE number IS ? AND answered_at IS ? AND card_id IS ?"
_RESETS_SINCE: Final = 2  # the schema version from which they are logged


@dataclass(frozen=True, slots=True)
class BackupChoice:
    """A `backup` on offer: `number` counts from 1, best first; without `contents`, `fault` says why.

    `future` says that it is dated in the future: the clock was wrong then, or is now.
    """

    backup: Backup
    contents: DeckContents | None
    fault: str
    future: bool
    number: int = 0  # until they are ranked


@dataclass(frozen=True, slots=True)
class _Log:
    """A backup's log: its end, and the ends of other backups' logs that it contains."""

    end: _End
    has: frozenset[_End]

    def continues(self, rival: _Log) -> bool:
        """Return whether the other log is the beginning of this one, which is longer."""
        return self.end != rival.end and rival.end in self.has and self.end not in rival.has


_NO_LOG: Final = _Log((0, 0, 0, ""), frozenset())


def ranked(folder: Path, now: datetime) -> list[BackupChoice]:
    """Return all backups of the folder, best first; `now` is aware."""
    looked = [_look(backup, now) for backup in backups(folder)]
    readable = {candidate.backup.path: candidate for candidate in looked if candidate.contents is not None}
    ends = {path: end for path in readable if (end := _end(path)) is not None}
    logs = {path: _Log(end, _ends_in(path, set(ends.values()))) for path, end in ends.items()}
    left = sorted(
        looked, key=lambda candidate: _order(candidate, logs.get(candidate.backup.path, _NO_LOG)), reverse=True
    )
    entries: list[BackupChoice] = []
    while left:
        best = next(candidate for candidate in left if not _is_continued(candidate, left, logs))
        left.remove(best)
        entries.append(replace(best, number=len(entries) + 1))
    return entries


def _look(backup: Backup, now: datetime) -> BackupChoice:
    future = backup.made_at > now + _SLACK
    try:
        with looked_into(backup.path) as connection:
            return BackupChoice(backup, contents(connection, backup.path), "", future)
    except StoreError as error:
        return BackupChoice(backup, None, error.message.removeprefix(f"{backup.path}: "), future)


def _order(candidate: BackupChoice, log: _Log) -> tuple[bool, bool, tuple[int, int], datetime, str]:
    """Return a sort key, greater for better backups."""
    readable = candidate.contents is not None
    return (
        readable,
        not candidate.future,
        (log.end[1], log.end[0]),
        candidate.backup.made_at,
        candidate.backup.path.name,
    )


def _is_continued(candidate: BackupChoice, rivals: Iterable[BackupChoice], logs: dict[Path, _Log]) -> bool:
    log = logs.get(candidate.backup.path)
    if log is None:
        return False
    return any(logs[rival.backup.path].continues(log) for rival in rivals if rival.backup.path in logs)


def _end(path: Path) -> _End | None:
    """Return the end of the backup's log; None if it cannot be read (another session may have deleted it)."""
    with suppress(StoreError), looked_into(path) as connection:
        number, answered_at, card_id = connection.execute(_LAST_REVIEW).fetchone() or (0, 0, "")
        return _resets(connection), number, answered_at, card_id
    return None


def _ends_in(path: Path, ends: set[_End]) -> frozenset[_End]:
    """Return the ends that the backup's log contains; none if it cannot be read."""
    with suppress(StoreError), looked_into(path) as connection:
        resets = _resets(connection)
        return frozenset(
            end
            for end in ends
            if end[0] <= resets and (end[1] == 0 or connection.execute(_REVIEW, end[1:]).fetchone() is not None)
        )
    return frozenset()


def _resets(connection: sqlite3.Connection) -> int:
    """Return the number of the newest reset in the log."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < _RESETS_SINCE:
        return 0
    (newest,) = connection.execute(
        "SELECT coalesce(max(number), 0) FROM reset WHERE typeof(number) = 'integer'"
    ).fetchone()
    return int(newest)
