"""Units: the learner's current one, and which new cards come first: those of a unit, by number or name, or of a tag."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mnemosyne.collection.browsing import find_cards
from mnemosyne.collection.names import tags_and_topics, unit_path, unit_title, unknown_name
from mnemosyne.errors import CardError, InputError
from mnemosyne.review.query import FieldEquals, Query, QueryField, Term
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.store.counts import cards_of_unit, next_new_card

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a topic: a card file and its section of the lesson."""

    title: str  # the file's name in words
    topic: str  # the topic's id
    number: int  # the unit's number within the topic, from 1
    units: int  # how many units the topic has
    cards: int  # how many cards the unit has
    begun: int  # how many of them were ever reviewed
    anchor: str | None  # the lesson anchor of its next new card; None if it has none


def _new_first(collection: Collection) -> frozenset[str]:
    """Return the cards whose new ones come first according to the settings."""
    if not collection.settings.new_from:
        return frozenset()

    return with_new_source(collection, SessionPlan()).new_first


def current_unit(collection: Collection) -> Unit | None:
    """Return the unit of the next new card; None if no card is new, or if the topic has only one file."""
    next_card = next_new_card(collection.deck, collection.clock.today(), _new_first(collection))
    if next_card is None or len(next_card[2]) < 2:
        return None
    card_id, number, units = next_card
    with suppress(KeyError, CardError):
        card = collection.repository.card(card_id)
        counts = units[number - 1]
        return Unit(unit_title(counts.path), card.topic, number, len(units), counts.cards, counts.begun, card.lesson)
    return None


def with_new_source(collection: Collection, plan: SessionPlan) -> SessionPlan:
    """Return the plan with the ids of the cards whose new ones come first.

    Raise InputError if the plan names an unknown unit or tag; an unknown one in the settings is
    ignored, since card files may have changed since.
    """
    if plan.new_from:
        return replace(plan, new_first=_ids(collection, plan.new_from, plan.scope.topic))
    if collection.settings.new_from:
        try:
            return replace(plan, new_first=_ids(collection, collection.settings.new_from, plan.scope.topic))
        except InputError:
            return plan
    return plan


def require_new_source(collection: Collection) -> None:
    """Raise InputError if the settings name an unknown unit or tag."""
    if collection.settings.new_from:
        _ids(collection, collection.settings.new_from, None)


def _ids(collection: Collection, source: str, topic: str | None) -> frozenset[str]:
    kind, _, name = source.partition(":")
    if kind == "unit":
        return cards_of_unit(collection.deck, unit_path(collection, name, topic))
    tags, _ = tags_and_topics(collection)
    if name not in tags:
        raise unknown_name("tag", name, tags)
    return frozenset(find_cards(collection, Query((Term(FieldEquals(QueryField.TAG, name)),))))
