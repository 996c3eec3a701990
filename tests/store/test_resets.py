"""Resets: a card begins again as new, as an event between two reviews, and is taken back like a grade."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from mnemosyne.errors import StoreError
from mnemosyne.progress.period import Period
from mnemosyne.review.ports import DayCounts, Scope
from mnemosyne.review.record import Reset
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import card_changes, counts
from mnemosyne.store.days import slip_days, study_days
from mnemosyne.store.engine import open_deck
from mnemosyne.store.shelf import SqlShelf
from mnemosyne.store.sync import sync_cards

ALL = Scope()


@pytest.fixture(autouse=True)
def cards(deck: Engine, make_card: Callable) -> None:
    """Three cards in the order of learning."""
    sync_cards(deck, [make_card(id_, n) for n, id_ in enumerate("abc")], {})


@pytest.fixture
def reset(deck: Engine, shelf: SqlShelf, day: date) -> Callable[..., Reset | None]:
    """Resets cards at the shelf's moment."""
    return lambda *card_ids: card_changes.reset(deck, card_ids, shelf._now(), day)


def test_a_card_that_was_reset_is_new(shelf: SqlShelf, make_review: Callable, reset: Callable, day: date):
    shelf.record(make_review("a", 5))
    event = reset("a")
    assert (event.card_ids, event.number, event.study_day) == (("a",), 1, day)
    assert shelf.memory("a") == Memory()
    assert shelf.new(day, ALL) == ["a", "b", "c"]
    assert shelf.last_event() == event


def test_a_new_card_and_one_that_is_not_there_have_nothing_to_reset(shelf: SqlShelf, reset: Callable):
    assert reset("a", "nobody") is None
    assert shelf.last_event() is None


def test_many_are_reset_and_taken_back_together(shelf: SqlShelf, make_review: Callable, reset: Callable):
    before = {id_: shelf.record(make_review(id_, 4)).after for id_ in "ab"}
    event = reset("b", "a", "c", "a")
    assert event.card_ids == ("a", "b")
    assert {id_: shelf.memory(id_) for id_ in "ab"} == dict.fromkeys("ab", Memory())
    shelf.undo(event)
    assert {id_: shelf.memory(id_) for id_ in "ab"} == before


def test_undo_goes_back_through_grades_and_resets_in_their_order(
    shelf: SqlShelf, make_review: Callable, reset: Callable, day: date
):
    events = [shelf.record(make_review("a", 4)), reset("a")]
    events.append(shelf.record(make_review("a", 2, plus_days(day, 1))))
    events.append(shelf.record(make_review("a", 5, plus_days(day, 1), before=events[-1].after, drill=True)))
    events += [reset("a"), shelf.record(make_review("b", 3))]
    known = [Memory(), events[0].after, Memory(), events[2].after, events[2].after, Memory()]
    while (newest := shelf.last_event()) is not None:
        assert newest == events.pop()
        shelf.undo(newest)
        assert shelf.memory("a") == known.pop()
    assert events == []


def test_two_resets_without_a_review_between_them_stay_in_order(
    shelf: SqlShelf, make_review: Callable, reset: Callable
):
    for id_ in "ab":
        shelf.record(make_review(id_, 4))
    first, second = reset("a"), reset("b")
    assert shelf.last_event() == second
    shelf.undo(second)
    assert shelf.last_event() == first


def test_statistics_are_what_they_were(
    deck: Engine, shelf: SqlShelf, make_review: Callable, reset: Callable, day: date
):
    shelf.record(make_review("a", 5))

    def statistics():
        always = Period(date.min, date.max)
        return shelf.counts(day), study_days(deck, always), counts.streak(deck, day), slip_days(deck, always)

    before = statistics()
    reset("a")
    assert statistics() == before
    assert shelf.counts(day) == DayCounts(0, 1)


def test_a_card_that_was_reset_is_not_drilled(
    deck: Engine, shelf: SqlShelf, make_review: Callable, reset: Callable, day: date
):
    shelf.record(make_review("a", 1))
    assert shelf.drills(day, ALL) == ["a"]
    event = reset("a")
    assert shelf.drills(day, ALL) == []
    assert counts.topics(deck, day)[0].drills == 0
    shelf.undo(event)
    assert shelf.drills(day, ALL) == ["a"]


def test_a_reset_is_taken_back_once(shelf: SqlShelf, make_review: Callable, reset: Callable):
    shelf.record(make_review("a", 4))
    event = reset("a")
    shelf.undo(event)
    with pytest.raises(StoreError) as caught:
        shelf.undo(event)
    assert str(caught.value) == "a: this reset was taken back already; undo the event before it"


def test_a_reset_that_was_never_stored_is_a_key_error(shelf: SqlShelf, make_review: Callable, reset: Callable):
    shelf.record(make_review("a", 4))
    with pytest.raises(KeyError):
        shelf.undo(replace(reset("a"), number=7))


@pytest.mark.parametrize("since", ["graded", "reset"])
def test_a_reset_is_not_taken_back_over_what_came_since(
    shelf: SqlShelf, make_review: Callable, reset: Callable, since: str
):
    for id_ in "ab":
        shelf.record(make_review(id_, 4))
    event = reset("a", "b")
    again = shelf.record(make_review("b", 3))
    if since == "reset":
        reset("b")
    with pytest.raises(StoreError) as caught:
        shelf.undo(event)
    assert str(caught.value) == "b: this card was graded since its reset; undo the newest grade first"
    assert shelf.memory("b") == (again.after if since == "graded" else Memory())


def test_a_grade_is_not_taken_back_over_a_reset(shelf: SqlShelf, make_review: Callable, reset: Callable):
    review = shelf.record(make_review("a", 4))
    reset("a")
    with pytest.raises(StoreError) as caught:
        shelf.undo(review)
    assert str(caught.value) == "a: this card was reset since; undo the reset first"
    assert shelf.memory("a") == Memory()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="killing a fork is for systems that fork")
@pytest.mark.parametrize("back", [False, True], ids=["reset", "undo"])
def test_a_reset_is_done_whole_or_not_at_all(
    path: Path, deck: Engine, shelf: SqlShelf, make_review: Callable, make_shelf: Callable, day: date,
    die_at: Callable, back: bool,
):  # fmt: skip
    before = {id_: shelf.record(make_review(id_, 4)).after for id_ in "abc"}
    states = [before, dict.fromkeys("abc", Memory())]
    if back:
        card_changes.reset(deck, "abc", shelf._now(), day)
        states.reverse()
    deck.dispose()

    def act() -> None:
        engine = open_deck(path)
        if back:
            make_shelf(engine).undo(make_shelf(engine).last_event())
        else:
            card_changes.reset(engine, "abc", shelf._now(), day)
        engine.dispose()

    step, died = 0, True
    while died:
        step += 1
        died = die_at(step, act)
        assert {id_: shelf.memory(id_) for id_ in "abc"} == states[0 if died else 1]
    assert step > 5
