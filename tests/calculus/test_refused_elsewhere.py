"""Right answers to implicit differentiation that other graders, or books, refused: each from a public report.

Only the facts are taken from the reports, the equation and the answer that was typed; where a report has no
equation, it is one with the slope of the accepted answer. None was looked at while the rules were made.
"""

from __future__ import annotations

import pytest

from mnemosyne.calculus.check import check
from mnemosyne.errors import ReadingError
from mnemosyne.verdict import Asks, Problem, Word

KHAN = "github.com/Khan/khan-exercises/issues"
REPORTS = [
    (f"{KHAN}/115602", "x = sqrt(x y + 1)", "(2*x-y)/x"),
    (f"{KHAN}/107169", "x = sqrt(x y + 1)", "2-y/x"),
    (f"{KHAN}/112981", "sin(x) + y = x y", "(-sin(x)-cos(x)+xcos(x))/(1-x)^2"),
    (f"{KHAN}/153267", "sin(x) + y = x y", "(cosx-y)/(x-1)"),
    (f"{KHAN}/125618", "sin(x) + y = x y", "(cosx−y)/(x−1)"),
    (f"{KHAN}/150849", "sin(x) + y = x y", "dy/(dx)=(y-cosx)/(1-x)"),
    (f"{KHAN}/137219", "y = sin(3x + 4y)", "dy/(dx) = (3cos(3x+4y))/(1-4cos(3x+4y))"),
    (f"{KHAN}/133581", "x y - sin(y) = x", "dy / (dx) = (y−1) /(cos(y)−x)"),
    ("github.com/mooculus/calculus/issues/696", "cos(y^2) = x + y", "1/(-2ysin(y^2)-1)"),
    ("themathdoctors.org/implicit-differentiation-what-to-do-when-its-wrong", "x/y^2 + y^2/x = 5", "y/(2x)"),
    (
        "themathdoctors.org/implicit-differentiation-what-to-do-when-its-wrong",
        "x/y^2 + y^2/x = 5",
        "(5y^2-2x)/(4y^3-10xy)",
    ),
    ("imathworks.com/math/implicit-differentiation-concept", "x^2 = (x+y)/(x-y)", "-(2xy-3x^2+1)/(x^2+1)"),
    ("imathworks.com/math/implicit-differentiation-concept", "x^2 = (x+y)/(x-y)", "(x*y^2+(1-2x^2)*y+x^3)/x"),
    ("math.techqa.club/implicit-differentiation-confusion-2002704", "(x^2-y^2)/(x^2+y^2) = 1/2", "y/x"),
    ("math.techqa.club/implicit-differentiation-confusion-2002704", "(x^2-y^2)/(x^2+y^2) = 1/2", "x/(3y)"),
    ("math.techqa.club/1959862", "sqrt(x+y) = 3x", "18x-1"),
    ("math.techqa.club/1959862", "sqrt(x+y) = 3x", "6*(x+y)^(1/2) - 1"),
]


@pytest.mark.parametrize(("source", "equation", "answer"), REPORTS)
def test_what_was_refused_elsewhere_is_correct(source: str, equation: str, answer: str):
    verdict = check(Problem(equation, asks=Asks.IMPLICIT), answer)
    assert verdict.word is Word.CORRECT, (source, verdict.message)


@pytest.mark.parametrize(
    ("source", "answer"), [(f"{KHAN}/123424", "(2b - 1/b)/(1/a - 1)"), (f"{KHAN}/125623", "(a-2ab^2)/(ab-b)")]
)
def test_an_answer_in_other_letters_is_correct_too(source: str, answer: str):
    """The accepted slope is (2ab² − a)/(b − ab), which da/db is where ln(ab) − a − b² is constant."""
    verdict = check(Problem("ln(a b) = a + b^2 - 5", "b", Asks.IMPLICIT, dependent="a"), answer)
    assert verdict.word is Word.CORRECT, (source, verdict.message)


@pytest.mark.parametrize(
    ("equation", "answer", "curve"),
    [
        # y = 1 − x²/4 and y ≥ 2 (Khan/khan-exercises 134819)
        ("y = 2 + sqrt(x^2 + y^2)", "-1/2x", "y = 2 + √(x² + y²)"),
        # y² = 100 − 20x and x ≥ 10 (Khan/khan-exercises 132290)
        ("sqrt(x^2 + y^2) - x = -10", "-10/y", "√(x² + y²) − x = −10"),
    ],
)
def test_a_curve_without_points_is_refused(equation: str, answer: str, curve: str):
    """No answer would be right or wrong there."""
    with pytest.raises(ReadingError) as refusal:
        check(Problem(equation, asks=Asks.IMPLICIT), answer)
    assert str(refusal.value) == f"No point with a slope was found on {curve}."
