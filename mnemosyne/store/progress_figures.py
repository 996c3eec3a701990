"""Progress counted in SQL: the figures of one topic or all, over a period, from one state of the deck.

Figures by day or quality come from the tally: the log summed by study day, topic, proposed quality
and quality, so that none of them reads the whole log. For ten years with a million answers the
tally has about 200,000 rows. It is maintained by triggers (`migrations.version_5`) whatever the
writer; the view `counted` says what one answer adds, and `tally_differences` verifies that tally
and log agree. Figures by card or misconception come from covering indexes of the log, since cards
change their tags, and a tally by card would be as long as the log. `progress.terms` defines what is
counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
    column,
    delete,
    func,
    insert,
    literal,
    select,
    table,
    union_all,
)

from mnemosyne.progress.figures import CardGroup, Figures, Grouped, MisconceptionDay, QualityCount
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import Activity, Day, Leech, Rate, ReviewGroup
from mnemosyne.scheduling.sm2 import PASS, QUALITIES
from mnemosyne.store import tables
from mnemosyne.store.engine import reading, writing
from mnemosyne.store.queues import Statement, counting, present, scheduled, seen, unindexed
from mnemosyne.store.rows import count_in, day_in_log, readable_rows, span_in, text_in, whole_in
from mnemosyne.store.tables import card, card_chain, card_tag, review, tally


def study_days(engine: Engine, period: Period) -> tuple[Day, ...]:
    """Return the study days of the period with a graded answer, oldest first."""
    with reading(engine) as connection:
        return tuple(readable_rows(day_of, connection.execute(DAYS.where(in_period), bounds(period))))


def misconception_days(engine: Engine, period: Period) -> tuple[MisconceptionDay, ...]:
    """Return how often each misconception was named on each study day of the period, including drills and practice."""
    with reading(engine) as connection:
        return tuple(readable_rows(_misconception_day, connection.execute(MISCONCEPTION_DAYS, bounds(period))))


def bounds(period: Period) -> Mapping[str, str]:
    """Return the parameters for the period, as ISO text."""
    return {"since": period.since.isoformat(), "until": period.until.isoformat()}


def day_of(row: Row[Any]) -> Day:
    """Return the day in a row of `DAYS`; raise TypeError or ValueError if it cannot be read."""
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


def _misconception_day(row: Row[Any]) -> MisconceptionDay:
    """Return the day of a row of `MISCONCEPTION_DAYS`; raise TypeError or ValueError if it cannot be read."""
    name, day = text_in(row.misconception), day_in_log(row.study_day)
    return MisconceptionDay(name, day, count_in(row.times), count_in(row.lapses), span_in(count_in(row.spent)))


def within(study_day: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a study day is within the period."""
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
MISCONCEPTION_DAYS: Final[Statement] = (
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


_MUCH: Final = 6  # all reviews per review of the period; measured: at this ratio both ways take the same time


@dataclass(frozen=True, slots=True)
class FiguresRequest:
    """What figures are requested."""

    period: Period  # the study days to count
    topic: str | None  # None for all topics
    leech_lapses: int  # the lapses that make a card a leech


def figures(connection: Connection, request: FiguresRequest) -> Figures:
    """Return the figures of the request, within the caller's transaction."""
    topic, values = request.topic, _values(request.period, request.topic)
    run = connection.execute
    days = tuple(readable_rows(day_of, run(DAYS.where(*_of(topic, tally.c.topic)), values)))
    groups = _groups(topic, by_card=topic is not None or _is_much(days, request.period))
    return Figures(
        topics=tuple(readable_rows(text_in, run(_TOPICS).scalars())),
        days=days,
        chosen=tuple(readable_rows(_quality_count, run(_CHOSEN.where(*_of(topic, tally.c.topic)), values))),
        misconceptions=tuple(
            readable_rows(_misconception_day, run(MISCONCEPTION_DAYS.where(*_of_cards(topic)), values))
        ),
        states=tuple(readable_rows(_state, run(_STATES.where(*_of(topic, card.c.topic)), values))),
        grouped=_grouped(run(groups, values).all()),
        leeches=_leeches(connection, request),
    )


def _is_much(days: Sequence[Day], period: Period) -> bool:
    """Return whether the period has such a share of all reviews that reading them card by card is faster."""
    reviews = sum(day.done.reviews for day in days)
    return _MUCH * sum(day.done.reviews for day in days if day.day in period) > reviews


def first_day(connection: Connection) -> date | None:
    """Return the first study day of the log; None if the log is empty."""
    text = connection.execute(select(func.min(tally.c.study_day))).scalar()
    return next(readable_rows(day_in_log, [text]), None)


def _values(period: Period, topic: str | None) -> dict[str, Any]:
    return {**bounds(period), "topic": topic}


def _of(topic: str | None, column: ColumnElement[str]) -> Sequence[ColumnElement[bool]]:
    """Return the condition that a row is of the topic; no condition for all topics."""
    return () if topic is None else (column == bindparam("topic"),)


def _of_cards(topic: str | None) -> Sequence[ColumnElement[bool]]:
    """Return the condition that a review is of a card of the topic; no condition for all topics."""
    return () if topic is None else (review.c.card_id.in_(select(card.c.id).where(card.c.topic == bindparam("topic"))),)


def _quality_count(row: Row[Any]) -> QualityCount:
    proposed, quality = whole_in(row.proposed), whole_in(row.quality)
    if proposed not in (-1, *QUALITIES) or quality not in QUALITIES:
        raise ValueError(f"{proposed}, {quality} are not grades from 0 to 5")
    return QualityCount(None if proposed < 0 else proposed, quality, count_in(row.reviews))


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
    """Sum the reviews of each card first, so that a card's tags are not looked up for every review."""
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


KEY: Final = ("study_day", "topic", "proposed", "quality")
COUNTS: Final = ("reviews", "first", "young", "mature", "drills", "practised", "spent")

_tally: Final = tables.tally
_counted: Final = table("counted", *(column(name) for name in (*KEY, *COUNTS)))
_keys = [_counted.c[name] for name in KEY]
_LOGGED: Final = select(*_keys, *(func.sum(_counted.c[name]).label(name) for name in COUNTS)).group_by(*_keys)
_TALLIED: Final = select(*(_tally.c[name] for name in (*KEY, *COUNTS)))


def tally_differences(engine: Engine) -> tuple[str, ...]:
    """Return a line for each row that is only in the tally or only in the log; none if they agree."""
    with reading(engine) as connection:
        only = {
            "log": connection.execute(_LOGGED.except_(_TALLIED)).all(),
            "tally": connection.execute(_TALLIED.except_(_LOGGED)).all(),
        }
    cells = ((row[: len(KEY)], name, row[len(KEY) :]) for name, rows in only.items() for row in rows)
    return tuple(
        sorted(f"{_pairs_text(KEY, key)}: the {name} has {_pairs_text(COUNTS, counts)}" for key, name, counts in cells)
    )


def rebuild_tally(engine: Engine) -> None:
    """Recount the tally from the log."""
    with writing(engine) as connection:
        connection.execute(delete(_tally))
        connection.execute(insert(_tally).from_select([*KEY, *COUNTS], _LOGGED))


def _pairs_text(names: tuple[str, ...], values: tuple[object, ...]) -> str:
    return ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))
