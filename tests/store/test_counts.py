"""The counts, checked on decks small enough to count by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from mnemosyne.review.ports import Scope
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import counts
from mnemosyne.store.counts import TopicCounts
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards


@pytest.fixture(autouse=True)
def cards(deck: Engine, make_card: Callable) -> None:
    """Add six cards of one topic and two of another, which is learnt first."""
    late = [make_card(id_, n + 2) for n, id_ in enumerate("abcdef")]
    sync_cards(deck, [make_card("y", 0, topic="limits"), make_card("z", 1, topic="limits"), *late], {})


def test_a_new_deck(deck: Engine, day: date):
    assert counts.topic_counts(deck, day) == (
        TopicCounts("limits", 2, 0, 2, 0, 0, 0),
        TopicCounts("chain-rule", 6, 0, 6, 0, 0, 0),
    )
    assert counts.forecast(deck, day, 3) == (0, 0, 0)
    assert counts.streak(deck, day) == 0


def test_what_is_waiting_in_each_topic(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable, day: date
):
    for id_ in "abc":
        repository.record(make_review(id_, 4, plus_days(day, -1)))
    for id_ in "de":
        repository.record(make_review(id_, 2))
    repository.suspend("a", suspended=True)
    repository.bury("b", day)
    repository.bury("e", day)
    chain = TopicCounts("chain-rule", cards=6, due=1, new=1, drills=1, suspended=1, buried=2)
    limits = TopicCounts("limits", cards=2, due=0, new=2, drills=0, suspended=0, buried=0)
    assert counts.topic_counts(deck, day) == (limits, chain)
    tomorrow = TopicCounts("chain-rule", cards=6, due=4, new=1, drills=0, suspended=1, buried=0)
    assert counts.topic_counts(deck, plus_days(day, 1)) == (limits, tomorrow)


def test_what_was_graded_on_a_future_day_is_due_now(
    deck: Engine, repository: SqlRepository, make_review: Callable, day: date
):
    repository.record(make_review("a", 5, plus_days(day, 365)))
    repository.record(make_review("b", 5, plus_days(day, 1)))
    repository.record(make_review("c", 5, day))
    assert [topic.due for topic in counts.topic_counts(deck, day)] == [0, 1]
    for scope in (Scope(), Scope(topic="chain-rule"), Scope(tag="one"), Scope(topic="chain-rule", tag="one")):
        assert repository.due(day, scope) == ["a"]
    assert repository.due(plus_days(day, 370), Scope()) == ["c", "b", "a"]
    assert counts.last_day(deck) == day, "the newest entry counts, not the latest day"


def test_missing_cards_count_nowhere(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable, day: date
):
    for id_ in "abz":
        repository.record(make_review(id_, 2, plus_days(day, -1)))
    repository.suspend("c", suspended=True)
    sync_cards(deck, [make_card("a")], {})
    assert counts.topic_counts(deck, day) == (
        TopicCounts("chain-rule", cards=1, due=1, new=0, drills=0, suspended=0, buried=0),
    )
    assert counts.forecast(deck, day, 1) == (1,)


def test_the_forecast_has_what_is_overdue_today(
    deck: Engine, repository: SqlRepository, make_review: Callable, day: date
):
    for id_, back in (("a", 9), ("b", 1), ("c", 0), ("d", 0), ("e", 0)):
        repository.record(make_review(id_, 4, plus_days(day, -back)))
    repository.suspend("d", suspended=True)
    repository.bury("b", day)
    assert counts.forecast(deck, day, 3) == (1, 3, 0)
    assert counts.forecast(deck, plus_days(day, 1), 2) == (4, 0)
    assert counts.forecast(deck, day, 0) == ()


@pytest.mark.parametrize(
    ("back", "streak"),
    [
        ([0], 1),
        ([1], 1),
        ([2], 0),
        ([0, 1, 2], 3),
        ([1, 2, 3], 3),
        ([0, 2, 3], 1),
        ([1, 3], 1),
        ([-1, 0, 1, 5], 2),
    ],
)
def test_the_streak_up_to_today_or_yesterday(
    deck: Engine, repository: SqlRepository, make_review: Callable, day: date, back: list[int], streak: int
):
    for id_, days in zip("abcdef", back, strict=False):
        repository.record(make_review(id_, 4, plus_days(day, -days)))
    assert counts.streak(deck, day) == streak


def test_what_was_undone_extends_no_streak(deck: Engine, repository: SqlRepository, make_review: Callable, day: date):
    repository.record(make_review("a", 4))
    repository.undo(repository.record(make_review("b", 4, plus_days(day, -1))))
    assert counts.streak(deck, day) == 1


def test_a_streak_at_the_first_day_of_the_calendar(deck: Engine, repository: SqlRepository, make_review: Callable):
    repository.record(make_review("a", 4, date.min))
    assert counts.streak(deck, date.min) == 1
    assert counts.streak(deck, plus_days(date.min, 1)) == 1


@given(st.sets(st.integers(0, 12)), st.integers(0, 3))
def test_a_run_of_days(back: set[int], ahead: int):
    today = date(2024, 3, 1)
    days = [plus_days(today, -days - ahead) for days in sorted(back)]
    expected = 0
    start = next((offset for offset in (0, 1) if plus_days(today, -offset) in days), None)
    while start is not None and plus_days(today, -start - expected) in days:
        expected += 1
    assert counts._run(days, today) == expected
