"""Which cards there are: their names, tags and topics, and rows for a list of cards. Missing cards are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Engine, select

from mnemosyne.store.queues import Query, present
from mnemosyne.store.tables import card, card_tag
from mnemosyne.store.transactions import reading


@dataclass(frozen=True, slots=True)
class Listed:
    """A card in a list: `content` is its JSON, a new card has no `due`, `interval` is in days."""

    id: str
    topic: str
    kind: str
    content: str
    due: date | None
    interval: int
    lapses: int
    suspended: bool
    flagged: bool


_TAGS: Final[Query] = (
    select(card_tag.c.tag).join_from(card_tag, card, card.c.id == card_tag.c.card_id).where(present).distinct()
)
_TOPICS: Final[Query] = select(card.c.topic).where(present).distinct()
_SHOWN = ("id", "topic", "kind", "content", "due", "interval", "lapses", "suspended", "flagged")
_CARDS: Final[Query] = select(*(card.c[name] for name in _SHOWN)).where(present).order_by(card.c.position)


def tags_and_topics(engine: Engine) -> tuple[frozenset[str], frozenset[str]]:
    """The tags and the topics that cards have."""
    with reading(engine) as connection:
        return frozenset(connection.execute(_TAGS).scalars()), frozenset(connection.execute(_TOPICS).scalars())


def cards(engine: Engine) -> Iterator[Listed]:
    """All cards, in the order of learning."""
    with reading(engine) as connection:
        for row in connection.execute(_CARDS).mappings():
            due = date.fromisoformat(row["due"]) if row["due"] else None
            yield Listed(**{**row, "due": due})
