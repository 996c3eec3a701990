"""The study days of the log: what was done on each, and which misconceptions were named.

What was done comes from the tally; slips come from an index of the log that has all the columns they need.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Engine, Row, and_, bindparam, func, select

from mnemosyne.progress.figures import SlipDay
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import Activity, Day, Rate
from mnemosyne.scheduling.sm2 import PASS
from mnemosyne.store.queues import Statement, counting, scheduled, unindexed
from mnemosyne.store.rows import count_in, day_in_log, readable_rows, span_in, text_in
from mnemosyne.store.tables import review, tally
from mnemosyne.store.transactions import reading


def study_days(engine: Engine, period: Period) -> tuple[Day, ...]:
    """Return the study days of the period on which anything was graded, oldest first."""
    with reading(engine) as connection:
        return tuple(readable_rows(day_of, connection.execute(DAYS.where(in_period), bounds(period))))


def slip_days(engine: Engine, period: Period) -> tuple[SlipDay, ...]:
    """Return how often each misconception was named on each study day of the period, drills and practice too."""
    with reading(engine) as connection:
        return tuple(readable_rows(slip_of, connection.execute(SLIPS, bounds(period))))


def bounds(period: Period) -> Mapping[str, str]:
    """Return the values to bind for the period in a query, as ISO text."""
    return {"since": period.since.isoformat(), "until": period.until.isoformat()}


def day_of(row: Row[Any]) -> Day:
    """Return the day in a row of `DAYS`; TypeError or ValueError if the row cannot be read."""
    return Day(
        day_in_log(row.study_day),
        Activity(
            count_in(row.reviews),
            count_in(row.first),
            count_in(row.passed),
            count_in(row.drills),
            span_in(count_in(row.spent)),
            count_in(row.practised),
        ),
        Rate(count_in(row.young_passed), count_in(row.young)),
        Rate(count_in(row.mature_passed), count_in(row.mature)),
    )


def slip_of(row: Row[Any]) -> SlipDay:
    """Return the misconception's day in a row of `SLIPS`; TypeError or ValueError if the row cannot be read."""
    name, day = text_in(row.misconception), day_in_log(row.study_day)
    return SlipDay(name, day, count_in(row.times), count_in(row.lapses), span_in(count_in(row.spent)))


def within(study_day: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a study day is in the period."""
    return study_day.between(bindparam("since"), bindparam("until"))


def _sum(column: ColumnElement[int], *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    total = func.sum(column)
    return func.coalesce(total.filter(and_(*conditions)) if conditions else total, 0)


in_period: Final = within(tally.c.study_day)
_passed = tally.c.quality >= PASS
DAYS: Final[Statement] = (
    select(
        tally.c.study_day,
        _sum(tally.c.reviews).label("reviews"),
        _sum(tally.c.first).label("first"),
        _sum(tally.c.reviews, _passed).label("passed"),
        _sum(tally.c.drills).label("drills"),
        _sum(tally.c.practised).label("practised"),
        _sum(tally.c.spent).label("spent"),
        _sum(tally.c.young).label("young"),
        _sum(tally.c.young, _passed).label("young_passed"),
        _sum(tally.c.mature).label("mature"),
        _sum(tally.c.mature, _passed).label("mature_passed"),
    )
    .group_by(tally.c.study_day)
    .order_by(tally.c.study_day)
)
SLIPS: Final[Statement] = (
    select(
        review.c.misconception,
        review.c.study_day,
        func.count().label("times"),
        func.count().filter(scheduled, review.c.quality < PASS).label("lapses"),
        func.sum(review.c.duration).label("spent"),
    )
    .where(counting, review.c.misconception.is_not(None), within(unindexed(review.c.study_day)))
    .group_by(review.c.misconception, review.c.study_day)
    .order_by(review.c.misconception, review.c.study_day)
)
