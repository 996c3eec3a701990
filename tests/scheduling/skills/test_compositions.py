"""Compositions of an exam: only of the learner's skills and depths, readable, never seen before, and always defined."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mnemosyne.expressions.composition import link_count
from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.expressions.reading import read_printed
from mnemosyne.scheduling.skills.compositions import MOST_CHARACTERS, compositions
from mnemosyne.scheduling.skills.skill import CHAINS, SKILLS
from mnemosyne.scheduling.skills.skill_uses import skill_uses


def test_the_same_seed_gives_the_same_ones():
    skills = {"sin", "ln", "links-2", "links-3"}
    assert compositions(skills, 10, 1) == compositions(skills, 10, 1)
    assert compositions(skills, 10, 1) != compositions(skills, 10, 2)


@pytest.mark.parametrize("skills", [set(), {"at-point"}, {"links-2"}, {"implicit", "paths"}])
def test_without_a_function_there_is_none(skills):
    assert compositions(skills, 10, 1) == ()


@given(st.sets(st.sampled_from(sorted(SKILLS))), st.integers(0, 2**31))
@example({"activation", "abs", "reciprocal", "product", "quotient"}, 0)  # x^4 times 1/(8x^2 + 8), not x^4*1 over it
def test_they_use_nothing_that_was_not_met(skills, seed):
    deepest = max((depth for depth, name in CHAINS.items() if name in skills), default=2)
    lines = compositions(skills, 5, seed)
    assert len(set(lines)) == len(lines)
    for line in lines:
        uses = skill_uses(Exercise(ExerciseKind.DERIVATIVE, line, "x"))
        assert uses.keys() <= skills | {"links-2"}
        assert len(line) <= MOST_CHARACTERS
        assert 2 <= link_count(read_printed(line, frozenset("x")), "x") <= deepest


@given(st.integers(0, 2**31))
def test_known_functions_are_left_out(seed):
    skills = {"sin", "exp", "links-2"}
    first = compositions(skills, 4, seed)
    assert not {*first} & {*compositions(skills, 4, seed, frozenset(first).__contains__)}
