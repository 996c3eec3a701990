"""A process that is killed at any statement or file operation loses nothing that it had acknowledged.

For each operation there is what a kill leaves before its first step, before its second, and so on until it
completes (kills.py says how); each time the deck is opened, compared with what was acknowledged and with the
fold of its log, and the next session continues with it.
"""

from __future__ import annotations

import csv
import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import pytest
from folds import fold_history
from kills import before_every_step, run_child
from sample_size import sample_size
from sqlalchemy import Engine, event

from mnemosyne.cli.entry import run
from mnemosyne.collection import browsing
from mnemosyne.review.query import Query
from mnemosyne.store import log
from mnemosyne.store.engine import reading

pytestmark = [
    pytest.mark.sampled,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
]

# kills, at least, of each action
LEAST = {"answers": 190, "torn writes": 80, "middle of a statement": 50, "sync": 40, "first start": 50, "export": 25}
CUT = 2503  # bytes between the places at which a write is cut short
CUT_BY_SYSTEM = 8_009  # the same where the system cuts it short


def answers(home: Any, acknowledge: Callable[[str], None]) -> None:
    """Do everything a session stores: a second try, a pause, a grade, an undo, a flag, a buried card, and a grade."""
    with home.open() as collection:
        session = collection.session()
        home.wrong(session)
        session.pause()
        home.right(session)
        acknowledge(f"stored {session.grade(2).number}")
        undone_review = session.undo()
        acknowledge(f"undone {undone_review.number if undone_review else 0}")
        session.flag()
        session.bury()
        home.right(session)
        acknowledge(f"stored {session.grade(4).number}")


def check(home: Any, acknowledgements: list[str]) -> None:
    """Assert that the deck is sound, has what was acknowledged, follows from its log, and that a session continues."""
    with home.open() as collection:
        with reading(collection.deck) as connection:
            assert connection.exec_driver_sql("PRAGMA quick_check").scalar_one() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        stored = list(log.read_reviews(collection.deck))
        compare(stored, acknowledgements)
        histories: dict[str, list[tuple[int, date]]] = {}
        for review in stored:
            if not review.drill:
                histories.setdefault(review.card_id, []).append((review.quality, review.study_day))
        for card_id, memory in log.memories(collection.deck):
            assert memory == fold_history(histories.get(card_id, [])), card_id
        check_that_a_session_continues(collection)


def compare(stored: list[Any], acknowledgements: list[str]) -> None:
    """Assert that no acknowledged grade is missing and no undone one there; the last step may be done, not reported."""
    last = {number: word for word, number in (line.split() for line in acknowledgements)}
    numbers = {str(review.number) for review in stored}
    stored_numbers = {number for number, word in last.items() if word == "stored"}
    undone_numbers = {number for number, word in last.items() if word == "undone"}
    newest = acknowledgements[-1].split()[1] if acknowledgements else ""
    assert stored_numbers - numbers <= {newest}, f"lost of {acknowledgements}: {stored_numbers - numbers}"
    if newest in stored_numbers - numbers:
        assert acknowledgements[-1] == "stored 4", "only the grade that the action undoes next may be gone"
    assert not undone_numbers & numbers, f"come back of {acknowledgements}: {undone_numbers & numbers}"


def check_that_a_session_continues(collection: Any) -> None:
    """Assert that the next session asks, accepts an answer, and stores a grade."""
    before = len(list(log.read_reviews(collection.deck)))
    session = collection.session()
    assert session.question is not None
    if session.outcome is None:
        session.give_up()
    assert session.grade(4).number > 0
    assert len(list(log.read_reviews(collection.deck))) == before + 1


def test_a_session(killing):
    assert killing.everywhere(answers, check) >= LEAST["answers"]


def cut_short(remains: Any) -> Iterator[tuple[Any, list[str]]]:
    """Yield what a kill inside a write leaves: the file as it was before the write, with a part of what was written.

    Between two copies there is one call, so the acknowledgements are those of the first. SQLite appends to its
    log, and writes the pages of the log into the deck from the first to the last while the log is still there.
    """
    for (before, acknowledgements), (after, _) in pairwise(remains.kept.values()):
        for file, grows in (("deck.sqlite-wal", True), ("deck.sqlite", False)):
            old, new = (contents_of(home.deck.with_name(file)) for home in (before, after))
            first = len(old) if grows else 0
            if new[:first] != old[:first] or new == old:
                continue
            for length in range(first + CUT, len(new), CUT):
                copy = before.copy(before.folder.with_name(f"{before.folder.name}-{file}-{length}"))
                copy.deck.with_name(file).write_bytes(new[:length] + old[length:])
                yield copy, acknowledgements


def contents_of(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


@pytest.mark.thorough
def test_torn_writes(killing):
    """A write is cut short in its middle, at one length of the log or place in the deck after another."""
    kills = 0
    for copy, acknowledgements in cut_short(killing.remains(answers, before_every_step)):
        check(copy, acknowledgements)
        shutil.rmtree(copy.folder)
        kills += 1
    assert kills >= LEAST["torn writes"]


@pytest.mark.parametrize("length", range(33_000, 33_000 + 12 * CUT_BY_SYSTEM, 12 * CUT_BY_SYSTEM // sample_size(4, 12)))
def test_writes_that_the_system_cuts_short(killing, length):
    """The system itself lets no file grow beyond a length, writes what still fits, and kills the process."""

    def full(_pause: object) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python would otherwise get an error
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (length, length))

    copy = killing.fresh(lambda _: None)
    signal_number, acknowledgements = run_child(copy, answers, full)
    assert signal_number == signal.SIGXFSZ
    check(copy, acknowledgements)


@pytest.mark.thorough
def test_in_the_middle_of_a_statement(killing):
    """SQLite's own virtual machine is stopped, once in so many instructions."""

    def once_in(instructions: int, pause: Callable[[], None]) -> None:
        instruction_counter = count(14)

        def at_instruction() -> None:
            if next(instruction_counter) % instructions == 0:
                pause()

        def watch(connection: sqlite3.Connection, _: object) -> None:
            connection.set_progress_handler(at_instruction, 1)

        event.listen(Engine, "connect", watch)

    kills = killing.everywhere(answers, check, arm=partial(once_in, 31))
    assert kills >= LEAST["middle of a statement"]


@pytest.mark.thorough
def test_sync(killing, home):
    edited = home.cards.read_text(encoding="utf-8").replace("x^2", "x^9").replace("card-7", "card-8")

    def sync(copy: Any, acknowledge: Callable[[str], None]) -> None:
        with copy.open() as collection:
            collection.sync()
            acknowledge("synced 0")

    def check_copy(copy: Any, acknowledgements: list[str]) -> None:
        with copy.open() as collection:
            card_ids = {card.id for card in browsing.listed(collection, Query(()))}
            assert card_ids in ({f"card-{n}" for n in range(8)}, {f"card-{n}" for n in (*range(7), 8)})
            report = collection.sync()
            if acknowledgements:
                assert (report.added, report.changed, report.missing) == ((), (), ())
        check(copy, [])

    assert killing.everywhere(sync, check_copy, lambda copy: copy.edit(edited)) >= LEAST["sync"]


@pytest.mark.thorough
def test_first_start(killing):
    def start(copy: Any, acknowledge: Callable[[str], None]) -> None:
        with copy.open() as collection:
            assert collection.deck
            acknowledge("opened 0")

    assert killing.everywhere(start, check, lambda copy: copy.deck.unlink()) >= LEAST["first start"]


@pytest.mark.thorough
def test_export(killing):
    def export(copy: Any, acknowledge: Callable[[str], None]) -> None:
        out = copy.folder / "reviews.csv"
        assert run(copy.arguments("export", "reviews", "--format", "csv", "-o", str(out))) == 0
        acknowledge("exported 0")

    def prepare(copy: Any) -> None:
        (copy.folder / "reviews.csv").write_text("what was there before\n", encoding="utf-8")

    def check_copy(copy: Any, acknowledgements: list[str]) -> None:
        text = (copy.folder / "reviews.csv").read_text(encoding="utf-8")
        if acknowledgements or text != "what was there before\n":
            assert [row["card_id"] for row in csv.DictReader(text.splitlines())] == ["card-0", "card-1", "card-2"]
        check(copy, [])

    assert killing.everywhere(export, check_copy, prepare) >= LEAST["export"]
