"""One card's events in the log: its reviews and drills, oldest first."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Engine, bindparam, select

from mnemosyne.review.record import Review
from mnemosyne.store.queues import Query, counting
from mnemosyne.store.rows import review_in
from mnemosyne.store.tables import review
from mnemosyne.store.transactions import reading

_REVIEWS: Final[Query] = select(review).where(review.c.card_id == bindparam("card"), counting).order_by(review.c.number)


def history(engine: Engine, card_id: str) -> tuple[Review, ...]:
    """What the log has of the card, but for what was taken back."""
    with reading(engine) as connection:
        return tuple(review_in(row) for row in connection.execute(_REVIEWS, {"card": card_id}))
