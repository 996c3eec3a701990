"""Passages: which cards belong to a passage of a lesson, and a session with them alone.

Imports the database: import it on the desk, after the first paint.
"""

from __future__ import annotations

from collections.abc import Collection as Group
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mnemosyne.cards.card_json import from_json
from mnemosyne.cards.lesson import parse_lesson
from mnemosyne.cards.question import asked_line
from mnemosyne.collection import browsing
from mnemosyne.review.ports import Scope
from mnemosyne.review.query import Has, Query, QueryField, Term
from mnemosyne.review.queue import plan
from mnemosyne.review.session import Session
from mnemosyne.store import counts
from mnemosyne.store.repository import SqlRepository

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


@dataclass(frozen=True, slots=True)
class PassageCard:
    """A card of a passage: what it asks, as one line; whether it waits today, and whether it was ever graded."""

    id: str
    text: str
    new: bool
    waits: bool


def topic_with(collection: Collection, anchor: str | None) -> str | None:
    """The first topic whose lesson has a passage with this anchor."""
    topics = (topic.topic for topic in counts.topics(collection.deck, collection.clock.today()))
    return next((topic for topic in topics if anchor in parse_lesson(collection.lesson(topic)).anchors), None)


def topic_to_read(collection: Collection, topics: Sequence[str]) -> str | None:
    """The first of the topics that has a lesson; without any, the first of all. None: there is no topic."""
    return next((topic for topic in topics if collection.lesson(topic)), topics[0] if topics else None)


def cards_of(collection: Collection, topic: str, anchors: Group[str]) -> tuple[PassageCard, ...]:
    """The topic's cards that name one of the anchors as their lesson, in the order of learning."""
    listed = browsing.listed(collection, Query((Term(Has(QueryField.TOPIC, topic)),)))
    cards = ((browsing.card_of(each), each.due is None) for each in listed)
    here = [(card, new) for card, new in cards if card is not None and card.lesson in anchors]
    waiting = _waiting(collection, [card.id for card, _ in here])
    return tuple(PassageCard(card.id, asked_line(card), new, card.id in waiting) for card, new in here)


def _waiting(collection: Collection, ids: Group[str]) -> frozenset[str]:
    """Those of the cards that a session with them alone would ask."""
    repository, today = PassageRepository(collection, ids, keeps_pending=False), collection.clock.today()
    planned = plan(repository, Scope(), collection.rules, today)
    return frozenset(planned).union(repository.drills(today, Scope()))


class PassageRepository(SqlRepository):
    """The same cards and the same log, but no queue has any other cards than these."""

    def __init__(self, collection: Collection, ids: Group[str], *, keeps_pending: bool) -> None:
        scheduler = collection.rules.scheduler
        super().__init__(collection.deck, from_json, collection.clock.now, scheduler, keeps_pending=keeps_pending)
        self._ids_wanted = frozenset(ids)

    def due(self, day: date, scope: Scope) -> list[str]:
        """Ids of these cards that are due."""
        return self._wanted(super().due(day, scope))

    def new(self, day: date, scope: Scope) -> list[str]:
        """Ids of these cards that were never reviewed."""
        return self._wanted(super().new(day, scope))

    def drills(self, day: date, scope: Scope) -> list[str]:
        """Ids of these cards whose last grade on `day` is below 4."""
        return self._wanted(super().drills(day, scope))

    def _wanted(self, ids: list[str]) -> list[str]:
        return [card_id for card_id in ids if card_id in self._ids_wanted]


def passage_session(collection: Collection, ids: Group[str]) -> Session:
    """A session with those of these cards that wait today, within the day's limits."""
    repository = PassageRepository(collection, ids, keeps_pending=collection.presence.alone)
    return Session(repository, Scope(), collection.rules, collection.clock)
