"""Resets: a card becomes new again, as an event between two reviews, and the reset is undone like a grade."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sample_size import sample_size
from sqlalchemy import Engine

from mnemosyne.errors import StoreError
from mnemosyne.progress.period import Period
from mnemosyne.review.ports import DayCounts, Scope
from mnemosyne.review.record import Reset
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import bulk_changes, counts
from mnemosyne.store.engine import open_deck
from mnemosyne.store.progress_figures import misconception_days, study_days
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

ALL = Scope()


@pytest.fixture(autouse=True)
def cards(deck: Engine, make_card: Callable) -> None:
    """Add three cards in the order of learning."""
    sync_cards(deck, [make_card(id_, n) for n, id_ in enumerate("abc")], {})


@pytest.fixture
def reset(deck: Engine, repository: SqlRepository, day: date) -> Callable[..., Reset | None]:
    """Return a function that resets cards at the repository's moment."""
    return lambda *card_ids: bulk_changes.reset_in_deck(deck, card_ids, repository._now(), day)


def test_a_card_that_was_reset_is_new(repository: SqlRepository, make_review: Callable, reset: Callable, day: date):
    repository.record(make_review("a", 5))
    event = reset("a")
    assert (event.card_ids, event.number, event.study_day) == (("a",), 1, day)
    assert repository.memory("a") == Memory()
    assert repository.new(day, ALL) == ["a", "b", "c"]
    assert repository.last_event() == event


def test_a_new_card_and_an_unknown_one_have_nothing_to_reset(repository: SqlRepository, reset: Callable):
    assert reset("a", "nobody") is None
    assert repository.last_event() is None


def test_many_are_reset_and_undone_together(repository: SqlRepository, make_review: Callable, reset: Callable):
    before = {id_: repository.record(make_review(id_, 4)).after for id_ in "ab"}
    event = reset("b", "a", "c", "a")
    assert event.card_ids == ("a", "b")
    assert {id_: repository.memory(id_) for id_ in "ab"} == dict.fromkeys("ab", Memory())
    repository.undo(event)
    assert {id_: repository.memory(id_) for id_ in "ab"} == before


def test_undo_goes_back_through_grades_and_resets_in_their_order(
    repository: SqlRepository, make_review: Callable, reset: Callable, day: date
):
    events = [repository.record(make_review("a", 4)), reset("a")]
    events.append(repository.record(make_review("a", 2, plus_days(day, 1))))
    events.append(repository.record(make_review("a", 5, plus_days(day, 1), before=events[-1].after, drill=True)))
    events += [reset("a"), repository.record(make_review("b", 3))]
    memories = [Memory(), events[0].after, Memory(), events[2].after, events[2].after, Memory()]
    while (newest := repository.last_event()) is not None:
        assert newest == events.pop()
        repository.undo(newest)
        assert repository.memory("a") == memories.pop()
    assert events == []


def test_two_resets_without_a_review_between_them_stay_in_order(
    repository: SqlRepository, make_review: Callable, reset: Callable
):
    for id_ in "ab":
        repository.record(make_review(id_, 4))
    first, second = reset("a"), reset("b")
    assert repository.last_event() == second
    repository.undo(second)
    assert repository.last_event() == first


def test_a_reset_changes_no_statistics(
    deck: Engine, repository: SqlRepository, make_review: Callable, reset: Callable, day: date
):
    repository.record(make_review("a", 5))

    def statistics():
        always = Period(date.min, date.max)
        return (
            repository.counts(day),
            study_days(deck, always),
            counts.streak(deck, day),
            misconception_days(deck, always),
        )

    before = statistics()
    reset("a")
    assert statistics() == before
    assert repository.counts(day) == DayCounts(0, 1)


def test_a_card_that_was_reset_is_not_drilled(
    deck: Engine, repository: SqlRepository, make_review: Callable, reset: Callable, day: date
):
    repository.record(make_review("a", 1))
    assert repository.drills(day, ALL) == ["a"]
    event = reset("a")
    assert repository.drills(day, ALL) == []
    assert counts.topic_counts(deck, day)[0].drills == 0
    repository.undo(event)
    assert repository.drills(day, ALL) == ["a"]


def test_a_reset_is_undone_once(repository: SqlRepository, make_review: Callable, reset: Callable):
    repository.record(make_review("a", 4))
    event = reset("a")
    repository.undo(event)
    with pytest.raises(StoreError) as caught:
        repository.undo(event)
    assert str(caught.value) == "a: this reset has already been undone; undo the event before it"


def test_a_reset_that_was_never_stored_is_a_key_error(
    repository: SqlRepository, make_review: Callable, reset: Callable
):
    repository.record(make_review("a", 4))
    with pytest.raises(KeyError):
        repository.undo(replace(reset("a"), number=7))


@pytest.mark.parametrize("since", ["graded", "reset"])
def test_a_reset_is_not_undone_over_what_came_since(
    repository: SqlRepository, make_review: Callable, reset: Callable, since: str
):
    for id_ in "ab":
        repository.record(make_review(id_, 4))
    event = reset("a", "b")
    again = repository.record(make_review("b", 3))
    if since == "reset":
        reset("b")
    with pytest.raises(StoreError) as caught:
        repository.undo(event)
    assert str(caught.value) == "b: this card has been graded since its reset; undo the newest grade first"
    assert repository.memory("b") == (again.after if since == "graded" else Memory())


def test_a_grade_is_not_undone_over_a_reset(repository: SqlRepository, make_review: Callable, reset: Callable):
    review = repository.record(make_review("a", 4))
    reset("a")
    with pytest.raises(StoreError) as caught:
        repository.undo(review)
    assert str(caught.value) == "a: this card has been reset since; undo the reset first"
    assert repository.memory("a") == Memory()


@pytest.mark.sampled
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("back", [False, True], ids=["reset", "undo"])
def test_a_reset_is_done_whole_or_not_at_all(
    path: Path, deck: Engine, repository: SqlRepository, make_review: Callable, make_repository: Callable, day: date,
    die_at: Callable, back: bool,
):  # fmt: skip
    before = {id_: repository.record(make_review(id_, 4)).after for id_ in "abc"}
    states = [before, dict.fromkeys("abc", Memory())]
    if back:
        bulk_changes.reset_in_deck(deck, "abc", repository._now(), day)
        states.reverse()
    deck.dispose()

    def act() -> None:
        engine = open_deck(path)
        if back:
            make_repository(engine).undo(make_repository(engine).last_event())
        else:
            bulk_changes.reset_in_deck(engine, "abc", repository._now(), day)
        engine.dispose()

    step, died = 0, True
    while died:
        step += sample_size(5, 1)
        died = die_at(step, act)
        assert {id_: repository.memory(id_) for id_ in "abc"} == states[0 if died else 1]
    assert step > 5
