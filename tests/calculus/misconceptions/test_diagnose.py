"""One example or more of each misconception: question, wrong answer, name."""

from __future__ import annotations

import pytest

from mnemosyne.calculus.check import check
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.calculus.verdict import Problem, Word

NAMED = [
    ("missing-inner-derivative", "sin(x^2)", "cos(x^2)"),
    ("missing-inner-derivative", "cos(sin(tan(x^2)))", "-sin(sin(tan(x^2)))*cos(tan(x^2))*sec(x^2)^2"),
    ("missing-inner-derivative", "cos(sin(tan(x^2)))", "-2x sin(sin(tan(x^2)))*sec(x^2)^2"),
    ("missing-inner-derivative", "x sin(x^2)", "sin(x^2) + x cos(x^2)"),
    ("missing-inner-derivative", "e^(3x) + x^2", "e^(3x) + 2x"),
    ("outer-at-x", "sin(x^2)", "2x cos(x)"),
    ("outer-at-x", "sqrt(x^3 + 1)", "3x^2/(2sqrt(x))"),
    ("inner-derivative-inside", "sin(x^2)", "cos(2x)"),
    ("swapped-inside-outside", "sin(x^3)", "3sin(x)^2*cos(x)"),
    ("outer-not-differentiated", "sin(x^2)", "2x sin(x^2)"),
    ("added-not-multiplied", "sin(x^2)", "cos(x^2) + 2x"),
    ("inner-derivative-twice", "sin(x^2)", "4x^2 cos(x^2)"),
    ("divided-by-inner-derivative", "sin(x^2)", "cos(x^2)/(2x)"),
    ("derivatives-without-chain", "sin(x^2)", "x^2 cos(x) + 2x sin(x)"),
    ("sign-flipped", "sin(x^2)", "-2x cos(x^2)"),
    ("sign-flipped", "sqrt(1 - x^2)", "x/sqrt(1 - x^2)"),
    ("trig-sign", "x + cos(x^2)", "1 + 2x sin(x^2)"),
    ("wrong-table-entry", "tan(x^2)", "2x sec(x^2)"),
    ("wrong-table-entry", "sec(x^2)", "2x tan(x^2)^2"),
    ("power-not-reduced", "(3x+1)^5", "15(3x+1)^5"),
    ("power-factor-dropped", "(3x+1)^5", "3(3x+1)^4"),
    ("power-lowered-twice", "(3x+1)^5", "15(3x+1)^3"),
    ("power-raised", "(3x+1)^5", "15(3x+1)^6"),
    ("power-rule-on-exponential", "2^(x^2)", "x^2*2^(x^2-1)*2x"),
    ("exponential-base-log-dropped", "2^(x^2)", "2x*2^(x^2)"),
    ("log-of-inner-derivative", "ln(x^2+1)", "ln(2x)"),
    ("log-not-inverted", "ln(x^2+1)", "1/(2x)"),
    ("constant-factor", "sin(x^2)", "6x cos(x^2)"),
    ("constant-kept", "sin(x^2) + 5", "2x cos(x^2) + 5"),
    ("constant-kept", "sin(x^2) + 5", "2x cos(x^2) + 1"),
    ("product-rule-as-product", "x^2 sin(3x)", "2x*3cos(3x)"),
    ("product-rule-half", "x^2 sin(3x)", "2x sin(3x)"),
    ("quotient-order", "x + sin(x)/(x^2+1)", "1 + (2x sin(x) - cos(x)(x^2+1))/(x^2+1)^2"),
    ("quotient-denominator", "sin(x)/(x^2+1)", "(cos(x)(x^2+1) - 2x sin(x))/(x^2+1)"),
    ("no-chain-at-all", "sin(x^2)", "cos(x)"),
    ("inner-derivative-only", "sin(x^2)", "2x"),
    ("inner-replaced-by-its-derivative", "sin(x^3)", "sin(3x^2)"),
    ("inner-left-in-place", "sin(x^2)", "x^2 cos(x^2)"),
    ("lost-bracket", "sqrt(x + sin(3x))", "(1 + cos(3x))*3/(2sqrt(x + sin(3x)))"),
    ("lost-bracket", "sin(x^2 + 3x)", "cos(x^2 + 3x)*2x + 3"),
    ("power-of-derivative", "(x^3+1)^4", "(3x^2)^4"),
    ("root-of-derivative", "sqrt(x^3+1)", "sqrt(3x^2)"),
    ("exponential-base-log-divided", "2^(x^2)", "2x*2^(x^2)/ln(2)"),
    ("log-constant-kept", "ln(5x)", "5/x"),
    ("inner-factor-dropped", "sin(5x^2)", "2x cos(x^2)"),
    ("inverse-as-reciprocal", "arcsin(x^2)", "-2x csc(x^2)cot(x^2)"),
    ("inverse-trig-square-dropped", "arcsin(x^3)", "3x^2/sqrt(1 - x^3)"),
    ("constant-multiple-dropped", "x + 3sin(x^2)", "1 + 2x cos(x^2)"),
    ("constant-multiple-dropped", "3sin(x^2)", "2x cos(x^2)"),
    ("constant-as-variable", "x^2 + pi^2", "2x + 2pi"),
    ("product-as-sum", "x^2 sin(3x)", "2x + 3cos(3x)"),
    ("product-own-derivatives", "x^2 sin(3x)", "x^2*2x + sin(3x)*3cos(3x)"),
    ("quotient-termwise", "sin(x)/(x^2+1)", "cos(x)/(2x)"),
    ("quotient-wrong-square", "sin(x)/(x^2+1)", "(cos(x)(x^2+1) - 2x sin(x))/sin(x)^2"),
    ("degrees", "sin(x^2)", "2x cos(x^2)*pi/180"),
    ("integrated", "x^2 + sin(x)", "x^3/3 - cos(x)"),
    ("not-differentiated", "sin(x^2)", "sin(x^2)"),
    ("differentiated-twice", "sin(x^2)", "2cos(x^2) - 4x^2 sin(x^2)"),
    ("right-at-a-point", "x^3 + x", "13"),
]


@pytest.mark.parametrize(("name", "f", "answer"), NAMED)
def test_a_known_slip_is_named(name: str, f: str, answer: str) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, name)


def test_every_misconception_has_an_example() -> None:
    assert {name for name, _, _ in NAMED} == set(CATALOGUE)


@pytest.mark.parametrize(
    ("f", "answer", "message"),
    [
        ("sin(x^2)", "cos(x^2)", "In sin(x²) the inner function is x²; multiply by its derivative too."),
        (
            "sin(x^2)",
            "2x cos(x)",
            "The derivative of the outer function of sin(x²) belongs at x², not at the bare variable.",
        ),
        ("sin(x^2)", "6x cos(x^2)", "Right up to a constant factor: yours is 3 times too large."),
        ("sin(x^2)", "2/3 x cos(x^2)", "Right up to a constant factor: yours is 3 times too small."),
        (
            "sin(x^2)",
            "-6x cos(x^2)",
            "Right up to a constant factor: yours is 3 times too large and of the wrong sign.",
        ),
    ],
)
def test_the_message_points_to_the_link(f: str, answer: str, message: str) -> None:
    assert check(Problem(f), answer).message == message


@pytest.mark.parametrize(
    "answer", ["x^5 + 3", "7", "tan(x)^3", "sin(x) + x", "sqrt(x + 9)", "e^x ln(x + 7)", "x/(x + 3)", "arctan(x + 2)"]
)
def test_an_answer_wrong_for_no_known_reason_gets_no_name(answer: str) -> None:
    verdict = check(Problem("sin(x^2)"), answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (
        Word.INCORRECT,
        None,
        "This is not the derivative.",
    )
