"""The study day: the learner's calendar day, which begins at `day_start`. The only date arithmetic of the project.

Invariant: study day d is every moment from `day_begins(d)` up to but not including `day_begins(d + 1)`. So
the study day never goes backwards, even if clocks are set back across `day_start`, or a zone repeats or skips
a whole date. Nothing here reads the clock: moment, zone and start are parameters.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

_FIRST_MOMENT = datetime.min.replace(tzinfo=UTC)
_LAST_MOMENT = datetime.max.replace(tzinfo=UTC)


def study_day(moment: datetime, zone: tzinfo, day_start: time) -> date:
    """Return the study day that the aware `moment` belongs to, for a learner in `zone`."""
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone has no study day")
    day = _local_date(moment, zone)
    # One day ahead: clocks set back across midnight. Two days back: before day_start, on a date after a skipped one.
    for candidate in (plus_days(day, 1), day, plus_days(day, -1)):
        if day_begins(candidate, zone, day_start) <= moment:
            return candidate
    return plus_days(day, -2)


@lru_cache(maxsize=64)  # called several times per answer for the same day or two
def day_begins(day: date, zone: tzinfo, day_start: time) -> datetime:
    """Return the moment, in UTC, at which the study day begins.

    If clocks show `day_start` twice it is the first time; if they skip it, the time before the change counts.
    """
    local = datetime.combine(day, day_start.replace(tzinfo=None, fold=0), tzinfo=zone)
    try:
        return local.astimezone(UTC)
    except OverflowError:  # within a day of the first or the last date that Python has
        return _FIRST_MOMENT if day.year == date.min.year else _LAST_MOMENT


def plus_days(day: date, days: int) -> date:
    """Return the date `days` later (earlier if negative), limited to the dates that Python has."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def days_between(earlier: date, later: date) -> int:
    """Return the number of days from `earlier` to `later`; negative if `later` is before."""
    return (later - earlier).days


def _local_date(moment: datetime, zone: tzinfo) -> date:
    try:
        return moment.astimezone(zone).date()
    except OverflowError:
        return moment.date()
