"""The new cards of the coming days: as many as the limits allow, in the order of learning, and none twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.review.forecast import coming_new
from mnemosyne.review.rules import Rules, TopicLimits


def test_topics_come_in_the_order_of_learning_within_their_limits() -> None:
    rules = Rules(new_per_day=5, topics={"a": TopicLimits(new_per_day=2)})
    days = coming_new({"a": 5, "b": 7}, rules, 4, 0, {})
    assert days == ({"a": 2, "b": 3}, {"a": 2, "b": 3}, {"a": 1, "b": 1}, {"a": 0, "b": 0})


def test_what_was_learned_today_leaves_less_room_today_only() -> None:
    rules = Rules(new_per_day=5, topics={"a": TopicLimits(new_per_day=2)})
    assert coming_new({"a": 4, "b": 9}, rules, 2, 3, {"a": 1}) == ({"a": 1, "b": 1}, {"a": 2, "b": 3})
    assert coming_new({"a": 4, "b": 9}, rules, 1, 9, {"a": 9}) == ({"a": 0, "b": 0},)
    assert coming_new({"a": 4}, rules, 0, 0, {}) == ()


limits = st.none() | st.integers(0, 4)


@given(st.integers(0, 6), st.integers(0, 12), st.integers(0, 12), limits, limits)
def test_the_days_ask_what_was_forecast(
    make_learner: Callable[..., Any],
    make_card: Callable[..., Any],
    per_day: int,
    of_a: int,
    of_b: int,
    limit_a: int | None,
    limit_b: int | None,
) -> None:
    rules = Rules(
        new_per_day=per_day,
        shuffle=False,
        topics={"a": TopicLimits(new_per_day=limit_a), "b": TopicLimits(new_per_day=limit_b)},
    )
    names = [("a", number) for number in range(of_a)] + [("b", number) for number in range(of_b)]
    learner = make_learner(*(make_card(f"{topic}{number:02}", topic=topic) for topic, number in names))
    foreseen = coming_new({"a": of_a, "b": of_b}, rules, 5, 0, {})
    for of_day in foreseen:
        learner.start(rules)
        before = len(learner.repository.log)
        learner.finish()
        new = [review for review in learner.repository.log[before:] if review.before.new]
        assert {topic: sum(review.card_id.startswith(topic) for review in new) for topic in ("a", "b")} == of_day
        learner.clock.turn(days=1)
