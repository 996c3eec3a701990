"""Integrands by the dozen: right antiderivatives by every route are accepted, common mistakes are not."""

from __future__ import annotations

import random

import pytest
from antiderivative_cases import integrands, routes
from sample_size import sample_size

from mnemosyne.calculus.check import check, prepare
from mnemosyne.verdict import Asks, Problem, Word

CASES = list(integrands(sample_size(15, 60), seed=3))
EASILY_NAMED = ("inner derivative kept", "not integrated", "sign", "first term left", "second term left")


@pytest.mark.sampled
@pytest.mark.parametrize("case", CASES, ids=[case.f for case in CASES])
def test_every_route_leads_to_a_right_answer_and_no_mistake_does(case) -> None:
    problem = Problem(case.f, asks=Asks.ANTIDERIVATIVE)
    if not prepare(problem).samples:
        pytest.skip("it has no values")
    for answer in routes(case, random.Random(3)):
        assert check(problem, answer, explained=False).word is Word.CORRECT, answer
    assert check(problem, case.right).misconception == "constant-of-integration-missing"
    for name, answer in case.mistakes:
        verdict = check(problem, f"{answer} + C", explained=False)
        assert verdict.word is Word.INCORRECT, (name, answer)


def test_most_mistakes_that_the_integrand_shows_are_named() -> None:
    names = [
        check(Problem(case.f, asks=Asks.ANTIDERIVATIVE), f"{answer} + C", explained=False).misconception
        for case in CASES
        for name, answer in case.mistakes
        if name in EASILY_NAMED
    ]
    assert sum(name is not None for name in names) >= 0.95 * len(names) > sample_size(30, 100)
