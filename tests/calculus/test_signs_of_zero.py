"""Signs of what is zero on a whole piece: they have no value there, so sign(relu(x))² is not 1 where x < 0."""

from __future__ import annotations

import random

import pytest
from flat_pieces import ZERO_ON_A_PIECE
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Asks, Certainty, Problem, Word

ZERO_AT_POINTS = (
    "{g}",
    "abs({g})",
    "abs({g}) - 1",
    "({g})*abs({g})",
    "({g})^3",
    "abs({g}) + 2({g})",
    "max({g}, x + 20)",
)
ONES = ("sign({u})^2", "abs(sign({u}))", "sign({u})*sign({u})", "sign({u})/sign({u})", "sign({u})^(-2)")
ZEROS = ("0/sign({u})", "ln(abs(sign({u})))", "sign({u})^4 - 1", "2step({u}) - 1 - sign({u}) + 0/sign({u})")
QUESTIONS = (
    ("x^2", "2x"),
    ("sin(3x)", "3cos(3x)"),
    ("abs(x - 7)", "sign(x - 7)"),
    ("e^x + relu(x + 9)", "e^x + step(x + 9)"),
)


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("x", "sign(relu(x))^2"),
        ("x", "1 + 0/sign(relu(x))"),
        ("x", "2step(relu(x)) - sign(relu(x))"),
        ("x", "1 + ln(abs(sign(max(x, 0))))"),
        ("x", "sign(abs(x) + x)^2"),
        ("n*x", "n*sign(relu(n*x))^2"),
        ("relu(x)", "step(relu(x))"),
        ("relu(x)", "step(x)/sign(relu(x))"),
        ("relu(x)*n", "n*step(x)*sign(relu(x))^(-2)*sign(relu(x))^2"),
        ("relu(relu(x))", "step(relu(x))"),
        ("relu(relu(x))", "step(relu(x))^2"),
        ("relu(relu(x))", "step(x) + step(relu(x))^2 - step(relu(x))"),
        ("abs(relu(x))", "sign(relu(x))"),
        ("abs(relu(x))", "step(x) + sign(relu(x))^3 - sign(relu(x))"),
        ("relu(relu(tan(8 - x)))", "(1 + sign(relu(tan(8 - x))))/2*step(tan(8 - x))*(-sec(8 - x)^2)"),
    ],
)
def test_an_answer_with_such_a_sign_has_no_value_there(f: str, answer: str) -> None:
    verdict = check(Problem(f), answer)
    assert verdict.word is Word.INCORRECT
    assert verdict.evidence is not None and verdict.evidence.yours is None


def test_an_antiderivative_or_a_slope_with_such_a_sign_has_no_value_there_either() -> None:
    verdict = check(Problem("2x", asks=Asks.ANTIDERIVATIVE), "x^2*sign(relu(x))^2 + C")
    assert verdict.word is Word.INCORRECT
    circle = Problem("x^2 + y^2 = 25", asks=Asks.IMPLICIT)
    for problem, right in ((Problem("2x", asks=Asks.ANTIDERIVATIVE), "x^2"), (circle, "-x/y")):
        verdict = check(problem, f"{right} + relu(x)*sign(relu(x)) - relu(x)")
        assert verdict.misconception == "domain-narrowed"
        assert verdict.evidence is not None and verdict.evidence.yours is None
    for spoilt in ("-x/y*sign(relu(x))^2", "-x/y + 0/sign(relu(y))"):
        assert check(circle, spoilt).word is not Word.CORRECT
    assert check(circle, "-x/y*sign(x - y)^2").word is Word.CORRECT


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("step(x)", "|relu(x)|"),
        ("step(x)", "relu(relu(x))"),
        ("3relu(x)^2", "|relu(x)|^3"),
        ("2step(x - 3)", "max(0, 2relu(x - 3))"),
        ("step(arcosh(x) - (8x - 56))/sqrt(x^2 - 1) + 8step(8x - 56 - arcosh(x))", "max(arcosh(x), 8x - 56)"),
        ("step(artanh(x) + (2 - x) - (2 - x))/(1 - x^2)", "relu(artanh(x))"),
        ("sign(ln(x) + sqrt(x) - 9)*(1/x + 1/(2sqrt(x)))", "|ln(x) + sqrt(x) - 9|"),
        ("step(min(x, x - 6))", "|relu(min(x, x - 6))|"),
    ],
)
def test_signs_that_differentiating_an_antiderivative_brings_do_not_count(f: str, answer: str) -> None:
    assert check(Problem(f, asks=Asks.ANTIDERIVATIVE), f"{answer} + C").word is Word.CORRECT
    assert check(Problem(f, asks=Asks.ANTIDERIVATIVE), f"{answer} + relu(5x) + C").word is Word.INCORRECT


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("abs(relu(x))", "sign(relu(x))step(x)"),
        ("relu(relu(x))", "step(relu(x))step(x)"),
        ("relu(relu(7 - x))", "-step((7 - x)*step(7 - x))*step(7 - x)"),
        ("abs(relu(5 - x))", "-sign((5 - x)*step(5 - x))*step(5 - x)"),
        ("x", "sign(abs(x) - 1)^2"),
        ("x", "sign(x abs(x))^2"),
        ("relu(x)", "step(x)sign(x)^2"),
    ],
)
def test_signs_that_are_zero_at_points_only_or_belong_to_the_question_are_kept(f: str, answer: str) -> None:
    verdict = check(Problem(f), answer, explained=False)
    assert (verdict.word, verdict.certainty) == (Word.CORRECT, Certainty.PROVED)


@settings(max_examples=sample_size(10, 100))
@given(st.randoms(use_true_random=False))
def test_random_signs_are_distinguished(source: random.Random) -> None:
    f, right = source.choice(QUESTIONS)
    inner = source.choice(("x", "x - 3", "2x + 5", "4 - x", "x^2 - 6", "e^x - 2"))
    flat, isolated = (source.choice(forms).format(g=inner) for forms in (ZERO_ON_A_PIECE, ZERO_AT_POINTS))
    spoil = source.choice([f"({right})*{factor}" for factor in ONES] + [f"{right} + {zero}" for zero in ZEROS])
    verdict = check(Problem(f), spoil.format(u=flat), explained=False)
    assert verdict.word is not Word.CORRECT
    if verdict.misconception == "domain-narrowed":
        assert verdict.evidence is not None and verdict.evidence.yours is None
    assert check(Problem(f), spoil.format(u=isolated), explained=False).word is Word.CORRECT
