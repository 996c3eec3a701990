"""Wild values in a sound database: whatever is in whichever column, nothing crashes, and the doctor repairs it.

`random_damage` writes; then everything that reads a deck is run. MNEMOSYNE_LIVES=1000 tries a thousand decks.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta

import pytest
from random_damage import damage_at_random, ill_typed
from sample_size import sample
from sound_deck import LIVED, SoundDeck, sound_deck

from mnemosyne.collection import Collection, browsing, card_changes, export_streams, safety
from mnemosyne.collection.doctor import RepairPlan, examine
from mnemosyne.collection.progress import progress_of
from mnemosyne.collection.section_cards import cards_of
from mnemosyne.collection.today import today_of
from mnemosyne.errors import DamagedError, MnemosyneError, StoreError
from mnemosyne.reports.column import CARDS, REVIEWS
from mnemosyne.reports.csv_lines import csv_lines
from mnemosyne.reports.document import progress_document
from mnemosyne.reports.markdown import markdown_lines
from mnemosyne.reports.progress_tables import all_tables
from mnemosyne.reports.table import long_lines
from mnemosyne.reports.terminal import progress_lines
from mnemosyne.review.query import SortColumn, Sorting, parse_query
from mnemosyne.store.backup import Reason
from mnemosyne.store.log import events_of
from mnemosyne.store.tables import SCHEMA_VERSION

QUERIES = ("", "due", "new", "leech", "missing", "tag:small", "rates", "-flag lapses>0 ease<3 due<9")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> SoundDeck:
    return sound_deck(tmp_path_factory.mktemp("sound"), LIVED)


def spoil(sound: SoundDeck, seed: int) -> None:
    """Restore the deck, and damage it at random."""
    sound.restore()
    damage_at_random(sound.settings.deck_path, seed)


def a_session(collection: Collection) -> None:
    """Ask everything that is due today, with an undo, and bury one card."""
    session = collection.session()
    for step in range(12):
        if session.question is not None:
            session.hint() if session.outcome is None else None
            session.give_up() if session.outcome is None else None
            session.grade((4, 2, 5)[step % 3])
        if step % 5 == 4:
            session.undo()
    session.summary()


def statistics(collection: Collection) -> None:
    progress = progress_of(collection)
    progress_document(progress), list(markdown_lines(progress)), list(long_lines(all_tables(progress)))
    list(progress_lines(progress, 80, plots=True))


def lists(collection: Collection) -> None:
    for column in SortColumn:
        browsing.find_cards(collection, parse_query(""), Sorting(column))
    for query in QUERIES:
        ids = browsing.find_cards(collection, parse_query(query))
        browsing.rows(collection, ids)
        for id_ in ids:
            with suppress(MnemosyneError):
                events_of(collection.deck, id_)


def exported_reviews(collection: Collection) -> None:
    list(csv_lines(REVIEWS, export_streams.review_stream(collection, export_streams.Selection()).items))


def exported_cards(collection: Collection) -> None:
    list(csv_lines(CARDS, export_streams.card_stream(collection, None).items))


STEPS: tuple[Callable[[Collection], object], ...] = (
    today_of,
    statistics,
    lists,
    exported_reviews,
    exported_cards,
    lambda collection: cards_of(collection, "small", ("small",)),
    lambda collection: collection.renamed(collection.sync()),
    a_session,
    lambda collection: card_changes.reset(collection, ["square", "sine"]),
    lambda collection: safety.back_up_now(collection, Reason.ASKED),
    safety.backup_choices,
)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(int(os.environ.get("MNEMOSYNE_LIVES", "6"))))
def test_nothing_crashes_and_the_doctor_names_and_repairs_it(sound: SoundDeck, quick: None, seed: int) -> None:
    spoil(sound, seed)
    refused = []
    for step in STEPS:
        with sound.opened() as collection:
            try:
                step(collection)
            except MnemosyneError as error:
                refused.append(str(error))
    spoil(sound, seed)
    wrong = ill_typed(sound.settings.deck_path)
    with sound.opened() as collection:
        findings = list(examine(collection, RepairPlan()))
        assert not (wrong or refused) or not all(finding.fine for finding in findings), (wrong, refused)
        mended = list(examine(collection, RepairPlan(mends=True)))
    with sound.opened() as collection:
        after = {finding.check: finding for finding in examine(collection, RepairPlan())}
        assert [finding for finding in after.values() if not finding.fine] == [], mended
        for step in STEPS:
            step(collection)
        assert [finding for finding in examine(collection, RepairPlan()) if not finding.fine] == []


EXAMPLES = {
    "UPDATE review SET study_day = 'zzz' WHERE number = 2": (
        "days", "1 answer whose study day is far from the timestamp"
    ),
    "UPDATE card SET line = 'far down'": ("values", "values that cannot be used: card.line in 4"),
    "UPDATE review SET hints = 'two' WHERE number < 4": ("values", "values that cannot be used: review.hints in 3"),
    "UPDATE card SET content = '{' WHERE id = 'sine'": ("values", "values that cannot be used: card.content in 1"),
    "UPDATE card SET kind = 'choice' WHERE id = 'sine'": ("values", "values that cannot be used: card.kind in 1"),
    "UPDATE card SET topic = 'mine'": ("values", "values that cannot be used: card.topic in 4"),
    "UPDATE card SET kind = 'zzz', topic = '', content = '[]' WHERE id = 'sine'": (
        "values", "values that cannot be used: card.content in 1"
    ),
    "UPDATE review SET answered_at = 9000000000000000000 WHERE number = 3": (
        "values", "values that cannot be used: review.answered_at in 1"
    ),
    "PRAGMA ignore_check_constraints = ON; UPDATE review SET quality = 9 WHERE number = 1": (
        "values", "values that cannot be used: tally.quality in 1, review.quality in 1"
    ),
    "PRAGMA ignore_check_constraints = ON; UPDATE review SET quality = 'good' WHERE number = 1": (
        "values", "values that cannot be used: tally.quality in 1, review.quality in 1"
    ),
    "UPDATE review SET proposed = 9": (
        "values", "values that cannot be used: tally.proposed in 9, review.proposed in 13"
    ),
    "UPDATE review SET number = -number WHERE number IN (2, 3)": (
        "values", "values that cannot be used: review.number in 2"
    ),
    "UPDATE undo SET number = 9223372036854775807": ("values", "values that cannot be used: undo.number in 1"),
    "UPDATE reset SET id = CAST(x'ff' AS TEXT)": ("values", "values that cannot be used: reset.id in 2"),
    "UPDATE fit SET weights = 'none'": ("values", "values that cannot be used: fit.weights in 1"),
    f"UPDATE fit SET weights = '{'[' * 100_000}'": ("values", "values that cannot be used: fit.weights in 1"),
    f"UPDATE review SET answers = '{'[' * 100_000}' WHERE number = 2": (
        "values", "values that cannot be used: review.answers in 1"
    ),
    "PRAGMA application_id = 7": ("structure", "the header names another program"),
    "PRAGMA user_version = -3": ("structure", "the header says -3, the tables are of version {newest}"),
    "CREATE TRIGGER mine BEFORE INSERT ON review BEGIN SELECT RAISE(IGNORE); END": (
        "structure", "not Mnemosyne's: trigger mine"
    ),
    "CREATE VIEW mine AS SELECT 1": ("structure", "not Mnemosyne's: view mine"),
    "CREATE INDEX mine ON review (answer)": ("structure", "not Mnemosyne's: index mine"),
    "DROP TRIGGER tally_logged": ("structure", "gone or changed: trigger tally_logged"),
    "DROP TABLE tally": ("structure", "gone or changed: table tally"),
    "DROP TABLE pending": ("structure", "gone or changed: table pending"),
    "DROP TABLE fit": ("structure", "gone or changed: table fit"),
    "DROP TABLE schedule": ("structure", "gone or changed: table schedule"),
    "DROP TABLE fsrs_memory": ("structure", "gone or changed: table fsrs_memory"),
    "DROP TABLE deck_file": ("structure", "gone or changed: table deck_file"),
    "DROP TABLE card_chain": ("structure", "gone or changed: table card_chain"),
    "DROP TABLE card_tag": ("structure", "gone or changed: table card_tag, index card_tag_cards"),
    "DROP TABLE tally; DROP TABLE card_tag; DROP TABLE deck_file": (
        "structure", "gone or changed: table card_tag, table deck_file, table tally, index card_tag_cards"
    ),
}  # fmt: skip


@pytest.mark.sampled
@pytest.mark.parametrize("damage", sample(list(EXAMPLES), 4))
def test_what_is_said_of_each_and_how_it_is_repaired(sound: SoundDeck, quick: None, damage: str) -> None:
    sound.restore()
    path = sound.settings.deck_path
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(damage)
    check, message = EXAMPLES[damage]
    with sound.opened() as collection, suppress(MnemosyneError):
        statistics(collection)
    with sound.opened() as collection:
        findings = {finding.check: finding for finding in examine(collection, RepairPlan())}
        assert (findings[check].fine, findings[check].message) == (False, message.format(newest=SCHEMA_VERSION))
        repairs = RepairPlan(mends=True)
        mended = {finding.check: finding for finding in examine(collection, repairs)}
        assert all(finding.fine for finding in mended.values()), mended
        assert repairs.backup is not None
        assert safety.check_backup(repairs.backup.path).cards == 4
        a_session(collection)
        card_changes.reset(collection, ["square", "sine"])
        assert [finding for finding in examine(collection, RepairPlan()) if not finding.fine] == []


@pytest.mark.parametrize("moment", [9_999_999_999_999_999, -9_999_999_999_999_999, 0])
def test_a_timestamp_that_cannot_be_right_moves_no_card(sound: SoundDeck, quick: None, moment: int) -> None:
    sound.restore()
    path = sound.settings.deck_path

    def days() -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(path)) as connection:
            return [
                *connection.execute("SELECT id, due, interval FROM card ORDER BY id"),
                *connection.execute("SELECT number, study_day FROM review ORDER BY number"),
            ]

    before = days()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE review SET answered_at = ?", (moment,))
    with sound.opened() as collection:
        assert all(finding.fine for finding in examine(collection, RepairPlan(mends=True)))
    assert days() == before
    with closing(sqlite3.connect(path)) as connection:
        odd = "date(answered_at / 1000000, 'unixepoch') <> study_day"
        assert connection.execute(f"SELECT count(*) FROM review WHERE {odd}").fetchone() == (0,)


COMPUTED = ("tally", "deck_file", "card_chain", "card_tag", "schedule", "fsrs_memory")


@pytest.mark.parametrize("table", COMPUTED)
def test_a_missing_table_is_filled_again(sound: SoundDeck, quick: None, table: str) -> None:
    sound.restore()
    path = sound.settings.deck_path

    def rows() -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(path)) as connection:
            return sorted(connection.execute(f"SELECT * FROM {table}"))

    with sound.opened() as collection:
        statistics(collection)
    before = rows()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"DROP TABLE {table}")
    with sound.opened() as collection:
        error = safety.with_offer(collection, DamagedError("x"))
        assert str(error) == "x; `mnemosyne doctor --fix` repairs it"
        assert all(finding.fine for finding in examine(collection, RepairPlan(mends=True)))
        statistics(collection)
    assert rows() == before


def test_a_backup_of_a_deck_without_a_trigger_is_refused_with_the_way_to_repair_it(sound: SoundDeck) -> None:
    sound.restore()
    with closing(sqlite3.connect(sound.settings.deck_path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER tally_logged")
    with sound.opened() as collection, pytest.raises(DamagedError) as caught:
        safety.back_up_now(collection, Reason.ASKED)
    with sound.opened() as collection:
        assert str(safety.with_offer(collection, caught.value)).endswith("; `mnemosyne doctor --fix` repairs it")


@pytest.mark.parametrize("table", ["review", "reset", "mark_change", "undo", "card", "device", "carrier"])
def test_a_table_that_only_a_backup_has_is_named_and_nothing_is_changed(
    sound: SoundDeck, quick: None, table: str
) -> None:
    sound.restore()
    path = sound.settings.deck_path
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"DROP TABLE {table}")
        before = sorted(connection.execute("SELECT name FROM sqlite_master"))
    with sound.opened() as collection:
        finding = next(iter(examine(collection, RepairPlan(mends=True))))
        assert (finding.check, finding.fine) == ("structure", False)
        assert finding.message == f"tables that only a backup can restore are gone: {table}"
    with closing(sqlite3.connect(path)) as connection:
        assert sorted(connection.execute("SELECT name FROM sqlite_master")) == before


def test_a_session_continues_without_a_card_that_cannot_be_read(sound: SoundDeck) -> None:
    sound.restore()
    with closing(sqlite3.connect(sound.settings.deck_path, isolation_level=None)) as connection:
        connection.execute("UPDATE card SET due = '0', reviewed = 'zzz' WHERE id = 'sine'")
        connection.execute("UPDATE card SET content = 'nothing' WHERE id = 'thought'")
    sound.clock.moment += timedelta(days=90)
    with sound.opened() as collection:
        session, asked_ids = collection.session(), set()
        while session.question is not None:
            asked_ids.add(session.question.card.id)
            session.give_up()
            session.grade(4)
    sound.clock.moment -= timedelta(days=90)
    assert asked_ids == {"square", "word"}


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ("PRAGMA user_version = -3", "the deck claims to be version -3, but is not"),
        ("PRAGMA user_version = 1", "the deck claims to be version 1, but is not"),
        (
            "CREATE TRIGGER mine BEFORE INSERT ON review BEGIN SELECT RAISE(IGNORE); END",
            "the deck has a trigger that is not Mnemosyne's: mine",
        ),
    ],
)
def test_no_grade_is_accepted_by_a_deck_that_might_lose_it(sound: SoundDeck, damage: str, message: str) -> None:
    sound.restore()
    path = sound.settings.deck_path
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(damage)
    with sound.opened() as collection, pytest.raises(StoreError) as caught:
        collection.session()
    assert str(caught.value) == f"{path}: {message}; `mnemosyne doctor --fix` repairs it, after a backup"
