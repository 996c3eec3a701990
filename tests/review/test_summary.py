"""The summary of a session, from the session itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from mnemosyne.review.rules import Rules
from mnemosyne.review.summary import Summary, summarize

TODAY = date(2024, 1, 15)


def test_a_session_without_an_answer() -> None:
    empty = summarize([], due_tomorrow=3, new_tomorrow=2)
    assert empty == Summary(0, 0, 0, 0, (0, 0, 0, 0, 0, 0), (), timedelta(), 3, 2)
    assert empty.minutes == 0


def test_what_a_session_did(make_learner: Callable[..., Any], make_due: Callable[..., None]) -> None:
    learner = make_learner("a", "b", "c", "d", "e", "f")
    make_due(learner.repository, TODAY, "a", "b", "c")
    session = learner.start(Rules(shuffle=False, new_per_day=1, second_try=False))
    learner.do(5, seconds=20)
    for misconception in ("outer-at-x", "sign-flipped"):
        learner.wrong(misconception)
        session.grade(1)
    learner.do(3, seconds=100)  # the only new card
    assert session.drilling
    learner.wrong("outer-at-x")
    session.grade(2)
    assert session.summary() == Summary(
        reviews=4,
        drills=1,
        new=1,
        correct=2,
        by_quality=(0, 2, 0, 1, 0, 1),
        misconceptions=(("outer-at-x", 2), ("sign-flipped", 1)),
        spent=timedelta(minutes=2),
        due_tomorrow=3,  # b, c and d; a comes back in 16 days
        new_tomorrow=1,
    )
    assert session.summary().minutes == 2


def test_what_was_undone_is_not_in_the_summary(make_learner: Callable[..., Any]) -> None:
    learner = make_learner("a", "b")
    session = learner.start()
    learner.grade_all(1, 4)
    session.undo()
    assert session.summary().by_quality == (0, 1, 0, 0, 0, 0)
    session.undo()
    assert session.summary() == Summary(0, 0, 0, 0, (0, 0, 0, 0, 0, 0), (), timedelta(), 0, 2)


def test_tomorrow_is_within_the_daily_limits_and_of_all_topics(
    make_learner: Callable[..., Any], make_card: Callable[..., Any], make_due: Callable[..., None]
) -> None:
    learner = make_learner("a", "b", "c", make_card("x", topic="limits"), make_card("y", topic="limits"))
    make_due(learner.repository, TODAY + timedelta(days=1), "a", "x")
    make_due(learner.repository, TODAY + timedelta(days=2), "b")
    summary = learner.start().summary()
    assert (summary.due_tomorrow, summary.new_tomorrow) == (2, 2)
    summary = learner.start(Rules(reviews_per_day=1, new_per_day=1)).summary()
    assert (summary.due_tomorrow, summary.new_tomorrow) == (1, 1)


def test_minutes_are_rounded_up() -> None:
    assert Summary(0, 0, 0, 0, (), (), timedelta(seconds=61), 0, 0).minutes == 2
