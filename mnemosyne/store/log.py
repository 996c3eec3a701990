"""The log read from end to end: reviews and memories as streams, in the memory of one batch however long the log is.

A stream sees the deck as it was when it began, also while a session goes on writing. The schedule is a fold of
`reviews`: what `memories` gives for a card is what its scheduled reviews lead to.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Engine, Row, func, select

from mnemosyne.review.record import Review
from mnemosyne.scheduling.memory import Memory
from mnemosyne.store import tables
from mnemosyne.store.card_memory import CARDS, COLUMNS, card_memory_in
from mnemosyne.store.queues import Statement, counting
from mnemosyne.store.rows import moment_in, review_in
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
