"""Backups of a collection: when one is made, which are listed, which is offered, and what a choice means."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hand_clock import HandClock

from mnemosyne.collection import Collection, card_changes, doctor, safety
from mnemosyne.errors import DamagedError, InputError, StoreError
from mnemosyne.review.record import Mark
from mnemosyne.settings import Settings
from mnemosyne.store import backup
from mnemosyne.store.backup import Reason, backups, look_into
from mnemosyne.store.tables import SCHEMA_VERSION

DECK = """cards:
  - {id: one, kind: recall, ask: One?, answer: Yes.}
  - {id: two, kind: recall, ask: Two?, answer: No.}
"""
PAST = Path(__file__).parents[1] / "store" / "decks" / "version-1.sql"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def opened(tmp_path: Path, clock: HandClock) -> Iterator[Callable[..., Collection]]:
    """Return a function that opens the learner's collection, with other settings if given."""
    (tmp_path / "cards" / "small").mkdir(parents=True)
    (tmp_path / "cards" / "small" / "deck.yaml").write_text(DECK, encoding="utf-8")
    where = Settings(tmp_path / "data", tmp_path / "config.toml", (tmp_path / "cards",))
    collections: list[Collection] = []

    def open_(**changes: object) -> Collection:
        collections.append(Collection(replace(where, **changes), clock))
        return collections[-1]

    yield open_
    for collection in collections:
        collection.close()


def grade(collection: Collection, quality: int = 4) -> None:
    """Give up on the next card and grade it."""
    session = collection.session()
    session.give_up()
    session.grade(quality)


def reasons(collection: Collection) -> list[str]:
    """Return why each backup was made, newest first."""
    return [backup.reason for backup in backups(collection.settings.backup_folder)]


def damage(collection: Collection) -> Path:
    """Overwrite the deck with something that is no database."""
    collection.close()
    collection.settings.deck_path.write_bytes(b"no deck" * 3000)
    return collection.settings.deck_path


def test_there_is_one_backup_a_study_day_once_something_was_graded(opened: Callable, clock: HandClock):
    collection = opened()
    assert safety.daily_backup(collection) is None
    collection.sync()
    assert safety.daily_backup(collection) is None
    grade(collection)
    assert safety.daily_backup(collection).made_at == clock.moment
    assert safety.daily_backup(collection) is None
    clock.moment += timedelta(hours=20)  # 03:00, which is the same study day
    assert safety.daily_backup(collection) is None
    clock.moment += timedelta(hours=1)
    assert safety.daily_backup(collection) is not None
    assert reasons(collection) == ["daily", "daily"]


def test_sessions_that_start_at_once_make_one_backup(opened: Callable, monkeypatch: pytest.MonkeyPatch):
    """The second starts before the first has made its own."""
    first, second = opened(), opened()
    grade(first)
    look, answers = safety.look_into, []

    def look_while_another_begins(path: Path, mode: str) -> object:
        monkeypatch.setattr(safety, "look_into", look)
        answers.append(safety.daily_backup(second))
        return look(path, mode)

    monkeypatch.setattr(safety, "look_into", look_while_another_begins)
    assert safety.daily_backup(first) is not None
    assert (answers, reasons(first)) == ([None], ["daily"])
    assert safety.daily_backup(second) is None


def test_a_backup_may_vanish_while_the_backups_are_ranked(opened: Callable, monkeypatch: pytest.MonkeyPatch):
    """Another session deletes old ones, or the learner deletes one."""
    collection = opened()
    grade(collection)
    for _ in range(3):
        safety.back_up_now(collection, Reason.ASKED)
    victim, *rest = (backup.path for backup in backups(collection.settings.backup_folder))
    look = backup.contents

    def look_and_lose_one(connection: sqlite3.Connection, path: Path) -> object:
        victim.unlink(missing_ok=True)
        return look(connection, path)

    monkeypatch.setattr(backup, "contents", look_and_lose_one)
    assert {choice.backup.path for choice in safety.backup_choices(collection)} == {victim, *rest}


def test_the_settings_may_turn_backups_off(opened: Callable):
    collection = opened(backups=False)
    grade(collection)
    assert safety.daily_backup(collection) is None
    card_changes.reset(collection, ["one"])
    assert reasons(collection) == []


def test_there_is_a_backup_before_a_reset(opened: Callable):
    collection = opened()
    grade(collection)
    assert card_changes.reset(collection, ["one", "two"]).card_ids == ("one",)
    (stored_backup,) = backups(collection.settings.backup_folder)
    assert (stored_backup.reason, look_into(stored_backup.path).reviews) == ("before-reset", 1)
    collection.session().undo()
    assert collection.repository.memory("one").reviewed == date(2026, 3, 10)


def test_many_cards_are_changed_at_once(opened: Callable, clock: HandClock):
    collection = opened()
    collection.sync()
    assert card_changes.set_mark(collection, ["one", "two"], Mark.SUSPENDED) == 2
    assert collection.session().question is None
    assert card_changes.set_mark(collection, ["one"], Mark.SUSPENDED, on=False) == 1
    assert card_changes.set_mark(collection, ["one"], Mark.BURIED) == 1
    assert collection.session().question is None
    assert card_changes.set_mark(collection, ["one", "two"], Mark.BURIED, on=False) == 1
    assert collection.session().question.card.id == "one"
    assert card_changes.set_mark(collection, ["two"], Mark.FLAGGED) == 1
    assert collection.repository.flagged("two")


def test_there_is_a_backup_before_a_deck_is_migrated(opened: Callable):
    collection = opened()
    path = collection.settings.deck_path
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as deck:
        deck.executescript(PAST.read_text(encoding="utf-8"))
    assert collection.deck is not None
    (stored_backup,) = backups(collection.settings.backup_folder)
    assert (stored_backup.reason, look_into(stored_backup.path).version) == ("before-migrate", 1)
    assert look_into(path, "rw").version == SCHEMA_VERSION


def test_a_deck_that_cannot_be_backed_up_is_not_migrated(opened: Callable):
    collection = opened()
    path = collection.settings.deck_path
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as deck:
        deck.executescript(PAST.read_text(encoding="utf-8"))
    collection.settings.backup_folder.touch()
    with pytest.raises(StoreError, match="no backup can be made there"):
        _ = collection.deck
    assert look_into(path, "rw").version == 1


@pytest.mark.thorough
def test_old_backups_go_when_a_new_one_is_made(opened: Callable, clock: HandClock):
    collection = opened()
    grade(collection)
    for _ in range(40):
        clock.moment += timedelta(days=1)
        safety.daily_backup(collection)
    assert len(reasons(collection)) < 20


def test_a_damaged_deck_is_noticed_and_nothing_is_removed(opened: Callable, clock: HandClock):
    collection = opened()
    grade(collection)
    for _ in range(3):
        safety.daily_backup(collection)
        clock.moment += timedelta(days=1)
    damage(collection)
    clock.moment += timedelta(days=300)
    with pytest.raises(DamagedError):
        safety.daily_backup(collection)
    assert reasons(collection) == ["daily"] * 3


def test_the_newest_intact_backup_is_offered(opened: Callable, clock: HandClock):
    collection = opened()
    grade(collection)
    for _ in range(2):
        safety.back_up_now(collection, Reason.ASKED)
        clock.moment += timedelta(minutes=1)
    with backups(collection.settings.backup_folder)[0].path.open("r+b") as newest:
        newest.seek(4096)
        newest.write(b"\xff" * 4096)
    path = damage(collection)
    error = safety.with_offer(collection, DamagedError(f"{path}: this is not a deck"))
    assert str(error) == (
        f"{path}: this is not a deck; `mnemosyne restore 2` restores the backup from 10 Mar 2026, 07:00 "
        "(2 cards, 1 review, the last on 10 Mar 2026)"
    )


@pytest.mark.parametrize(("state", "left"), [("gone", None), ("empty", b""), ("empty", b"x")])
def test_a_deck_that_was_lost_is_not_silently_replaced_by_a_new_one(opened: Callable, state: str, left: bytes | None):
    collection = opened()
    grade(collection)
    safety.daily_backup(collection)
    collection.close()
    path = collection.settings.deck_path
    path.unlink() if left is None else path.write_bytes(left)
    with pytest.raises(DamagedError) as caught:
        _ = opened().deck
    assert caught.value.message == f"{path}: the deck is {state}, but there are backups of it"
    safety.restore_backup(collection, safety.backup_path(collection, "1"))
    assert opened().repository.last_event().card_id == "one"


def test_a_collection_may_restore_its_own_deck(opened: Callable):
    collection = opened()
    grade(collection)
    stored_backup = safety.back_up_now(collection, Reason.ASKED)
    grade(collection)
    restoration = safety.restore_backup(collection, stored_backup.path)
    assert (restoration.contents.reviews, look_into(restoration.kept.path).reviews) == (1, 2)
    assert collection.repository.last_event().number == 1


def test_a_choice_is_a_number_a_name_or_a_path(opened: Callable, tmp_path: Path):
    collection = opened()
    grade(collection)
    first, second = (safety.back_up_now(collection, Reason.ASKED).path for _ in range(2))
    assert safety.backup_path(collection, "1") == second
    assert safety.backup_path(collection, "2") == first
    assert safety.backup_path(collection, first.name) == first
    assert safety.backup_path(collection, str(first)) == first
    assert [(choice.number, choice.backup.path) for choice in safety.backup_choices(collection)] == [
        (1, second),
        (2, first),
    ]


@pytest.mark.parametrize(
    ("choice", "backup_count", "message"),
    [
        ("1", 0, "there is no backup 1; `mnemosyne backup` makes one"),
        ("0", 1, "there is no backup 0; `mnemosyne restore` lists the backups"),
        ("2", 1, "there is no backup 2; `mnemosyne restore` lists the backups"),
        ("some.sqlite", 1, "some.sqlite: there is no such backup; `mnemosyne restore` lists the backups"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused(opened: Callable, choice: str, backup_count: int, message: str):
    collection = opened()
    grade(collection)
    for _ in range(backup_count):
        safety.back_up_now(collection, Reason.ASKED)
    with pytest.raises(InputError) as caught:
        safety.backup_path(collection, choice)
    assert str(caught.value) == message


def test_a_backup_dated_in_the_future_is_marked_where_it_is_offered(opened: Callable, clock: HandClock):
    collection = opened()
    grade(collection)
    clock.moment += timedelta(days=400)
    safety.back_up_now(collection, Reason.ASKED)
    clock.moment -= timedelta(days=400)
    path = damage(collection)
    error = safety.with_offer(collection, DamagedError(f"{path}: this is not a deck"))
    assert str(error) == (
        f"{path}: this is not a deck; `mnemosyne restore 1` restores the backup from 14 Apr 2027, 07:00 "
        "(2 cards, 1 review, the last on 10 Mar 2026, dated in the future)"
    )


def test_a_reset_of_new_cards_makes_no_backup(opened: Callable):
    collection = opened()
    collection.sync()
    assert card_changes.reset(collection, ["one", "two"]) is None
    assert reasons(collection) == []


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have such permissions")
def test_backups_that_cannot_be_read_are_reported_and_stop_neither_session_nor_doctor(
    public_folder: Path, clock: HandClock
) -> None:
    deck = public_folder / "cards" / "small" / "deck.yaml"
    deck.parent.mkdir(parents=True)
    deck.write_text(DECK, encoding="utf-8")
    settings = Settings(public_folder / "data", public_folder / "config.toml", (public_folder / "cards",))
    folder = settings.backup_folder
    message = f"{folder}: the backups cannot be read (Permission denied); allow reading the folder"
    with Collection(settings, clock) as collection:
        collection.sync()
        folder.mkdir()
        folder.chmod(0)
        try:
            with pytest.raises(StoreError, match=re.escape(message)):
                safety.daily_backup(collection)
            findings = {finding.check: finding for finding in doctor.examine(collection, doctor.RepairPlan())}
            damaged = safety.with_offer(collection, DamagedError("The deck is damaged"))
        finally:
            folder.chmod(0o700)
    assert (findings["deck"].fine, findings["backups"].fine, findings["backups"].message) == (True, False, message)
    assert str(damaged) == f"The deck is damaged; {message}"
