"""What is waiting on a study day: one rule, whether a session asks, the counts, a query, or a card by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random

import pytest
from sqlalchemy import Engine

from mnemosyne.review.ports import Scope
from mnemosyne.review.query import CardStatus, Query, Sorting, Term
from mnemosyne.review.record import Mark
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import bulk_changes, card_search, counts
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

IDS = [f"card-{number}" for number in range(40)]

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize("seed", range(8))
def test_every_way_to_ask_what_is_due_has_the_same_answer(
    seed: int, deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable, day: date
) -> None:
    chance = Random(seed)
    cards = [make_card(id_, position) for position, id_ in enumerate(IDS)]
    sync_cards(deck, cards, {})
    ahead = chance.random() < 0.5
    for id_ in chance.sample(IDS, 25):
        reviewed = plus_days(day, chance.randint(-30, 400 if ahead and chance.random() < 0.3 else 1))
        repository.record(make_review(id_, chance.randint(0, 5), reviewed))
    bulk_changes.set_mark_in_deck(deck, chance.sample(IDS, 5), Mark.SUSPENDED, NOON, value=True)
    bulk_changes.set_mark_in_deck(deck, chance.sample(IDS, 5), Mark.BURIED, NOON, value=plus_days(day, 1).isoformat())
    bulk_changes.set_mark_in_deck(deck, chance.sample(IDS, 5), Mark.BURIED, NOON, value=day.isoformat())
    missing_ids = frozenset(chance.sample(IDS, 4))
    sync_cards(deck, [card for card in cards if card.id not in missing_ids], {})
    due = sorted(repository.due(day, Scope()))
    today = card_search.QueryDay(day, leech_lapses=8)
    by_query = card_search.matching_ids(deck, Query((Term(CardStatus.DUE),)), Sorting(), today, str)
    assert sorted(by_query) == due
    assert sorted(card_search.ids_in_state(deck, CardStatus.DUE, today) - missing_ids) == due
    assert sum(topic.due for topic in counts.topic_counts(deck, day)) == len(due)
    hidden = (
        card_search.ids_in_state(deck, CardStatus.SUSPENDED, today)
        | card_search.ids_in_state(deck, CardStatus.BURIED, today)
        | missing_ids
    )
    due_or_new = [id_ for id_ in IDS if id_ not in hidden and repository.memory(id_).due_on(day)]
    assert sorted(due_or_new) == sorted([*due, *repository.new(day, Scope())])
