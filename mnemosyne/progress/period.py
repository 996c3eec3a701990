"""Periods of study days, and how long ones are cut into spans for comparison."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mnemosyne.scheduling.study_day import days_between, plus_days

MOST_SPANS: Final = 53  # a year of weeks
SPAN_DAYS: Final = (1, 7, 28, 91, 364)  # whole weeks but for the first, so that spans have the same weekdays


@dataclass(frozen=True, slots=True)
class Period:
    """The study days from `since` to `until`, both included; `until` is never before `since`."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """How many study days it has."""
        return days_between(self.since, self.until) + 1

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until


def last_days(until: date, days: int) -> Period:
    """Return the period of the last `days` study days up to `until`."""
    return Period(plus_days(until, 1 - days), until)


def span_days(period: Period) -> int:
    """Return the length of the period's spans in days: the shortest that gives at most MOST_SPANS."""
    return next((days for days in SPAN_DAYS if -(-period.days // days) <= MOST_SPANS), SPAN_DAYS[-1])


def spans(period: Period) -> tuple[Period, ...]:
    """Cut the period into spans of equal length, oldest first; the first may be shorter."""
    length = span_days(period)
    count = -(-period.days // length)
    begins = [max(period.since, plus_days(period.until, 1 - length * back)) for back in range(count, 0, -1)]
    ends = [*(plus_days(begin, -1) for begin in begins[1:]), period.until]
    return tuple(Period(begin, end) for begin, end in zip(begins, ends, strict=True))
