"""Finding cards in a collection: their ids by a query, and for a page of them what a list shows.

Ids are cheap for a hundred thousand cards; what a card asks is only worked out for the rows that are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from mnemosyne.cards.card import Card, Source
from mnemosyne.cards.question import make_question
from mnemosyne.deckfiles.content import from_json, said
from mnemosyne.errors import MnemosyneError
from mnemosyne.review.query import Query, Sorting, caseless

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.store.browsing import Listed


@dataclass(frozen=True, slots=True)
class Row:
    """A card with its place in the schedule, what it asks as one line, and whether it is a leech."""

    card: Card
    listed: Listed
    text: str
    leech: bool


def found(collection: Collection, query: Query, sorting: Sorting | None = None) -> tuple[str, ...]:
    """Ids of the cards for which every term of the query holds, in order."""
    from mnemosyne.store import browsing

    today = browsing.Today(collection.clock.today(), collection.settings.leech_lapses)
    # Several words ask for the same card one after the other.
    searched = lru_cache(1)(lambda content: caseless(said(content)))
    return browsing.found(collection.deck, query, sorting or Sorting(), today, searched)


def rows(collection: Collection, ids: Sequence[str]) -> tuple[Row, ...]:
    """What a list shows of these cards, in their order."""
    from mnemosyne.store import browsing

    leech = collection.settings.leech_lapses
    return tuple(_row(each, leech) for each in browsing.listed(collection.deck, ids, collection.clock.today()))


def _row(listed: Listed, leech_lapses: int) -> Row:
    card = from_json(listed.content)
    here = replace(card, source=Source(listed.path, listed.line))
    return Row(here, listed, _asked(here), listed.lapses >= leech_lapses)


def _asked(card: Card) -> str:
    """What the card asks, as one line; a card that is in no file may be one that cannot be asked any more."""
    try:
        return " ".join(make_question(card, 0).prompt.split())
    except MnemosyneError as error:
        return str(error)
