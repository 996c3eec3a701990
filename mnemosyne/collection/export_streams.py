"""What leaves the collection for other programs: reviews and cards as streams, with how many there will be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from mnemosyne.cards.card import Card, Source
from mnemosyne.collection.names import require_known
from mnemosyne.deckfiles.content import from_json
from mnemosyne.reports.card_columns import KeptCard
from mnemosyne.reports.card_number import CardNumbers
from mnemosyne.review.ports import Scope

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.reports.anki import RevlogIds
    from mnemosyne.review.record import Review
    from mnemosyne.store.states import CardState

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Selection:
    """The study days from `since` to `until`, both included, and the topic; None leaves a side open, or takes all."""

    since: date | None = None
    until: date | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class RecordStream(Generic[Item]):
    """Items that can be gone through once, and how many there are."""

    items: Iterator[Item]
    count: int


def review_stream(collection: Collection, selection: Selection) -> RecordStream[Review]:
    """The reviews and drills that count, oldest first."""
    from mnemosyne.store import log

    require_known(collection, Scope(topic=selection.topic))
    chosen = (collection.deck, selection.since, selection.until, selection.topic)
    return RecordStream(log.read_reviews(*chosen), log.count_reviews(*chosen))


def card_stream(collection: Collection, topic: str | None) -> RecordStream[KeptCard]:
    """The cards, in the order of learning."""
    from mnemosyne.store import states

    require_known(collection, Scope(topic=topic))
    found, numbers = states.states(collection.deck, topic), card_numbers(collection)
    return RecordStream((_kept(state, numbers) for state in found), states.count_states(collection.deck, topic))


def card_numbers(collection: Collection) -> CardNumbers:
    """Return the numbers of all cards of the deck, missing ones too."""
    from mnemosyne.store import log

    return CardNumbers(card_id for card_id, _ in log.memories(collection.deck))


def revlog_ids(collection: Collection) -> RevlogIds:
    """Return the ids that the entries of the log have in Anki."""
    from mnemosyne.reports.anki import RevlogIds
    from mnemosyne.store import log

    return RevlogIds(log.moments(collection.deck), collection.clock.now())


def card_in(state: CardState) -> Card:
    """Return the card that the deck has; CardError if its copy cannot be read."""
    return replace(from_json(state.content), source=Source(state.path, state.line))


def _kept(state: CardState, numbers: CardNumbers) -> KeptCard:
    card = card_in(state)
    return KeptCard(card, state.memory, state.suspended, state.flagged, state.buried_until, numbers[card.id])
