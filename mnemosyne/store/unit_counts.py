"""Units: the card files of a topic, in the order of learning, and how far each was begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Engine, bindparam, func, select

from mnemosyne.store.queues import Statement, askable, present, seen
from mnemosyne.store.rows import text_in
from mnemosyne.store.tables import card
from mnemosyne.store.transactions import reading


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """The card file `path` with how many `cards` it has and how many of them, `begun`, were ever reviewed."""

    path: str
    cards: int
    begun: int


_NEXT: Final[Statement] = select(card.c.id, card.c.topic).where(askable, ~seen).order_by(card.c.position).limit(1)
_UNITS: Final[Statement] = (
    select(card.c.path, func.count(), func.count().filter(seen))
    .where(present, card.c.topic == bindparam("topic"))
    .group_by(card.c.path)
    .order_by(func.min(card.c.position))
)


def next_new_card(engine: Engine, day: date) -> tuple[str, tuple[UnitCounts, ...]] | None:
    """Return the id of the card that is learned next, with the units of its topic; None if no card is new."""
    with reading(engine) as connection:
        row = connection.execute(_NEXT, {"day": day.isoformat()}).one_or_none()
        if row is None:
            return None
        units = connection.execute(_UNITS, {"topic": row.topic}).all()
    return text_in(row.id), tuple(UnitCounts(text_in(path), cards, begun) for path, cards, begun in units)
