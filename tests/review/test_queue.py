"""The queue as a specification: limits, order, shuffling that a restart repeats, new cards spread evenly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.review.ports import DayCounts, Scope
from mnemosyne.review.queue import arrange, planned_queue
from mnemosyne.review.rules import Order, Rules, TopicLimits
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.memory import Memory

DAY = date(2024, 1, 15)
NOTHING = DayCounts(reviews=0, new=0)
IN_ORDER = Rules(shuffle=False)
MIXED = Rules(shuffle=False, order=Order.MIXED)
DUE = [f"due{number}" for number in range(8)]
NEW = [f"new{number}" for number in range(4)]


def card_queue(repository: Any, plan: SessionPlan, rules: Rules, day: date, resumed: str | None = None) -> list[str]:
    """Return the ids of the cards that are planned."""
    return list(planned_queue(repository, plan, rules, day, resumed).ids)


def test_due_cards_come_before_new_ones() -> None:
    assert arrange(DUE[:3], NEW[:2], NOTHING, IN_ORDER, DAY) == ["due0", "due1", "due2", "new0", "new1"]


def test_mixed_spreads_the_new_cards_evenly_among_the_due_ones() -> None:
    mixed = arrange(DUE, NEW, NOTHING, MIXED, DAY)
    assert " ".join(mixed) == "due0 new0 due1 due2 new1 due3 due4 new2 due5 due6 new3 due7"


def test_mixed_puts_a_single_new_card_in_the_middle() -> None:
    assert arrange(DUE, NEW[:1], NOTHING, MIXED, DAY) == [*DUE[:4], "new0", *DUE[4:]]


def test_mixed_with_one_kind_of_cards_only_is_just_those() -> None:
    assert arrange(DUE, [], NOTHING, MIXED, DAY) == DUE
    assert arrange([], NEW, NOTHING, MIXED, DAY) == NEW
    assert arrange([], [], NOTHING, MIXED, DAY) == []


@given(st.integers(0, 40), st.integers(0, 40))
def test_between_two_new_cards_there_are_about_as_many_due_ones_everywhere(due: int, new: int) -> None:
    mixed = arrange(
        [f"d{n:02}" for n in range(due)], [f"n{n:02}" for n in range(new)], NOTHING, replace(MIXED, new_per_day=99), DAY
    )
    gaps = [len(run) for run in "".join(card_id[0] for card_id in mixed).split("n")][1:-1]
    assert max(gaps, default=0) - min(gaps, default=0) <= 1


def test_the_limits_take_the_longest_overdue_cards_and_the_first_in_the_order_of_learning() -> None:
    rules = replace(IN_ORDER, reviews_per_day=2, new_per_day=1)
    assert arrange(DUE, NEW, NOTHING, rules, DAY) == ["due0", "due1", "new0"]


def test_what_was_done_that_day_already_counts_for_the_limits() -> None:
    rules = replace(IN_ORDER, reviews_per_day=5, new_per_day=3)
    assert arrange(DUE, NEW, DayCounts(reviews=3, new=1), rules, DAY) == ["due0", "due1", "new0", "new1"]
    assert arrange(DUE, NEW, DayCounts(reviews=9, new=9), rules, DAY) == []


def test_shuffling_is_the_same_all_day_and_different_the_next() -> None:
    rules = Rules()
    first = arrange(DUE, [], NOTHING, rules, DAY)
    assert first == arrange(DUE, [], NOTHING, rules, DAY)
    assert first == ["due4", "due3", "due6", "due5", "due1", "due0", "due2", "due7"]
    assert arrange(DUE, [], NOTHING, rules, DAY + timedelta(days=1)) != first


def test_shuffling_leaves_new_cards_in_the_order_of_learning() -> None:
    assert arrange([], NEW, NOTHING, Rules(), DAY) == NEW


def test_shuffling_takes_no_other_cards_than_the_limit_does() -> None:
    rules = Rules(reviews_per_day=3)
    assert set(arrange(DUE, [], NOTHING, rules, DAY)) == {"due0", "due1", "due2"}


card_ids = st.lists(st.text("abcdefgh", min_size=1, max_size=6), unique=True, max_size=30)


@given(
    card_ids,
    card_ids,
    st.builds(
        Rules,
        new_per_day=st.integers(0, 12),
        reviews_per_day=st.integers(0, 25),
        order=st.sampled_from(Order),
        shuffle=st.booleans(),
    ),
    st.dates(),
)
def test_restarted_after_any_card_the_rest_comes_in_the_same_order(
    due: list[str], new: list[str], rules: Rules, day: date
) -> None:
    due, new = [f"d-{card_id}" for card_id in due], [f"n-{card_id}" for card_id in new]
    whole = arrange(due, new, NOTHING, rules, day)
    for count in range(len(whole) + 1):
        done_ids = whole[:count]
        counts = DayCounts(sum(card_id in due for card_id in done_ids), sum(card_id in new for card_id in done_ids))
        left = [[card_id for card_id in ids if card_id not in done_ids] for ids in (due, new)]
        assert arrange(*left, counts, rules, day) == whole[count:]


@pytest.fixture
def repository(make_learner: Callable[..., Any], make_due: Callable[..., None]) -> Any:
    repository = make_learner("a", "b", "c", "d", "e").repository
    make_due(repository, DAY, "a", "b")
    return repository


def test_a_plan_is_made_from_the_repository_and_is_no_longer_than_the_limit(repository: Any) -> None:
    assert card_queue(repository, SessionPlan(Scope()), IN_ORDER, DAY) == ["a", "b", "c", "d", "e"]
    assert card_queue(repository, SessionPlan(Scope(), 3), IN_ORDER, DAY) == ["a", "b", "c"]
    assert card_queue(repository, SessionPlan(Scope(), 0), IN_ORDER, DAY) == []
    assert card_queue(repository, SessionPlan(Scope(topic="other")), IN_ORDER, DAY) == []


def test_the_card_of_a_question_in_progress_comes_first_and_is_within_the_limits(repository: Any) -> None:
    rules = replace(IN_ORDER, new_per_day=2)
    assert card_queue(repository, SessionPlan(Scope()), rules, DAY, resumed="d") == ["d", "a", "b", "c"]
    assert card_queue(repository, SessionPlan(Scope(), 2), rules, DAY, resumed="d") == ["d", "a"]
    assert card_queue(repository, SessionPlan(Scope()), rules, DAY, resumed="gone") == ["a", "b", "c", "d"]


TOPICS = {"a": ["a1", "a2", "a3"], "b": ["b1", "b2", "b3"]}
DUE_CARDS = ["a1", "a2", "b1", "b2"]


@pytest.fixture
def two_topics(make_learner: Callable[..., Any], make_card: Callable[..., Any], make_due: Callable[..., None]) -> Any:
    cards = [make_card(card_id, topic=topic) for topic, ids in TOPICS.items() for card_id in ids]
    repository = make_learner(*cards).repository
    for days_late, card_id in enumerate(DUE_CARDS):
        make_due(repository, DAY - timedelta(days=days_late), card_id)
    return repository


@pytest.mark.parametrize(
    ("topics", "scope", "queue"),
    [
        ({}, Scope(), "b2 b1 a2 a1 a3 b3"),
        ({"a": TopicLimits(new_per_day=0)}, Scope(), "b2 b1 a2 a1 b3"),
        ({"b": TopicLimits(reviews_per_day=1)}, Scope(), "b2 a2 a1 a3 b3"),
        ({"b": TopicLimits(0, 0), "a": TopicLimits(reviews_per_day=1)}, Scope(), "a2 a3"),
        ({"b": TopicLimits(0, 0), "none": TopicLimits(5, 5)}, Scope("a"), "a2 a1 a3"),
        ({"b": TopicLimits(0, 0)}, Scope("b"), ""),
    ],
)
def test_a_topic_has_limits_of_its_own(
    two_topics: Any, topics: dict[str, TopicLimits], scope: Scope, queue: str
) -> None:
    rules = replace(IN_ORDER, topics=topics)
    assert " ".join(card_queue(two_topics, SessionPlan(scope), rules, DAY)) == queue


def test_new_cards_that_the_learner_asks_for_are_beyond_the_limits_of_their_topic(two_topics: Any) -> None:
    rules = replace(IN_ORDER, topics={"a": TopicLimits(0, 0), "b": TopicLimits(0, 0)})
    assert card_queue(two_topics, SessionPlan(new=2), rules, DAY) == ["a3", "b3"]


def test_where_the_day_has_no_room_for_all_the_cards_most_overdue_for_their_intervals_are_asked(
    two_topics: Any,
) -> None:
    """Four days late after forty is less than one day late after six."""
    two_topics.places["b2"].memory = Memory(3, 250, 40, 0, DAY - timedelta(days=4), DAY - timedelta(days=44))
    plan = SessionPlan()
    assert card_queue(two_topics, plan, replace(IN_ORDER, new_per_day=0), DAY) == ["b2", "b1", "a2", "a1"]
    for room, queue in ((3, ["b1", "a2", "b2"]), (2, ["b1", "a2"]), (1, ["b1"])):
        rules = replace(IN_ORDER, new_per_day=0, reviews_per_day=room)
        assert card_queue(two_topics, plan, rules, DAY) == queue
