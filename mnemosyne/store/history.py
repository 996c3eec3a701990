"""One card's events in the log, oldest first, but for what was taken back."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Engine, bindparam, select

from mnemosyne.review.record import CardEvent, Reset
from mnemosyne.store.due_dates import COUNTING, change_in
from mnemosyne.store.queues import Statement, counting
from mnemosyne.store.rows import day_in_log, moment_in, readable, review_in, text_in, whole_in
from mnemosyne.store.tables import mark_change, reset, review
from mnemosyne.store.transactions import reading

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
