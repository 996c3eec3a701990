"""What the browse screen asks of the deck, as tasks for the deck thread: names, ids, rows, and a card's question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mnemosyne.cards.question import Question, make_question
from mnemosyne.collection import browsing
from mnemosyne.collection.browsing import Row, asked_today
from mnemosyne.collection.names import tags_and_topics, unit_names
from mnemosyne.errors import CardError, InputError, QueryError
from mnemosyne.review.card_log import under_scheduler
from mnemosyne.scheduling.skills.known_skill import KnownSkill, skills_taken
from mnemosyne.store.card_search import count_states
from mnemosyne.store.log import events_of
from mnemosyne.tui.widgets.card_history import LoggedCard

if TYPE_CHECKING:
    from mnemosyne.cards.card import Card, Source
    from mnemosyne.collection import Collection
    from mnemosyne.review.query import Query, Sorting


@dataclass(frozen=True, slots=True)
class QueryMatches:
    """The result of a query on a study day."""

    ids: tuple[str, ...]  # the ids, in the order of the list
    of: int  # how many cards the deck has
    today: date  # the study day
    fault: QueryError | None = None  # why nothing was searched; None if it was


def names(collection: Collection) -> tuple[frozenset[str], frozenset[str], list[str]]:
    """Return the tags, topics and units of all cards, after syncing changed card files."""
    collection.sync_if_changed()
    return *tags_and_topics(collection), unit_names(collection)


def search_cards(collection: Collection, query: Query, sorting: Sorting) -> QueryMatches:
    """Return the cards that match a query, after syncing changed card files."""
    collection.sync_if_changed()
    count, today = count_states(collection.deck), collection.clock.today()
    try:
        return QueryMatches(browsing.find_cards(collection, query, sorting), count, today)
    except InputError as error:  # an unknown unit
        return QueryMatches((), count, today, QueryError(error.message, (0, 0), error.hint))


def rows_of(collection: Collection, ids: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows of some cards."""
    return browsing.rows(collection, ids)


def question(card: Card) -> Question | None:
    """Return a card's question as a learner may see it; None if it cannot be asked any more."""
    try:
        return make_question(card, 0)
    except CardError:
        return None


def skills_of_card(card: Card, skills: Sequence[KnownSkill]) -> tuple[tuple[str, KnownSkill | None], ...]:
    """Return the skills that a card needs, weakest first, each with what is known of it."""
    question_of_card = question(card)
    exercise = question_of_card.expected.exercise if question_of_card is not None else None
    return skills_taken(exercise, skills) if exercise is not None else ()


def source(row: Row) -> Source:
    """Return where the card is written; raise InputError if it is no longer in any file."""
    if row.listed.missing:
        hint = "add it to a card file again, with the same id"
        raise InputError(f"{row.listed.id}: this card is no longer in any card file", hint)
    return row.card.source


def logged_card(collection: Collection, row: Row) -> LoggedCard:
    """Return a card as it is now, after syncing changed card files, with its events and whether it is asked today."""
    collection.sync_if_changed()
    now = browsing.rows(collection, [row.listed.id])
    events = events_of(collection.deck, row.listed.id)
    events = under_scheduler(events, collection.rules.scheduler)
    return LoggedCard(now[0] if now else row, collection.clock.today(), events, asked_today(collection, row.listed.id))
