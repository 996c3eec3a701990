"""A break beyond the largest float hides no piece: what is wrong only there is never called correct."""

from __future__ import annotations

import random

import pytest
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Certainty, Problem, Word

WRONG_FAR_OUT = [
    ("max(ln(x), 1000)", "0"),
    ("abs(ln(x) - 800)", "-1/x"),
    ("sqrt((ln(x) - 900)^2)", "-1/x"),
    ("max(10^(-134)*x, 10^185)", "0"),
    ("max(x^(1/400), 100)", "0"),
    ("max(ln(ln(x + 10)), 8)", "0"),
    ("max(x^2, 10^700)", "0"),
    ("max(-x, 10^400)", "0"),
    ("max(ln(-x), 1000)", "0"),
    ("max(ln(a), 1000)*x", "1000"),
    ("max(ln(a*x), 1000)", "0"),
    ("x^2", "2x + step(ln(ln(ln(x^2 + 16))) - 3)"),
    ("x^2", "2x + step(ln(ln(ln(ln(x + 100)))) - 4)"),
    ("x^2", "2x + step(arctan(x) - pi/2 + 10^(-340))"),
]


@pytest.mark.parametrize(("f", "answer"), WRONG_FAR_OUT)
def test_what_is_wrong_beyond_the_largest_float_is_not_accepted(f, answer):
    assert check(Problem(f), answer).word is not Word.CORRECT


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("max(ln(x), 1000)", "step(ln(x) - 1000)/x"),
        ("abs(ln(x) - 800)", "abs(ln(x) - 800)/(x*(ln(x) - 800))"),
        ("max(x^2, 10^700)", "2x*step(x^2 - 10^700)"),
    ],
)
def test_what_is_right_there_too_is_proved(f, answer):
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.certainty) == (Word.CORRECT, Certainty.PROVED)


@pytest.mark.thorough
def test_random_answers_that_are_right_on_one_side_of_a_far_break_are_not_accepted():
    source = random.Random(310)
    for _ in range(sample_size(6, 60)):
        a, c, k = source.randint(2, 9), 10 ** source.uniform(2.86, 5.8), source.randint(310, 3000)
        f, answer = source.choice(
            [
                (f"abs(ln({a}x) - {c:.0f})", "-1/x"),
                (f"max({a}*ln(x), {a * c:.0f})", "0"),
                (f"min(ln(x/{a}), {c:.0f})", "1/x"),
                (f"relu({a}x - 10^{k})", "0"),
                (f"abs(x^{a} - 10^{a * k})", f"-{a}x^{a - 1}"),
                (f"max(x^(1/{a}), 10^{k})", "0"),
            ]
        )
        assert check(Problem(f), answer).word is not Word.CORRECT, (f, answer)
