"""θ: which answers are scored, that a true θ is recovered, and that skills schedule only where they explain the log."""

from __future__ import annotations

from dataclasses import replace
from math import log
from random import Random

import pytest
from folds import own_memory
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample
from skilled_learner import COMPOSITIONS, skilled_log

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, GOOD
from mnemosyne.scheduling.skills.own_memory import (
    FEWEST_ANSWERS,
    SHARES,
    OwnMemory,
    RecallForm,
    ScoredRecall,
)
from mnemosyne.scheduling.skills.skill_fold import SkillFold
from mnemosyne.scheduling.skills.skill_memory import ExerciseAnswer
from mnemosyne.scheduling.skills.skill_uses import skill_uses, weight

ANSWERS = 3500
RECALLS = st.builds(
    ScoredRecall,
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0.6, 1), st.floats(0, 1)), min_size=1, max_size=4).map(tuple),
    st.booleans(),
)


def answer(event: int, card_id: str, day: int, quality: int = 4, *, exercise: int = 0, drill: bool = False):
    """Return an answer to one of the compositions."""
    return ExerciseAnswer(f"{event:02}", card_id, day, COMPOSITIONS[exercise], quality, 4, drill)


def scored(log: list[ExerciseAnswer]) -> list[ScoredRecall]:
    """Return what was expected of each scored answer."""
    fold, recalls = SkillFold(DEFAULT_WEIGHTS), list[ScoredRecall]()
    for answer in log:
        if (recall := fold.scored(answer)) is not None:
            recalls.append(recall)
        fold.add(answer)
    assert fold.own_memory.fit() == own_memory(recalls)
    return recalls


def test_an_answer_is_scored_once_its_card_and_its_skills_were_met_on_an_earlier_day():
    first = answer(1, "a", 100)
    assert scored([first]) == []
    assert scored([first, answer(2, "a", 100, drill=True)]) == []
    assert scored([first, answer(2, "b", 103)]) == []  # of another card
    assert scored([first, answer(2, "a", 103, exercise=7)]) == []  # with other skills
    assert scored([first, answer(2, "a", 103, drill=True)]) == []
    state = fsrs.first_state(DEFAULT_WEIGHTS, GOOD)
    expected = fsrs.retrievability(DEFAULT_WEIGHTS, state.stability, 3)
    (recall,) = scored([first, answer(2, "a", 103, quality=1)])
    assert recall.of_card == pytest.approx(expected)
    assert not recall.passed
    assert len(recall.of_skills) == len(skill_uses(first.exercise)) == 2
    for share, of_skill in recall.of_skills:
        assert (share, of_skill) == pytest.approx((weight(1), expected))


def test_the_time_since_a_card_was_met_and_the_time_since_a_skill_was_met_differ():
    log = [answer(1, "a", 100), answer(2, "b", 108), answer(3, "a", 110)]
    (recall,) = scored(log)
    assert all(of_skill > recall.of_card for _, of_skill in recall.of_skills)


@pytest.mark.thorough
@pytest.mark.sampled
@pytest.mark.parametrize("seed", sample([1, 2], 1))
@pytest.mark.parametrize("theta", sample([0.0, 0.3, 0.5, 0.7, 1.0], 3))
def test_a_true_theta_is_recovered(theta: float, seed: int):
    fit = own_memory(scored(skilled_log(theta, ANSWERS, seed=seed)))
    assert fit.answers > 2000
    assert abs(fit.theta - theta) <= 0.2
    assert fit.skills_schedule == (theta < 1)


@pytest.mark.parametrize("share", [0.8, 0.9])
def test_skills_schedule_nothing_where_answers_are_right_by_chance(share: float):
    random = Random(7)
    log = [
        replace(answer, quality=4 if answer.drill or random.random() < share else 1, misconception=None)
        for answer in skilled_log(1.0, ANSWERS)
    ]
    fit = own_memory(scored(log))
    assert fit.loss_by_share < min(fit.loss_by_cards, fit.loss_by_skills)
    assert not fit.skills_schedule


def test_with_few_answers_nothing_is_fitted():
    few = [ScoredRecall(0.5, ((0.6, 0.99),), passed=True)] * (FEWEST_ANSWERS - 1)
    assert own_memory(few) == OwnMemory(FEWEST_ANSWERS - 1)
    assert not own_memory(few).skills_schedule
    fit = own_memory([*few, few[0]])
    assert (fit.theta, fit.form, fit.skills_schedule) == (0.0, RecallForm.PRODUCT, True)


def test_losses_and_gain_are_those_of_the_later_half():
    forgotten = [ScoredRecall(0.9, ((0.6, 0.5),), passed=number % 3 > 0) for number in range(300)]
    fit = own_memory(forgotten)
    assert fit.form is RecallForm.PRODUCT
    assert fit.theta == 0.0
    assert fit.loss_by_cards == pytest.approx(-(2 * log(0.9) + log(0.1)) / 3)
    likely = 0.5**0.6
    assert fit.loss_by_skills == pytest.approx(-(2 * log(likely) + log(1 - likely)) / 3)
    assert fit.gain == pytest.approx(150 * (fit.loss_by_cards - fit.loss_by_skills))
    assert fit.skills_schedule


@settings(max_examples=25)
@given(st.lists(RECALLS, min_size=1, max_size=6))
def test_every_log_has_a_theta_and_finite_losses(few: list[ScoredRecall]):
    recalls = (few * FEWEST_ANSWERS)[:FEWEST_ANSWERS]
    fit = own_memory(recalls)
    assert fit.theta in SHARES
    assert all(0 <= loss < 10 for loss in (fit.loss_by_cards, fit.loss_by_skills, fit.loss_by_share))
    assert fit == own_memory(list(recalls))
