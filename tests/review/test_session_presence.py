"""Whether the learner is there: keys, ten minutes without one, and a card suspended after its grade."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mnemosyne.review.rules import Rules


@pytest.fixture
def learner(make_learner: Callable[..., Any]) -> Any:
    """Return a learner in front of the first of two new cards."""
    learner = make_learner("a", "b")
    learner.start()
    return learner


def test_after_ten_minutes_without_a_key_the_learner_is_idle(learner: Any) -> None:
    learner.clock.turn(minutes=9)
    assert not learner.session.idle
    learner.clock.turn(minutes=1)
    assert learner.session.idle
    assert learner.session.spent == timedelta(minutes=10)


def test_with_a_key_now_and_then_all_of_a_long_time_counts(learner: Any) -> None:
    for _ in range(3):
        learner.clock.turn(minutes=9)
        learner.session.note_activity()
    assert not learner.session.idle
    assert learner.session.spent == timedelta(minutes=27)
    assert learner.restart().spent == timedelta(minutes=27), "and they survive a kill"


def test_a_key_does_not_end_a_pause(learner: Any) -> None:
    learner.clock.turn(seconds=5)
    learner.session.pause()
    learner.session.note_activity()
    learner.clock.turn(minutes=30)
    assert not learner.session.idle
    assert learner.session.spent == timedelta(seconds=5)


def test_a_finished_session_is_not_idle(learner: Any) -> None:
    learner.finish()
    learner.session.note_activity()
    assert not learner.session.idle


def test_a_card_can_be_suspended_after_its_grade(learner: Any) -> None:
    review = learner.do(1)
    assert learner.asked_id == "b"
    learner.session.suspend_graded(review)
    assert learner.finish() == ["b"], "its drill is not asked"


def test_its_drill_is_withdrawn_if_it_is_already_asked(make_learner: Callable[..., Any]) -> None:
    learner = make_learner("a")
    learner.start(Rules(leech_lapses=1, shuffle=False))
    review = learner.do(1)
    assert learner.session.leech
    assert learner.asked_id == "a"
    learner.session.suspend_graded(review)
    assert learner.asked_id is None
