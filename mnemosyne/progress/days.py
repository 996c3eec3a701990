"""Sums over study days, their true retention, and streaks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import Final

from mnemosyne.progress.period import Period, last_days
from mnemosyne.progress.statistics import Activity, Day, Rate, Retention, Span, Streak
from mnemosyne.scheduling.study_day import days_between, plus_days

RETENTION_DAYS: Final = (1, 7, 30, 365)  # days of the periods with a true retention


def days_within(days: Sequence[Day], period: Period) -> tuple[Day, ...]:
    """Return the days within the period; the days are in order."""
    first = bisect_left(days, period.since, key=lambda entry: entry.day)
    return tuple(days[first : bisect_right(days, period.until, key=lambda entry: entry.day)])


def activity_of(days: Iterable[Day]) -> Activity:
    """Return the total activity of the days."""
    activities = [day.done for day in days]
    reviews, first, passed, drills, practised = (
        sum(map(attrgetter(name), activities)) for name in ("reviews", "first", "passed", "drills", "practised")
    )
    return Activity(
        reviews, first, passed, drills, sum((activity.spent for activity in activities), timedelta()), practised
    )


def retention_of(days: Sequence[Day], period: Period) -> Retention:
    """Return the true retention on the days within the period."""
    inside = days_within(days, period)
    return Retention(period, _sum(day.young for day in inside), _sum(day.mature for day in inside))


def retentions(days: Sequence[Day], period: Period) -> tuple[Retention, ...]:
    """Return the retention of the last day, week, month and year of the period, and of the whole."""
    windows = [last_days(period.until, count) for count in RETENTION_DAYS]
    return tuple(retention_of(days, window) for window in (*windows, period))


def _sum(rates: Iterable[Rate]) -> Rate:
    rates_list = list(rates)
    return Rate(sum(rate.passed for rate in rates_list), sum(rate.reviews for rate in rates_list))


def span(days: Sequence[Day], period: Period) -> Span:
    """Return a part of a period with its activity and true retention."""
    return Span(activity_of(days_within(days, period)), retention_of(days, period))


def streak_of(days: Sequence[Day], today: date) -> Streak:
    """Return the run of study days up to today or yesterday, and the longest ever, in days."""
    runs: list[tuple[date, int]] = []  # the last day of each run, with the run's length
    for day in days:
        last, length = runs[-1] if runs else (day.day, 0)
        if length and days_between(last, day.day) == 1:
            runs[-1] = (day.day, length + 1)
        else:
            runs.append((day.day, 1))
    lengths = (length for last, length in runs if last in (today, plus_days(today, -1)))
    return Streak(current=max(lengths, default=0), longest=max((length for _, length in runs), default=0))
