"""The names that cards have: their tags and topics. Missing cards are left out."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Engine, select

from mnemosyne.store.queues import Statement, present
from mnemosyne.store.tables import card, card_tag
from mnemosyne.store.transactions import reading

_TAGS: Final[Statement] = (
    select(card_tag.c.tag).join_from(card_tag, card, card.c.id == card_tag.c.card_id).where(present).distinct()
)
_TOPICS: Final[Statement] = select(card.c.topic).where(present).distinct()


def names_in_deck(engine: Engine) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tags and the topics that cards have, in that order."""
    with reading(engine) as connection:
        return frozenset(connection.execute(_TAGS).scalars()), frozenset(connection.execute(_TOPICS).scalars())
