"""The time spent on answering: pauses, a clock set back, a learner who has left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.review.stopwatch import LONGEST_STRETCH, Stopwatch

NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_only_the_time_between_start_and_stop_counts() -> None:
    watch = Stopwatch().started(NOON).stopped(NOON + 7 * SECOND)
    watch = watch.started(NOON + 100 * SECOND).stopped(NOON + 103 * SECOND)
    assert watch == Stopwatch(10 * SECOND)


def test_starting_twice_is_starting_once_and_so_is_stopping() -> None:
    watch = Stopwatch().started(NOON).started(NOON + 5 * SECOND).stopped(NOON + 9 * SECOND)
    assert watch.stopped(NOON + 99 * SECOND) == Stopwatch(9 * SECOND)


def test_a_stretch_of_more_than_ten_minutes_counts_as_ten() -> None:
    assert timedelta(minutes=10) == LONGEST_STRETCH
    assert Stopwatch().started(NOON).stopped(NOON + timedelta(hours=3)).spent == timedelta(minutes=10)


def test_a_clock_set_back_counts_as_no_time() -> None:
    assert Stopwatch(4 * SECOND).started(NOON).stopped(NOON - timedelta(days=365)).spent == 4 * SECOND


def test_whoever_does_nothing_for_ten_minutes_is_idle() -> None:
    watch = Stopwatch().started(NOON)
    assert not watch.idle(NOON + LONGEST_STRETCH - SECOND)
    assert watch.idle(NOON + LONGEST_STRETCH)
    assert not watch.stopped(NOON).idle(NOON + LONGEST_STRETCH), "a learner who has paused is not idle"


@given(st.lists(st.datetimes(timezones=st.just(UTC)), max_size=12))
def test_time_only_grows_and_no_stretch_is_longer_than_the_longest(moments: list[datetime]) -> None:
    watch = Stopwatch()
    for number, moment in enumerate(moments):
        later = watch.started(moment) if number % 2 == 0 else watch.stopped(moment)
        assert timedelta() <= later.spent - watch.spent <= LONGEST_STRETCH
        watch = later
