"""A constant exponent equal to a plain number is that number, however it is written."""

from __future__ import annotations

import pytest

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Certainty, Problem, Word

TWO = (
    *(
        "ln(e^2)",
        "log2(4)",
        "log10(100)",
        "sqrt(4)",
        "cbrt(8)",
        "sqrt(2)^2",
        "4cos(pi/3)",
        "e^ln(2)",
        "|-2|",
        "max(1, 2)",
    ),
    *("(sin(1)^2 + cos(1)^2 + 1)", "(1 + tan(pi/4))", "6/3", "(ln(6)/ln(sqrt(6)))", "(ln(e)/0.5)"),
)
ONLY_POSITIVE = "Right for x > 0 only: f is differentiable for x < 0 too."


@pytest.mark.parametrize("two", TWO)
def test_an_exponent_that_is_2_lets_the_base_be_negative(two: str) -> None:
    for f, answer in (
        (f"x^({two})", "2x"),
        ("x^3", f"3x^({two})"),
        (f"(1 - x)^({two})", f"-({two})*(1 - x)^({two} - 1)"),
    ):
        verdict = check(Problem(f), answer)
        assert (verdict.word, verdict.certainty) == (Word.CORRECT, Certainty.PROVED), (f, answer)
    for answer in ("2sqrt(x)^2", "2e^(ln x)", "2x^2/x + ln(x) - ln(x)"):
        verdict = check(Problem(f"x^({two})"), answer)
        assert (verdict.misconception, verdict.message) == ("domain-narrowed", ONLY_POSITIVE), (two, answer)


@pytest.mark.parametrize(
    "exponent", ["ln(7.38905609893)", "(pi - 1.14159265358)", "ln(2)", "sqrt(4.000000001)", "(2 + 10^-30)"]
)
def test_an_exponent_that_is_nearly_2_is_not(exponent: str) -> None:
    assert check(Problem(f"x^({exponent})"), "2x").word is not Word.CORRECT
    assert check(Problem("x^3"), f"3x^({exponent})").word is not Word.CORRECT
