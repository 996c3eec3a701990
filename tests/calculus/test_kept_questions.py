"""A question that is kept for further answers judges each of them as a new one does, in whatever order they come."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace

import pytest
from calls import calls
from examples import NAMED
from sample_size import sample_size

from mnemosyne.calculus import check as checking
from mnemosyne.calculus.check import check, explain
from mnemosyne.verdict import Problem, Verdict

OTHERS = ("0", "x", "1/x", "e^x + 1", "2x", "sqrt(x)^2", "|x|", "x + (", "0.693 x", "u + 1", "sin x cos x")


def _answers() -> dict[str, list[str]]:
    answers: dict[str, list[str]] = defaultdict(list)
    for _, f, answer in NAMED:
        answers[f].append(answer)
    return answers


def _judged(f: str, answer: str) -> Verdict:
    return replace(check(Problem(f), answer), elapsed_ms=0)


@pytest.mark.thorough
def test_a_kept_question_judges_as_a_new_one() -> None:
    source = random.Random(20)
    for f, wrong in source.sample(sorted(_answers().items()), sample_size(12, len(_answers()))):
        answers = [*wrong, explain(f).derivative, f"({explain(f).derivative}) + 10^-6", f, *OTHERS]
        fresh = {}
        for answer in answers:
            checking._prepared.cache_clear()
            fresh[answer] = _judged(f, answer)
        checking._prepared.cache_clear()
        for answer in source.sample(answers * 2, 2 * len(answers)):
            assert _judged(f, answer) == fresh[answer], (f, answer)


def test_the_solution_is_worked_out_with_the_first_verdict_alone() -> None:
    problem = Problem("x^2 sin(ln(x^2 + 1))/(1 + e^(3x))")
    right = explain(problem.f).derivative

    def work(*, explained: bool) -> int:
        with calls() as count:
            check(problem, right, explained=explained)
            return count()

    work(explained=False)  # proves it
    assert work(explained=True) < 1.2 * work(explained=False)
