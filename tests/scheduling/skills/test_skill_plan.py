"""The day's cards by skills: by example, and what holds of every plan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.scheduling.skills.skill_plan import LEAST_OWN_RECALL, SkillQuestion, due_by_skills

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
        ([SINE, LOGARITHM, BOTH], {"sin": 0.8, "ln": 0.95}, ("sine",)),  # in less time than both
        ([SINE, LOGARITHM, BOTH], {"sin": 0.8, "ln": 0.8}, ("both",)),
        ([SINE, LOGARITHM, LONG], {"sin": 0.8, "ln": 0.8}, ("logarithm", "sine")),
        ([SINE, LOGARITHM], {"sin": 0.8, "ln": 0.7}, ("logarithm", "sine")),  # what is forgotten most comes first
        ([SINE, LOGARITHM], {"links-2": 0.8}, ("logarithm",)),
        ([SINE], {"exp": 0.1}, ()),  # no card takes it
        ([FADED, SINE, GONE], {"sin": 0.8}, ("sine", "gone", "faded")),
        ([FADED, GONE], {"product": 0.8}, ("gone", "faded")),
    ],
)
def test_the_cards_of_a_day(questions: list[SkillQuestion], recalls: dict[str, float], due: tuple[str, ...]):
    assert due_by_skills(questions, recalls, 0.9) == due


def test_of_cards_that_meet_the_same_the_least_recalled_is_asked():
    again = SkillQuestion("a", SINE.weights, SINE.seconds, 0.95)
    assert due_by_skills([again, SINE], {"sin": 0.5}, 0.9) == ("sine",)


@given(QUESTIONS, RECALLS, st.floats(0.7, 0.97))
def test_every_due_skill_is_met_and_no_card_is_asked_for_nothing(
    questions: list[SkillQuestion], recalls: dict[str, float], retention: float
):
    due = due_by_skills(questions, recalls, retention)
    by_id = {question.card_id: question for question in questions}
    forgotten = {name for name, recall in recalls.items() if recall < retention}
    met = {name for card_id in due for name in by_id[card_id].weights}
    assert len({*due}) == len(due)
    assert {name for question in questions for name in question.weights} & forgotten <= met
    assert {card_id for card_id in by_id if by_id[card_id].own_recall < LEAST_OWN_RECALL} <= {*due}
    seen: set[str] = set()
    for card_id in due:
        new = (by_id[card_id].weights.keys() & forgotten) - seen
        assert new or by_id[card_id].own_recall < LEAST_OWN_RECALL
        seen |= new


@given(QUESTIONS, RECALLS, st.randoms(use_true_random=False))
def test_the_plan_does_not_depend_on_the_order_of_the_cards(questions, recalls, random):
    shuffled = list(questions)
    random.shuffle(shuffled)
    assert due_by_skills(shuffled, recalls, 0.9) == due_by_skills(questions, recalls, 0.9)
