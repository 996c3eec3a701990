"""Progress counted in SQL: the figures of all topics or one, in a period, as one state of the deck has them.

What is said by day or by quality comes from the tally, what is said by card or by slip from indexes of the log that
have all the columns it needs; `tally` says why. `terms` of `progress` defines what is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Engine,
    Row,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)

from mnemosyne.progress.figures import CardState, Chosen, Figures, Grouped, SlipDay
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import Day, Done, Group, Leech, Rate
from mnemosyne.scheduling.sm2 import PASS
from mnemosyne.store.counts import forecast_of
from mnemosyne.store.queues import Query, counting, present, seen, unindexed
from mnemosyne.store.rows import span_in
from mnemosyne.store.tables import card, card_chain, card_tag, review, tally
from mnemosyne.store.transactions import reading

_MUCH: Final = 6  # one in so many; measured: then both ways take the same time


@dataclass(frozen=True, slots=True)
class Wanted:
    """What figures are of: `topic` None is all topics; a leech lapsed at least `leech_lapses` times."""

    today: date
    period: Period
    topic: str | None
    leech_lapses: int
    forecast_days: int


def figures(engine: Engine, wanted: Wanted) -> Figures:
    """All of them."""
    topic, values = wanted.topic, _values(wanted.period, wanted.topic)
    with reading(engine) as connection:
        run = connection.execute
        days = tuple(map(_day, run(_DAYS.where(*_of(topic, tally.c.topic)), values)))
        groups = _groups(topic, by_card=topic is not None or _is_much(days, wanted.period))
        return Figures(
            topics=tuple(run(_TOPICS).scalars()),
            days=days,
            chosen=tuple(map(_chosen, run(_CHOSEN.where(*_of(topic, tally.c.topic)), values))),
            slips=tuple(map(_slip, run(_SLIPS.where(*_of_cards(topic)), values))),
            states=tuple(CardState(*row) for row in run(_STATES.where(*_of(topic, card.c.topic)), values)),
            grouped=_grouped(run(groups, values).all()),
            forecast=forecast_of(connection, wanted.today, wanted.forecast_days, topic),
            leeches=_leeches(connection, wanted),
        )


def _is_much(days: Sequence[Day], period: Period) -> bool:
    """Whether the period has so many of all reviews that reading them card by card is quicker than finding its days."""
    reviews = sum(day.done.reviews for day in days)
    return _MUCH * sum(day.done.reviews for day in days if day.day in period) > reviews


def days_and_slips(engine: Engine, period: Period) -> tuple[tuple[Day, ...], tuple[SlipDay, ...]]:
    """What was done on the study days of a short period, and the misconceptions that were named."""
    values = _values(period, None)
    with reading(engine) as connection:
        days = tuple(map(_day, connection.execute(_DAYS.where(_in_period), values)))
        return days, tuple(map(_slip, connection.execute(_SLIPS, values)))


def first_day(engine: Engine) -> date | None:
    """The first study day of the log; None if nothing was ever graded."""
    with reading(engine) as connection:
        text = connection.execute(select(func.min(tally.c.study_day))).scalar()
    return date.fromisoformat(text) if text else None


def _values(period: Period, topic: str | None) -> dict[str, Any]:
    return {"since": period.since.isoformat(), "until": period.until.isoformat(), "topic": topic}


def _of(topic: str | None, column: ColumnElement[str]) -> Sequence[ColumnElement[bool]]:
    """The condition that a row is of the topic; none for all topics."""
    return () if topic is None else (column == bindparam("topic"),)


def _of_cards(topic: str | None) -> Sequence[ColumnElement[bool]]:
    """The condition that a review is of a card of the topic."""
    return () if topic is None else (review.c.card_id.in_(select(card.c.id).where(card.c.topic == bindparam("topic"))),)


def _day(row: Row[Any]) -> Day:
    return Day(
        date.fromisoformat(row.study_day),
        Done(row.reviews, row.first, row.passed, row.drills, span_in(row.spent)),
        Rate(row.young_passed, row.young),
        Rate(row.mature_passed, row.mature),
    )


def _chosen(row: Row[Any]) -> Chosen:
    return Chosen(None if row.proposed < 0 else row.proposed, row.quality, row.reviews)


def _slip(row: Row[Any]) -> SlipDay:
    return SlipDay(row.misconception, date.fromisoformat(row.study_day), row.times, row.lapses, span_in(row.spent))


def _grouped(rows: Sequence[Row[Any]]) -> Grouped:
    found: dict[str, list[Group]] = defaultdict(list)
    for row in rows:
        found[row.by].append(Group(row.name, row.cards, row.reviews, row.passed, span_in(row.spent)))
    by_name = attrgetter("name")
    return Grouped(
        tags=tuple(sorted(found["tag"], key=by_name)),
        kinds=tuple(sorted(found["kind"], key=by_name)),
        links=tuple(sorted(found["links"], key=lambda group: int(group.name))),
    )


def _leeches(connection: Connection, wanted: Wanted) -> tuple[Leech, ...]:
    query = _LEECHES.where(*(unindexed(each) for each in _of(wanted.topic, card.c.topic)))
    rows = connection.execute(query, {"lapses": wanted.leech_lapses, "topic": wanted.topic})
    return tuple(Leech(*row) for row in rows)


def _within(study_day: ColumnElement[str]) -> ColumnElement[bool]:
    return study_day.between(bindparam("since"), bindparam("until"))


def _sum(column: ColumnElement[int], *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    total = func.sum(column)
    return func.coalesce(total.filter(and_(*conditions)) if conditions else total, 0)


_TOPICS: Final[Query] = (
    select(card.c.topic).group_by(card.c.topic).having(func.count().filter(present) > 0).order_by(card.c.topic)
)
_in_period = _within(tally.c.study_day)
_passed = tally.c.quality >= PASS
_DAYS: Final[Query] = (
    select(
        tally.c.study_day,
        _sum(tally.c.reviews).label("reviews"),
        _sum(tally.c.first).label("first"),
        _sum(tally.c.reviews, _passed).label("passed"),
        _sum(tally.c.drills).label("drills"),
        _sum(tally.c.spent).label("spent"),
        _sum(tally.c.young).label("young"),
        _sum(tally.c.young, _passed).label("young_passed"),
        _sum(tally.c.mature).label("mature"),
        _sum(tally.c.mature, _passed).label("mature_passed"),
    )
    .group_by(tally.c.study_day)
    .order_by(tally.c.study_day)
)
_CHOSEN: Final[Query] = (
    select(tally.c.proposed, tally.c.quality, func.sum(tally.c.reviews).label("reviews"))
    .where(_in_period)
    .group_by(tally.c.proposed, tally.c.quality)
    .having(func.sum(tally.c.reviews) > 0)
    .order_by(tally.c.proposed, tally.c.quality)
)

_scheduled = review.c.drill.is_(False)
_SLIPS: Final[Query] = (
    select(
        review.c.misconception,
        review.c.study_day,
        func.count().label("times"),
        func.count().filter(_scheduled, review.c.quality < PASS).label("lapses"),
        func.sum(review.c.duration).label("spent"),
    )
    .where(
        counting,
        review.c.misconception.is_not(None),
        _within(unindexed(review.c.study_day)),
    )
    .group_by(review.c.misconception, review.c.study_day)
    .order_by(review.c.misconception, review.c.study_day)
)

_STATES: Final[Query] = (
    select(~seen, card.c.suspended, card.c.interval, card.c.ease, func.count())
    .where(unindexed(present))
    .group_by(~seen, card.c.suspended, card.c.interval, card.c.ease)
)
_LEECHES: Final[Query] = (
    select(card.c.id, card.c.topic, card.c.kind, card.c.lapses, card.c.interval, card.c.suspended)
    .where(unindexed(present), card.c.lapses >= bindparam("lapses"))
    .order_by(card.c.lapses.desc(), card.c.id)
)


def _groups(topic: str | None, *, by_card: bool) -> CompoundSelect[Any]:
    """The reviews of each card first, so that a card with three tags is not looked up three times per review."""
    study_day = unindexed(review.c.study_day) if by_card else review.c.study_day
    one = (
        select(
            review.c.card_id,
            func.count().label("reviews"),
            func.count().filter(review.c.quality >= PASS).label("passed"),
            func.sum(review.c.duration).label("spent"),
        )
        .where(counting, _scheduled, _within(study_day), *_of_cards(topic))
        .group_by(review.c.card_id)
        .cte("one")
    )
    sums = [
        func.count().label("cards"),
        *(func.sum(one.c[name]).label(name) for name in ("reviews", "passed", "spent")),
    ]
    return union_all(
        select(literal("tag").label("by"), card_tag.c.tag.label("name"), *sums)
        .join_from(one, card_tag, card_tag.c.card_id == one.c.card_id)
        .group_by(card_tag.c.tag),
        select(literal("kind"), card.c.kind, *sums)
        .join_from(one, card, card.c.id == one.c.card_id)
        .group_by(card.c.kind),
        select(literal("links"), cast(card_chain.c.links, Text), *sums)
        .join_from(one, card_chain, card_chain.c.card_id == one.c.card_id)
        .group_by(card_chain.c.links),
    )
