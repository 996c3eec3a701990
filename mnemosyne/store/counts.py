"""Counts for the home screen and the statistics, in SQL: what is waiting, what comes next, and progress in units.

A review is a graded answer that has not been undone; drills are counted separately. Cards count if
a card file has them; suspended ones only as suspended. A unit is a card file of a topic, with
files of the same name in other folders, in the order of learning. No clock here: the study day is a parameter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import PurePath
from typing import Final

from sqlalchemy import ColumnElement, Engine, Select, and_, bindparam, func, select

from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import days_between, plus_days
from mnemosyne.store.engine import reading
from mnemosyne.store.queues import (
    DAY,
    Statement,
    active,
    askable,
    counting,
    due_by,
    in_unit,
    last_credible,
    present,
    runs_ahead,
    scheduled_counts,
    seen,
    wants_drill,
)
from mnemosyne.store.rows import CARDS, COLUMNS, card_memory_in, day_in_log, readable_rows, text_in
from mnemosyne.store.tables import card, review


@dataclass(frozen=True, slots=True)
class TopicCounts:
    """How many cards of a `topic` are waiting on a study day."""

    topic: str
    cards: int  # all cards in a file
    due: int  # seen before, and due by that day
    new: int  # never reviewed
    drills: int  # to be asked again that day
    suspended: int  # suspended
    buried: int  # buried on that day and not suspended


def topic_counts(engine: Engine, day: date) -> tuple[TopicCounts, ...]:
    """Return what is waiting on `day` in each topic with cards, in the order of learning."""
    values = {"day": day.isoformat(), "ahead": last_credible(day)}
    with reading(engine) as connection:
        drills = {row.topic: row.cards for row in connection.execute(_DRILLS, values)}
        rows = connection.execute(_topics(with_ahead=runs_ahead(connection, day)), values).mappings().all()
    return tuple(
        TopicCounts(**row, drills=drills.get(row["topic"], 0)) for row in rows if isinstance(row["topic"], str)
    )


def forecast(
    engine: Engine, day: date, days: int, topic: str | None = None, without: AbstractSet[str] = frozenset()
) -> tuple[int, ...]:
    """Return how many seen cards come due on each of `days` study days from `day` on; overdue ones count on the first.

    Only the topic's cards are counted, if given, and none with an id in `without`.
    """
    query = _FORECAST if topic is None else _FORECAST.where(card.c.topic == bindparam("topic"))
    query = query.where(card.c.id.not_in(_WITHOUT)) if without else query
    values = {"day": day.isoformat(), "end": plus_days(day, days).isoformat(), "topic": topic}
    with reading(engine) as connection:
        rows = connection.execute(query, values | {"without": json.dumps(sorted(without))})
        counts_by_day = dict(readable_rows(lambda row: (day_in_log(row[0]), row[1]), rows))
    return tuple(counts_by_day.get(plus_days(day, ahead), 0) for ahead in range(days))


def returning(
    engine: Engine, day: date, days: int, topic: str | None = None, without: AbstractSet[str] = frozenset()
) -> list[tuple[date, Memory, int]]:
    """Return the day, the memory and the number of all cards of `forecast` that may be asked again within its days."""
    query = _RETURNING if topic is None else _RETURNING.where(card.c.topic == bindparam("topic"))
    query = query.where(card.c.id.not_in(_WITHOUT)) if without else query
    values = {"day": day.isoformat(), "end": plus_days(day, days).isoformat(), "topic": topic, "most": 2 * days}
    with reading(engine) as connection:
        rows = connection.execute(query, values | {"without": json.dumps(sorted(without))})
        return [*readable_rows(lambda row: (day_in_log(row[0]), card_memory_in(row[2:]), row[1]), rows)]


def reviews_done(engine: Engine, day: date) -> int:
    """Return how many seen cards were reviewed on `day`."""
    with reading(engine) as connection:
        return int(connection.execute(scheduled_counts(), {"day": day.isoformat()}).one()[0])


def streak(engine: Engine, day: date) -> int:
    """Return how many study days in a row, up to `day` or the day before, have a graded answer."""
    with reading(engine) as connection, closing(connection.execute(_DAYS_BACK, {"day": day.isoformat()})) as days_back:
        return _run(readable_rows(day_in_log, days_back.scalars()), day)


def last_day(engine: Engine) -> date | None:
    """Return the study day of the newest entry in the log; None if there is none.

    This is not the latest study day: that could be one in the future, from a wrong clock.
    """
    with reading(engine) as connection:
        return next(readable_rows(day_in_log, connection.execute(_LAST_DAY).scalars()), None)


def _run(days: Iterable[date], day: date) -> int:
    """Count how many of `days`, which run backwards, are consecutive from `day` or the day before it."""
    run, expected = 0, day
    for study_day in days:
        if run == 0 and days_between(study_day, day) == 1:
            expected = study_day  # nothing has been graded today, but the day is not over
        if study_day != expected:
            break
        run, expected = run + 1, plus_days(study_day, -1)
    return run


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(and_(*conditions))


@cache
def _topics(*, with_ahead: bool) -> Statement:
    # With the conditions in the counts instead of in a WHERE, SQLite reads the index by topic and sorts nothing.
    return (
        select(
            card.c.topic,
            _count(present).label("cards"),
            _count(askable, due_by(ahead=with_ahead)).label("due"),
            _count(askable, ~seen).label("new"),
            _count(present, card.c.suspended.is_(True)).label("suspended"),
            _count(active, card.c.buried_until > DAY).label("buried"),
        )
        .group_by(card.c.topic)
        .having(_count(present) > 0)
        .order_by(func.min(card.c.position).filter(present))
    )


_LAST_DAY: Final[Statement] = select(review.c.study_day).where(counting).order_by(review.c.id.desc()).limit(1)
_DRILLS: Final[Statement] = (
    select(card.c.topic, func.count().label("cards"))
    .join_from(review, card, card.c.id == review.c.card_id)
    .where(wants_drill())
    .group_by(card.c.topic)
)

_shown = func.max(
    card.c.due, func.coalesce(card.c.buried_until, ""), DAY
)  # the first day on which the card can be asked
_WITHOUT: Final[Statement] = select(func.json_each(bindparam("without")).table_valued("value").c.value)
_COMING: Final = and_(active, card.c.due < bindparam("end"), seen)
_FORECAST: Final[Statement] = select(_shown, func.count()).where(_COMING).group_by(_shown)
# A grade of 4 shortens no interval, except by fuzz, which takes less than half of it.
_RETURNING: Final[Statement] = (
    select(_shown, func.count(), *COLUMNS)
    .select_from(CARDS)
    .where(_COMING, card.c.interval <= bindparam("most"))
    .group_by(_shown, *COLUMNS)
)

# One index lookup per study day, as far back as the reader goes; DISTINCT would read the whole log.
_newest = func.max(review.c.study_day)
_back = select(_newest.label("day")).where(counting, review.c.study_day <= DAY).cte("back", recursive=True)
_earlier = select(_newest).where(counting, review.c.study_day < _back.c.day).scalar_subquery()
_back = _back.union_all(select(_earlier).where(_back.c.day.is_not(None)))
_DAYS_BACK: Final[Statement] = select(_back.c.day).where(_back.c.day.is_not(None))


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """A unit with its card file `path`, its number of `cards` and how many of them were ever reviewed, `begun`."""

    path: str
    cards: int
    begun: int


_NEXT: Final[Select[tuple[str, str, str]]] = (
    select(card.c.id, card.c.topic, card.c.path).where(askable, ~seen).order_by(card.c.position)
)
_UNITS: Final[Statement] = (
    select(card.c.path, func.count(), func.count().filter(seen))
    .where(present, card.c.topic == bindparam("topic"))
    .group_by(card.c.path)
    .order_by(func.min(card.c.position))
)
_FILES: Final[Statement] = (
    select(card.c.topic, card.c.path)
    .where(present)
    .group_by(card.c.topic, card.c.path)
    .order_by(func.min(card.c.position))
)


def unit_files(engine: Engine) -> tuple[tuple[str, str], ...]:
    """Return the topic and the first card file of every unit, in the order of learning."""
    with reading(engine) as connection:
        rows = [(text_in(topic), text_in(path)) for topic, path in connection.execute(_FILES)]
    first: dict[tuple[str, str], str] = {}
    for topic, path in rows:
        first.setdefault((topic, _unit(path)), path)
    return tuple((topic, path) for (topic, _), path in first.items())


def cards_of_unit(engine: Engine, path: str) -> frozenset[str]:
    """Return the ids of the cards of the unit in a card file."""
    with reading(engine) as connection:
        return frozenset(map(text_in, connection.execute(select(card.c.id).where(present, in_unit(path))).scalars()))


def next_new_card(
    engine: Engine, day: date, new_first: frozenset[str] = frozenset()
) -> tuple[str, int, tuple[UnitCounts, ...]] | None:
    """Return the id of the next new card, its unit's number from 1, and the units of its topic; None if none is new.

    Cards in `new_first` come before all others.
    """
    with reading(engine) as connection:
        query = _NEXT if new_first else _NEXT.limit(1)
        rows = connection.execute(query, {"day": day.isoformat()}).all()
        row = next((row for row in rows if row.id in new_first), next(iter(rows), None))
        if row is None:
            return None
        files = connection.execute(_UNITS, {"topic": row.topic}).all()
    units: dict[str, UnitCounts] = {}
    for path, cards, begun in files:
        first = units.get(_unit(text_in(path)), UnitCounts(path, 0, 0))
        units[_unit(path)] = replace(first, cards=first.cards + cards, begun=first.begun + begun)
    return text_in(row.id), [*units].index(_unit(row.path)) + 1, tuple(units.values())


def _unit(path: str) -> str:
    """Return the unit of a file within its topic: files of one name are one unit, such as a bundled file and a copy."""
    return PurePath(path).name
