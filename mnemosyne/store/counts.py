"""Figures for the home screen and for progress, counted in SQL: what waits, what was done each day, which slips.

A review is a graded answer that was not undone; drills are counted apart. Cards count while a deck file has them, but
suspended ones only as such. Nothing here knows a clock: the study day is a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Engine, and_, bindparam, func, select

from mnemosyne.scheduling.sm2 import PASS
from mnemosyne.scheduling.study_day import days_between, plus_days
from mnemosyne.store.queues import (
    DAY,
    Query,
    active,
    askable,
    counting,
    due_by,
    last_credible,
    last_grades,
    newest_day,
    present,
    runs_ahead,
    seen,
    unindexed,
    wants_drill,
)
from mnemosyne.store.rows import day_in, span_in
from mnemosyne.store.tables import card, review
from mnemosyne.store.transactions import reading


@dataclass(frozen=True, slots=True)
class TopicCounts:
    """How many of a topic's cards wait on a study day. `cards` is all of them; buried ones are in no queue that day."""

    topic: str
    cards: int
    due: int
    new: int
    drills: int
    suspended: int
    buried: int


@dataclass(frozen=True, slots=True)
class StudyDay:
    """What was done on one study day: `reviews` without drills, `new` of them first ones, `passed` graded 3 to 5."""

    day: date
    reviews: int
    new: int
    passed: int
    drills: int
    spent: timedelta


@dataclass(frozen=True, slots=True)
class Slips:
    """How often a misconception was named, and on which study day last."""

    misconception: str
    times: int
    last: date


def topics(engine: Engine, day: date) -> tuple[TopicCounts, ...]:
    """What waits on `day` in each topic that has cards, in the order of learning."""
    values = {"day": day.isoformat(), "ahead": last_credible(day)}
    with reading(engine) as connection:
        drills = {row.topic: row.cards for row in connection.execute(_DRILLS, values)}
        rows = connection.execute(_topics(runs_ahead(connection, day)), values).mappings().all()
    return tuple(TopicCounts(**row, drills=drills.get(row["topic"], 0)) for row in rows)


def forecast(engine: Engine, day: date, days: int) -> tuple[int, ...]:
    """How many seen cards come due on each of `days` study days from `day` on; the first has all that are overdue."""
    values = {"day": day.isoformat(), "end": plus_days(day, days).isoformat()}
    with reading(engine) as connection:
        found = {date.fromisoformat(text): cards for text, cards in connection.execute(_FORECAST, values)}
    return tuple(found.get(plus_days(day, ahead), 0) for ahead in range(days))


def study_days(engine: Engine, since: date = date.min, until: date = date.max) -> tuple[StudyDay, ...]:
    """The study days with reviews or drills from `since` to `until`, both included, oldest first."""
    values = {"since": since.isoformat(), "until": until.isoformat()}
    with reading(engine) as connection:
        rows = connection.execute(_DAYS, values).all()
    return tuple(
        StudyDay(date.fromisoformat(row.study_day), row.reviews, row.new, row.passed, row.drills, span_in(row.spent))
        for row in rows
    )


def streak(engine: Engine, day: date) -> int:
    """On how many study days in a row, up to `day` or the day before it, something was graded."""
    with reading(engine) as connection, closing(connection.execute(_DAYS_BACK, {"day": day.isoformat()})) as found:
        return _run((date.fromisoformat(text) for text in found.scalars()), day)


def misconceptions(engine: Engine, since: date = date.min, until: date = date.max) -> tuple[Slips, ...]:
    """The misconceptions named on these study days, both included, drills too; the most frequent first."""
    values = {"since": since.isoformat(), "until": until.isoformat()}
    with reading(engine) as connection:
        rows = connection.execute(_SLIPS, values).all()
    return tuple(Slips(name, times, date.fromisoformat(last)) for name, times, last in rows)


def leeches(engine: Engine, lapses: int) -> tuple[str, ...]:
    """Ids of the cards, suspended ones included, that lapsed at least `lapses` times; the worst first."""
    with reading(engine) as connection:
        return tuple(connection.execute(_LEECHES, {"lapses": lapses}).scalars())


def last_day(engine: Engine) -> date | None:
    """The latest study day on which anything was graded; None if nothing was."""
    with reading(engine) as connection:
        return day_in(connection.execute(newest_day()).scalar())


def _run(days: Iterable[date], day: date) -> int:
    """How many of `days`, which go backwards, follow on each other from `day` or the day before it."""
    run, expected = 0, day
    for found in days:
        if run == 0 and days_between(found, day) == 1:
            expected = found  # today nothing was graded yet; the streak stands until the day is over
        if found != expected:
            break
        run, expected = run + 1, plus_days(found, -1)
    return run


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(and_(*conditions))


def _in_period(study_day: ColumnElement[str]) -> ColumnElement[bool]:
    return study_day.between(bindparam("since"), bindparam("until"))


@cache
def _topics(with_ahead: bool) -> Query:
    # The conditions stand in the counts, not in a WHERE: so SQLite reads the index by topic and sorts nothing.
    return (
        select(
            card.c.topic,
            _count(present).label("cards"),
            _count(askable, due_by(with_ahead)).label("due"),
            _count(askable, ~seen).label("new"),
            _count(present, card.c.suspended.is_(True)).label("suspended"),
            _count(active, card.c.buried_until > DAY).label("buried"),
        )
        .group_by(card.c.topic)
        .having(_count(present) > 0)
        .order_by(func.min(card.c.position).filter(present))
    )


_last = last_grades()
_DRILLS: Final[Query] = (
    select(card.c.topic, func.count().label("cards"))
    .join_from(_last, card, card.c.id == _last.c.card_id)
    .where(wants_drill(_last))
    .group_by(card.c.topic)
)

_shown = func.max(
    card.c.due, func.coalesce(card.c.buried_until, ""), DAY
)  # the first day on which the card can be asked
_FORECAST: Final[Query] = (
    select(_shown, func.count()).where(active, card.c.due < bindparam("end"), seen).group_by(_shown)
)

_scheduled = review.c.drill.is_(False)
_DAYS: Final[Query] = (
    select(
        review.c.study_day,
        _count(_scheduled).label("reviews"),
        _count(_scheduled, review.c.before_reviewed.is_(None)).label("new"),
        _count(_scheduled, review.c.quality >= PASS).label("passed"),
        _count(~_scheduled).label("drills"),
        func.sum(review.c.duration).label("spent"),
    )
    .where(counting, _in_period(review.c.study_day))
    .group_by(review.c.study_day)
    .order_by(review.c.study_day)
)

# One step of the index per study day, as far back as the reader goes on: a DISTINCT would read the whole log.
_newest = func.max(review.c.study_day)
_back = select(_newest.label("day")).where(counting, review.c.study_day <= DAY).cte("back", recursive=True)
_earlier = select(_newest).where(counting, review.c.study_day < _back.c.day).scalar_subquery()
_back = _back.union_all(select(_earlier).where(_back.c.day.is_not(None)))
_DAYS_BACK: Final[Query] = select(_back.c.day).where(_back.c.day.is_not(None))

_SLIPS: Final[Query] = (
    select(review.c.misconception, func.count(), func.max(review.c.study_day))
    .where(counting, review.c.misconception.is_not(None), _in_period(unindexed(review.c.study_day)))
    .group_by(review.c.misconception)
    .order_by(func.count().desc(), review.c.misconception)
)

_LEECHES: Final[Query] = (
    select(card.c.id)
    .where(unindexed(present), card.c.lapses >= bindparam("lapses"))
    .order_by(card.c.lapses.desc(), card.c.id)
)
