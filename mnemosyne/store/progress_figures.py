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
    Row,
    Text,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)

from mnemosyne.progress.figures import CardGroup, Chosen, Figures, Grouped
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import Day, Leech, ReviewGroup
from mnemosyne.scheduling.sm2 import PASS, QUALITIES
from mnemosyne.store.log_days import DAYS, SLIPS, bounds, day_of, in_period, slip_of, within
from mnemosyne.store.queues import Statement, counting, present, scheduled, seen, unindexed
from mnemosyne.store.rows import count_in, day_in_log, readable_rows, span_in, text_in, whole_in
from mnemosyne.store.tables import card, card_chain, card_tag, review, tally

_MUCH: Final = 6  # one in so many; measured: then both ways take the same time


@dataclass(frozen=True, slots=True)
class FiguresRequest:
    """What the figures are of."""

    period: Period  # the study days that are counted
    topic: str | None  # None for all topics
    leech_lapses: int  # a card that lapsed this often is a leech


def figures(connection: Connection, request: FiguresRequest) -> Figures:
    """Return the figures of the request, within the caller's transaction."""
    topic, values = request.topic, _values(request.period, request.topic)
    run = connection.execute
    days = tuple(readable_rows(day_of, run(DAYS.where(*_of(topic, tally.c.topic)), values)))
    groups = _groups(topic, by_card=topic is not None or _is_much(days, request.period))
    return Figures(
        topics=tuple(readable_rows(text_in, run(_TOPICS).scalars())),
        days=days,
        chosen=tuple(readable_rows(_chosen, run(_CHOSEN.where(*_of(topic, tally.c.topic)), values))),
        slips=tuple(readable_rows(slip_of, run(SLIPS.where(*_of_cards(topic)), values))),
        states=tuple(readable_rows(_state, run(_STATES.where(*_of(topic, card.c.topic)), values))),
        grouped=_grouped(run(groups, values).all()),
        leeches=_leeches(connection, request),
    )


def _is_much(days: Sequence[Day], period: Period) -> bool:
    """Return whether so many of all reviews are in the period that it is quicker to read them card by card."""
    reviews = sum(day.done.reviews for day in days)
    return _MUCH * sum(day.done.reviews for day in days if day.day in period) > reviews


def first_day(connection: Connection) -> date | None:
    """Return the first study day of the log; None if nothing was ever graded."""
    text = connection.execute(select(func.min(tally.c.study_day))).scalar()
    return next(readable_rows(day_in_log, [text]), None)


def _values(period: Period, topic: str | None) -> dict[str, Any]:
    return {**bounds(period), "topic": topic}


def _of(topic: str | None, column: ColumnElement[str]) -> Sequence[ColumnElement[bool]]:
    """Return the condition that a row is of the topic; none for all topics."""
    return () if topic is None else (column == bindparam("topic"),)


def _of_cards(topic: str | None) -> Sequence[ColumnElement[bool]]:
    """Return the condition that a review is of a card of the topic; none for all topics."""
    return () if topic is None else (review.c.card_id.in_(select(card.c.id).where(card.c.topic == bindparam("topic"))),)


def _chosen(row: Row[Any]) -> Chosen:
    proposed, quality = whole_in(row.proposed), whole_in(row.quality)
    if proposed not in (-1, *QUALITIES) or quality not in QUALITIES:
        raise ValueError(f"{proposed}, {quality} are not qualities")
    return Chosen(None if proposed < 0 else proposed, quality, count_in(row.reviews))


def _state(row: Row[Any]) -> CardGroup:
    return CardGroup(row.new, row.suspended, count_in(row.interval), count_in(row.ease), row.cards)


def _group(row: Row[Any]) -> tuple[str, ReviewGroup]:
    return row.by, ReviewGroup(text_in(row.name), row.cards, row.reviews, row.passed, span_in(count_in(row.spent)))


def _leech(row: Row[Any]) -> Leech:
    texts = (text_in(row.id), text_in(row.topic), text_in(row.kind))
    return Leech(*texts, count_in(row.lapses), count_in(row.interval), row.suspended)


def _grouped(rows: Sequence[Row[Any]]) -> Grouped:
    groups: dict[str, list[ReviewGroup]] = defaultdict(list)
    for by, group in readable_rows(_group, rows):
        groups[by].append(group)
    by_name = attrgetter("name")
    return Grouped(
        tags=tuple(sorted(groups["tag"], key=by_name)),
        kinds=tuple(sorted(groups["kind"], key=by_name)),
        links=tuple(
            sorted((group for group in groups["links"] if group.name.isdecimal()), key=lambda group: int(group.name))
        ),
    )


def _leeches(connection: Connection, request: FiguresRequest) -> tuple[Leech, ...]:
    query = _LEECHES.where(*(unindexed(condition) for condition in _of(request.topic, card.c.topic)))
    rows = connection.execute(query, {"lapses": request.leech_lapses, "topic": request.topic})
    return tuple(readable_rows(_leech, rows))


_TOPICS: Final[Statement] = (
    select(card.c.topic).group_by(card.c.topic).having(func.count().filter(present) > 0).order_by(card.c.topic)
)
_CHOSEN: Final[Statement] = (
    select(tally.c.proposed, tally.c.quality, func.sum(tally.c.reviews).label("reviews"))
    .where(in_period)
    .group_by(tally.c.proposed, tally.c.quality)
    .having(func.sum(tally.c.reviews) > 0)
    .order_by(tally.c.proposed, tally.c.quality)
)

_STATES: Final[Statement] = (
    select((~seen).label("new"), card.c.suspended, card.c.interval, card.c.ease, func.count().label("cards"))
    .where(unindexed(present))
    .group_by(~seen, card.c.suspended, card.c.interval, card.c.ease)
)
_LEECHES: Final[Statement] = (
    select(card.c.id, card.c.topic, card.c.kind, card.c.lapses, card.c.interval, card.c.suspended)
    .where(unindexed(present), card.c.lapses >= bindparam("lapses"))
    .order_by(card.c.lapses.desc(), card.c.id)
)


def _groups(topic: str | None, *, by_card: bool) -> CompoundSelect[Any]:
    """Sum up the reviews of each card first, so that one with three tags is not looked up three times per review."""
    study_day = unindexed(review.c.study_day) if by_card else review.c.study_day
    group_query = (
        select(
            review.c.card_id,
            func.count().label("reviews"),
            func.count().filter(review.c.quality >= PASS).label("passed"),
            func.sum(review.c.duration).label("spent"),
        )
        .where(counting, scheduled, within(study_day), *_of_cards(topic))
        .group_by(review.c.card_id)
        .cte("one")
    )
    sums = [
        func.count().label("cards"),
        *(func.sum(group_query.c[name]).label(name) for name in ("reviews", "passed", "spent")),
    ]
    return union_all(
        select(literal("tag").label("by"), card_tag.c.tag.label("name"), *sums)
        .join_from(group_query, card_tag, card_tag.c.card_id == group_query.c.card_id)
        .group_by(card_tag.c.tag),
        select(literal("kind"), card.c.kind, *sums)
        .join_from(group_query, card, card.c.id == group_query.c.card_id)
        .group_by(card.c.kind),
        select(literal("links"), cast(card_chain.c.links, Text), *sums)
        .join_from(group_query, card_chain, card_chain.c.card_id == group_query.c.card_id)
        .group_by(card_chain.c.links),
    )
