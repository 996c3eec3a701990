"""A function without real values is refused, with the part that has none; one that has a value somewhere never is."""

from __future__ import annotations

import random

import pytest
from breaks import spoilt
from sample_size import sample_size

from mnemosyne.calculus.check import check, prepare
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_line
from mnemosyne.verdict import Asks, Problem, Word

INNER = ("x", "x^2", "sin(3x)", "e^x", "x/1000", "|x - 7|", "a*x")
UNDEFINED = (
    *("({g})/0", "1/(({g}) - ({g}))", "({g}) + 1/0", "({g})*ln(0)", "({g})^(1/0)", "cos({g})/(ln(e) - 1)"),
    *("log(({g})^2 + 2, 1)", "x/(sin(a)^2 + cos(a)^2 - 1)", "sin(({g})*sqrt(-1))", "arcsin(2)*({g})", "0^(-1)*({g})"),
)
UNDEFINED_BY_ITS_PIECES = (
    *("sqrt(-1 - ({g})^2)", "ln(-({g})^2)", "arcsin(2 + ({g})^2)", "arcosh(cos({g}) - 2)", "sqrt(sin({g}) - 1.001)"),
    *("ln({g}) + ln(-({g}))", "sqrt(-1/({g})^2)*({g})"),
)


@pytest.mark.parametrize(
    ("f", "message", "span"),
    [
        ("1/0", "1/0 has no real value.", (0, 3)),
        ("x + 1/0", "1/0 has no real value.", (4, 7)),
        ("x/0", "x/0 has no real value.", (0, 3)),
        ("a*x/0", "a·x/0 has no real value.", (0, 5)),
        ("sqrt(-1)", "√(−1) has no real value.", (0, 8)),
        ("0^(-1)", "0⁻¹ has no real value.", (0, 6)),
        ("2x ln(0)", "ln(0) has no real value.", (3, 8)),
        ("1/sin(pi)", "1/sin(π) has no real value.", (0, 9)),
        ("0*arcsin(1.5)", "arcsin(1.5) has no real value.", (2, 13)),
        ("0*artanh(1)", "artanh(1) has no real value.", (2, 11)),
        ("(-8)^(1/3) x", "(−8)^(1/3) has no value: for the real root, write cbrt(…) or root(…, n).", (0, 10)),
        ("(-x^2-1)^(1/3)", "(−x² − 1)^(1/3) is not defined on any interval.", (0, 14)),
        ("ln(-1-x^2)", "ln(−1 − x²) is not defined on any interval.", (0, 10)),
        ("sqrt(-x^2)", "√(−x²) is not defined on any interval.", (0, 10)),
        ("sqrt(x-1) + sqrt(-1-x)", "√(x − 1) + √(−1 − x) is not defined on any interval.", (0, 22)),
        ("ln(1-e^(x^2))", "ln(1 − e^(x²)) is not defined on any interval.", (0, 13)),
    ],
)
def test_what_has_no_value_is_named(f: str, message: str, span: tuple[int, int]) -> None:
    for asks in (Asks.DERIVATIVE, Asks.FORMULA, Asks.ANTIDERIVATIVE):
        with pytest.raises(ReadingError) as refused:
            check(Problem(f, asks=asks), "1")
        assert (str(refused.value), refused.value.span) == (message, span)


@pytest.mark.parametrize("form", [*UNDEFINED, *UNDEFINED_BY_ITS_PIECES])
def test_a_function_without_values_is_refused(form: str) -> None:
    inner = INNER if form in UNDEFINED else [g for g in INNER if "a" not in g]  # with several symbols it is not proved
    for g in inner:
        with pytest.raises(ReadingError, match=r"has no real value|is not defined on any interval"):
            prepare(Problem(form.format(g=g)))


@pytest.mark.parametrize(
    "f",
    [
        *("ln(x - 10^6)", "sqrt((x-1)(1.000001-x))", "arcsin(x - 1000)", "sqrt(sin(x) - 0.999999)", "x^0 + 0^0"),
        *("ln(a - x^2)", "sqrt(-a)*x", "x/(1 - 1/3*3 + x)", "ln(ln(ln(ln(x))))", "acos(a)*asin(a)*x"),
    ],
)
def test_a_function_with_a_value_somewhere_is_not_refused(f: str) -> None:
    prepare(Problem(f))


@pytest.mark.parametrize(
    "answer", ["2x + 0*sqrt(-1)", "2x + 0*arcsin(1.5)", "2x*ln(-3)^0", "2x + 0*arsech(0)", "2x + 0*artanh(pi)"]
)
def test_an_answer_with_no_real_number_in_it_is_unreadable(answer: str) -> None:
    assert check(Problem("x^2"), answer).word is Word.UNREADABLE


def test_an_odd_root_of_a_negative_number_in_an_answer_is_real() -> None:
    assert check(Problem("x^2 - 2x"), "2x + (-8)^(1/3)").word is Word.CORRECT


@pytest.mark.sampled
def test_no_function_with_breaks_is_refused() -> None:
    source = random.Random(14)
    for _ in range(sample_size(10, 200)):
        prepare(Problem(to_line(spoilt(source, source.choice(("", "a", "ab"))).f)))
