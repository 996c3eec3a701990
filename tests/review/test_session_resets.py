"""Resets in the undo stack of a session, and a reset of the card that is being asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from mnemosyne.review.record import Reset
from mnemosyne.scheduling.memory import Memory

TODAY = date(2024, 1, 15)


def test_a_reset_is_undone_in_its_turn(make_learner: Callable[..., Any]) -> None:
    learner = make_learner("a", "b", "c")
    session = learner.start()
    learner.do(4)
    memory_before = learner.repository.memory("a")
    learner.repository.reset("a")
    learner.do(5)
    assert (session.undo().card_id, learner.asked_id) == ("b", "b")
    assert isinstance(session.undo(), Reset)
    assert (learner.repository.memory("a"), learner.asked_id) == (memory_before, "b")
    assert (session.undo().card_id, learner.asked_id) == ("a", "a")
    assert session.undo() is None


def test_the_card_being_asked_is_due_again_as_it_was(
    make_learner: Callable[..., Any], make_due: Callable[..., None]
) -> None:
    learner = make_learner("a", "b")
    make_due(learner.repository, TODAY, "a")
    memory_before = learner.repository.memory("a")
    learner.repository.reset("a")
    session = learner.start()
    learner.right()
    assert session.outcome.proposal.intervals[5] == 1
    session.undo()
    assert (learner.asked_id, session.outcome.proposal.intervals[5]) == ("a", 16)
    review = session.grade(5)
    assert (review.number, review.before) == (1, memory_before)


def test_the_card_being_asked_is_no_longer_due(make_learner: Callable[..., Any], make_due: Callable[..., None]) -> None:
    learner = make_learner("a", "b")
    make_due(learner.repository, date(2024, 1, 20), "a")
    learner.repository.reset("a")
    session = learner.start()
    assert learner.asked_id == "a"
    session.undo()
    assert learner.finish() == ["b"]


def test_a_card_that_was_reset_while_it_is_asked_is_graded_as_new(
    make_learner: Callable[..., Any], make_due: Callable[..., None]
) -> None:
    learner = make_learner("a")
    make_due(learner.repository, TODAY, "a")
    session = learner.start()
    learner.repository.reset("a")
    assert session.reload().card.id == "a"
    review = learner.do(5)
    assert (review.number, review.before, review.after.interval) == (1, Memory(), 1)


def test_a_card_that_was_reset_while_it_is_drilled_is_dropped(make_learner: Callable[..., Any]) -> None:
    learner = make_learner("a")
    session = learner.start()
    learner.do(1)
    assert session.drilling
    learner.repository.reset("a")
    session.reload()
    assert (learner.asked_id, learner.repository.memory("a")) == (None, Memory())


def test_an_interrupted_question_whose_card_was_reset_is_graded_as_new(
    make_learner: Callable[..., Any], make_due: Callable[..., None]
) -> None:
    learner = make_learner("a", "b")
    make_due(learner.repository, TODAY, "a", "b")
    session = learner.start()
    first, _ = learner.asked_id, learner.do(5)
    second = learner.asked_id
    session.undo()
    learner.repository.reset(second)
    assert (learner.asked_id, learner.do(5).number) == (first, 2)
    review = learner.do(5)
    assert (review.card_id, review.number, review.before) == (second, 3, Memory())
