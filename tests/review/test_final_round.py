"""The final round before an exam: each card once, the least likely to be recalled first, as many on every day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.review.final_round import ROUND_DAYS, FinalRound, announcement, final_rounds, round_begin, share_of_day
from mnemosyne.review.ports import Scope
from mnemosyne.review.queue import day_of_topics, planned_queue
from mnemosyne.review.rules import Rules, TopicLimits
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.retrievability import recall_on
from mnemosyne.scheduling.study_day import days_between, plus_days

DAY = date(2024, 1, 15)
EXAM = plus_days(DAY, 10)
EVERYTHING = SessionPlan()


def card_queue(repository: Any, plan: SessionPlan, rules: Rules, day: date, resumed: str | None = None) -> list[str]:
    """Return the ids of the cards that are planned."""
    return list(planned_queue(repository, plan, rules, day, resumed).ids)


def rules_for(exam: date, **more: Any) -> Rules:
    limits = {name: more.pop(name) for name in ("reviews_per_day", "new_per_day") if name in more}
    return Rules(shuffle=False, topics={"chain-rule": TopicLimits(exam=exam, **limits)}, **more)


def memory(interval: int, ago: int, repetitions: int = 3) -> Memory:
    """Return the memory of a card that was reviewed that many days ago and has this interval."""
    reviewed = plus_days(DAY, -ago)
    return Memory(repetitions, 250, interval, 0, plus_days(reviewed, interval), reviewed)


@given(st.integers(0, 200), st.integers(1, 40))
def test_shares_ask_all_and_no_day_two_more_than_another(cards: int, days: int) -> None:
    left, shares = cards, []
    for day in range(days):
        share = share_of_day(left, 0, days - day)
        for done_today in range(share + 1):  # the same at any hour of the day
            assert share_of_day(left - done_today, done_today, days - day) == share - done_today
        shares.append(share)
        left -= share
    assert left == 0
    assert sum(shares) == cards
    assert max(shares) - min(shares) <= 1


# Intervals that, once passed, reach beyond the exam: whatever comes back before it is asked as usual.
learnt = st.lists(st.tuples(st.integers(12, 60), st.integers(ROUND_DAYS, 90)), min_size=1, max_size=25)


@given(learnt, st.integers(1, ROUND_DAYS))
def test_each_card_is_asked_once_in_the_order_of_its_recall_at_the_exam(
    make_learner: Callable[..., Any], cards: list[tuple[int, int]], days: int
) -> None:
    learner = make_learner(*(f"c{number:02}" for number in range(len(cards))))
    exam = plus_days(DAY, days)
    for number, (interval, ago) in enumerate(cards):
        learner.repository.places[f"c{number:02}"].memory = memory(interval, ago)
    predicted = {
        card_id: recall_on(place.memory, exam, DEFAULT_WEIGHTS) or 0
        for card_id, place in learner.repository.places.items()
    }
    of_round = {card_id for card_id, recall in predicted.items() if recall < 0.94}
    cards_by_day = []
    for _ in range(days):
        learner.start(rules_for(exam))
        cards_by_day.append(learner.finish())
        learner.clock.turn(days=1)
    assert sorted(card_id for day in cards_by_day for card_id in day) == sorted(of_round)
    assert max(map(len, cards_by_day)) - min(map(len, cards_by_day)) <= 1
    for before, after in pairwise(cards_by_day):
        assert max((predicted[card_id] for card_id in before), default=0) <= min(
            (predicted[card_id] for card_id in after), default=1
        )


@pytest.fixture
def learner(make_learner: Callable[..., Any], make_card: Callable[..., Any]) -> Any:
    """Return a learner with twenty cards of the topic, each reviewed 40 days ago, c00 with the shortest interval.

    Three of them are due.
    """
    learner = make_learner(*(f"c{number:02}" for number in range(20)), make_card("other", topic="limits"))
    for number in range(20):
        learner.repository.places[f"c{number:02}"].memory = memory(38 + number, 40)
    learner.repository.places["other"].memory = memory(60, 40)
    return learner


def test_cards_come_early_and_due_ones_wait_for_their_turn(learner: Any) -> None:
    rules = rules_for(EXAM)
    assert learner.repository.due(DAY, Scope()) == ["c00", "c01", "c02"]
    assert card_queue(learner.repository, EVERYTHING, rules, DAY) == ["c00", "c01"]
    assert day_of_topics(learner.repository, EVERYTHING, rules, DAY).for_round == {"c02"}
    on_the_eve = plus_days(EXAM, -1)
    assert len(card_queue(learner.repository, EVERYTHING, rules, on_the_eve)) == 20, (
        "everything that was left for later"
    )
    assert card_queue(learner.repository, EVERYTHING, rules_for(plus_days(DAY, 2)), DAY)[3:5] == ["c03", "c04"]


@pytest.mark.parametrize("day", [plus_days(round_begin(EXAM), -1), EXAM, plus_days(EXAM, 1)], ids=str)
def test_outside_its_days_there_is_no_round(learner: Any, day: date) -> None:
    rules = rules_for(EXAM)
    assert final_rounds(learner.repository, Scope(), rules, day) == ()
    assert card_queue(learner.repository, EVERYTHING, rules, day) == learner.repository.due(day, Scope())


def test_a_review_in_the_round_counts_in_full_and_the_card_does_not_come_again(learner: Any) -> None:
    exam = plus_days(DAY, 2)
    learner.start(rules_for(exam))
    for _ in range(3):
        learner.do(4)
    early = learner.asked_id
    assert early == "c03"
    learner.do(4)
    after = learner.repository.memory(early)
    assert (after.interval, after.due) == (103, plus_days(DAY, 103)), "41 days × 2.5, from today"
    assert early not in learner.finish()
    learner.clock.turn(days=1)
    learner.start(rules_for(exam))
    assert early not in learner.finish()


def test_a_card_that_is_forgotten_in_the_round_comes_back_as_usual(learner: Any) -> None:
    learner.start(rules_for(EXAM))
    assert learner.asked_id == "c00"
    learner.do(1)
    learner.finish()
    learner.clock.turn(days=1)
    learner.start(rules_for(EXAM))
    assert set(learner.finish()) == {"c00", "c02", "c03"}, "the one that is due again, and two whose turn it is"


def test_an_early_question_is_resumed_after_a_kill_and_undone(learner: Any) -> None:
    rules = rules_for(plus_days(DAY, 2))
    learner.start(rules)
    learner.grade_all(5, 5, 5)
    assert learner.asked_id == "c03"
    assert learner.restart().question.card.id == "c03"
    learner.do(5)
    assert learner.session.undo() is not None
    assert learner.asked_id == "c03"
    assert learner.finish() == [f"c{number:02}" for number in range(3, 10)]


def test_limits_hold_in_the_round_and_what_they_leave_is_asked_on_the_days_after(learner: Any) -> None:
    exam = plus_days(DAY, 4)
    for rules in (rules_for(exam, reviews_per_day=2), replace(rules_for(exam), reviews_per_day=2)):
        assert card_queue(learner.repository, EVERYTHING, rules, DAY) == ["c00", "c01"]
    assert len(card_queue(learner.repository, EVERYTHING, rules_for(exam), DAY)) == 5


def test_a_tag_and_another_topic_leave_the_round_its_own_cards(learner: Any, make_card: Callable[..., Any]) -> None:
    learner.repository.edit(make_card("c01", tags=("easy",)))
    learner.repository.edit(make_card("c07", tags=("easy",)))
    rules = rules_for(EXAM)
    assert card_queue(learner.repository, SessionPlan(Scope(tag="easy")), rules, DAY) == ["c01"]
    assert card_queue(learner.repository, SessionPlan(Scope("limits")), rules, DAY) == []


def test_study_ahead_asks_no_card_of_the_round_twice(learner: Any) -> None:
    ids = card_queue(learner.repository, SessionPlan(ahead=60), rules_for(plus_days(DAY, 2)), DAY)
    assert len(ids) == len(set(ids)) == 21


@pytest.mark.parametrize(
    ("left", "today", "days", "ending"),
    [
        (20, 2, 10, "in 10 days, on 25 Jan 2024. Final round: 2 cards today, 18 on later days."),
        (18, 0, 10, "in 10 days, on 25 Jan 2024. Final round: 18 cards left, none today."),
        (1, 1, 1, "tomorrow, on 25 Jan 2024. Final round: 1 card today."),
        (0, 0, 3, "in 3 days, on 25 Jan 2024. Final round: nothing is left to do."),
    ],
)
def test_the_announcement_says_how_much_is_left(left: int, today: int, days: int, ending: str) -> None:
    ids = tuple(map(str, range(left)))
    final_round = FinalRound("chain-rule", EXAM, ids, ids[:today])
    day = plus_days(EXAM, -days)
    assert days_between(day, EXAM) == days
    assert announcement(final_round, "The chain rule", day) == f"Exam in The chain rule {ending}"
    assert timedelta(days=days) == EXAM - day
