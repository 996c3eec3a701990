"""The queues of a shelf: what is due, new and to be drilled, in which order, and in which scope."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine

from mnemosyne.review.ports import DayCounts, Scope
from mnemosyne.scheduling.study_day import plus_days
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


def test_new_cards_come_in_the_order_of_learning(shelf: SqlShelf, make_review: Callable, day: date):
    assert shelf.new(day, ALL) == ["a", "b", "c", "d"]
    shelf.record(make_review("b", 4))
    assert shelf.new(day, ALL) == ["a", "c", "d"]
    assert shelf.due(day, ALL) == []


def test_a_card_is_not_due_on_the_day_of_its_review(shelf: SqlShelf, make_review: Callable, day: date):
    shelf.record(make_review("b", 4, day))
    assert shelf.due(day, ALL) == []
    assert shelf.due(plus_days(day, 1), ALL) == ["b"]


def test_due_cards_come_the_longest_overdue_first(shelf: SqlShelf, make_review: Callable, day: date):
    for id_, back in (("a", 3), ("b", 9), ("c", 5), ("d", 1)):
        shelf.record(make_review(id_, 4, plus_days(day, -back)))
    assert shelf.due(day, ALL) == ["b", "c", "a", "d"]
    assert shelf.due(plus_days(day, -1), ALL) == ["b", "c", "a"]


def test_cards_due_on_the_same_day_come_in_the_order_of_learning(shelf: SqlShelf, make_review: Callable, day: date):
    for id_ in ("d", "b", "a", "c"):
        shelf.record(make_review(id_, 4, plus_days(day, -2)))
    assert shelf.due(day, ALL) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        (Scope(topic="chain-rule"), ["a", "b"]),
        (Scope(topic="limits"), ["c", "d"]),
        (Scope(tag="hard"), ["b", "c"]),
        (Scope(topic="limits", tag="hard"), ["c"]),
        (Scope(topic="limits", tag="easy"), []),
        (Scope(topic="nothing"), []),
        (Scope(tag="nothing"), []),
    ],
)
def test_a_scope_holds_for_every_queue(shelf: SqlShelf, make_review: Callable, day: date, scope: Scope, ids: list[str]):
    assert shelf.new(day, scope) == ids
    for id_ in CARDS:
        shelf.record(make_review(id_, 3))
    assert shelf.due(plus_days(day, 1), scope) == ids
    assert shelf.drills(day, scope) == ids


def test_drills_are_the_cards_whose_last_grade_is_below_four(shelf: SqlShelf, make_review: Callable, day: date):
    stored = {id_: shelf.record(make_review(id_, quality)) for id_, quality in zip(CARDS, (3, 4, 2, 0), strict=True)}
    assert shelf.drills(day, ALL) == ["a", "c", "d"]
    shelf.record(make_review("a", 3, before=stored["a"].after, drill=True))
    assert shelf.drills(day, ALL) == ["c", "d", "a"]
    passed = shelf.record(make_review("c", 4, before=stored["c"].after, drill=True))
    assert shelf.drills(day, ALL) == ["d", "a"]
    shelf.undo(passed)
    assert shelf.drills(day, ALL) == ["c", "d", "a"]
    assert shelf.drills(plus_days(day, 1), ALL) == []


def test_a_day_counts_first_reviews_apart_and_no_drills(shelf: SqlShelf, make_review: Callable, day: date):
    first = shelf.record(make_review("a", 3, plus_days(day, -1)))
    shelf.record(make_review("a", 3, day, before=first.after))
    second = shelf.record(make_review("b", 2))
    shelf.record(make_review("b", 5, before=second.after, drill=True))
    assert shelf.counts(day) == DayCounts(reviews=1, new=1)
    assert shelf.counts(plus_days(day, -1)) == DayCounts(reviews=0, new=1)
