"""A day on which skills schedule: some cards wait though they are due, and some come early; limits and rounds hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mnemosyne.review.ports import Scope
from mnemosyne.review.queue import day_of_topics, planned_queue
from mnemosyne.review.rules import Rules, TopicLimits
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.skills.skill import SkillsDay
from mnemosyne.scheduling.study_day import plus_days

DAY = date(2024, 1, 15)
EVERYTHING = SessionPlan()
OF_SKILLS = frozenset(f"p{number}" for number in range(6))


def rules_with(*card_ids: str, **more: Any) -> Rules:
    """Return rules by which skills ask these cards."""
    return Rules(shuffle=False, skills=SkillsDay(OF_SKILLS, dict.fromkeys(card_ids, ())), **more)


@pytest.fixture
def learner(make_learner: Callable[..., Any]) -> Any:
    """Return a learner with six cards that skills schedule, p0 to p2 of them due, and two others, f0 of them due."""
    learner = make_learner("f0", "f1", *sorted(OF_SKILLS))
    for number, card_id in enumerate(("f0", "f1", *sorted(OF_SKILLS))):
        due_in = -1 if card_id in {"p0", "p1", "p2", "f0"} else 10 + number
        memory = Memory(3, 250, 40 + due_in, 0, plus_days(DAY, due_in), plus_days(DAY, -40))
        learner.repository.places[card_id].memory = memory
    return learner


def queue(learner: Any, rules: Rules) -> list[str]:
    return list(planned_queue(learner.repository, EVERYTHING, rules, DAY).ids)


def test_only_what_skills_need_is_asked_and_other_cards_come_as_usual(learner: Any) -> None:
    assert queue(learner, Rules(shuffle=False)) == ["f0", "p0", "p1", "p2"]
    assert queue(learner, rules_with()) == ["f0"]
    assert queue(learner, rules_with("p1", "p4")) == ["f0", "p1", "p4"]
    of_day = day_of_topics(learner.repository, EVERYTHING, rules_with("p1", "p4"), DAY)
    assert (of_day.for_skills, of_day.early) == ({"p0", "p2"}, ("p4",))


def test_a_card_is_asked_once_and_its_drill_waits_for_no_skill(learner: Any) -> None:
    learner.start(rules_with("p4"))
    assert learner.asked_id == "f0"
    learner.do(4)
    assert learner.asked_id == "p4"
    learner.do(1)
    assert learner.asked_id == "p4", "the drill"
    learner.do(4)
    assert learner.asked_id is None
    learner.start(rules_with("p4"))
    assert learner.asked_id is None


def test_a_suspended_or_buried_card_is_not_asked(learner: Any) -> None:
    learner.repository.suspend("p4", suspended=True)
    learner.repository.bury("p5", DAY)
    assert queue(learner, rules_with("p4", "p5", "p3")) == ["f0", "p3"]


def test_limits_hold_for_cards_that_come_for_their_skills(learner: Any) -> None:
    assert queue(learner, rules_with("p1", "p4", reviews_per_day=2)) == ["f0", "p1"]
    limits = {"chain-rule": TopicLimits(reviews_per_day=2)}
    assert len(queue(learner, rules_with("p1", "p4", topics=limits))) == 2
    assert queue(learner, rules_with("p4", topics=limits)) == ["f0", "p4"], "a card that is held back takes no room"


def test_a_final_round_takes_precedence_over_skills(learner: Any) -> None:
    exam = {"chain-rule": TopicLimits(exam=plus_days(DAY, 1))}
    assert set(queue(learner, rules_with(topics=exam))) == set(queue(learner, Rules(shuffle=False, topics=exam)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.sampled_from(sorted(OF_SKILLS)), unique=True), st.none() | st.integers(0, 9), st.booleans())
def test_no_card_is_asked_twice_and_due_cards_are_asked_or_wait(
    learner: Any, skill_card_ids: list[str], limit: int | None, with_exam: bool
) -> None:
    exam = plus_days(DAY, 3) if with_exam else None
    rules = rules_with(*skill_card_ids, topics={"chain-rule": TopicLimits(reviews_per_day=limit, exam=exam)})
    ids = queue(learner, rules)
    of_day = day_of_topics(learner.repository, EVERYTHING, rules, DAY)
    due = {*learner.repository.due(DAY, Scope())}
    assert len(ids) == len({*ids})
    assert {*ids} == (due - of_day.due_later) | {*of_day.early}
    assert not due & {*of_day.early}
    assert len(of_day.due) + len(of_day.for_round) + len(of_day.for_skills) == len(of_day.due_later)
    if exam is None:
        assert {*ids} & OF_SKILLS <= {*skill_card_ids}
        assert len(ids) == min(len({"f0", *skill_card_ids}), 9 if limit is None else limit)
