"""Units: the card files of a topic, in the order of learning, and how far each was begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Engine, Select, bindparam, func, select

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


_NEXT: Final[Select[tuple[str, str]]] = select(card.c.id, card.c.topic).where(askable, ~seen).order_by(card.c.position)
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
_CARDS: Final[Statement] = select(card.c.id).where(present, card.c.path == bindparam("path"))


def card_files(engine: Engine) -> tuple[tuple[str, str], ...]:
    """Return the topic and the path of every card file that has cards, in the order of learning."""
    with reading(engine) as connection:
        return tuple((text_in(topic), text_in(path)) for topic, path in connection.execute(_FILES))


def cards_of_file(engine: Engine, path: str) -> frozenset[str]:
    """Return the ids of the cards of a card file."""
    with reading(engine) as connection:
        return frozenset(map(text_in, connection.execute(_CARDS, {"path": path}).scalars()))


def next_new_card(
    engine: Engine, day: date, new_first: frozenset[str] = frozenset()
) -> tuple[str, tuple[UnitCounts, ...]] | None:
    """Return the id of the card that is learned next, with the units of its topic; None if no card is new.

    Cards of `new_first` come before all others.
    """
    with reading(engine) as connection:
        query = _NEXT if new_first else _NEXT.limit(1)
        rows = connection.execute(query, {"day": day.isoformat()}).all()
        row = next((row for row in rows if row.id in new_first), next(iter(rows), None))
        if row is None:
            return None
        units = connection.execute(_UNITS, {"topic": row.topic}).all()
    return text_in(row.id), tuple(UnitCounts(text_in(path), cards, begun) for path, cards, begun in units)
