"""A process that is killed loses nothing that was reported as stored, and leaves nothing half done."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from folds import fold_history
from sample_size import sample
from sqlalchemy import Engine

from mnemosyne.review.ports import Scope
from mnemosyne.review.record import Pending, Review
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import log
from mnemosyne.store.engine import open_deck, reading
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import SyncReport, sync_cards

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

IDS = [f"card-{n}" for n in range(20)]


@pytest.fixture
def opened(path: Path, make_card: Callable) -> Callable[[], Engine]:
    """Return a function that opens the deck of twenty cards; none is open yet, so a fork inherits no connection."""
    engine = open_deck(path)
    sync_cards(engine, [make_card(id_, n) for n, id_ in enumerate(IDS)], {})
    engine.dispose()
    return lambda: open_deck(path)


def check_sound(engine: Engine) -> list[Review]:
    """Assert that the file is intact and the schedule computed from its log; return the reviews that count."""
    with reading(engine) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    stored = list(log.read_reviews(engine))
    histories: dict[str, list[tuple[int, date]]] = {}
    for review in stored:
        if not review.drill:
            histories.setdefault(review.card_id, []).append((review.quality, review.study_day))
    assert dict(log.memories(engine)) == {id_: fold_history(histories.get(id_, [])) for id_ in IDS}
    return stored


def work(repository: SqlRepository, make_review: Callable, day: date, report: Callable[[str], None]) -> None:
    """Grade card after card without end, reporting after each step what is stored by then."""
    chance = Random(os.getpid())
    while True:
        id_ = chance.choice(IDS)
        before = repository.memory(id_)
        drill = chance.random() < 0.2 and not before.new
        repository.set_pending(Pending(id_, 1, drill))
        review = repository.record(make_review(id_, chance.randint(0, 5), before=before, drill=drill))
        report(f"stored {review.number}")
        if chance.random() < 0.2:
            repository.undo(review)
            report(f"undone {review.number}")


def reports_until_killed(after: int, action: Callable[[Callable[[str], None]], None]) -> list[list[str]]:
    """Return what a child process reported until it was killed, once `after` lines had come; complete lines only."""
    out, in_ = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            os.close(out)
            action(lambda line: os.write(in_, f"{line}\n".encode()))
        os._exit(1)
    os.close(in_)
    with os.fdopen(out, "rb", buffering=0) as pipe:
        output = b""
        while output.count(b"\n") < after:
            output += pipe.read(1)
        os.kill(child, signal.SIGKILL)
        while more := pipe.read(65536):
            output += more
    assert os.waitpid(child, 0)[1] == signal.SIGKILL, "it worked until it was killed"
    return [line.split() for line in output.decode().splitlines(keepends=True) if line.endswith("\n")]


def test_nothing_acknowledged_is_lost_at_any_moment(
    opened: Callable, make_review: Callable, make_repository: Callable, day: date
):
    chance = Random(0)
    acknowledged: dict[int, str] = {}
    while len(acknowledged) <= 200:  # as many kills as it takes, on a busy machine too

        def child(report: Callable[[str], None]) -> None:
            work(make_repository(opened()), make_review, day, report)

        for word, number in reports_until_killed(chance.randint(1, 20), child):
            acknowledged[int(number)] = word
        engine = opened()
        counting = {review.number for review in check_sound(engine)}
        engine.dispose()
        stored_numbers = {number for number, word in acknowledged.items() if word == "stored"}
        # One step may have been stored, or undone, whose acknowledgement was cut off: that is not a loss.
        unsaid = max(acknowledged) + 1
        assert stored_numbers - counting <= {unsaid - 1}
        assert counting - stored_numbers <= {unsaid}
        acknowledged |= dict.fromkeys(counting - stored_numbers, "stored")
        acknowledged |= dict.fromkeys(stored_numbers - counting, "undone")


@pytest.mark.parametrize("step", range(1, 11))
def test_an_answer_is_stored_whole_or_not_at_all(
    opened: Callable, make_review: Callable, make_repository: Callable, die_at: Callable, step: int
):
    engine = opened()
    make_repository(engine).set_pending(Pending("card-0", 1, False))
    engine.dispose()
    review = make_review("card-0", 3)

    def answer() -> None:
        engine = opened()
        make_repository(engine).record(review)
        engine.dispose()

    died = die_at(step, answer)
    engine = opened()
    repository = make_repository(engine)
    state = (check_sound(engine), repository.memory("card-0"), repository.pending())
    state_before = ([], Memory(), Pending("card-0", 1, False))
    assert state == (state_before if died else ([replace(review, number=1)], review.after, None))
    assert died == (step < 9), "begin, read, remember, identify, name the device, log, clear, commit"
    engine.dispose()


@pytest.mark.sampled
@pytest.mark.parametrize("step", sample(range(1, 22), 4))
def test_an_undo_is_done_whole_or_not_at_all(
    opened: Callable, make_review: Callable, make_repository: Callable, die_at: Callable, step: int
):
    engine = opened()
    stored = make_repository(engine).record(make_review("card-0", 3))
    engine.dispose()

    def undo() -> None:
        engine = opened()
        make_repository(engine).undo(stored)
        engine.dispose()

    died = die_at(step, undo)
    engine = opened()
    state = (check_sound(engine), make_repository(engine).memory("card-0"))
    assert state == (([stored], stored.after) if died else ([], Memory()))
    assert died == (step < 19), (
        "begin, read, look for later ones and resets, identify, number, log, mark, read the card and its events,"
        " write two rows, scheduler, commit"
    )
    engine.dispose()


@pytest.mark.sampled
@pytest.mark.parametrize("step", sample(range(1, 13), 2))
def test_a_sync_is_done_whole_or_not_at_all(
    opened: Callable, make_card: Callable, make_repository: Callable, die_at: Callable, day: date, step: int
):
    cards = [
        make_card("new", 0),
        *(make_card(id_, n + 1, ask="other", tags=("two",)) for n, id_ in enumerate(IDS[:10])),
    ]

    def sync() -> None:
        engine = opened()
        sync_cards(engine, cards, {"cards/one.yaml": (1, 1)})
        engine.dispose()

    died = die_at(step, sync)
    engine = opened()
    check = make_repository(engine).new(day, Scope())
    report = sync_cards(engine, cards, {"cards/one.yaml": (1, 1)})
    if died:
        assert check == IDS
        assert (report.added, len(report.changed), len(report.missing)) == (("new",), 10, 10)
    else:
        assert check == ["new", *IDS[:10]]
        assert report == SyncReport(unchanged=("new", *IDS[:10]))
    assert died == (step < 12)
    engine.dispose()


def test_the_schedule_after_a_year_of_answers_is_computed_from_the_log(
    opened: Callable, make_review: Callable, make_repository: Callable, day: date
):
    engine = opened()
    repository = make_repository(engine)
    chance = Random(1)
    for ahead in range(120):
        today = plus_days(day, ahead)
        for id_ in [*repository.due(today, Scope()), *repository.new(today, Scope())[:2]]:
            review = repository.record(
                make_review(id_, chance.choice((1, 3, 4, 5)), today, before=repository.memory(id_))
            )
            if chance.random() < 0.1:
                repository.undo(review)
    assert len(check_sound(engine)) > 100
    engine.dispose()
