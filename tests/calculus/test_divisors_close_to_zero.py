"""Divisors too close to zero for the usual precision: 1 − tanh²(u) is about 10⁻¹⁹⁰⁸ for u = 2197, and not zero."""

from __future__ import annotations

import random

import pytest
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Certainty, Problem, Word

CLOSE_TO_ZERO = (
    "1 - tanh({u})^2",
    "1 - sigmoid({u})",
    "coth({u}) - 1",
    "softplus({u}) - ({u})",
    "sech({u})",
    "1/cosh({u})^2",
)
GROWING = ("x^2 + {c}", "abs(x) + {c}", "{c} + e^x", "{c} + abs(x^3 + 1)")
ZERO = ("sin(x)^2 + cos(x)^2 - 1", "e^(ln(x^2 + 1)) - x^2 - 1", "sqrt(x^2) - abs(x)", "(x + 1)^6 - ((x + 1)^3)^2")


def test_a_right_answer_with_such_a_divisor_is_right() -> None:
    answer = "-3*(-(sech((abs(x^2 + 8) + 5)^3)*tanh((abs(x^2 + 8) + 5)^3))*3(abs(x^2 + 8) + 5)^2*sign(x^2 + 8)*2x)"
    verdict = check(Problem("3/sech((5 + abs(x^2 + 8))^3)"), f"({answer})/(1 - tanh((abs(x^2 + 8) + 5)^3)^2)")
    assert (verdict.word, verdict.certainty) == (Word.CORRECT, Certainty.PROVED)


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(2, 80)))
def test_such_a_divisor_is_never_taken_for_zero(seed: int) -> None:
    source = random.Random(seed)
    u = source.choice(GROWING).format(c=round(10 ** source.uniform(1, 4)))
    divisor = source.choice(CLOSE_TO_ZERO).format(u=u)
    assert check(Problem("x^2"), f"2x({divisor})/({divisor})").word in (Word.CORRECT, Word.UNDECIDED)
    assert check(Problem("x^2"), f"2x + 1/({divisor})").word in (Word.INCORRECT, Word.UNDECIDED)


@pytest.mark.parametrize("divisor", ZERO)
def test_a_divisor_that_is_zero_makes_the_answer_undefined(divisor: str) -> None:
    verdict = check(Problem("x^2"), f"2x + 1/({divisor})")
    assert (verdict.word, verdict.message) == (Word.UNREADABLE, "This is undefined everywhere.")
