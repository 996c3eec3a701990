"""Slopes of curves: right on the curve, whatever they are elsewhere; and the mistakes of implicit differentiation."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from itertools import islice

import pytest
from sample_size import sample_size

from mnemosyne.calculus.balls import RealValues, precision
from mnemosyne.calculus.check import check
from mnemosyne.calculus.implicit import CurveQuestion, CurveTask
from mnemosyne.errors import ReadingError
from mnemosyne.verdict import RIGHT_IN_PART, Asks, Problem, Verdict, Word

CIRCLE = "x^2 + y^2 = 25"
ELLIPSE = "x^2 + x y + y^2 = 7"
FOLIUM = "x^3 + y^3 = 6x y"
EXPONENTIAL = "e^y = x y + 1"
NOT_THE_SLOPE = "Not the slope of the curve (see the values below)."


def judged(equation: str, answer: str) -> Verdict:
    return check(Problem(equation, asks=Asks.IMPLICIT), answer)


@pytest.mark.parametrize(
    ("equation", "answer"),
    [
        (CIRCLE, "-x/y"),
        (CIRCLE, "y' = -x/y"),
        (CIRCLE, "dy/dx = -x y/(25 - x^2)"),
        (CIRCLE, "-x/(y + x^2 + y^2 - 25)"),
        (ELLIPSE, "-(2x + y)/(x + 2y)"),
        (ELLIPSE, "-(2(7 - x y - y^2)/x + y)/(x + 2y)"),
        (FOLIUM, "(2y - x^2)/(y^2 - 2x)"),
        (EXPONENTIAL, "y/(e^y - x)"),
        (EXPONENTIAL, "y/(x y + 1 - x)"),
        ("sin(x y) = x", "(1 - y cos(x y))/(x cos(x y))"),
        ("sqrt(x) + sqrt(y) = 3", "-sqrt(y/x)"),
        ("sqrt(x) + sqrt(y) = 3", "-(3 - sqrt(x))/sqrt(x)"),
        ("|x| + |y| = 1", "-x|y|/(y|x|)"),
        ("x y = 1", "-y/x"),
        ("x y = 1", "-1/x^2"),
        ("x y = 1", "-y^2"),
        ("x^2 + y^2 = r^2", "-x/y"),
        ("(x - 1000)^2 + y^2 = 4", "(1000 - x)/y"),
        ("x^2 + y^2 = 1/1000000", "-x/y"),
        ("y = x^2", "2x"),
        ("ln(x y) = y", "y/(x y - x)"),
        ("x/y + y/x = 3", "y/x"),
        ("tan(y) = x", "1/(1 + x^2)"),
        ("cot(y) = 2x", "-2/(1 + 4x^2)"),
        ("tan(x + y) = y", "-1 - 1/y^2"),
        ("tan(x) tan(y) = 1", "-1"),
        ("y = x tan(y)", "y/(x - x^2 - y^2)"),
        ("tan(y/2) = a x", "2a/(1 + a^2 x^2)"),
    ],
)
def test_the_slope_is_right_on_the_curve(equation: str, answer: str) -> None:
    verdict = judged(equation, answer)
    assert (verdict.word, verdict.message) == (Word.CORRECT, "Proved.")
    assert verdict.evidence is not None
    assert verdict.evidence.finite_difference == pytest.approx(verdict.evidence.chain_rule, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize(
    ("equation", "answer"),
    [
        ("tan(y) = x", "1/(1 - x^2)"),
        ("tan(y) = x", "(1 + x^2)/(1 + x^2)^2*sign(cos(y))"),
        ("sin(y) = x", "1/sqrt(1 - x^2)"),
        ("|tan(y)| = x", "1/(1 + x^2)"),
        ("sqrt(tan(y)^2) = x", "1/(1 + x^2)"),
        ("tan(y)^2 = x^2", "1/(1 + x^2)"),
        ("sin(y)(cos(y) - x) = 0", "-1/sin(y)"),
        ("sin(y)(sin(y) - x cos(y)) = 0", "1/(1 + x^2)"),
    ],
)
def test_what_is_right_on_some_branches_only_is_not_proved(equation: str, answer: str) -> None:
    assert judged(equation, answer).word is not Word.CORRECT


@pytest.mark.parametrize(
    ("equation", "answer", "name", "message"),
    [
        (CIRCLE, "x/y", "slope-sign", "Solve for dy/dx again: a term that moves to the other side changes its sign."),
        (CIRCLE, "-y/x", "slope-inverted", "Solve for dy/dx again: divide by its coefficient."),
        (CIRCLE, "y/x", "slope-inverted", "Solve for dy/dx again: divide by its coefficient."),
        ("ln(y) = x^2", "2x/y", "slope-inverted", "Solve for dy/dx again: divide by its coefficient."),
        (
            "x^2 + 3y^2 = 7",
            "-x/3",
            "power-lowered-twice",
            "In y² the exponent goes down by one: the remaining power of y is missing.",
        ),
        (
            CIRCLE,
            "-2x",
            "dependent-held-constant",
            "y depends on x: differentiate the terms in y by the chain rule too.",
        ),
        (
            EXPONENTIAL,
            "y/e^y",
            "dependent-held-constant",
            "y depends on x: differentiate the terms in y by the chain rule too.",
        ),
        (CIRCLE, "(25 - 2x)/(2y)", "equation-constant-kept", "The derivative of a constant is zero: check 25."),
        (ELLIPSE, "-2x/(x + 2y)", "product-rule-half", "In x·y, (uv)′ has two terms: differentiate each factor once."),
        (
            ELLIPSE,
            "-2x/(1 + 2y)",
            "product-rule-as-product",
            "x·y is a product: (uv)′ is a sum of two terms, not u′v′.",
        ),
        (
            "x^3 + x^2 + y^3 = 4",
            "-2x/(3y^2 + 3x^2)",
            "slope-on-independent-term",
            "x³ has no y in it: its derivative has no factor dy/dx.",
        ),
        (
            "x + y^2 + y^3 = 4",
            "-(1 + 2y)/(3y^2)",
            "dependent-derivative-forgotten",
            "In y² the inner function is y, which depends on x: multiply by its derivative.",
        ),
        (
            CIRCLE,
            "-x/sqrt(25 - x^2)",
            "right-on-one-branch",
            "Keep both coordinates in the answer.",
        ),
        ("|x| + |y| = 1", "-1", None, RIGHT_IN_PART),
        (CIRCLE, "x^3/y^3", None, NOT_THE_SLOPE),
    ],
)
def test_a_mistake_of_implicit_differentiation_is_named(equation: str, answer: str, name, message: str) -> None:
    verdict = judged(equation, answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, name, message)


def test_an_answer_that_has_a_value_on_a_part_of_the_curve_only_narrows_the_domain() -> None:
    verdict = judged("y = x^2", "2 sqrt(x)^2")
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "domain-narrowed")
    assert verdict.message.startswith("Right where it has a value, but it has none at x = −")


def test_names_other_than_x_and_y_are_the_cards() -> None:
    problem = Problem("r^2 + h^2 = 9", "r", Asks.IMPLICIT, dependent="h")
    assert check(problem, "-r/h").word is Word.CORRECT
    wrong = check(problem, "-2r")
    assert wrong.message == "h depends on r: differentiate the terms in h by the chain rule too."
    assert check(problem, "-x/y").word is Word.UNREADABLE


def test_an_authors_wrong_answer_is_recognised_on_the_curve_too() -> None:
    problem = Problem(CIRCLE, asks=Asks.IMPLICIT, wrong=(("x y/(25 - x^2)", "Mind the sign."),))
    assert check(problem, "x/y").message == "Mind the sign."


@pytest.mark.parametrize(
    ("equation", "message"),
    [
        ("x^2 + y^2 = -1", "No real point lies on x² + y² = −1."),
        ("e^(x + y) = 0", "No real point lies on e^(x + y) = 0."),
        ("sqrt(x + y) = -2", "No real point lies on √(x + y) = −2."),
        ("sin(x y) = 3", "No real point lies on sin(x·y) = 3."),
        ("ln(-1 - x^2) + y = 3", "No real point lies on ln(−1 − x²) + y = 3."),
        ("a^2 + x^2 y^2 = -1", "No real point lies on a² + x²·y² = −1."),
        ("x^2 + y/0 = 3", "y/0 has no real value."),
        ("x^2 + y^2 = 0", "No point with a slope was found on x² + y² = 0."),
        ("x^2 - 2x y + 2y^2 = -3", "No point with a slope was found on x² − 2x·y + 2y² = −3."),
    ],
)
def test_a_curve_without_points_is_refused_by_name(equation: str, message: str) -> None:
    with pytest.raises(ReadingError) as refused:
        judged(equation, "-x/y")
    assert str(refused.value) == message


@pytest.mark.parametrize("answer", ["-x/y + relu(x - 4.999)", "-x/|y|", "-x/y*sign(x)"])
def test_a_slope_with_both_coordinates_may_be_right_in_part(answer: str) -> None:
    verdict = judged(CIRCLE, answer)
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, None)
    assert verdict.message == RIGHT_IN_PART


def test_an_answer_that_is_right_at_all_drawn_points_shows_no_mistake_of_the_rules() -> None:
    verdict = judged("x^2 + y^2 = a^2", "-x/y + relu(a - 17)*relu(19 - a)")
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, None, RIGHT_IN_PART)


@pytest.mark.parametrize(
    ("equation", "answer"),
    [
        ("ln(y) = x", "y + 0*sqrt(x + 800)"),
        ("ln(y) = x", "y + 0*ln(800 - x)"),
        ("x^2 + y^2 = a^2", "-x/y + 0*sqrt(|x - 33/10| + |e^a - 177/10| - 1/1000000)"),
        (CIRCLE, "-x/y + 0*sqrt(|e^x - e^3| + |y - 4| - 1/1000000)"),
    ],
)
def test_a_slope_without_a_value_on_a_part_of_the_curve_that_is_not_reached_is_not_proved(equation, answer) -> None:
    assert judged(equation, answer).word is not Word.CORRECT


@pytest.mark.parametrize(
    ("equation", "answer", "word"),
    [
        ("x^2 + y^2 = 10^6", "(-x/y) sign(x y + 71400)", Word.INCORRECT),  # 10^6 is a number like 1000000
        ("x^2 + y^2 = 1000000", "-x/y + relu(-x y - 71400)", Word.INCORRECT),
        ("x^6 + y^6 = 10^6", "(-x^5/y^5) sign(x y + 50)", Word.UNDECIDED),  # of too high a degree to find all pieces
        ("e^y = x", "1/x + relu(x - 10^400)", Word.UNDECIDED),
        ("|x| + |y| = 1", "-sign(x)/sign(y) + max(0, y - 1/2)", Word.INCORRECT),
        ("tanh(y) = 2x", "2/(1 - tanh(y)^2) + ln(1/3 - x) - ln(1/3 - x)", Word.INCORRECT),
        ("e^y = x^2", "2/x + relu(x + 10^3)*0*sqrt(x)", Word.INCORRECT),
        ("ln(y) = x", "y sign(5920 - x)", Word.UNDECIDED),  # e^5920 is beyond all floats
        ("ln(y) = x", "y + x relu(-289 - x)", Word.INCORRECT),
        ("ln(y) = x", "y + x relu(-800 - x)", Word.UNDECIDED),  # y is smaller than all floats there
        ("e^y = x y + 1", "y/(e^y - x) + max(2y - 7210, 0)", Word.UNDECIDED),
    ],
)
def test_a_piece_of_the_curve_that_is_not_reached_is_not_taken_to_be_right(
    equation: str, answer: str, word: Word
) -> None:
    assert judged(equation, answer).word is word


@pytest.mark.parametrize("seed", range(3))
def test_no_answer_that_is_wrong_on_a_piece_of_a_circle_is_accepted(seed: int) -> None:
    source = random.Random(seed)
    for _ in range(5):
        exponent = source.randint(1, 4)
        at = source.choice((1, -1)) * 100**exponent * source.uniform(0.01, 0.49)  # x·y reaches half the square of r
        side = f"x y - ({at:.2f})"
        wrong = source.choice((f"(-x/y) sign({side})", f"-x/y + relu({side})", f"(-x/y) sqrt(({side})^2)/({side})"))
        assert judged(f"x^2 + y^2 = 100^{exponent}", wrong).word is Word.INCORRECT


@pytest.mark.parametrize(
    ("equation", "answer"),
    [
        (CIRCLE, "-x/y + 0 sqrt(25 - x^2)"),
        (CIRCLE, "-sign(y) x/sqrt(25 - x^2)"),
        (CIRCLE, "-x sqrt(25 - x^2)/(y sqrt(25 - x^2))"),
        (CIRCLE, "-x/y + 0 arcsin(x/5)"),
        (CIRCLE, "-x/y + relu(x + y - 8)"),
        (CIRCLE, "-x/y + ln(30 - x^2) - ln(30 - x^2)"),
        ("x^2/9 + y^2/4 = 1", "-2x sign(y)/(3 sqrt(9 - x^2))"),
        ("y^2 = x^3 - x", "(3x^2 - 1) sign(y)/(2 sqrt(x^3 - x))"),
        ("y = x^2", "2 sign(x) sqrt(y)"),
        ("y^2 = x", "sign(y)/(2 sqrt(x))"),
        ("e^y = x", "1/|x|"),
        ("|x| + |y| = 1", "-sign(x)/sign(y) + max(0, y - 2)"),
        ("|x| + |y| = 1", "-sign(x)/sign(y)*||x| + |y||/||x| + |y||"),
        ("tanh(y) = 2x", "2/(1 - tanh(y)^2) + ln(7/3 - x) - ln(7/3 - x)"),
        ("e^y = x", "ln(x)/(x y)"),
        ("e^y = x", "1/(x + ln(x) - y)"),
        ("e^y = x", "sqrt(x)/x^(3/2)"),
        ("e^y = x^3", "3 sqrt(x)/x^(3/2)"),
    ],
)
def test_a_root_that_exists_on_all_of_the_curve_is_no_doubt(equation: str, answer: str) -> None:
    assert judged(equation, answer).word is Word.CORRECT


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(2, 60)))
def test_a_line_that_a_circle_only_just_meets_or_misses(seed: int) -> None:
    source = random.Random(seed)
    radius, a, b = source.randint(1, 20), source.randint(-5, 5), source.choice((-1, 1)) * source.randint(1, 5)
    distance = Fraction(math.isqrt(radius**2 * (a * a + b * b) * 10**60), 10**30)  # the largest a·x + b·y, rounded down
    shift = Fraction(1, 10 ** source.randint(1, 15))
    for side, word in (distance + shift, Word.CORRECT), (distance - shift, Word.INCORRECT):
        line = f"({side.numerator} - {side.denominator}*({a}*x + ({b})*y))"
        for extra in f"0*sqrt{line}", f"relu(-{line})", f"sign{line} - 1":
            verdict = judged(f"x^2 + y^2 = {radius}^2", f"(-x/y) + {extra}")
            assert verdict.word is word, (radius, a, b, float(shift), extra)


@pytest.mark.parametrize("equation", ["x^2 + y^2", "x = y = 2", "x = ", "x^2 + = 3"])
def test_what_is_not_an_equation_is_an_error(equation: str) -> None:
    with pytest.raises(ReadingError):
        judged(equation, "1")


@pytest.mark.parametrize("equation", [CIRCLE, ELLIPSE, FOLIUM, EXPONENTIAL, "sin(x y) = x", "x^2 + y^2 = 1/1000000"])
def test_points_are_on_the_curve_at_any_precision(equation: str) -> None:
    question = CurveQuestion(Problem(equation, asks=Asks.IMPLICIT))
    places = list(islice(question.curve.places(), 12))
    assert len(places) >= 8
    for place in places:
        with precision(1100):
            value = RealValues(question.graph, place).value(question.f)
            assert value.contains(0)
            assert value.rad() < 1e-290


def test_all_branches_of_a_curve_get_points() -> None:
    question = CurveQuestion(Problem("y^2 = x^3 - x", asks=Asks.IMPLICIT))
    signs = {(float(s.point["x"]) > 0, float(s.point["y"]) > 0) for s in question.samples}
    assert signs == {(True, True), (True, False), (False, True), (False, False)}  # the oval too


def test_another_reading_is_right_only_if_it_is_right_on_all_of_the_curve() -> None:
    task = CurveTask(CurveQuestion(Problem("x^2 + y^2 = 10^10", asks=Asks.IMPLICIT)))
    elsewhere = task.read("-x/y + relu(min(x - 1, 2 - x))")
    assert task.equals(
        task.parsed_answer(elsewhere).node, task.question.derivative
    )  # none of the first points is there
    assert not task.is_right(elsewhere)
    assert task.is_right(task.read("-x y/(10^10 - x^2)"))
