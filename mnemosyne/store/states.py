"""What the cards of a deck are: content, memory and marks as a stream in the memory of one batch; tags and topics.

Missing cards are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Engine, func, select

from mnemosyne.scheduling.memory import Memory
from mnemosyne.store.card_memory import CARDS, COLUMNS, card_memory_in
from mnemosyne.store.log import stream
from mnemosyne.store.queues import Statement, askable, present
from mnemosyne.store.rows import day_in, readable, readable_rows, text_in, whole_in
from mnemosyne.store.tables import card, card_tag
from mnemosyne.store.transactions import reading


@dataclass(frozen=True, slots=True)
class CardState:
    """A card as the deck has it."""

    content: str  # the card as JSON
    path: str  # of the file in which it was last seen
    line: int  # in that file
    suspended: bool  # whether no session asks it
    flagged: bool  # whether it is marked for a later look
    buried_until: date | None  # hidden on every study day before this one
    memory: Memory  # what the scheduler knows of it


_OWN = ("content", "path", "line", "suspended", "flagged", "buried_until")
_STATES: Final[Statement] = (
    select(*(card.c[name] for name in _OWN), *COLUMNS)
    .select_from(CARDS)
    .where(present)
    .order_by(card.c.position, card.c.id)
)


def states(engine: Engine, topic: str | None = None) -> Iterator[CardState]:
    """Yield the cards of the topic, or all, in the order of learning; StoreError at the first that cannot be read."""
    return map(readable(_state), stream(engine, _of(_STATES, topic)))


def readable_states(engine: Engine) -> Iterator[CardState]:
    """Yield all cards in the order of learning, without those that cannot be read."""
    return readable_rows(_state, stream(engine, _STATES))


def _state(row: Sequence[Any]) -> CardState:
    content, path, line, suspended, flagged, buried_until, *memory = row
    place = (text_in(content), text_in(path), whole_in(line))
    return CardState(*place, suspended, flagged, day_in(buried_until), card_memory_in(memory))


def card_contents(engine: Engine) -> Iterator[tuple[str, str]]:
    """Yield the id and the content of every card, missing ones included; what is not text is passed over."""
    rows = stream(engine, select(card.c.id, card.c.content))
    return ((card_id, content) for card_id, content in rows if isinstance(card_id, str) and isinstance(content, str))


def count_states(engine: Engine, topic: str | None = None) -> int:
    """Return how many cards `states` would yield."""
    with reading(engine) as connection:
        return int(connection.execute(_of(select(func.count()).select_from(card).where(present), topic)).scalar_one())


def _of(query: Statement, topic: str | None) -> Statement:
    return query if topic is None else query.where(card.c.topic == topic)


_TAGS: Final[Statement] = (
    select(card_tag.c.tag).join_from(card_tag, card, card.c.id == card_tag.c.card_id).where(present).distinct()
)
_CONTENTS: Final[Statement] = select(card.c.id, card.c.content).where(askable)
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
    """Return the stored content of each card that is neither suspended nor buried on a study day, by its id."""
    with reading(engine) as connection:
        return {row.id: row.content for row in connection.execute(_CONTENTS, {"day": day.isoformat()})}
