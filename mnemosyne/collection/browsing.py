"""Browsing the cards of a collection: ids by a query, the rows of a page, and why a card is asked today.

Ids are cheap even for a hundred thousand cards; questions are only made for visible rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from mnemosyne.cards.card import Card, Source
from mnemosyne.cards.card_json import from_json, search_text
from mnemosyne.cards.question import list_text
from mnemosyne.collection.names import unit_path
from mnemosyne.errors import CardError
from mnemosyne.review.query import CardStatus, FieldEquals, Query, QueryField, Sorting, Term, caseless
from mnemosyne.review.queue import day_of_topics, planned_queue
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.review.why_today import AskedCard, why_today
from mnemosyne.store import card_search
from mnemosyne.store.card_search import CardState, ListedCard, QueryDay

if TYPE_CHECKING:
    from mnemosyne.collection import Collection

_PAGE = 500  # rows fetched at a time


@dataclass(frozen=True, slots=True)
class Row:
    """A card as shown in a list."""

    card: Card
    listed: ListedCard  # the card's row in the deck
    text: str  # the question of the card, as one line
    leech: bool  # whether its lapses make it a leech


def find_cards(collection: Collection, query: Query, sorting: Sorting | None = None) -> tuple[str, ...]:
    """Return the ids of the cards that match the query, in order; raise InputError for an unknown unit."""
    # Several terms may look at the same card in succession.
    searched = lru_cache(1)(lambda content: caseless(search_text(content)))
    of_files = _with_unit_files(collection, query)
    return card_search.matching_ids(collection.deck, of_files, sorting or Sorting(), _today(collection), searched)


def _with_unit_files(collection: Collection, query: Query) -> Query:
    """Return the query with the card file in place of each unit's number or name.

    Raise InputError for an unknown unit.
    """
    alternatives = [_with_files(collection, terms) for terms in query.alternatives]
    return Query(alternatives[0], tuple(alternatives[1:]))


def _with_files(collection: Collection, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    conditions = [term.condition for term in terms if not term.negated]
    topics = (of.value for of in conditions if isinstance(of, FieldEquals) and of.field is QueryField.TOPIC)
    topic = next(topics, None)

    def with_file(term: Term) -> Term:
        match term.condition:
            case FieldEquals(QueryField.UNIT, name):
                return replace(term, condition=FieldEquals(QueryField.UNIT, unit_path(collection, name, topic)))
        return term

    return tuple(map(with_file, terms))


def in_state(collection: Collection, state: CardStatus) -> frozenset[str]:
    """Return the ids of all cards in the state, including missing ones."""
    return card_search.ids_in_state(collection.deck, state, _today(collection))


def listed(collection: Collection, query: Query) -> Iterator[ListedCard]:
    """Yield the cards that match the query, with their rows, in the order of learning."""
    ids, today = find_cards(collection, query), _today(collection)
    for start in range(0, len(ids), _PAGE):
        yield from card_search.listed_by_id(collection.deck, ids[start : start + _PAGE], today)


def card_of(listed: ListedCard) -> Card | None:
    """Return the card of a row; None if the deck's copy cannot be read, which the doctor reports."""
    with suppress(CardError):
        return card_in(listed)
    return None


def card_in(state: CardState | ListedCard) -> Card:
    """Return the card that the deck has; CardError if its copy cannot be read."""
    return replace(from_json(state.content), source=Source(state.path, state.line))


def rows(collection: Collection, ids: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows of these cards, in order; unknown and unreadable ones are left out."""
    leech = collection.settings.leech_lapses
    listed_cards = card_search.listed_by_id(collection.deck, ids, _today(collection))
    return tuple(row for listed in listed_cards if (row := _row(listed, leech)) is not None)


def _today(collection: Collection) -> QueryDay:
    return QueryDay(collection.clock.today(), collection.settings.leech_lapses, collection.weights)


def _row(listed: ListedCard, leech_lapses: int) -> Row | None:
    """Return a card as shown in a list; None if the deck's copy cannot be read."""
    card = card_of(listed)
    return None if card is None else Row(card, listed, list_text(card), listed.lapses >= leech_lapses)


def asked_today(collection: Collection, card_id: str) -> str:
    """Return a sentence on why an unrestricted session would ask the card today, or on what excludes it.

    Return "" if the card has no reason to be asked: it is not due, suspended, or buried.
    """
    repository, rules, today = collection.repository, collection.rules, collection.clock.today()
    plan, card = SessionPlan(), AskedCard(card_id, repository.memory(card_id))
    queue = planned_queue(repository, plan, rules, today)
    if card_id in repository.drills(today, plan.scope):
        return f"Asked {why_today(AskedCard(card_id, card.memory, drill=True), queue, rules, today)}."
    if card_id in queue.ids:
        return f"Asked today: {why_today(card, queue, rules, today)}."
    of_day = day_of_topics(repository, plan, rules, today)
    if card_id in of_day.for_round:
        return "Due, but waiting for its turn in the final round."
    if card_id in of_day.for_skills:
        return "Due, but waiting: its skills are remembered, or other cards practise them today."
    is_due = card_id in repository.due(today, plan.scope) or card_id in repository.new(today, plan.scope)
    return "Waiting for another day: today's limits leave no room for it." if is_due else ""
