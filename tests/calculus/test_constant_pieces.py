"""Pieces where the function is constant and the chain rule divides 0 by 0: √relu(x) for x < 0, with slope 0."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from sample_size import sample_size

from mnemosyne.calculus.check import check, prepare
from mnemosyne.calculus.existence import may_be_constant
from mnemosyne.verdict import Certainty, Problem, Word

# Functions that are zero where g < 0, with their derivatives.
FLAT = (
    ("relu({g})", "step({g})*({dg})"),
    ("max({g}, 0)", "step({g})*({dg})"),
    ("(abs({g}) + {g})", "(sign({g}) + 1)*({dg})"),
    ("(step({g})*({g}))", "step({g})*({dg})"),
    ("relu({g})^2*(x^2 + 1)", "(2relu({g})*({dg})*(x^2 + 1) + relu({g})^2*2x)"),
)
# Functions of u whose derivative has a factor 1/0 for u = 0.
STEEP = (
    ("sqrt({u})", "{du}/(2sqrt({u}))"),
    ("({u})^(1/3)", "{du}/(3({u})^(2/3))"),
    ("({u})^0.75", "0.75{du}/({u})^(1/4)"),
    ("arcosh(1 + {u})", "{du}/sqrt((1 + {u})^2 - 1)"),
    ("ln(1 + sqrt({u}))", "{du}/((1 + sqrt({u}))*2sqrt({u}))"),
)
INNER = (("x", "1"), ("(x - 3)", "1"), ("(4 - x)", "-1"), ("(2x + 5)", "2"), ("(x^2 - 6)", "2x"), ("(a x - 2)", "a"))
BESIDE = (("0", "0"), ("x^2", "2x"), ("sin(3x)", "3cos(3x)"), ("abs(x - 7)", "sign(x - 7)"))
# Formulas that are 0, or 1, where a formula u that is 0 for g < 0 is positive, and have no value where it is 0.
ZERO_ELSEWHERE = (
    "ln({u}/({u}))",
    "ln({g}) - ln({g})",
    "sqrt({g}) - sqrt({g})",
    "arcosh(({u})/({u}))",
    "1 - ({u})/({u})",
    "({u})^0.5/sqrt({u}) - 1",
    "sign({u}) - 1",
    "sign({u})^2 - sign({u})",
)
ONE_ELSEWHERE = ("sqrt({u})/sqrt({u})", "({g})^0.5/sqrt({g})", "exp(ln({g}) - ln({g}))")
ONLY_THERE = ("step(-{g})", "3relu(-{g})", "relu(1 - abs({g} + 5))", "step(-{g})*sin(x)^2", "relu(-{g})^2/1000")


@pytest.mark.parametrize(
    ("f", "wrong", "values"),
    [
        ("sqrt(relu(x))", "step(x)/(2sqrt(relu(x))) + 5step(-x)", (5.0, 0.0)),
        ("x^2 + sqrt(relu(x))", "2x + step(x)/(2sqrt(relu(x))) + 5step(-x)", (3.0, -2.0)),
        ("sqrt(|x| - x)", "(sign(x) - 1)/(2sqrt(|x| - x)) + step(x)", (1.0, 0.0)),
        ("sqrt(|x| - x)", "-1/sqrt(-2x)", (None, 0.0)),
        ("ln(1 + sqrt(relu(x)))", "step(x)/(2sqrt(relu(x))(1 + sqrt(relu(x)))) + 5step(-x)", (5.0, 0.0)),
        (
            "sqrt(relu(x))/ln(2 + relu(x - 9))",
            "step(x)/(2sqrt(relu(x))ln(2 + relu(x - 9))) + 5step(-x)"
            " - sqrt(relu(x))step(x - 9)/((2 + relu(x - 9))ln(2 + relu(x - 9))^2)",
            (5.0, 0.0),
        ),
    ],
)
def test_an_answer_that_is_wrong_there_is_shown_where(f: str, wrong: str, values: tuple[float | None, float]) -> None:
    verdict = check(Problem(f), wrong)
    assert verdict.word is Word.INCORRECT
    assert verdict.evidence is not None
    assert (verdict.evidence.yours, verdict.evidence.chain_rule) == values


@dataclass(frozen=True)
class Case:
    """A sum f = beside + root, where the root is of a formula u that is 0 for g < 0."""

    f: str
    slope: str  # the derivative of what is beside the root
    of_root: str  # the derivative of the root
    u: str
    g: str


def random_case(source: random.Random) -> Case:
    (g, dg), (beside, slope) = source.choice(INNER), source.choice(BESIDE)
    u, du = (text.format(g=g, dg=dg) for text in source.choice(FLAT))
    root, of_root = (text.format(u=u, du=du) for text in source.choice(STEEP))
    return Case(f"{beside} + {root}", slope, of_root, u, g)


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(5, 80)))
def test_random_answers_that_are_wrong_there_only(seed: int) -> None:
    source = random.Random(seed)
    case = random_case(source)
    extra = source.choice(ONLY_THERE).format(g=case.g)
    right = f"{case.slope} + {case.of_root}"
    assert check(Problem(case.f), right, explained=False).word is Word.CORRECT
    wrong = check(Problem(case.f), f"{right} + {extra}", explained=False)
    assert wrong.word in (Word.INCORRECT, Word.UNREADABLE)  # it may be asked about its parentheses


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(8, 80)))
def test_random_answers_with_a_part_without_a_value_there(seed: int) -> None:
    source = random.Random(seed)
    case = random_case(source)
    zero = source.choice(ZERO_ELSEWHERE).format(u=case.u, g=case.g)
    unit = source.choice(ONE_ELSEWHERE).format(u=case.u, g=case.g)
    slope, of_root = case.slope, case.of_root
    wrong = source.choice((f"{slope} + {of_root} + {zero}", f"{of_root} + ({slope} + 2)*({unit}) - 2"))
    verdict = check(Problem(case.f), wrong, explained=False)
    assert verdict.word in (Word.INCORRECT, Word.UNREADABLE)  # it may be asked about its parentheses


@pytest.mark.parametrize("part", ["ln(relu(x)/relu(x))", "sqrt(x) - sqrt(x)", "ln(x) - ln(x)", "ln(step(x))"])
def test_an_answer_without_a_value_there_is_said_to_be_right_elsewhere(part: str) -> None:
    verdict = check(Problem("sqrt(relu(x))"), f"step(x)/(2 sqrt(relu(x))) + {part}")
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "domain-narrowed")
    assert verdict.message == "Right for x > 0 only: f is differentiable for x < 0 too."


@pytest.mark.parametrize("product", ["2relu(-x - 5)/(2sqrt(relu(x)))", "relu(-x - 5)*relu(x)^(-1/2)"])
def test_an_answer_may_lack_a_value_on_a_part_of_the_piece_only(product: str) -> None:
    verdict = check(Problem("sqrt(relu(x))"), f"(step(x) + 2relu(-x - 5))/(2sqrt(relu(x))) - {product}")
    assert verdict.misconception == "domain-narrowed"
    assert verdict.message == "Right for x > −5 only: f is differentiable for x < −5 too."


@pytest.mark.parametrize(
    ("f", "right"),
    [
        ("x^2 + relu(x)^a", "2x + a relu(x)^(a - 1) step(x)"),
        (
            "relu(x)^(x^2 + 1)",
            "relu(x)^(x^2 + 1)*2x*ln(relu(x)) + (x^2 + 1)*relu(x)^(x^2)*step(x)",
        ),
    ],
)
def test_a_power_with_a_varying_exponent_is_constant_there_too(f: str, right: str) -> None:
    verdict = check(Problem(f), right, explained=False)
    assert (verdict.word, verdict.certainty) == (Word.CORRECT, Certainty.PROVED)
    assert check(Problem(f), f"{right} + 5step(-x)", explained=False).word is Word.INCORRECT


@pytest.mark.parametrize(
    "f", ["4^arcsec(2 + sec(x/2))", "arccsc(cot(log(coth(x^2)^5, 5)))", "ln(x + sqrt(x^2 + a))", "arcosh(cbrt(x))"]
)
def test_no_pieces_are_searched_if_no_divisor_can_be_zero_on_one(f: str) -> None:
    question = prepare(Problem(f))
    assert not may_be_constant(question, question.derivative)


@pytest.mark.parametrize(
    ("f", "right"),
    [
        ("sqrt(relu(x))", "step(x)/(2sqrt(relu(x)))"),
        ("x^2 + relu(x - 3)^(1/3)", "2x + step(x - 3)/(3relu(x - 3)^(2/3))"),
        ("sqrt(abs(a x - 2) + (a x - 2))", "(sign(a x - 2) + 1)*a/(2sqrt(abs(a x - 2) + (a x - 2)))"),
        ("arcosh(1 + max(a x - 2, 0))", "step(a x - 2)*a/sqrt((1 + max(a x - 2, 0))^2 - 1)"),
    ],
)
def test_the_chain_rules_own_answer_is_proved(f: str, right: str) -> None:
    verdict = check(Problem(f), right, explained=False)
    assert (verdict.word, verdict.certainty) == (Word.CORRECT, Certainty.PROVED)
