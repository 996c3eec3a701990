"""Resets in the undo stack of a session, and a reset of the card that is being asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from mnemosyne.review.record import Reset
from mnemosyne.scheduling.memory import Memory

TODAY = date(2024, 1, 15)


def test_a_reset_is_undone_in_its_turn(make_desk: Callable[..., Any]) -> None:
    desk = make_desk("a", "b", "c")
    session = desk.sit()
    desk.do(4)
    known = desk.repository.memory("a")
    desk.repository.reset("a")
    desk.do(5)
    assert (session.undo().card_id, desk.asked) == ("b", "b")
    assert isinstance(session.undo(), Reset)
    assert (desk.repository.memory("a"), desk.asked) == (known, "b")
    assert (session.undo().card_id, desk.asked) == ("a", "a")
    assert session.undo() is None


def test_the_card_being_asked_is_due_again_as_it_was(make_desk: Callable[..., Any], seen: Callable[..., None]) -> None:
    desk = make_desk("a", "b")
    seen(desk.repository, TODAY, "a")
    known = desk.repository.memory("a")
    desk.repository.reset("a")
    session = desk.sit()
    desk.right()
    assert session.outcome.proposal.intervals[5] == 1
    session.undo()
    assert (desk.asked, session.outcome.proposal.intervals[5]) == ("a", 16)
    review = session.grade(5)
    assert (review.number, review.before) == (1, known)


def test_the_card_being_asked_is_no_longer_due(make_desk: Callable[..., Any], seen: Callable[..., None]) -> None:
    desk = make_desk("a", "b")
    seen(desk.repository, date(2024, 1, 20), "a")
    desk.repository.reset("a")
    session = desk.sit()
    assert desk.asked == "a"
    session.undo()
    assert desk.left() == ["b"]


def test_a_card_that_was_reset_while_it_is_asked_is_graded_as_new(
    make_desk: Callable[..., Any], seen: Callable[..., None]
) -> None:
    desk = make_desk("a")
    seen(desk.repository, TODAY, "a")
    session = desk.sit()
    desk.repository.reset("a")
    assert session.reload().card.id == "a"
    review = desk.do(5)
    assert (review.number, review.before, review.after.interval) == (1, Memory(), 1)


def test_a_card_that_was_reset_while_it_is_drilled_is_dropped(make_desk: Callable[..., Any]) -> None:
    desk = make_desk("a")
    session = desk.sit()
    desk.do(1)
    assert session.drilling
    desk.repository.reset("a")
    session.reload()
    assert (desk.asked, desk.repository.memory("a")) == (None, Memory())


def test_an_interrupted_question_whose_card_was_reset_is_graded_as_new(
    make_desk: Callable[..., Any], seen: Callable[..., None]
) -> None:
    desk = make_desk("a", "b")
    seen(desk.repository, TODAY, "a", "b")
    session = desk.sit()
    first, _ = desk.asked, desk.do(5)
    second = desk.asked
    session.undo()
    desk.repository.reset(second)
    assert (desk.asked, desk.do(5).number) == (first, 2)
    review = desk.do(5)
    assert (review.card_id, review.number, review.before) == (second, 3, Memory())
