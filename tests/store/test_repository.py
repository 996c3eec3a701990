"""The repository of a session: what each method returns and does, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from mnemosyne.cards.card import Source
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.errors import StoreError
from mnemosyne.review.ports import DayCounts, Repository, Scope
from mnemosyne.review.record import GAVE_UP, Attempt, Pending
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store.engine import open_deck
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

ALL = Scope()
CARDS = ("a", "b", "c", "d")


@pytest.fixture(autouse=True)
def cards(deck: Engine, make_card: Callable) -> None:
    """Add four cards in the order of learning, two topics, two tags."""
    topics = {"a": "chain-rule", "b": "chain-rule", "c": "limits", "d": "limits"}
    tags = {"a": ("easy",), "b": ("easy", "hard"), "c": ("hard",), "d": ()}
    sync_cards(deck, [make_card(id_, n, topic=topics[id_], tags=tags[id_]) for n, id_ in enumerate(CARDS)], {})


def test_it_is_the_repository_that_a_session_needs(repository: SqlRepository):
    as_port: Repository = repository
    assert as_port.last_review() is None
    assert as_port.pending() is None
    assert as_port.counts(date(2024, 1, 1)) == DayCounts(0, 0)


def test_a_card_comes_decoded_with_its_place_in_the_file(repository: SqlRepository):
    card = repository.card("b")
    assert (card.id, card.topic, card.content) == ("b", "chain-rule", Recall("What is b?", "the answer"))
    assert card.source == Source("cards/one.yaml", 4)


def test_a_new_card_has_an_empty_memory(repository: SqlRepository):
    assert repository.memory("a") == Memory()


@pytest.mark.parametrize(
    "ask",
    [
        lambda repository, make: repository.card("x"),
        lambda repository, make: repository.memory("x"),
        lambda repository, make: repository.record(make("x", 4)),
        lambda repository, make: repository.record(make("x", 4, drill=True)),
        lambda repository, make: repository.set_pending(Pending("x", 1, False)),
        lambda repository, make: repository.bury("x", date(2024, 1, 1)),
        lambda repository, make: repository.suspend("x", suspended=True),
        lambda repository, make: repository.flag("x", flagged=True),
        lambda repository, make: repository.flagged("x"),
    ],
)
def test_an_unknown_card_is_a_key_error(repository: SqlRepository, make_review: Callable, ask: Callable):
    with pytest.raises(KeyError) as caught:
        ask(repository, make_review)
    assert caught.value.args == ("x",)
    assert repository.last_review() is None
    assert repository.pending() is None


def test_a_review_comes_back_as_it_was_stored(repository: SqlRepository, make_review: Callable):
    review = make_review("a", 3)
    stored = repository.record(review)
    assert stored == replace(review, number=1)
    assert repository.last_review() == stored
    assert repository.memory("a") == review.after


@pytest.mark.parametrize(
    "changes",
    [
        {"answered_at": datetime(1, 1, 1, tzinfo=UTC), "offset": timedelta(hours=-12)},
        {"answered_at": datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), "study_day": date.max},
        {"offset": timedelta(hours=5, minutes=45, seconds=13), "duration": timedelta()},
        {"verdict": None, "misconception": None, "proposed": None, "answer": ""},
        {"answer": "2·x·cos(x²)\n\t'; DROP TABLE review; --\0 ∂🎓"},
        {"seed": 2**63 - 1},
        {"seed": -(2**63)},
        {"study_day": date(1, 1, 1)},
    ],
)
def test_nothing_is_lost_at_the_limits_of_a_type(repository: SqlRepository, make_review: Callable, changes: dict):
    stored = repository.record(make_review("a", 5, **changes))
    assert repository.last_review() == stored


def test_a_lone_surrogate_is_kept_as_an_escape(repository: SqlRepository, make_review: Callable):
    repository.record(make_review("a", 5, answer="2x\udce9"))
    assert repository.last_review().answer == "2x\\udce9"


def test_storing_an_answer_clears_the_question_in_progress(repository: SqlRepository, make_review: Callable):
    repository.set_pending(Pending("a", 1, False))
    repository.record(make_review("a", 4))
    assert repository.pending() is None


def test_a_drill_leaves_the_schedule_alone(repository: SqlRepository, make_review: Callable):
    first = repository.record(make_review("a", 2))
    drill = repository.record(make_review("a", 5, before=first.after, drill=True))
    assert repository.memory("a") == first.after
    assert repository.last_review() == drill


def test_an_answer_to_a_card_that_was_graded_meanwhile_is_a_drill(
    deck: Engine, repository: SqlRepository, make_review: Callable
):
    first = repository.record(make_review("a", 4))
    repository.set_pending(Pending("a", 1, False))
    drill = repository.record(make_review("a", 5))
    assert (drill.drill, drill.before, drill.after) == (True, first.after, first.after)
    assert repository.last_review() == drill
    assert repository.memory("a") == first.after
    assert repository.pending() is None
    with deck.connect() as connection:
        rows = connection.exec_driver_sql("SELECT drill, asked_as_drill FROM review ORDER BY id").all()
    assert [tuple(row) for row in rows] == [(False, False), (True, False)], "how it was asked is a fact of its own"
    repository.undo(drill)
    assert repository.last_review() == first
    assert repository.memory("a") == first.after


def test_an_answer_continues_from_what_is_known_of_the_card_by_then(
    repository: SqlRepository, make_review: Callable, day: date
):
    first = repository.record(make_review("a", 4, plus_days(day, -1)))
    second = repository.record(make_review("a", 5))
    assert not second.drill
    assert second.before == first.after
    assert second.after == repository.memory("a") == sm2.review(first.after, 5, day)
    repository.undo(second)
    assert repository.memory("a") == first.after


def test_undo_restores_what_was_there(repository: SqlRepository, make_review: Callable, day: date):
    first = repository.record(make_review("a", 4))
    second = repository.record(make_review("a", 1, plus_days(day, 1), before=first.after))
    repository.undo(second)
    assert repository.memory("a") == first.after
    assert repository.last_review() == first
    repository.undo(first)
    assert repository.memory("a") == Memory()
    assert repository.last_review() is None
    assert repository.counts(day) == DayCounts(0, 0)
    assert repository.new(day, ALL) == list(CARDS)


def test_undo_deletes_nothing(deck: Engine, repository: SqlRepository, make_review: Callable):
    repository.undo(repository.record(make_review("a", 4)))
    again = repository.record(make_review("a", 4))
    assert again.number == 2
    with deck.connect() as connection:
        rows = connection.exec_driver_sql("SELECT number, undone_at FROM review").all()
    assert [tuple(row) for row in rows] == [(1, 1_710_072_000_123_456), (2, None)]


def test_undoing_a_drill_leaves_the_schedule_alone(repository: SqlRepository, make_review: Callable, day: date):
    first = repository.record(make_review("a", 2))
    repository.undo(repository.record(make_review("a", 5, before=first.after, drill=True)))
    assert repository.memory("a") == first.after
    assert repository.drills(day, ALL) == ["a"]


def test_a_grade_is_undone_once(repository: SqlRepository, make_review: Callable):
    review = repository.record(make_review("a", 4))
    repository.undo(review)
    with pytest.raises(StoreError) as caught:
        repository.undo(review)
    assert str(caught.value) == "a: this grade has already been undone; undo the one before it"


def test_only_the_newest_grade_of_a_card_is_undone(repository: SqlRepository, make_review: Callable):
    first = repository.record(make_review("a", 2))
    repository.record(make_review("b", 2))
    second = repository.record(make_review("a", 3, before=first.after))
    with pytest.raises(StoreError) as caught:
        repository.undo(first)
    assert str(caught.value) == "a: this card has been graded again since; undo the newest grade first"
    assert repository.memory("a") == second.after


def test_a_review_that_was_never_stored_is_a_key_error(repository: SqlRepository, make_review: Callable):
    with pytest.raises(KeyError):
        repository.undo(make_review("a", 4))


def test_the_question_in_progress_comes_back_whole(repository: SqlRepository, path: Path, make_repository: Callable):
    attempts = (
        Attempt("2x", "incorrect", "inner-derivative-only", 2),
        Attempt("\udce9", GAVE_UP, None),
        Attempt("", None, None),
    )
    pending = Pending("b", 2**62, True, 2, attempts, timedelta(minutes=3, microseconds=1))
    repository.set_pending(Pending("a", 1, False))
    repository.set_pending(pending)
    again = open_deck(path)
    assert make_repository(again).pending() == pending
    again.dispose()
    repository.set_pending(None)
    assert repository.pending() is None


def queues(repository: SqlRepository, day: date) -> tuple[list[str], list[str], list[str]]:
    return repository.due(day, ALL), repository.new(day, ALL), repository.drills(plus_days(day, -1), ALL)


def test_a_suspended_card_is_in_no_queue_until_it_is_unsuspended(
    repository: SqlRepository, make_review: Callable, day: date
):
    repository.record(make_review("a", 2, plus_days(day, -1)))
    before = queues(repository, day)
    repository.suspend("a", suspended=True)
    repository.suspend("b", suspended=True)
    assert queues(repository, day) == ([], ["c", "d"], [])
    repository.suspend("a", suspended=False)
    repository.suspend("b", suspended=False)
    assert queues(repository, day) == before == (["a"], ["b", "c", "d"], ["a"])


def test_a_buried_card_is_back_on_the_next_study_day(repository: SqlRepository, make_review: Callable, day: date):
    repository.record(make_review("a", 2, plus_days(day, -1)))
    repository.bury("a", day)
    repository.bury("b", day)
    assert queues(repository, day) == ([], ["c", "d"], [])
    assert queues(repository, plus_days(day, 1)) == (["a"], ["b", "c", "d"], [])


def test_burying_at_the_end_of_time_hides_nothing_for_ever(repository: SqlRepository):
    repository.bury("a", date.max)
    assert repository.new(date.max, ALL) == list(CARDS)


def test_a_missing_card_is_in_no_queue(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable, day: date
):
    review = repository.record(make_review("a", 2, plus_days(day, -1)))
    sync_cards(deck, [make_card("c", 0)], {})
    assert queues(repository, day) == ([], ["c"], [])
    assert repository.card("a").id == "a"
    assert repository.memory("a") == review.after
    repository.undo(review)
    assert repository.memory("a") == Memory()


def test_a_flag_is_only_a_mark(repository: SqlRepository, day: date):
    assert not repository.flagged("a")
    repository.flag("a", flagged=True)
    assert repository.flagged("a")
    assert repository.new(day, ALL) == list(CARDS)
    repository.flag("a", flagged=False)
    assert not repository.flagged("a")
