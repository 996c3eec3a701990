"""Every function that can be read can be differentiated, judged and proved: no table of the checker lacks one."""

from __future__ import annotations

import pytest

from mnemosyne.calculus.check import check, explain
from mnemosyne.expressions.functions import FUNCTIONS
from mnemosyne.verdict import Problem, Word


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
@pytest.mark.parametrize("argument", ["x", "x^2 + 1/2"])
def test_the_derivative_that_is_shown_is_accepted(function, argument):
    second = {1: "", 2: ", 3"}[function.arity]
    f = f"x*{function.name}({argument}{second})"
    answer = explain(f).derivative
    verdict = check(Problem(f), answer)
    assert verdict.word is Word.CORRECT, verdict.message
