"""Sessions under clocks that jump and zones that change: nothing due is lost, and no grade counts twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample_size

from mnemosyne.review.ports import Scope

YEAR = {"days": 365}


@pytest.fixture
def two(make_learner: Callable[..., Any]) -> Any:
    return make_learner("a", "b")


def test_a_clock_set_back_by_a_year_asks_again_what_was_graded_in_the_year_to_come(two: Any) -> None:
    two.clock.turn(**YEAR)
    two.start()
    two.grade_all(5, 5)
    two.clock.turn(days=-365)
    two.start()
    assert sorted(two.grade_all(4, 4)) == ["a", "b"]
    assert {memory.due for memory in map(two.repository.memory, "ab")} == {two.clock.today() + timedelta(days=6)}
    two.start()
    assert two.asked_id is None, "graded on the right day now, it waits like any other card"


def test_a_clock_set_forward_by_a_year_and_back_loses_nothing_that_was_due(two: Any) -> None:
    two.start()
    two.grade_all(5, 5)
    two.clock.turn(**YEAR)
    two.start()
    assert sorted(two.grade_all(5, 5)) == ["a", "b"]
    two.clock.turn(days=-364)
    two.start()
    assert two.asked_id is not None


def test_a_flight_west_over_the_date_line_asks_nothing_a_second_time(two: Any) -> None:
    two.clock.place = timezone(timedelta(hours=14))
    two.start()
    two.grade_all(5, 5)
    two.clock.place = timezone(timedelta(hours=-10))
    two.start()
    assert two.asked_id is None


def test_a_flight_east_over_the_date_line_asks_a_day_early_at_most(two: Any) -> None:
    two.clock.place = timezone(timedelta(hours=-10))
    two.start()
    two.grade_all(5, 5)
    two.clock.place = timezone(timedelta(hours=14))
    two.start()
    due = {memory.due for memory in map(two.repository.memory, "ab")}
    assert (two.asked_id is not None) == (min(due) <= two.clock.today())


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 2, 29, 3, 59, tzinfo=UTC), date(2024, 2, 28)),
        (datetime(2024, 2, 29, 4, 0, tzinfo=UTC), date(2024, 2, 29)),
        (datetime(2024, 3, 1, 3, 59, tzinfo=UTC), date(2024, 2, 29)),
        (datetime(9999, 12, 31, 12, 0, tzinfo=UTC), date(9999, 12, 31)),
    ],
    ids=str,
)
def test_a_review_counts_for_the_study_day_of_its_moment(two: Any, moment: datetime, day: date) -> None:
    two.clock.moment = moment
    two.start()
    review = two.do(5)
    assert review.study_day == day
    assert review.after.due == min(day + timedelta(days=1) if day < date.max else day, date.max)


@settings(max_examples=sample_size(12, 60), deadline=None)
@given(jumps=st.lists(st.integers(-800, 800), min_size=1, max_size=12), grades=st.lists(st.integers(0, 5), min_size=60))
def test_whatever_the_clock_does_each_card_is_either_asked_or_waits_no_longer_than_its_interval(
    make_learner: Callable[..., Any], jumps: list[int], grades: list[int]
) -> None:
    learner = make_learner("a", "b", "c")
    marks = iter(grades)
    for jump in jumps:
        learner.clock.turn(days=jump)
        learner.start()
        while (card := learner.asked_id) is not None and (mark := next(marks, None)) is not None:
            review = learner.do(mark)
            assert review.card_id == card
            assert review.drill or review.after.due > review.study_day
        today = learner.clock.today()
        waiting_ids = {*learner.repository.due(today, Scope()), *learner.repository.new(today, Scope())}
        for card_id in "abc":
            memory = learner.repository.memory(card_id)
            assert card_id in waiting_ids or (memory.due - today).days <= memory.interval + 1
