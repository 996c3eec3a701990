"""Study days: sums over some of them, their true retention, and the streaks that they make."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from mnemosyne.progress.period import Period, last_days
from mnemosyne.progress.statistics import Day, Done, Rate, Retention, Span, Streak
from mnemosyne.scheduling.study_day import days_between, plus_days

RETENTION_DAYS: Final = (1, 7, 30, 365)  # beside the whole period


def within(days: Sequence[Day], period: Period) -> tuple[Day, ...]:
    """Those of the days, which are in order, that the period has."""
    first = bisect_left(days, period.since, key=lambda each: each.day)
    return tuple(days[first : bisect_right(days, period.until, key=lambda each: each.day)])


def done(days: Iterable[Day]) -> Done:
    """All that was done on the days."""
    found = [each.done for each in days]
    return Done(
        reviews=sum(each.reviews for each in found),
        first=sum(each.first for each in found),
        passed=sum(each.passed for each in found),
        drills=sum(each.drills for each in found),
        spent=sum((each.spent for each in found), timedelta()),
    )


def retention(days: Sequence[Day], period: Period) -> Retention:
    """True retention on those of the days that the period has."""
    found = within(days, period)
    return Retention(period, _sum(each.young for each in found), _sum(each.mature for each in found))


def retentions(days: Sequence[Day], period: Period) -> tuple[Retention, ...]:
    """Of the last day, week, month and year of the period, and of the whole."""
    windows = [last_days(period.until, count) for count in RETENTION_DAYS]
    return tuple(retention(days, each) for each in (*windows, period))


def _sum(rates: Iterable[Rate]) -> Rate:
    found = list(rates)
    return Rate(sum(rate.passed for rate in found), sum(rate.reviews for rate in found))


def span(days: Sequence[Day], period: Period) -> Span:
    """What a part of a period amounts to."""
    return Span(done(within(days, period)), retention(days, period))


def streak(days: Sequence[Day], today: date) -> Streak:
    """The run of study days that leads up to today, and the longest there ever was."""
    runs: list[tuple[date, int]] = []  # the last day of each run, and its length
    for each in days:
        last, length = runs[-1] if runs else (each.day, 0)
        if length and days_between(last, each.day) == 1:
            runs[-1] = (each.day, length + 1)
        else:
            runs.append((each.day, 1))
    standing = (length for last, length in runs if last in (today, plus_days(today, -1)))
    return Streak(current=max(standing, default=0), longest=max((length for _, length in runs), default=0))
