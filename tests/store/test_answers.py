"""The log as the schedulers see it: without what was undone or practised, with resets in their places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import Engine

from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scored_log import LoggedAnswer
from mnemosyne.store import bulk_changes
from mnemosyne.store.answers import logged_answers
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

FIRST, SECOND = date(2026, 3, 10), date(2026, 3, 11)


def test_answers_come_in_the_logs_order(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable
):
    sync_cards(deck, [make_card("a"), make_card("b")], {})
    once = repository.record(make_review("a", 3, FIRST))
    repository.record(make_review("a", 4, FIRST, once.after, drill=True))
    repository.record(make_review("b", 5, FIRST, proposed=None))
    repository.record(make_review("a", 5, FIRST, once.after, practice=True))
    undone = repository.record(make_review("a", 2, SECOND, once.after))
    repository.undo(undone)
    bulk_changes.reset_in_deck(deck, ["a"], datetime(2026, 3, 11, 9, tzinfo=UTC), SECOND)
    repository.record(make_review("a", 4, SECOND, Memory()))
    first, second = FIRST.toordinal(), SECOND.toordinal()
    assert list(logged_answers(deck)) == [
        LoggedAnswer("a", first, 3, 4, interval=0),
        LoggedAnswer("a", first, 4, 4, drill=True, interval=1),
        LoggedAnswer("b", first, 5, None, interval=0),
        LoggedAnswer("a", second, None),
        LoggedAnswer("a", second, 4, 4, interval=0),
    ]
