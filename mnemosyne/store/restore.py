"""Putting a backup in the deck's place, in one step, with the present deck kept, so that it is undoable.

A deck that can be read is backed up first and then overwritten through SQLite, which locks out others and survives a
kill with either state. One that is damaged is kept beside the new one as `deck.damaged-MOMENT.sqlite`, with whatever
SQLite had written next to it: a write-ahead log of another deck must never be played into the one that is put back.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from mnemosyne.atomic_write import fsync_folder
from mnemosyne.errors import DamagedError
from mnemosyne.store.backup import Backup, Reason, back_up_through, check_backup, copy_whole
from mnemosyne.store.engine import open_deck
from mnemosyne.store.soundness import DeckContents, looked_into

_COMPANIONS: Final = ("-wal", "-shm", "-journal")  # what SQLite writes beside a deck that is open
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where the deck that was there is now."""

    contents: DeckContents  # of the backup that was put back
    kept: Backup | None = None  # the deck that was there, if it was backed up
    damaged: Path | None = None  # the file of the deck that was there, if it was damaged


def put_back(backup: Path, deck: Path, folder: Path, moment: datetime) -> Restored:
    """Put the backup in the deck's place. StoreError, and nothing changed, if it is damaged or the deck is in use."""
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
    open_deck(deck).dispose()  # an old backup becomes a deck of this program's version now, not at the next start
    return Restored(in_backup, backup_made, damaged)


def _put_in_place(draft: Path, deck: Path, folder: Path, moment: datetime) -> tuple[Backup | None, Path | None]:
    if not deck.is_file() or not deck.stat().st_size:
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
    """Yield a connection beside which no other program can have one; StoreError if one has it already."""
    with looked_into(deck, "rw") as connection:
        connection.execute("PRAGMA busy_timeout = 1000")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE")  # takes in the write-ahead log; fails where others read
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        yield connection


def _put_beside(draft: Path, deck: Path, moment: datetime) -> Path | None:
    """Put the draft in the deck's place and keep what was there under another name, in an order that bears a kill."""
    kept_path = _free_name(deck, moment)
    there = deck.is_file() and deck.stat().st_size > 0
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
    """Give the file a second name, or copy it where the file system has no such thing."""
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
