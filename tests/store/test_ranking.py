"""The order in which backups are offered: by their content, whatever the clock said when they were made."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from mnemosyne.store import bulk_changes
from mnemosyne.store.backup import Reason, back_up, look_into, put_back, ranked
from mnemosyne.store.engine import open_deck
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
EVENTS = ["grade", "grade", "undo", "reset", "turn the clock", "back up", "back up", "restore"]
IDS = [f"card-{number}" for number in range(40)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the backups go."""
    return tmp_path / "backups"


@pytest.fixture
def grade(deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable) -> Callable[[int], None]:
    """Return a function that grades that many new cards."""
    sync_cards(deck, [make_card(id_, position) for position, id_ in enumerate(IDS)], {})
    left = iter(IDS)

    def graded(times: int) -> None:
        for id_ in (next(left) for _ in range(times)):
            repository.record(make_review(id_, 4))

    return graded


def offered_backups(folder: Path) -> list[tuple[int | None, bool]]:
    """Return how many reviews are in each backup, and whether it is dated in the future, in the order offered."""
    return [
        (candidate.contents.reviews if candidate.contents else None, candidate.future)
        for candidate in ranked(folder, NOW)
    ]


def test_after_a_spell_with_the_clock_in_the_future_the_backup_with_the_whole_log_comes_first(
    grade: Callable, path: Path, folder: Path
) -> None:
    grade(2)
    back_up(path, folder, NOW + timedelta(days=400), Reason.DAILY)
    grade(8)
    back_up(path, folder, NOW - timedelta(days=1), Reason.DAILY)
    assert offered_backups(folder) == [(10, False), (2, True)]


def test_a_backup_dated_9999_with_the_longest_log_is_offered_until_there_is_a_longer_one(
    grade: Callable, path: Path, folder: Path
) -> None:
    grade(1)
    back_up(path, folder, NOW - timedelta(days=1), Reason.DAILY)
    grade(1)
    back_up(path, folder, datetime(9999, 12, 31, tzinfo=UTC), Reason.DAILY)
    assert offered_backups(folder) == [(2, True), (1, False)]
    grade(1)
    back_up(path, folder, NOW, Reason.DAILY)
    assert offered_backups(folder) == [(3, False), (2, True), (1, False)]


def test_of_the_same_log_the_latest_credible_date_comes_first(grade: Callable, path: Path, folder: Path) -> None:
    grade(3)
    moments = [NOW - timedelta(days=2), NOW + timedelta(days=300), NOW - timedelta(days=1), NOW + timedelta(hours=9)]
    for moment in moments:
        back_up(path, folder, moment, Reason.ASKED)
    assert [candidate.backup.made_at for candidate in ranked(folder, NOW)] == [
        moments[3],
        moments[2],
        moments[0],
        moments[1],
    ]


def test_of_logs_that_diverged_the_longer_comes_first_and_a_future_date_last(
    grade: Callable, path: Path, folder: Path, deck: Engine
) -> None:
    grade(2)
    early = back_up(path, folder, NOW - timedelta(days=5), Reason.DAILY)
    grade(9)
    back_up(path, folder, NOW + timedelta(days=50), Reason.DAILY)
    deck.dispose()
    put_back(early.path, path, folder, NOW - timedelta(days=3))
    assert offered_backups(folder) == [(11, False), (11, True), (2, False)], "the deck from before is among the backups"
    grade(3)
    back_up(path, folder, NOW, Reason.DAILY)
    assert offered_backups(folder) == [(11, False), (5, False), (11, True), (2, False)]


def test_what_cannot_be_read_comes_last(grade: Callable, path: Path, folder: Path) -> None:
    grade(1)
    back_up(path, folder, NOW - timedelta(days=9), Reason.DAILY)
    (folder / "20260310T110000000000Z-daily.sqlite").write_bytes(b"no deck" * 999)
    assert offered_backups(folder) == [(1, False), (None, False)]


def test_a_backup_of_the_first_version_has_no_resets_to_count(path: Path, folder: Path) -> None:
    folder.mkdir()
    for seconds in (1, 2):
        with closing(sqlite3.connect(folder / f"20260309T12000{seconds}000000Z-daily.sqlite")) as old:
            old.executescript((Path(__file__).parent / "decks" / "version-1.sql").read_text(encoding="utf-8"))
    assert [candidate.backup.path.name[13:15] for candidate in ranked(folder, NOW)] == ["02", "01"]


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(int(os.environ.get("MNEMOSYNE_LIVES", "6"))))
def test_no_backup_precedes_another_whose_log_continues_its_own(
    seed: int, tmp_path: Path, folder: Path, make_card: Callable, make_review: Callable, make_repository: Callable
) -> None:
    live_randomly(Random(seed), tmp_path / "life.sqlite", folder, make_card, make_review, make_repository)
    logs = [grades_in(candidate.backup.path) for candidate in ranked(folder, NOW)]
    for place, log in enumerate(logs):
        for later in logs[place + 1 :]:
            assert not (log < later and len(log) < len(later)), "its log begins that of a backup offered later"


def live_randomly(
    chance: Random, path: Path, folder: Path, make_card: Callable, make_review: Callable, make_repository: Callable
) -> None:
    """Do thirty random things to a deck and to the clock."""
    deck = open_deck(path)
    sync_cards(deck, [make_card(id_, position) for position, id_ in enumerate(IDS)], {})
    repository, moment = make_repository(deck), NOW
    for _ in range(30):
        event, last = chance.choice(EVENTS), repository.last_event()
        if event == "grade":
            id_, span = chance.choice(IDS), timedelta(microseconds=chance.randrange(10**9))
            repository.record(make_review(id_, 4, before=repository.memory(id_), answered_at=moment + span))
        elif event == "undo" and last is not None:
            repository.undo(last)
        elif event == "reset":
            bulk_changes.reset_in_deck(deck, chance.sample(IDS, 3), moment, moment.date())
        elif event == "turn the clock":
            moment = NOW + timedelta(days=chance.randrange(-1000, 1000))
        elif event == "back up":
            back_up(path, folder, moment, Reason.ASKED)
        elif event == "restore" and (candidates := ranked(folder, NOW)):
            deck.dispose()
            put_back(chance.choice(candidates).backup.path, path, folder, moment)
    deck.dispose()


def grades_in(path: Path) -> frozenset[tuple[object, ...]]:
    """Return every grade that was ever logged, undone or not."""
    assert look_into(path).version
    with closing(sqlite3.connect(path)) as connection:
        return frozenset(connection.execute("SELECT number, card_id, answered_at FROM review"))


def test_the_last_review_is_the_newest_of_the_log_whatever_the_clock_said(
    deck: Engine, repository: SqlRepository, path: Path, make_card: Callable, make_review: Callable
) -> None:
    sync_cards(deck, [make_card("one", 0)], {})
    for day in (date(2026, 3, 9), date(2028, 3, 9), date(2026, 3, 10)):
        repository.record(
            replace(make_review("one", 4), study_day=day, answered_at=datetime(*day.timetuple()[:3], 9, tzinfo=UTC))
        )
    assert look_into(path).last == date(2026, 3, 10)
