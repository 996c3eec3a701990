"""The shelf of a session: what each method says and does, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from mnemosyne.cards.card import Recall, Source
from mnemosyne.errors import StoreError
from mnemosyne.review.ports import DayCounts, Scope, Shelf
from mnemosyne.review.record import GAVE_UP, Attempt, Pending
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store.engine import open_deck
from mnemosyne.store.shelf import SqlShelf
from mnemosyne.store.sync import sync_cards

ALL = Scope()
CARDS = ("a", "b", "c", "d")


@pytest.fixture(autouse=True)
def cards(deck: Engine, make_card: Callable) -> None:
    """Four cards in the order of learning, two topics, two tags."""
    topics = {"a": "chain-rule", "b": "chain-rule", "c": "limits", "d": "limits"}
    tags = {"a": ("easy",), "b": ("easy", "hard"), "c": ("hard",), "d": ()}
    sync_cards(deck, [make_card(id_, n, topic=topics[id_], tags=tags[id_]) for n, id_ in enumerate(CARDS)], {})


def test_it_is_the_shelf_that_a_session_asks_for(shelf: SqlShelf):
    as_port: Shelf = shelf
    assert as_port.last_review() is None
    assert as_port.pending() is None
    assert as_port.counts(date(2024, 1, 1)) == DayCounts(0, 0)


def test_a_card_comes_decoded_with_the_place_where_it_is_written(shelf: SqlShelf):
    card = shelf.card("b")
    assert (card.id, card.topic, card.content) == ("b", "chain-rule", Recall("What is b?", "the answer"))
    assert card.source == Source("cards/one.yaml", 4)


def test_a_new_card_has_an_empty_memory(shelf: SqlShelf):
    assert shelf.memory("a") == Memory()


@pytest.mark.parametrize(
    "ask",
    [
        lambda shelf, make: shelf.card("x"),
        lambda shelf, make: shelf.memory("x"),
        lambda shelf, make: shelf.record(make("x", 4)),
        lambda shelf, make: shelf.record(make("x", 4, drill=True)),
        lambda shelf, make: shelf.set_pending(Pending("x", 1, False)),
        lambda shelf, make: shelf.bury("x", date(2024, 1, 1)),
        lambda shelf, make: shelf.suspend("x", True),
        lambda shelf, make: shelf.flag("x", True),
        lambda shelf, make: shelf.flagged("x"),
    ],
)
def test_an_unknown_card_is_a_key_error(shelf: SqlShelf, make_review: Callable, ask: Callable):
    with pytest.raises(KeyError) as caught:
        ask(shelf, make_review)
    assert caught.value.args == ("x",)
    assert shelf.last_review() is None
    assert shelf.pending() is None


def test_a_review_comes_back_as_it_was_stored(shelf: SqlShelf, make_review: Callable):
    review = make_review("a", 3)
    stored = shelf.record(review)
    assert stored == replace(review, number=1)
    assert shelf.last_review() == stored
    assert shelf.memory("a") == review.after


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
def test_nothing_is_lost_at_the_edges(shelf: SqlShelf, make_review: Callable, changes: dict):
    stored = shelf.record(make_review("a", 5, **changes))
    assert shelf.last_review() == stored


def test_half_a_character_is_kept_as_an_escape(shelf: SqlShelf, make_review: Callable):
    shelf.record(make_review("a", 5, answer="2x\udce9"))
    assert shelf.last_review().answer == "2x\\udce9"


def test_storing_an_answer_clears_the_question_in_progress(shelf: SqlShelf, make_review: Callable):
    shelf.set_pending(Pending("a", 1, False))
    shelf.record(make_review("a", 4))
    assert shelf.pending() is None


def test_a_drill_leaves_the_schedule_alone(shelf: SqlShelf, make_review: Callable):
    first = shelf.record(make_review("a", 2))
    drill = shelf.record(make_review("a", 5, before=first.after, drill=True))
    assert shelf.memory("a") == first.after
    assert shelf.last_review() == drill


def test_an_answer_to_a_card_that_was_graded_meanwhile_is_refused(shelf: SqlShelf, make_review: Callable, day: date):
    first = shelf.record(make_review("a", 4))
    shelf.set_pending(Pending("a", 1, False))
    with pytest.raises(StoreError) as caught:
        shelf.record(make_review("a", 5))
    assert str(caught.value) == ("a: this card was graded in another session meanwhile; that grade counts: go on")
    assert shelf.last_review() == first
    assert shelf.memory("a") == first.after
    assert shelf.pending() == Pending("a", 1, False)


def test_undo_puts_back_what_was_there(shelf: SqlShelf, make_review: Callable, day: date):
    first = shelf.record(make_review("a", 4))
    second = shelf.record(make_review("a", 1, plus_days(day, 1), before=first.after))
    shelf.undo(second)
    assert shelf.memory("a") == first.after
    assert shelf.last_review() == first
    shelf.undo(first)
    assert shelf.memory("a") == Memory()
    assert shelf.last_review() is None
    assert shelf.counts(day) == DayCounts(0, 0)
    assert shelf.new(day, ALL) == list(CARDS)


def test_undo_deletes_nothing(deck: Engine, shelf: SqlShelf, make_review: Callable):
    shelf.undo(shelf.record(make_review("a", 4)))
    again = shelf.record(make_review("a", 4))
    assert again.number == 2
    with deck.connect() as connection:
        rows = connection.exec_driver_sql("SELECT number, undone_at FROM review").all()
    assert [tuple(row) for row in rows] == [(1, 1_710_072_000_123_456), (2, None)]


def test_undoing_a_drill_leaves_the_schedule_alone(shelf: SqlShelf, make_review: Callable, day: date):
    first = shelf.record(make_review("a", 2))
    shelf.undo(shelf.record(make_review("a", 5, before=first.after, drill=True)))
    assert shelf.memory("a") == first.after
    assert shelf.drills(day, ALL) == ["a"]


def test_a_grade_is_taken_back_once(shelf: SqlShelf, make_review: Callable):
    review = shelf.record(make_review("a", 4))
    shelf.undo(review)
    with pytest.raises(StoreError) as caught:
        shelf.undo(review)
    assert str(caught.value) == "a: this grade was taken back already; undo the one before it"


def test_only_the_newest_grade_of_a_card_is_taken_back(shelf: SqlShelf, make_review: Callable):
    first = shelf.record(make_review("a", 2))
    shelf.record(make_review("b", 2))
    second = shelf.record(make_review("a", 3, before=first.after))
    with pytest.raises(StoreError) as caught:
        shelf.undo(first)
    assert str(caught.value) == "a: this card was graded again since; undo the newest grade first"
    assert shelf.memory("a") == second.after


def test_a_review_that_was_never_stored_is_a_key_error(shelf: SqlShelf, make_review: Callable):
    with pytest.raises(KeyError):
        shelf.undo(make_review("a", 4))


def test_the_question_in_progress_comes_back_whole(shelf: SqlShelf, path: Path, make_shelf: Callable):
    tried = (
        Attempt("2x", "incorrect", "inner-derivative-only", 2),
        Attempt("\udce9", GAVE_UP, None),
        Attempt("", None, None),
    )
    asked = Pending("b", 2**62, True, 2, tried, timedelta(minutes=3, microseconds=1))
    shelf.set_pending(Pending("a", 1, False))
    shelf.set_pending(asked)
    again = open_deck(path)
    assert make_shelf(again).pending() == asked
    again.dispose()
    shelf.set_pending(None)
    assert shelf.pending() is None


def queues(shelf: SqlShelf, day: date) -> tuple[list[str], list[str], list[str]]:
    return shelf.due(day, ALL), shelf.new(day, ALL), shelf.drills(plus_days(day, -1), ALL)


def test_a_suspended_card_is_in_no_queue_until_it_is_back(shelf: SqlShelf, make_review: Callable, day: date):
    shelf.record(make_review("a", 2, plus_days(day, -1)))
    before = queues(shelf, day)
    shelf.suspend("a", True)
    shelf.suspend("b", True)
    assert queues(shelf, day) == ([], ["c", "d"], [])
    shelf.suspend("a", False)
    shelf.suspend("b", False)
    assert queues(shelf, day) == before == (["a"], ["b", "c", "d"], ["a"])


def test_a_buried_card_is_back_on_the_next_study_day(shelf: SqlShelf, make_review: Callable, day: date):
    shelf.record(make_review("a", 2, plus_days(day, -1)))
    shelf.bury("a", day)
    shelf.bury("b", day)
    assert queues(shelf, day) == ([], ["c", "d"], [])
    assert queues(shelf, plus_days(day, 1)) == (["a"], ["b", "c", "d"], [])


def test_burying_at_the_end_of_time_hides_nothing_for_ever(shelf: SqlShelf):
    shelf.bury("a", date.max)
    assert shelf.new(date.max, ALL) == list(CARDS)


def test_a_card_that_no_file_has_any_more_is_in_no_queue(
    deck: Engine, shelf: SqlShelf, make_card: Callable, make_review: Callable, day: date
):
    review = shelf.record(make_review("a", 2, plus_days(day, -1)))
    sync_cards(deck, [make_card("c", 0)], {})
    assert queues(shelf, day) == ([], ["c"], [])
    assert shelf.card("a").id == "a"
    assert shelf.memory("a") == review.after
    shelf.undo(review)
    assert shelf.memory("a") == Memory()


def test_a_flag_is_only_a_mark(shelf: SqlShelf, day: date):
    assert not shelf.flagged("a")
    shelf.flag("a", True)
    assert shelf.flagged("a")
    assert shelf.new(day, ALL) == list(CARDS)
    shelf.flag("a", False)
    assert not shelf.flagged("a")
