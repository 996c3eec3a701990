"""Two sessions, or a session and a sync, on one deck: no lost update, no deadlock, and the second one is warned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from random import Random

import pytest
from folds import fold_history
from sqlalchemy import Engine

from mnemosyne.errors import StoreError
from mnemosyne.review.card_log import recomputed
from mnemosyne.review.ports import Scope
from mnemosyne.review.record import Pending
from mnemosyne.scheduling.scheduler import Sm2Scheduler
from mnemosyne.store import audit, log
from mnemosyne.store.engine import open_deck
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

IDS = [f"card-{n}" for n in range(5)]


@pytest.fixture
def same_deck(deck: Engine, path: Path) -> Iterator[Engine]:
    """Return the deck, opened a second time."""
    engine = open_deck(path)
    yield engine
    engine.dispose()


@pytest.fixture
def cards(deck: Engine, make_card: Callable) -> list:
    """Add a few cards, so that two sessions meet."""
    cards = [make_card(id_, n) for n, id_ in enumerate(IDS)]
    sync_cards(deck, cards, {})
    return cards


def test_each_sees_at_once_what_the_other_stored(
    deck: Engine, same_deck: Engine, cards: list, make_repository: Callable, make_review: Callable
):
    first, second = make_repository(deck), make_repository(same_deck)
    review = first.record(make_review("card-0", 4))
    assert second.last_review() == review
    second.undo(review)
    assert first.last_review() is None


def test_the_same_card_answered_in_both_counts_once_and_is_then_drilled(
    deck: Engine, same_deck: Engine, cards: list, make_repository: Callable, make_review: Callable
):
    first, second = make_repository(deck), make_repository(same_deck)
    review = first.record(make_review("card-0", 4))
    drill = second.record(make_review("card-0", 1))
    assert (drill.drill, drill.before, drill.after) == (True, review.after, review.after)
    assert second.memory("card-0") == review.after


def test_a_second_session_leaves_the_question_in_progress_of_the_first_alone(
    deck: Engine, same_deck: Engine, cards: list, make_repository: Callable, make_review: Callable
):
    first, second = make_repository(deck), make_repository(same_deck)
    second.keeps_pending = False
    pending = Pending("card-0", 7, False)
    first.set_pending(pending)
    assert second.pending() is None
    second.set_pending(Pending("card-1", 1, False))
    second.record(make_review("card-1", 4))
    second.set_pending(None)
    assert first.pending() == pending
    second.record(make_review("card-0", 4))
    assert first.pending() is None, "that question is answered"


def test_a_long_reading_does_not_stop_a_session(
    deck: Engine, same_deck: Engine, cards: list, make_repository: Callable, make_review: Callable
):
    first, second = make_repository(deck), make_repository(same_deck)
    for id_ in IDS[:3]:
        first.record(make_review(id_, 4))
    stream = log.read_reviews(deck)
    next(stream)
    assert second.record(make_review("card-3", 4)).number == 4
    assert len(list(stream)) == 2


def grade(repository: SqlRepository, make_review: Callable, seed: int) -> None:
    """Grade fifty times, and undo some of it."""
    chance = Random(seed)
    for _ in range(50):
        id_ = chance.choice(IDS)
        try:
            stored = repository.record(make_review(id_, chance.randint(0, 5), before=repository.memory(id_)))
            if chance.random() < 0.3:
                repository.undo(stored)
        except StoreError as error:
            assert "graded again since" in error.message, "only an undo can come too late"


def test_no_update_is_lost_between_sessions_and_syncs(
    deck: Engine, same_deck: Engine, cards: list, make_repository: Callable, make_review: Callable, make_card: Callable
):
    edited = [make_card(id_, n, ask="other words") for n, id_ in enumerate(reversed(IDS))]
    with ThreadPoolExecutor(4) as threads:
        sessions = [
            threads.submit(grade, make_repository(engine), make_review, seed)
            for seed, engine in enumerate((deck, same_deck, deck))
        ]
        syncs = threads.submit(lambda: [sync_cards(same_deck, card_list, {}) for card_list in (edited, cards) * 20])
        for session in sessions:
            session.result()
        assert len(syncs.result()) == 40
    histories: dict[str, list[tuple[int, date]]] = {id_: [] for id_ in IDS}
    for review in log.read_reviews(deck):
        if not review.drill:
            histories[review.card_id].append((review.quality, review.study_day))
    assert {len(history) for history in histories.values()} <= {0, 1}
    assert dict(log.memories(deck)) == {id_: fold_history(history) for id_, history in histories.items()}
    with deck.connect() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM review").scalar_one()
    assert rows == 150
    assert [history for history in audit.histories(deck) if recomputed(history, Sm2Scheduler()) != history] == []


def test_two_programs_may_make_the_deck_at_the_same_time(
    tmp_path: Path, make_card: Callable, make_repository: Callable, day: date
):
    for attempt in range(10):
        path = tmp_path / f"{attempt}.sqlite"
        with ThreadPoolExecutor(3) as threads:
            engines = list(threads.map(lambda _: open_deck(path), range(3)))  # noqa: B023 - used within the turn
        sync_cards(engines[0], [make_card("a")], {})
        for engine in engines:
            assert make_repository(engine).new(day, Scope()) == ["a"]
            engine.dispose()
