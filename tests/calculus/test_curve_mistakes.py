"""Curves by the dozen: every rewriting of the slope by the equation is accepted, every mistake refused and named."""

from __future__ import annotations

import random

import pytest
from curve_cases import EQUATIONS, curves, is_wrong, mistakes, rewritten_slopes

from mnemosyne.calculus.implicit import CurveQuestion, CurveTask
from mnemosyne.calculus.judgement import judge_text
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.reading import read_printed
from mnemosyne.verdict import Problem, Word


@pytest.mark.parametrize("problem", curves(len(EQUATIONS), seed=7), ids=EQUATIONS)
def test_right_slopes_are_accepted_and_mistakes_named(problem: Problem) -> None:
    question = CurveQuestion(problem)
    task = CurveTask(question)
    assert len(question.samples) >= 8
    for answer in rewritten_slopes(question, random.Random(7)):
        assert judge_text(task, answer, explained=False).word is Word.CORRECT, answer
    wrong = [
        (name, answer)
        for name, answer in mistakes(question)
        if answer and is_wrong(question, to_graph(question.graph, read_printed(answer, question.names)))
    ]
    assert len(wrong) >= 4
    for name, answer in wrong:
        verdict = judge_text(task, answer, explained=False)
        assert verdict.word is Word.INCORRECT, (name, answer)
        assert verdict.misconception is not None, (name, answer)
