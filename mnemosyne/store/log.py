"""The log: reviews and memories as streams, the events of one card, and how far the log has come.

A stream takes the memory of one batch, and sees the deck as it was when it began, also while a session goes on writing.
The schedule is a fold of `reviews`: what `memories` gives for a card is what its scheduled reviews lead to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, bindparam, func, select

from mnemosyne.review.record import CardEvent, Reset, Review
from mnemosyne.scheduling.memory import Memory
from mnemosyne.store import tables
from mnemosyne.store.card_memory import CARDS, COLUMNS, card_memory_in
from mnemosyne.store.due_dates import COUNTING, change_in
from mnemosyne.store.queues import Statement, counting
from mnemosyne.store.rows import day_in_log, moment_in, readable, review_in, text_in, whole_in
from mnemosyne.store.tables import mark_change, reset, review, undo
from mnemosyne.store.transactions import reading

_BATCH: Final = 1000  # rows held at a time

_card, _review = tables.card, tables.review


def read_reviews(
    engine: Engine, since: date | None = None, until: date | None = None, topic: str | None = None
) -> Iterator[Review]:
    """Yield the reviews of the study days from `since` to `until`, inclusive, in the log's order; not undone ones."""
    query = _within(select(_review).order_by(_review.c.id), since, until, topic)
    return (review_in(row) for row in stream(engine, query))


def moments(engine: Engine) -> Iterator[tuple[int, datetime]]:
    """Yield the number of every review and drill with the moment of its answer, undone ones too, in the log's order."""
    query = select(_review.c.number, _review.c.answered_at).order_by(_review.c.id)
    return ((number, moment_in(moment)) for number, moment in stream(engine, query))


def count_reviews(
    engine: Engine, since: date | None = None, until: date | None = None, topic: str | None = None
) -> int:
    """Return how many reviews `read_reviews` would yield."""
    with reading(engine) as connection:
        return int(
            connection.execute(_within(select(func.count()).select_from(_review), since, until, topic)).scalar_one()
        )


def _within(query: Statement, since: date | None, until: date | None, topic: str | None) -> Statement:
    query = query.where(counting)
    if since or until:
        days = (_review.c.study_day.between((since or date.min).isoformat(), (until or date.max).isoformat()), counting)
        # By their numbers, so that a few days are found by the index and come in the log's order without a sort.
        query = query.where(_review.c.number.in_(select(_review.c.number).where(*days)))
    if topic is not None:
        query = query.where(_review.c.card_id.in_(select(_card.c.id).where(_card.c.topic == topic)))
    return query


def memories(engine: Engine) -> Iterator[tuple[str, Memory]]:
    """Yield every card's id with its memory, missing and suspended cards included, in the order of ids."""
    query = select(_card.c.id, *COLUMNS).select_from(CARDS).order_by(_card.c.id)
    return ((card_id, card_memory_in(memory)) for card_id, *memory in stream(engine, query))


def stream(engine: Engine, query: Statement) -> Iterator[Row[*tuple[Any, ...]]]:
    """Yield the rows of a query, read in batches, from one state of the deck."""
    with reading(engine) as connection:
        yield from connection.execute(query.execution_options(yield_per=_BATCH))


_NEWEST: Final = select(func.coalesce(func.max(review.c.number), 0))
_UNDOS: Final = select(func.coalesce(func.max(undo.c.number), 0))
_COME_LATE: Final = (
    select(review.c.number).where(review.c.number > bindparam("reviews"), review.c.id <= bindparam("last")).limit(1)
)
_TAKEN_BACK: Final = (
    select(undo.c.number)
    .join_from(undo, review, review.c.id == undo.c.event_id)
    .where(undo.c.number > bindparam("undos"), review.c.id <= bindparam("last"))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class LogState:
    """How far the log has come, by the numbers of its newest review and its newest undo."""

    reviews: int
    undos: int


def log_state(engine: Engine) -> LogState:
    """Return how far the log has come."""
    with reading(engine) as connection:
        return LogState(connection.execute(_NEWEST).scalar_one(), connection.execute(_UNDOS).scalar_one())


def changed_before(connection: Connection, since: LogState, last: str) -> bool:
    """Return whether the log has changed since up to the review with the id `last`: one came there, or was undone."""
    values = {"reviews": since.reviews, "undos": since.undos, "last": last}
    return any(connection.execute(query, values).first() is not None for query in (_COME_LATE, _TAKEN_BACK))


_REVIEWS: Final[Statement] = select(review).where(review.c.card_id == bindparam("card"), counting)
_RESETS: Final[Statement] = select(reset).where(reset.c.card_id == bindparam("card"), reset.c.undone_at.is_(None))

_DUE_DATES: Final[Statement] = COUNTING.where(mark_change.c.card_id == bindparam("card"))


def events_of(engine: Engine, card_id: str) -> tuple[CardEvent, ...]:
    """Return the card's events, oldest first; what was done to several cards appears as done to this one alone."""
    values = {"card": card_id}
    with reading(engine) as connection:
        reviews = [(row.id, review_in(row)) for row in connection.execute(_REVIEWS, values)]
        resets = [(row.id, _reset(row)) for row in connection.execute(_RESETS, values)]
        due_dates = [change_in([row]) for row in connection.execute(_DUE_DATES, values)]
        events: list[tuple[str, CardEvent]] = [*reviews, *resets, *due_dates]
        return tuple(event for _, event in sorted(events, key=lambda placed_event: placed_event[0]))


@readable
def _reset(row: Any) -> Reset:
    return Reset((text_in(row.card_id),), moment_in(row.reset_at), day_in_log(row.study_day), whole_in(row.number))
