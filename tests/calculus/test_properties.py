"""Random compositions of every function: no right answer refused, no wrong one accepted, and few left undecided.

There are some hundreds here; `tests/benchmarks/accuracy.py` runs any number of thousands. That an answer is
wrong is known from mpmath, which shares no code with the checker.
"""

from __future__ import annotations

import random

import pytest
from compositions import equal_form, function, wrong_form
from judge import agree
from sample_size import sample_size

from mnemosyne.calculus.judgement import judge_tree
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.tasks import Task
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.verdict import Word

FUNCTIONS = sample_size(20, 120)
pytestmark = pytest.mark.sampled


@pytest.fixture(autouse=True)
def no_last_resort(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn off the proof by sympy, which may take any time: balls have to decide."""
    monkeypatch.setattr("mnemosyne.calculus.decide.proves_equal", lambda *_: False)


@pytest.fixture(params=range(2))
def questions(request: pytest.FixtureRequest) -> list[tuple[PreparedQuestion, random.Random]]:
    source = random.Random(request.param)
    candidates = (PreparedQuestion(function(source), seed=seed) for seed in range(FUNCTIONS))
    return [(question, source) for question in candidates if question.samples]


def test_a_derivative_in_another_form_is_correct(questions: list[tuple[PreparedQuestion, random.Random]]) -> None:
    undecided = 0
    for question, source in questions:
        right = equal_form(source, to_tree(question.graph, question.derivative))
        verdict = judge_tree(Task(question), right, explained=False)
        assert verdict.word in (Word.CORRECT, Word.UNDECIDED), (to_line(question.tree), to_line(right))
        undecided += verdict.word is Word.UNDECIDED
    assert undecided <= 2


def test_a_derivative_with_one_thing_changed_is_incorrect(
    questions: list[tuple[PreparedQuestion, random.Random]],
) -> None:
    wrong = unshown = 0
    for question, source in questions:
        right = to_tree(question.graph, question.derivative)
        variant = wrong_form(source, right)
        differs = agree(question, right, variant) is False
        verdict = judge_tree(Task(question), variant, explained=False)
        if differs:
            wrong += 1
            assert verdict.word is not Word.CORRECT, (to_line(question.tree), to_line(variant))
            unshown += verdict.word is Word.INCORRECT and verdict.evidence is None
    assert wrong > FUNCTIONS // 2
    assert unshown <= 2  # values beyond floating point everywhere
