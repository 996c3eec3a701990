"""The cards of a lesson's section, and a session with only these.

Imports the database: import it on the deck thread, after the first paint.
"""

from __future__ import annotations

from collections.abc import Collection as Group
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mnemosyne.cards.lesson import parse_lesson
from mnemosyne.cards.question import asked_line
from mnemosyne.collection import browsing
from mnemosyne.review.query import FieldEquals, Query, QueryField, Term
from mnemosyne.review.queue import drill_queue, planned_queue
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.store import counts

if TYPE_CHECKING:
    from mnemosyne.cards.topic import Topic
    from mnemosyne.collection import Collection


@dataclass(frozen=True, slots=True)
class SectionCard:
    """A card of a section."""

    id: str  # the card's id
    text: str  # the question, as one line
    new: bool  # whether it was never graded
    waits: bool  # whether a session would ask it today


def topic_with(collection: Collection, anchor: str | None) -> str | None:
    """Return the first topic whose lesson has a section with this anchor; None if there is none."""
    topics = (topic.topic for topic in counts.topic_counts(collection.deck, collection.clock.today()))
    return next((topic for topic in topics if anchor in parse_lesson(collection.lesson(topic)).anchors), None)


def topics_with_lesson(collection: Collection) -> tuple[Topic, ...]:
    """Return the topics that have a lesson, in the order of learning."""
    return tuple(topic for topic in collection.topics() if topic.lesson is not None)


def cards_of(collection: Collection, topic: str, anchors: Group[str]) -> tuple[SectionCard, ...]:
    """Return the topic's cards whose lesson is one of the anchors, in the order of learning."""
    listed = browsing.listed(collection, Query((Term(FieldEquals(QueryField.TOPIC, topic)),)))
    cards = ((browsing.card_of(each), each.due is None) for each in listed)
    here = [(card, new) for card, new in cards if card is not None and card.lesson in anchors]
    waiting = _waiting_cards(collection, [card.id for card, _ in here])
    return tuple(SectionCard(card.id, asked_line(card), new, card.id in waiting) for card, new in here)


def _waiting_cards(collection: Collection, ids: Group[str]) -> frozenset[str]:
    """Return the cards that a session with only these would ask."""
    plan, today = SessionPlan(only=frozenset(ids)), collection.clock.today()
    planned = planned_queue(collection.repository, plan, collection.rules, today)
    return frozenset(planned.ids).union(drill_queue(collection.repository, plan, {today}))
