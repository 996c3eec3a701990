"""The log as a stream: in its own order, without what was undone, and in little memory however long it is."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import date

import pytest
from review_rows import review_rows
from sqlalchemy import Engine, insert

from mnemosyne.review.record import Review
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import log, tables
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards
from mnemosyne.store.transactions import writing


@pytest.fixture
def stored(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable, day: date
) -> list[Review]:
    """Three cards of two topics graded on three days, a drill among them; one grade taken back."""
    sync_cards(deck, [make_card("a"), make_card("b", 1), make_card("c", 2, topic="limits")], {})
    first = [repository.record(make_review(id_, 3, day)) for id_ in "abc"]
    drill = repository.record(make_review("b", 5, day, before=first[1].after, drill=True))
    repository.undo(repository.record(make_review("a", 0, plus_days(day, 1), before=first[0].after)))
    # The clock was set back: the log keeps the order in which things happened.
    back = repository.record(make_review("c", 4, plus_days(day, -1), before=first[2].after))
    last = repository.record(make_review("a", 4, plus_days(day, 2), before=first[0].after))
    return [*first, drill, back, last]


def test_the_whole_log_in_its_own_order(deck: Engine, stored: list[Review]):
    assert list(log.read_reviews(deck)) == stored


@pytest.mark.parametrize(
    ("since", "until", "places"),
    [
        (0, None, [0, 1, 2, 3, 5]),
        (None, 0, [0, 1, 2, 3, 4]),
        (0, 0, [0, 1, 2, 3]),
        (1, 2, [5]),
        (3, None, []),
        (1, -1, []),
    ],
)
def test_days_are_included_at_both_ends(deck: Engine, stored: list[Review], day: date, since, until, places: list[int]):
    bounds = {name: plus_days(day, ahead) for name, ahead in (("since", since), ("until", until)) if ahead is not None}
    assert list(log.read_reviews(deck, **bounds)) == [stored[place] for place in places]
    assert log.count_reviews(deck, **bounds) == len(places)


def test_one_topic(deck: Engine, stored: list[Review], day: date):
    assert list(log.read_reviews(deck, topic="limits")) == [stored[2], stored[4]]
    assert list(log.read_reviews(deck, topic="limits", since=day)) == [stored[2]]
    assert list(log.read_reviews(deck, topic="nothing")) == []
    assert [log.count_reviews(deck, topic=topic) for topic in (None, "limits", "nothing")] == [6, 2, 0]


def test_every_card_has_its_memory_also_when_it_is_gone(deck: Engine, stored: list[Review], make_card: Callable):
    sync_cards(deck, [make_card("b"), make_card("new", 1)], {})
    memories = {"a": stored[5].after, "b": stored[1].after, "c": stored[4].after, "new": Memory()}
    assert dict(log.memories(deck)) == memories


def test_a_stream_sees_the_deck_as_it_was_when_it_began(
    deck: Engine, repository: SqlRepository, stored: list[Review], make_review: Callable, day: date
):
    stream = log.read_reviews(deck)
    assert next(stream) == stored[0]
    repository.record(make_review("b", 4, plus_days(day, 3), before=stored[1].after))
    assert list(stream) == stored[1:]


def test_a_stream_that_is_left_early_holds_nothing(deck: Engine, repository: SqlRepository, stored: list[Review]):
    stream = log.read_reviews(deck)
    next(stream)
    stream.close()
    assert deck.pool.checkedout() == 0


@pytest.mark.thorough
def test_a_long_log_takes_little_memory(deck: Engine, make_card: Callable, make_review: Callable):
    sync_cards(deck, [make_card("a")], {})
    rows = list(review_rows([make_review("a", 4, answer="x" * 200)] * 20_000))
    with writing(deck) as connection:
        connection.execute(insert(tables.review), rows)
    del rows
    tracemalloc.start()
    assert sum(1 for _ in log.read_reviews(deck)) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 2**20, "20,000 reviews held at once would take some 30 MiB"
