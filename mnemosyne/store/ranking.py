"""Backups in the order in which they are offered: by what is in them, since the clock that dated them may have erred.

A backup whose log is the beginning of another's stands behind that one, whatever their dates. Otherwise one with a date
that is still to come stands last, and then the one with the longer log, the later date, stands first. One that cannot
be read is behind all others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from mnemosyne.errors import StoreError
from mnemosyne.scheduling.memory import CLOCK_SLACK
from mnemosyne.store.backup import Backup, backups
from mnemosyne.store.soundness import DeckContents, contents, looked_into

_End: TypeAlias = tuple[int, int, int, str]  # the last reset's and the last review's number, and of the latter more
_SLACK: Final = timedelta(days=CLOCK_SLACK)
_LAST_REVIEW: Final = "SELECT number, answered_at, card_id FROM review ORDER BY number DESC LIMIT 1"
_REVIEW: Final = "SELECT 1 FROM review WHERE number IS ? AND answered_at IS ? AND card_id IS ?"
_RESETS_SINCE: Final = 2  # the version of the schema that began to log them


@dataclass(frozen=True, slots=True)
class Ranked:
    """A `backup` with what is in it: `contents` is None where `fault` says why it cannot be read.

    `future` marks one whose date is still to come. `fault` is "" for one that can be read.
    """

    backup: Backup
    contents: DeckContents | None
    fault: str
    future: bool


@dataclass(frozen=True, slots=True)
class _Log:
    """A backup's log: where it ends, and the ends of which other backups' logs are in it."""

    end: _End
    has: frozenset[_End]

    def continues(self, rival: _Log) -> bool:
        """Return whether the other log is the beginning of this one, which is longer."""
        return self.end != rival.end and rival.end in self.has and self.end not in rival.has


_NO_LOG: Final = _Log((0, 0, 0, ""), frozenset())


def ranked(folder: Path, now: datetime) -> list[Ranked]:
    """Return all backups of the folder, the one to offer first at the front; `now` is aware."""
    looked = [_look(backup, now) for backup in backups(folder)]
    readable = {candidate.backup.path: candidate for candidate in looked if candidate.contents is not None}
    ends = {path: end for path in readable if (end := _end(path)) is not None}
    logs = {path: _Log(end, _ends_in(path, set(ends.values()))) for path, end in ends.items()}
    left = sorted(
        looked, key=lambda candidate: _order(candidate, logs.get(candidate.backup.path, _NO_LOG)), reverse=True
    )
    entries: list[Ranked] = []
    while left:
        best = next(candidate for candidate in left if not _is_continued(candidate, left, logs))
        left.remove(best)
        entries.append(best)
    return entries


def _look(backup: Backup, now: datetime) -> Ranked:
    future = backup.made_at > now + _SLACK
    try:
        with looked_into(backup.path) as connection:
            return Ranked(backup, contents(connection, backup.path), "", future)
    except StoreError as error:
        return Ranked(backup, None, error.message.removeprefix(f"{backup.path}: "), future)


def _order(candidate: Ranked, log: _Log) -> tuple[bool, bool, tuple[int, int], datetime, str]:
    """Return a sort key: the backup with the greater one is offered first."""
    readable = candidate.contents is not None
    return (
        readable,
        not candidate.future,
        (log.end[1], log.end[0]),
        candidate.backup.made_at,
        candidate.backup.path.name,
    )


def _is_continued(candidate: Ranked, rivals: Iterable[Ranked], logs: dict[Path, _Log]) -> bool:
    log = logs.get(candidate.backup.path)
    if log is None:
        return False
    return any(logs[rival.backup.path].continues(log) for rival in rivals if rival.backup.path in logs)


def _end(path: Path) -> _End | None:
    """Return where the backup's log ends; None if it cannot be read any more: another session may have deleted it."""
    with suppress(StoreError), looked_into(path) as connection:
        number, answered_at, card_id = connection.execute(_LAST_REVIEW).fetchone() or (0, 0, "")
        return _resets(connection), number, answered_at, card_id
    return None


def _ends_in(path: Path, ends: set[_End]) -> frozenset[_End]:
    """Return those of the ends that are places in the backup's log; none if it cannot be read any more."""
    with suppress(StoreError), looked_into(path) as connection:
        resets = _resets(connection)
        return frozenset(
            end
            for end in ends
            if end[0] <= resets and (end[1] == 0 or connection.execute(_REVIEW, end[1:]).fetchone() is not None)
        )
    return frozenset()


def _resets(connection: sqlite3.Connection) -> int:
    """Count the resets that the log has."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < _RESETS_SINCE:
        return 0
    (newest,) = connection.execute(
        "SELECT coalesce(max(number), 0) FROM reset WHERE typeof(number) = 'integer'"
    ).fetchone()
    return int(newest)
