"""What is done to many cards at once: how many it changes, and that it is one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from mnemosyne.review.ports import Scope
from mnemosyne.review.record import Mark
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import bulk_changes
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

ALL = Scope()

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def cards(deck: Engine, make_card: Callable) -> None:
    """Add three cards in the order of learning."""
    sync_cards(deck, [make_card(id_, n) for n, id_ in enumerate("abc")], {})


def test_cards_are_suspended_and_unsuspended(deck: Engine, repository: SqlRepository, day: date):
    assert bulk_changes.set_mark_in_deck(deck, ["a", "c", "nobody"], Mark.SUSPENDED, NOON, value=True) == 2
    assert repository.new(day, ALL) == ["b"]
    assert bulk_changes.set_mark_in_deck(deck, ["a", "b", "c"], Mark.SUSPENDED, NOON, value=False) == 2
    assert repository.new(day, ALL) == ["a", "b", "c"]


def test_cards_are_flagged_and_unflagged(deck: Engine, repository: SqlRepository):
    assert bulk_changes.set_mark_in_deck(deck, "ab", Mark.FLAGGED, NOON, value=True) == 2
    assert [repository.flagged(id_) for id_ in "abc"] == [True, True, False]
    assert bulk_changes.set_mark_in_deck(deck, "bc", Mark.FLAGGED, NOON, value=False) == 1
    assert [repository.flagged(id_) for id_ in "abc"] == [True, False, False]


def test_cards_are_buried_and_unburied(deck: Engine, repository: SqlRepository, day: date):
    tomorrow = plus_days(day, 1)
    assert bulk_changes.set_mark_in_deck(deck, "ab", Mark.BURIED, NOON, value=tomorrow.isoformat()) == 2
    assert (repository.new(day, ALL), repository.new(tomorrow, ALL)) == (["c"], ["a", "b", "c"])
    assert bulk_changes.set_mark_in_deck(deck, "abc", Mark.BURIED, NOON, value=None) == 2
    assert repository.new(day, ALL) == ["a", "b", "c"]


def test_nothing_is_changed_if_one_of_them_cannot_be(deck: Engine, repository: SqlRepository):
    with pytest.raises(Exception, match="not supported"):
        bulk_changes.set_mark_in_deck(deck, ["a", object()], Mark.FLAGGED, NOON, value=True)
    assert not repository.flagged("a")
