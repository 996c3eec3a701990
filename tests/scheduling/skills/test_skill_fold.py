"""The fold of the log into skills: it can be stored and continued anywhere, and its version says what it is."""

from __future__ import annotations

import json
from hashlib import sha256
from random import Random
from statistics import fmean

import pytest
from folds import skill_fold
from sample_size import sample
from skilled_learner import SkilledLearner, log_of, skilled_log

from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS
from mnemosyne.scheduling.skills.own_memory import (
    FEWEST_ANSWERS,
    NO_LOSSES,
    OwnMemoryFold,
    ScoredRecall,
    earlier_answers,
)
from mnemosyne.scheduling.skills.skill_fold import FOLD_VERSION, SkillFold
from mnemosyne.scheduling.skills.skill_memory import recall_of_skill

LOG = skilled_log(0.4, 1500, most_cards=90)


def test_the_state_of_a_version_never_changes():
    """Where this fails, what decks have stored is no longer what the fold makes of the log: raise FOLD_VERSION."""
    state = json.dumps(_rounded(skill_fold(DEFAULT_WEIGHTS, LOG).state), sort_keys=True)
    assert (FOLD_VERSION, sha256(state.encode()).hexdigest()[:16]) == (2, "0a37b9243c1cabb4")


def _rounded(value):
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return round(value, 5) if isinstance(value, float) else value


@pytest.mark.thorough
@pytest.mark.sampled
@pytest.mark.parametrize("theta", sample([0.0, 0.3, 0.5, 0.8], 2))
def test_what_is_known_of_skills_is_true_whatever_part_of_memory_is_that_of_cards(theta: float):
    """Where a card was forgotten for its own sake, its skills are not blamed: all of them would seem forgotten."""
    learner = SkilledLearner(theta, Random(1))
    log = log_of(learner, 2500, most_cards=90)
    fold, day = skill_fold(DEFAULT_WEIGHTS, log), log[-1].day + 10
    errors = [
        abs(recall_of_skill(DEFAULT_WEIGHTS, memory, day) - learner.recall_of(name, day))
        for name, memory in fold.memories.items()
    ]
    assert fmean(errors) < 0.004
    assert fold.own_memory.fit().theta == theta


@pytest.mark.parametrize("seed", range(4))
def test_stored_as_json_and_continued_it_is_the_fold_of_the_whole_log(seed: int):
    random, fold = Random(seed), SkillFold(DEFAULT_WEIGHTS)
    for answer in LOG:
        if random.random() < 0.02:
            fold = SkillFold.from_state(DEFAULT_WEIGHTS, json.loads(json.dumps(fold.state)))
        fold.add(answer)
    whole = skill_fold(DEFAULT_WEIGHTS, LOG)
    assert fold.state == whole.state
    assert fold.own_memory.fit() == whole.own_memory.fit()
    assert whole.own_memory.sums.answers > FEWEST_ANSWERS


def test_the_sums_that_may_end_the_earlier_half_are_there_and_few():
    fold, recall, sums = OwnMemoryFold(), ScoredRecall(0.8, ((0.6, 0.9),), passed=True), [NO_LOSSES]
    for answers in range(1, 5000):
        fold.add(recall)
        sums.append(fold.sums)
        half = earlier_answers(answers)
        assert answers / 2 - max(10, answers / 32) <= half <= answers / 2
        if answers >= FEWEST_ANSWERS:
            assert sums[half] in fold.earlier
        assert len(fold.earlier) <= 70
