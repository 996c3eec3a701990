"""Which cards were answered wrongly of late, drills and practice too."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Engine, bindparam, func, or_, select

from mnemosyne.scheduling.sm2 import PASS
from mnemosyne.store.queues import Statement, counting
from mnemosyne.store.tables import review
from mnemosyne.store.transactions import reading

_MISTAKEN: Final[Statement] = (
    select(review.c.card_id)
    .where(counting, review.c.study_day >= bindparam("since"))
    .where(or_(review.c.misconception.is_not(None), review.c.quality < PASS))
    .group_by(review.c.card_id)
    .order_by(func.max(review.c.id).desc())
)


def mistaken_since(engine: Engine, day: date) -> tuple[str, ...]:
    """Return the ids of the cards with a mistake on `day` or later, the latest first."""
    with reading(engine) as connection:
        return tuple(connection.execute(_MISTAKEN, {"since": day.isoformat()}).scalars())
