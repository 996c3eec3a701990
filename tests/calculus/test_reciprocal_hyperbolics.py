"""arcoth, arsech and arcsch: functions of their own, judged, proved and named as the others are."""

from __future__ import annotations

import pytest

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Problem, Word


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("acoth(x)", "1/(1-x^2)"),
        ("acoth(2x)", "2/(1-4x^2)"),
        ("ln(acoth(x))", "1/((1-x^2) acoth(x))"),
        ("(x+1)acoth(x)", "acoth(x) + 1/(1-x)"),
        ("arcoth(e^x)", "e^x/(1-e^(2x))"),
        ("x arcoth(x)", "artanh(1/x) + x/(1-x^2)"),
        ("asech(3x)", "-1/(x sqrt(1-9x^2))"),
        ("x arsech(x)", "arcosh(1/x) - 1/sqrt(1-x^2)"),
        ("acsch(x^2)", "-2/(x sqrt(1+x^4))"),
        ("x arcsch(x)", "arsinh(1/x) - x/(|x| sqrt(1+x^2))"),
    ],
)
def test_right_answers(f, answer):
    assert check(Problem(f), answer).word is Word.CORRECT


@pytest.mark.parametrize(
    ("f", "answer", "misconception"),
    [
        ("acoth(x)", "1/(x^2-1)", "sign-flipped"),
        ("acoth(2x)", "1/(1-4x^2)", "missing-inner-derivative"),
        ("acoth(x)", "acoth(x)", "not-differentiated"),
        ("acsch(x)", "-1/(x sqrt(1+x^2))", None),
    ],
)
def test_wrong_answers(f, answer, misconception):
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, misconception)
