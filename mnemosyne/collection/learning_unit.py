"""The unit that a learner is in: the card file of the next new card, what it is about, and where its lesson is."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mnemosyne.collection.names import unit_title
from mnemosyne.errors import CardError
from mnemosyne.review.session_plan import SessionPlan

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a topic: a card file and its section of the lesson."""

    title: str  # the file's name in words
    topic: str  # its id
    number: int  # its place among the units of the topic, from 1
    units: int  # how many units the topic has
    cards: int  # how many cards the unit has
    begun: int  # how many of them were ever reviewed
    anchor: str | None  # of the section in the lesson that its next new card names; None if it names none


def _new_first(collection: Collection) -> frozenset[str]:
    """Return the cards whose new ones come first by the settings."""
    if not collection.settings.new_from:
        return frozenset()
    from mnemosyne.collection.new_source import with_new_source

    return with_new_source(collection, SessionPlan()).new_first


def current_unit(collection: Collection) -> Unit | None:
    """Return the unit of the next new card; None if no card is new, or if the topic is one file."""
    from mnemosyne.store.counts import next_new_card

    next_card = next_new_card(collection.deck, collection.clock.today(), _new_first(collection))
    if next_card is None or len(next_card[1]) < 2:
        return None
    card_id, units = next_card
    with suppress(KeyError, CardError):
        card = collection.repository.card(card_id)
        number, counts = next((n, unit) for n, unit in enumerate(units, 1) if unit.path == card.source.path)
        return Unit(unit_title(counts.path), card.topic, number, len(units), counts.cards, counts.begun, card.lesson)
    return None
