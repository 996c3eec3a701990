"""Powers of 0 with varying exponents, which make an answer wrong at single points: 0^(x²) is 1 at 0."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Problem, Word

# Formulas that are 0 on a whole piece with -5 and 5 in it.
ZERO = ("0", "(1 - 1)", "relu(-50 - x)", "(abs(x - 9) + x - 9)", "min(0, x + 20)", "(step(x - 30)*x)")
# Formulas that are 0 at `{c}` and positive elsewhere.
TOUCHING = ("(x - {c})^2", "abs(x - {c})", "(x - {c})^4*(x^2 + 1)", "relu(x - {c}) + relu({c} - x)", "sin(x - {c})^2")
FUNCTIONS = (
    ("x^2", "2x"),
    ("sin(3x)", "3cos(3x)"),
    ("e^(2x)", "2e^(2x)"),
    ("x^3 + x", "3x^2 + 1"),
    ("5", "0"),
    ("sqrt(relu(x))", "step(x)/(2sqrt(relu(x)))"),
)
WRONG = ("{right} + {bump}", "{right} - 3{bump}*(x^2 + 1)", "({right} + 7)*(1 - {bump}) - 7", "{right} + sqrt({bump})")


@pytest.mark.parametrize(
    ("f", "wrong", "at", "values"),
    [
        ("x^2", "2x + 0^(x^2)", {"x": 0}, (1, 0)),
        ("x^2", "2x*(1 - 0^(x - 1)^2)", {"x": 1}, (0, 2)),
        ("x^2", "2x + (x + |x|)^((x + 1)^2)*relu(-x)", {"x": -1}, (-1, -2)),
    ],
)
def test_an_answer_that_is_wrong_at_one_point_is_shown_there(
    f: str, wrong: str, at: dict[str, float], values: tuple[float, float]
) -> None:
    verdict = check(Problem(f), wrong)
    assert verdict.word is Word.INCORRECT
    assert verdict.evidence is not None
    assert verdict.evidence.at == at
    assert (verdict.evidence.yours, verdict.evidence.chain_rule) == values


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(12, 150)))
def test_random_answers_that_are_wrong_at_one_point(seed: int) -> None:
    source = random.Random(seed)
    f, right = source.choice(FUNCTIONS)
    place = Fraction(source.randrange(-20, 21), source.choice((1, 2, 3, 4, 5)))
    exponent = source.choice(TOUCHING).format(c=f"({place})")
    wrong = source.choice(WRONG).format(right=right, bump=f"({source.choice(ZERO)})^({exponent})")
    word = check(Problem(f), wrong, explained=False).word
    assert word is Word.INCORRECT or (word is Word.UNDECIDED and "sin" in exponent)  # which is zero endlessly often


@pytest.mark.parametrize("wrong", ["2x + 0^((x^2 - 2)^2)", "2x + 0^((e^x - 3)^2)"])
def test_at_an_irrational_point_it_is_undecided(wrong: str) -> None:
    assert check(Problem("x^2"), wrong).word is Word.UNDECIDED


@pytest.mark.parametrize(
    ("f", "right"),
    [
        ("x^2", "2x + 0^(x^2 + 1)"),
        ("x^2", "2x + x*0^(x^2)"),
        ("x^2", "2x + relu(x)^(x^2) - relu(x)^(x^2)"),
        ("x^2", "2x*(1 - 0^(e^x))"),
        ("x^x", "x^x*(ln(x) + 1)"),
        ("relu(x)^3", "3relu(x)^2*step(x)"),
        ("a^x", "a^x*ln(a)"),
    ],
)
def test_answers_with_powers_that_are_right_everywhere_stay_right(f: str, right: str) -> None:
    assert check(Problem(f), right).word is Word.CORRECT
