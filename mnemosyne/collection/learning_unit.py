"""The unit that a learner is in: the card file of the next new card, what it is about, and where its lesson is."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from mnemosyne.cards.topic import title_of_id
from mnemosyne.errors import CardError

if TYPE_CHECKING:
    from mnemosyne.collection import Collection

_NUMBER = re.compile(r"^\d+[-_ ]*")  # files are numbered for their order


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


def current_unit(collection: Collection) -> Unit | None:
    """Return the unit of the next new card; None if no card is new, or if the topic is one file."""
    from mnemosyne.store.unit_counts import next_new_card

    next_card = next_new_card(collection.deck, collection.clock.today())
    if next_card is None or len(next_card[1]) < 2:
        return None
    card_id, units = next_card
    with suppress(KeyError, CardError):
        card = collection.repository.card(card_id)
        number, counts = next((n, unit) for n, unit in enumerate(units, 1) if unit.path == card.source.path)
        title = title_of_id(_NUMBER.sub("", PurePath(counts.path).stem))
        return Unit(title, card.topic, number, len(units), counts.cards, counts.begun, card.lesson)
    return None
