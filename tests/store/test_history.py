"""One card's events: reviews, drills and resets in the order in which they happened, without what was undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import Engine

from mnemosyne.review.record import Reset
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store.bulk_changes import reset_in_deck
from mnemosyne.store.log import events_of
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)


def test_events_of_one_card_come_in_order(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable, day: date
):
    sync_cards(deck, [make_card("a"), make_card("b", 1)], {})
    first = repository.record(make_review("a", 2))
    drill = repository.record(make_review("a", 5, before=first.after, drill=True))
    repository.record(make_review("b", 4))
    reset = reset_in_deck(deck, ["a", "b"], NOON, day)
    again = repository.record(make_review("a", 4, plus_days(day, 1)))
    repository.undo(repository.record(make_review("a", 1, plus_days(day, 2), before=again.after)))
    assert events_of(deck, "a") == (first, drill, Reset(("a",), NOON, day, reset.number), again)


def test_a_reset_that_was_undone_did_not_happen(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable, day: date
):
    sync_cards(deck, [make_card("a")], {})
    review = repository.record(make_review("a", 4))
    repository.undo(reset_in_deck(deck, ["a"], NOON, day))
    assert events_of(deck, "a") == (review,)
    assert events_of(deck, "unknown") == ()
