"""Whether the learner is there: signs of life, long silence, and a card suspended after its grade."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mnemosyne.review.rules import Rules


@pytest.fixture
def desk(make_desk: Callable[..., Any]) -> Any:
    """Return a learner in front of the first of two new cards."""
    desk = make_desk("a", "b")
    desk.sit()
    return desk


def test_after_ten_silent_minutes_the_learner_is_idle(desk: Any) -> None:
    desk.hands.state(minutes=9)
    assert not desk.session.idle
    desk.hands.state(minutes=1)
    assert desk.session.idle
    assert desk.session.spent == timedelta(minutes=10)


def test_signs_of_life_make_long_thinking_count(desk: Any) -> None:
    for _ in range(3):
        desk.hands.state(minutes=9)
        desk.session.stir()
    assert not desk.session.idle
    assert desk.session.spent == timedelta(minutes=27)
    assert desk.again().spent == timedelta(minutes=27), "and they survive a kill"


def test_a_sign_of_life_does_not_end_a_pause(desk: Any) -> None:
    desk.hands.state(seconds=5)
    desk.session.pause()
    desk.session.stir()
    desk.hands.state(minutes=30)
    assert not desk.session.idle
    assert desk.session.spent == timedelta(seconds=5)


def test_a_finished_session_is_not_idle(desk: Any) -> None:
    desk.left()
    desk.session.stir()
    assert not desk.session.idle


def test_a_card_can_be_suspended_after_its_grade(desk: Any) -> None:
    review = desk.do(1)
    assert desk.asked == "b"
    desk.session.suspend_graded(review)
    assert desk.left() == ["b"], "its drill is not asked"


def test_its_drill_is_withdrawn_if_it_is_already_asked(make_desk: Callable[..., Any]) -> None:
    desk = make_desk("a")
    desk.sit(Rules(leech_lapses=1, shuffle=False))
    review = desk.do(1)
    assert desk.session.leech
    assert desk.asked == "a"
    desk.session.suspend_graded(review)
    assert desk.asked is None
