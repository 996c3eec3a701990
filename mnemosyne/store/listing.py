"""The names that cards have, their tags and topics, and what they say. Missing cards are left out."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Engine, select

from mnemosyne.store.queues import Statement, askable, present, seen
from mnemosyne.store.tables import card, card_tag
from mnemosyne.store.transactions import reading

_TAGS: Final[Statement] = (
    select(card_tag.c.tag).join_from(card_tag, card, card.c.id == card_tag.c.card_id).where(present).distinct()
)
_CONTENTS: Final[Statement] = select(card.c.id, card.c.content).where(askable, seen)
_ALL_CONTENTS: Final[Statement] = select(card.c.content).where(present).order_by(card.c.position, card.c.id)
_TOPICS: Final[Statement] = select(card.c.topic).where(present).distinct()


def names_in_deck(engine: Engine) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tags and the topics that cards have, in that order."""
    with reading(engine) as connection:
        return frozenset(connection.execute(_TAGS).scalars()), frozenset(connection.execute(_TOPICS).scalars())


def all_contents(engine: Engine) -> list[str]:
    """Return the stored content of every card, in the order of learning."""
    with reading(engine) as connection:
        return list(connection.execute(_ALL_CONTENTS).scalars())


def askable_contents(engine: Engine, day: date) -> dict[str, str]:
    """Return the stored content of each seen card that is neither suspended nor buried on a study day, by its id."""
    with reading(engine) as connection:
        return {row.id: row.content for row in connection.execute(_CONTENTS, {"day": day.isoformat()})}
