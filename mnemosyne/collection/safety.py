"""Backups of a collection: when they are made, which there are, and restoring one.

A session does not import this if its deck is healthy and today's backup exists.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mnemosyne.errors import DamagedError, InputError, StoreError
from mnemosyne.presence import Presence
from mnemosyne.scheduling.study_day import study_day
from mnemosyne.store.backup import (
    Backup,
    BackupChoice,
    Reason,
    RestoredDeck,
    back_up,
    backups,
    check_backup,
    look_into,
    put_back,
    ranked,
    thin,
)
from mnemosyne.store.database_file import structure_in
from mnemosyne.text import calendar_day, pluralize

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.store.database_file import DeckContents

FUTURE = ", dated in the future"  # the remark on such a backup
_LISTED: Final = "`mnemosyne restore` lists the backups"


def daily_backup(collection: Collection) -> Backup | None:
    """Make the study day's backup; None if there is one, if the settings want none, or if nothing was graded.

    Also None while another session makes it. Raise DamagedError for a damaged deck, which is
    noticed because all of it is read. It does not use the collection's own connection, so that it
    can run beside a session.
    """
    if not collection.settings.backups or not collection.settings.deck_path.is_file():
        return None
    presence = Presence(collection.settings.backup_folder, shared=False)
    try:
        return back_up_now(collection, Reason.DAILY) if presence.alone and _lacks_backup(collection) else None
    finally:
        presence.leave()


def _lacks_backup(collection: Collection) -> bool:
    """Return whether there are reviews but no backup made today."""
    settings, today = collection.settings, collection.clock.today()
    if any(_day(collection, backup.made_at) == today for backup in backups(settings.backup_folder)):
        return False
    return bool(look_into(settings.deck_path, "rw").reviews)


def back_up_now(collection: Collection, reason: Reason) -> Backup:
    """Make a backup, whatever the settings, and delete those not worth keeping any more."""
    settings, clock = collection.settings, collection.clock
    backup = back_up(settings.deck_path, settings.backup_folder, clock.now(), reason)
    best = ranked(settings.backup_folder, clock.now())[0].backup.path
    thin(settings.backup_folder, lambda moment: _day(collection, moment), clock.today(), best)
    return backup


def back_up_before(collection: Collection, reason: Reason) -> Backup | None:
    """Make a backup before a change; None if the settings want none."""
    return back_up_now(collection, reason) if collection.settings.backups else None


def backup_choices(collection: Collection) -> list[BackupChoice]:
    """Return all backups with their contents, in the order of `store.backup.ranked`."""
    return ranked(collection.settings.backup_folder, collection.clock.now())


def backup_path(collection: Collection, which: str) -> Path:
    """Return the backup file for a number in the list, a file name, or a path; raise InputError if there is none."""
    folder = collection.settings.backup_folder
    if which.isdecimal():
        listed = backup_choices(collection)
        if not 1 <= int(which) <= len(listed):
            raise InputError(f"there is no backup {which}", _LISTED if listed else "`mnemosyne backup` makes one")
        return listed[int(which) - 1].backup.path
    for path in (folder / which, Path(which)):
        if path.is_file():
            return path
    raise InputError(f"{which}: there is no such backup", _LISTED)


def restore_backup(collection: Collection, backup: Path) -> RestoredDeck:
    """Restore a backup; no session may have the deck open, and the collection's own connection is closed."""
    collection.release_deck()
    settings = collection.settings
    return put_back(backup, settings.deck_path, settings.backup_folder, collection.clock.now())


def newest_good(collection: Collection) -> BackupChoice | None:
    """Return the best intact backup, verifying one after the other; None if there is none."""
    for choice in backup_choices(collection):
        try:
            return replace(choice, contents=check_backup(choice.backup.path))
        except StoreError:
            continue
    return None


def with_offer(collection: Collection, error: DamagedError) -> DamagedError:
    """Return the same error with a hint: that the deck can be repaired, else the best backup, or that there is none."""
    if _repairable(collection.settings.deck_path):
        return DamagedError(error.message, "`mnemosyne doctor --fix` repairs it")
    try:
        offer = newest_good(collection)
    except StoreError as unread:
        return DamagedError(error.message, str(unread))
    if offer is None or offer.contents is None:
        if backups(collection.settings.backup_folder):
            hint = "none of its backups can be used: move the deck and its backups elsewhere to begin a new deck"
        else:
            hint = "there is no backup: move the file elsewhere to begin a new deck"
        return DamagedError(error.message, hint)
    return DamagedError(
        error.message,
        f"`mnemosyne restore {offer.number}` restores the backup from {minute_text(collection, offer.backup.made_at)} "
        f"({contents_text(offer.contents)}{FUTURE if offer.future else ''})",
    )


def _repairable(deck_path: Path) -> bool:
    """Whether the deck lacks something, and only what can be recreated: tables, indexes, views, triggers."""
    try:
        structure = structure_in(deck_path)
    except StoreError:
        return False
    return structure is not None and bool(structure.broken) and not structure.lost


def require_not_lost(collection: Collection) -> None:
    """Raise DamagedError if there are backups of a deck that is gone or empty."""
    if backups(collection.settings.backup_folder):
        path = collection.settings.deck_path
        raise DamagedError(f"{path}: the deck is {'empty' if path.exists() else 'gone'}, but there are backups of it")


def minute_text(collection: Collection, moment: datetime) -> str:
    """Return an aware moment as text, in the learner's time zone, to the minute."""
    local = moment.astimezone(collection.clock.zone())
    return f"{calendar_day(local.date())}, {local:%H:%M}"


def contents_text(contents: DeckContents) -> str:
    """Return the contents of a deck in words."""
    last = f", the last on {calendar_day(contents.last)}" if contents.last else ""
    return f"{pluralize(contents.cards, 'card')}, {pluralize(contents.reviews, 'review')}{last}"


def _day(collection: Collection, moment: datetime) -> date:
    return study_day(moment, collection.clock.zone(), collection.clock.day_start)
