"""A mistake is named wherever it happens: in a sum, a product, a quotient, and under one and two more functions."""

from __future__ import annotations

import pytest
from examples import NAMED
from sample_size import sample

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Problem, Word

CONTEXTS = {
    "sum": ("{f} + x^4", "{wrong} + 4x^3"),
    "product": ("x^3*({f})", "3x^2*({f}) + x^3*({wrong})"),
    "quotient": ("({f})/(x^2+2)", "(({wrong})*(x^2+2) - ({f})*2x)/(x^2+2)^2"),
    "depth 2": ("arctan({f})", "({wrong})/(1+({f})^2)"),
    "depth 3": ("2+sin(2arctan({f}))", "cos(2arctan({f}))*2*({wrong})/(1+({f})^2)"),
}
OF_THE_WHOLE = ("integrated", "not-differentiated", "differentiated-twice", "right-at-a-point", "constant-factor")
# The same wrong answer, under the more specific of two names.
ALSO_KNOWN_AS = {"sign-flipped": "trig-sign", "inner-derivative-only": "missing-inner-derivative"}
# Inside something else, a wrong derivative of 1 is the same answer as a missing factor, and is called that.
LOCAL = [example for example in NAMED if example[0] not in OF_THE_WHOLE and example[2] != "1"]


@pytest.mark.sampled
@pytest.mark.parametrize(("context", "name", "f", "wrong"), sample([(c, *e) for e in LOCAL for c in CONTEXTS], 50))
def test_a_mistake_is_named_inside_something_else(context: str, name: str, f: str, wrong: str) -> None:
    whole, answer = (pattern.format(f=f, wrong=wrong) for pattern in CONTEXTS[context])
    verdict = check(Problem(whole), answer, explained=False)
    assert verdict.word is Word.INCORRECT
    assert verdict.misconception in (name, ALSO_KNOWN_AS.get(name))


@pytest.mark.parametrize(
    ("f", "answer", "message"),
    [
        (
            "(cos(x^2))^3",
            "3cos(x^2)^2*sin(x^2)",
            "Two mistakes. In cos(x²) the inner function is x²; multiply by its derivative too. "
            "Check the sign of the derivative of cos(u).",
        ),
        (
            "(5x+1)^3*sin(x^2)",
            "3(5x+1)^2*sin(x^2) + (5x+1)^3*cos(x^2)",
            "In sin(x²) the inner function is x²; multiply by its derivative too. "
            "The mistake occurs in more than one place.",
        ),
        (
            "(5x+1)^3*sin(x^2)",
            "-3(5x+1)^2*sin(x^2) - (5x+1)^3*cos(x^2)*2x",
            "In (5x + 1)³ the inner function is 5x + 1; multiply by its derivative too. A sign is wrong too.",
        ),
        (
            "x^3*sin(x^2)",
            "3x^3*sin(x^2) + x^3*cos(x^2)",
            "Two mistakes. In sin(x²) the inner function is x²; multiply by its derivative too. "
            "In x³ the exponent goes down by one when it moves to the front.",
        ),
    ],
)
def test_two_mistakes_at_once_are_both_reported(f: str, answer: str, message: str) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.misconception, verdict.message) == ("missing-inner-derivative", message)


def test_a_factor_too_large_for_a_fraction_does_not_crash() -> None:
    assert check(Problem("e^(x^2)"), "e^(e^(x^2+9))").word is Word.INCORRECT
