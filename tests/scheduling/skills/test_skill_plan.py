"""The day's cards by skills: by example, and what holds for every plan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from folds import skill_fold
from hypothesis import given
from hypothesis import strategies as st
from skilled_learner import skilled_log

from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS
from mnemosyne.scheduling.skills.skill_memory import ExerciseAnswer, recall_of_skill
from mnemosyne.scheduling.skills.skill_plan import (
    LEAST_OWN_RECALL,
    SkillQuestion,
    coming_by_skills,
    due_by_skills,
    planned_day,
)

NAMES = ("sin", "ln", "exp", "links-2", "links-3", "product")
SINE = SkillQuestion("sine", {"sin": 0.6, "links-2": 0.6}, 30, 0.9)
LOGARITHM = SkillQuestion("logarithm", {"ln": 0.6, "links-2": 0.6}, 30, 0.9)
BOTH = SkillQuestion("both", {"sin": 0.6, "ln": 0.6, "links-3": 0.6}, 40, 0.9)
LONG = SkillQuestion("long", {"sin": 0.6, "ln": 0.6, "links-3": 0.6}, 400, 0.9)
FADED = SkillQuestion("faded", {"product": 0.6}, 30, 0.59)
GONE = SkillQuestion("gone", {"product": 0.6}, 30, 0.3)
QUESTIONS = st.lists(
    st.builds(
        SkillQuestion,
        card_id=st.text("abcdefgh", min_size=1, max_size=3),
        weights=st.dictionaries(st.sampled_from(NAMES), st.floats(0.01, 1), max_size=4),
        seconds=st.floats(1, 600),
        own_recall=st.floats(0, 1),
    ),
    max_size=10,
    unique_by=lambda question: question.card_id,
)
RECALLS = st.dictionaries(st.sampled_from(NAMES), st.floats(0, 1))


@pytest.mark.parametrize(
    ("questions", "recalls", "due"),
    [
        ([SINE, LOGARITHM, BOTH], {}, ()),
        ([SINE, LOGARITHM, BOTH], {"sin": 0.9, "ln": 0.95}, ()),
        ([SINE, LOGARITHM, BOTH], {"sin": 0.8, "ln": 0.95}, ("sine",)),  # takes less time than both
        ([SINE, LOGARITHM, BOTH], {"sin": 0.8, "ln": 0.8}, ("both",)),
        ([SINE, LOGARITHM, LONG], {"sin": 0.8, "ln": 0.8}, ("logarithm", "sine")),
        ([SINE, LOGARITHM], {"sin": 0.8, "ln": 0.7}, ("logarithm", "sine")),  # what is most forgotten comes first
        ([SINE, LOGARITHM], {"links-2": 0.8}, ("logarithm",)),
        ([SINE], {"exp": 0.1}, ()),  # no card takes it
        ([FADED, SINE, GONE], {"sin": 0.8}, ("gone", "faded", "sine")),
        ([FADED, GONE], {"product": 0.8}, ("gone", "faded")),
        ([SINE, replace(BOTH, own_recall=0.5)], {"sin": 0.8}, ("both",)),  # it is due anyway, and covers the skill
    ],
)
def test_the_cards_of_a_day(questions: list[SkillQuestion], recalls: dict[str, float], due: tuple[str, ...]):
    assert due_by_skills(questions, recalls, 0.9) == due


def test_of_cards_with_the_same_skills_the_least_recalled_is_asked():
    again = SkillQuestion("a", SINE.weights, SINE.seconds, 0.95)
    assert due_by_skills([again, SINE], {"sin": 0.5}, 0.9) == ("sine",)


@given(QUESTIONS, RECALLS, st.floats(0.7, 0.97))
def test_every_due_skill_is_covered_and_no_card_is_asked_for_nothing(
    questions: list[SkillQuestion], recalls: dict[str, float], retention: float
):
    due = due_by_skills(questions, recalls, retention)
    by_id = {question.card_id: question for question in questions}
    forgotten = {name for name, recall in recalls.items() if recall < retention}
    practised_skills = {name for card_id in due for name in by_id[card_id].weights}
    assert len({*due}) == len(due)
    assert {name for question in questions for name in question.weights} & forgotten <= practised_skills
    assert {card_id for card_id in by_id if by_id[card_id].own_recall < LEAST_OWN_RECALL} <= {*due}
    covered_skills: set[str] = set()
    for card_id in due:
        new = (by_id[card_id].weights.keys() & forgotten) - covered_skills
        assert new or by_id[card_id].own_recall < LEAST_OWN_RECALL
        covered_skills |= new


@given(QUESTIONS, RECALLS, st.randoms(use_true_random=False))
def test_the_plan_does_not_depend_on_the_order_of_the_cards(questions, recalls, random):
    shuffled = list(questions)
    random.shuffle(shuffled)
    assert due_by_skills(shuffled, recalls, 0.9) == due_by_skills(questions, recalls, 0.9)


def log_of(*answers: tuple[str, str, int, int]) -> list[ExerciseAnswer]:
    """Return a log of answers: the card, its function at the time, the study day, the quality."""
    return [
        ExerciseAnswer(f"{number:03}", card_id, day, Exercise(ExerciseKind.DERIVATIVE, f, "x"), quality, seconds=30)
        for number, (card_id, f, day, quality) in enumerate(answers)
    ]


def test_a_day_is_planned_from_the_answers_before_it():
    log = log_of(
        *(("sine", "sin(x^2)", 1, 4), ("logarithm", "ln(x^2 + 1)", 1, 4), ("either", "sin(3*x)", 1, 4)),
        *(("logarithm", "ln(x^2 + 3)", 8, 4), ("either", "ln(3*x)", 8, 4)),
    )
    cards = {"sine", "logarithm", "either"}
    next_day = planned_day(skill_fold(DEFAULT_WEIGHTS, log), cards, 9, 0.9)
    assert (next_day.cards, next_day.asked_ids) == (cards, ("sine",)), "only the sine has not been asked lately"
    assert planned_day(skill_fold(DEFAULT_WEIGHTS, log), {"logarithm", "either"}, 9, 0.9).asked_ids == ("either",), (
        "half of it is sine"
    )
    assert planned_day(skill_fold(DEFAULT_WEIGHTS, log), {"logarithm"}, 9, 0.9).asked_ids == ()
    assert planned_day(skill_fold(DEFAULT_WEIGHTS, log), set(), 9, 0.9).cards == frozenset()
    later = planned_day(skill_fold(DEFAULT_WEIGHTS, log), cards, 30_000, 0.9)
    assert {*later.asked_ids} == cards, "each of them has faded by itself"


def test_coming_days_ask_what_they_would_plan_and_each_card_once():
    log = skilled_log(0.3, 600, most_cards=60)
    fold = skill_fold(DEFAULT_WEIGHTS, log)
    cards = fold.cards.keys()
    for day in range(log[-1].day + 1, log[-1].day + 200, 9):
        ids_by_day = coming_by_skills(fold, cards, range(day, day + 60), 0.95)
        card_ids = [card_id for of_day in ids_by_day for card_id in of_day]
        assert ids_by_day[0] == planned_day(fold, cards, day, 0.95).asked_ids
        assert len(card_ids) == len({*card_ids})
        practised_skills = {name for card_id in card_ids for name in fold.cards[card_id].weights}
        last = day + 59
        due = {name for name, memory in fold.memories.items() if recall_of_skill(DEFAULT_WEIGHTS, memory, last) < 0.95}
        assert due <= practised_skills
        later = coming_by_skills(fold, cards, range(day, day + 60), 0.95, before=ids_by_day[0])
        assert later[0] == ()
        assert not {card_id for of_day in later for card_id in of_day} & {*ids_by_day[0]}
    assert coming_by_skills(fold, cards, range(day, day), 0.95) == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.sampled_from(("sin(x^2)", "ln(3*x)", "x*e^x")),
            st.integers(1, 40),
            st.integers(0, 5),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_the_day_does_not_depend_on_the_order_in_which_answers_are_read(answers, random):
    log = log_of(*answers)
    shuffled = list(log)
    random.shuffle(shuffled)
    plan = planned_day(skill_fold(DEFAULT_WEIGHTS, log), {"a", "b"}, 41, 0.9)
    assert planned_day(skill_fold(DEFAULT_WEIGHTS, shuffled), {"a", "b"}, 41, 0.9) == plan
    assert {*plan.asked_ids} <= plan.cards <= {"a", "b"}
