"""Exports of a collection: reviews and cards as streams, with their lengths."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from mnemosyne.cards.card_json import from_json
from mnemosyne.cards.kinds.card_kind import Answering
from mnemosyne.cards.question import make_question
from mnemosyne.cards.topic import title_of_id
from mnemosyne.collection.browsing import card_in
from mnemosyne.collection.names import require_known
from mnemosyne.errors import CardError
from mnemosyne.reports.anki import RevlogIds
from mnemosyne.reports.anki_package import AnkiNote
from mnemosyne.reports.card_number import CardNumbers
from mnemosyne.reports.column import KeptCard, LoggedReview
from mnemosyne.review.ports import Scope
from mnemosyne.rich_text.text_html import formula_html, lines_html, text_html
from mnemosyne.store import card_search, log
from mnemosyne.store.card_search import CardState

if TYPE_CHECKING:
    from mnemosyne.collection import Collection

Item = TypeVar("Item")
_UNREADABLE: Final = ("", ())


@dataclass(frozen=True, slots=True)
class Selection:
    """Which reviews to export; None means no restriction."""

    since: date | None = None  # the first study day
    until: date | None = None  # the last study day
    topic: str | None = None  # the card's topic, as in the deck now
    tag: str | None = None  # a tag of the card, as in the deck now


@dataclass(frozen=True, slots=True)
class RecordStream(Generic[Item]):
    """Items that can be iterated once."""

    items: Iterator[Item]  # the items, in the order of the export
    count: int | None  # how many there are, if known in advance


def review_stream(collection: Collection, selection: Selection) -> RecordStream[LoggedReview]:
    """Return the reviews and drills that were not undone, oldest first, with the topics and tags of their cards."""
    require_known(collection, Scope(topic=selection.topic, tag=selection.tag))
    scope = (collection.deck, selection.since, selection.until, selection.topic)
    count, topics_and_tags = log.count_reviews(*scope), _topics_and_tags(collection)
    logged = (
        LoggedReview(review, *topics_and_tags.get(review.card_id, _UNREADABLE)) for review in log.read_reviews(*scope)
    )
    if selection.tag is None:
        return RecordStream(logged, count)
    return RecordStream((entry for entry in logged if selection.tag in entry.tags), None)


def _topics_and_tags(collection: Collection) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the topic and the tags of every readable card in the deck, by id."""
    by_card: dict[str, tuple[str, tuple[str, ...]]] = {}
    for card_id, content in card_search.card_contents(collection.deck):
        with suppress(CardError):
            card = from_json(content)
            by_card[card_id] = (card.topic, card.tags)
    return by_card


def card_stream(collection: Collection, topic: str | None) -> RecordStream[KeptCard]:
    """Return the cards of the topic, or all, in the order of learning; raise InputError for an unknown topic."""
    require_known(collection, Scope(topic=topic))
    card_states, numbers = card_search.states(collection.deck, topic), card_numbers(collection)
    return RecordStream(
        (_kept_card(state, numbers) for state in card_states), card_search.count_states(collection.deck, topic)
    )


def card_numbers(collection: Collection) -> CardNumbers:
    """Return the numbers of all cards of the deck, including missing ones."""
    return CardNumbers(card_id for card_id, _ in log.memories(collection.deck))


def revlog_ids(collection: Collection) -> RevlogIds:
    """Return the Anki ids of the log's entries."""
    return RevlogIds(log.moments(collection.deck), collection.clock.now())


def _kept_card(state: CardState, numbers: CardNumbers) -> KeptCard:
    card = card_in(state)
    return KeptCard(card, state.memory, state.suspended, state.flagged, state.buried_until, numbers[card.id])


def anki_note(collection: Collection, entry: KeptCard) -> AnkiNote:
    """Return a card as an Anki note, in one variant, with the answer that the checker finds; both sides are HTML."""
    card = entry.card
    question = make_question(card, 0)
    expected = question.expected
    explanation = None if expected.stated else collection.solve(question)
    answer = explanation.derivative if explanation is not None else expected.stated
    back = formula_html(answer) if expected.answering is Answering.FORMULA else text_html(answer)
    details = "" if expected.answering is Answering.REVEAL else lines_html(expected.detail_lines())
    front = "<br>".join(filter(None, (text_html(question.prompt), details)))
    return AnkiNote(card.id, entry.number, title_of_id(card.topic), front, back, card.tags)
