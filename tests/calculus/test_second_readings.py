"""An answer that is right under another usual reading of its text costs nothing: both readings are shown."""

from __future__ import annotations

import pytest

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Problem, Word


@pytest.mark.parametrize(
    ("f", "answer", "read_as", "proposal"),
    [
        ("ln(x)/2", "1/2x", "(1/2)*x", "1/(2x)"),
        ("e^(2x)/2", "e^2x", "e^2*x", "e^(2x)"),
        ("e^(2x)", "2 e^2 x", "2*e^2*x", "2e^(2x)"),
        ("2/3 x^(3/2)", "x^1/2", "(x^1)/2", "x^(1/2)"),
        ("sin(2) x^2/2", "sin 2x", "sin(2*x)", "sin(2)*x"),
        ("ln(x^2+1)", "2x/x^2+1", "2*x/x^2 + 1", "2x/(x^2 + 1)"),
        ("arctan(3x)", "3/1+9x^2", "3/1 + 9*x^2", "3/(1 + 9x^2)"),
        ("sqrt(x^2+1)", "x/√x^2+1", "x/sqrt(x^2) + 1", "x/sqrt(x^2 + 1)"),
        ("sqrt(x^2+1)", "2x/2√x^2+1", "(2*x/2)*sqrt(x^2) + 1", "2x/(2*sqrt(x^2 + 1))"),
    ],
)
def test_both_readings_are_shown(f, answer, read_as, proposal):
    verdict = check(Problem(f), answer)
    assert verdict.word is Word.UNREADABLE
    assert verdict.message == f"{answer} is read as {read_as}. Did you mean {proposal}? Add parentheses."


@pytest.mark.parametrize(
    ("f", "answer", "read_as", "proposal"),
    [
        ("(x ln(x) - x)/ln(10)", "log x", "ln(x)", "log10(x)"),
        ("-a cos(x)", "asin(x)", "arcsin(x)", "a*sin(x)"),
        ("t a n x^2/2", "tanx", "tan(x)", "t*a*n*x"),
        ("x/2 - sin(2x)/4", "sin2(x)", "sin(2*x)", "sin(x)^2"),
        ("sin(x^2)", r"2x\cos{x}^{2}", "2*x*cos(x)^2", "2x*cos(x^2)"),
    ],
)
def test_parentheses_are_asked_for_only_where_they_are_missing(f, answer, read_as, proposal):
    message = check(Problem(f), answer).message
    assert message == f"{answer} is read as {read_as}. Did you mean {proposal}? Type it like that."


def test_a_reading_that_is_the_text_itself_is_not_repeated():
    message = check(Problem("3/4 cbrt(x)^4"), "root(3,x)").message
    assert message == "Did you mean root(x, 3)? Type it like that."


@pytest.mark.parametrize(("f", "answer"), [("ln(x^2+1)", "2x/(x^2)+1"), ("sin(x)^2", "2 sin(x)"), ("x^3", "x^2/2x+1")])
def test_an_answer_that_is_wrong_under_every_reading_stays_wrong(f, answer):
    assert check(Problem(f), answer).word is Word.INCORRECT
