"""Cards that are edited, removed or graded elsewhere while they are asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mnemosyne.review.record import RefusedGrade
from mnemosyne.review.rules import Rules


@pytest.fixture
def desk(make_desk: Callable[..., Any]) -> Any:
    """A learner in front of the first of three new cards."""
    desk = make_desk("a", "b", "c")
    desk.sit()
    return desk


def test_an_edited_card_shows_its_new_wording_and_keeps_what_was_tried(
    desk: Any, make_card: Callable[..., Any]
) -> None:
    desk.wrong("outer-at-x")
    card = make_card("a", hints=("Look outside first.",))
    desk.repository.edit(replace(card, content=replace(card.content, ask="What does the chain rule say?")))
    question = desk.session.reload()
    assert question.prompt == "What does the chain rule say?"
    assert len(desk.session.attempts) == 1
    assert desk.session.hint() == "Look outside first."


def test_an_edit_after_the_answer_leaves_the_outcome(desk: Any, make_card: Callable[..., Any]) -> None:
    outcome = desk.right()
    desk.repository.edit(make_card("a", target=timedelta(seconds=1)))
    desk.session.reload()
    assert desk.session.outcome == outcome


def test_hints_that_an_edit_took_away_are_not_shown(
    make_desk: Callable[..., Any], make_card: Callable[..., Any]
) -> None:
    desk = make_desk(make_card("a", hints=("One.", "Two.")))
    session = desk.sit()
    session.hint()
    session.hint()
    desk.repository.edit(make_card("a", hints=("Only one.",)))
    session.reload()
    assert session.hints_shown == ("Only one.",)


def test_a_card_that_was_removed_gives_way_to_the_next(desk: Any) -> None:
    desk.repository.remove("a")
    assert desk.session.reload().card.id == "b"


def test_a_card_removed_before_it_is_graded_is_not_stored(desk: Any) -> None:
    desk.sit(Rules(leech_lapses=1, shuffle=False))
    desk.wrong()
    desk.repository.remove("a")
    gone = "a: this card is no longer in the deck; continue with the next one"
    assert desk.session.grade(1) == RefusedGrade("a", gone)
    assert desk.repository.log == []
    assert not desk.session.leech
    assert desk.left() == ["b", "c"]


def test_a_card_graded_in_another_session_meanwhile_is_not_graded_twice(desk: Any) -> None:
    desk.right()
    other = type(desk)(desk.repository, desk.hands)
    other.sit()
    elsewhere = other.session.grade(2)
    assert elsewhere.number == 1
    assert desk.session.grade(5) == RefusedGrade("a", "graded in another session")
    assert not desk.session.leech
    assert desk.repository.log == [elsewhere]
    assert desk.repository.memory("a") == elsewhere.after
    assert desk.left() == ["b", "c", "a"]  # a as a drill


def test_a_removed_card_can_be_answered_flagged_and_put_off_without_harm(desk: Any) -> None:
    desk.repository.remove("a")
    assert desk.session.flag() is False
    desk.right()
    desk.session.bury()
    assert desk.asked == "b"
    desk.repository.remove("b")
    desk.session.suspend()
    assert desk.asked == "c"
