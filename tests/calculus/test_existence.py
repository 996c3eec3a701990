"""An answer must have a value wherever f is differentiable: a right formula alone is not enough."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from narrowing import narrowed, question, without_value
from sample_size import sample_size

from mnemosyne.calculus.check import check, prepare
from mnemosyne.calculus.decide import Equality, by_balls
from mnemosyne.calculus.solution import expected
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.verdict import PROVED, Asks, Certainty, Problem, Verdict, Word

UNDECIDED = "The checker could not decide: compare with the correct derivative."
NARROWED_RIGHT = "Right for x > 0 only: f is differentiable for x < 0 too."


def judged(f: str, answer: str, asks: Asks = Asks.DERIVATIVE) -> Verdict:
    """Return the verdict without its solution."""
    return check(Problem(f, asks=asks), answer, explained=False)


WHOLE = ("2*step(1)", "sqrt(9)", "|-2|", "max(2, 1)", "relu(3)", "3*sign(2)")  # exponents that are not plain numbers


@pytest.mark.parametrize(
    "divisor",
    [
        "arctan(x) + arctan(1/x) + pi/2",
        "arctan(x) + arctan(1/x) - pi/2",
        "arccot(x) - arctan(1/x)",
        "arcsin(sin(x)) - x",
        "arctan(tan(x)) - x",
        "1 - sin(x)^2 - cos(x)^2 + relu(x - 100)",
    ],
)
def test_a_divisor_that_is_zero_on_a_piece_has_no_value_there(divisor: str) -> None:
    verdict = judged("x^2/2", f"x ({divisor})/({divisor})")
    assert verdict.word is not Word.CORRECT, verdict
    assert verdict.message == UNDECIDED


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("x^2/2", "x + 0 ln(x)"),
        ("x^2/2", "x + 0/relu(x)"),
        ("x^2/2", "x + 0/(|x| + x)"),
        ("x^2/2", "x + 0x/(x + |x|)"),
        ("x^2/2", "x ln(x)^0"),
        ("x^2/2", "x + 0/sqrt(x)"),
        ("x^2/2", "x + 0 sqrt(x) cos(x)"),
        ("x^2/2", "x + (1 - 1) ln(x)"),
        ("x^2/2", "x + 0 x^(1/2)"),
    ],
)
def test_a_part_that_contributes_nothing_still_needs_a_value(f: str, answer: str) -> None:
    verdict = judged(f, answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (
        Word.INCORRECT,
        "domain-narrowed",
        NARROWED_RIGHT,
    )


def test_a_part_that_has_a_value_nowhere_is_not_dropped() -> None:
    assert judged("x^2/2", "x + 0 (1/0)").word is Word.UNREADABLE
    assert judged("x^2/2", "x + 0/(x - x)").word is Word.UNREADABLE
    assert judged("x^2/2", "x + 0/(ln(x^2) - 2 ln|x|)").word is not Word.CORRECT


@pytest.mark.parametrize(("f", "answer"), [("x^2/2", "x + 0 sin(x)"), ("ln(x)", "1/x + 0 ln(x)"), ("x^2/2", "x + 0/x")])
def test_a_part_that_contributes_nothing_and_has_a_value_does_no_harm(f: str, answer: str) -> None:
    verdict = judged(f, answer)
    assert (verdict.word, verdict.message) == (Word.CORRECT, PROVED)


def test_f_itself_has_a_value_only_where_all_its_parts_do() -> None:
    assert judged("x^2/2 + 0 ln(x)", "sqrt(x)^2").certainty is Certainty.PROVED


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("sqrt(relu(x)) + x", "e^(ln(relu(x))/2) + x"),
        ("sqrt(relu(x)) + x", "relu(x)^0.5 ln(relu(x))/ln(relu(x)) + x"),
        ("sqrt(max(x, 0))", "2^(log2(max(x, 0))/2)"),
    ],
)
def test_a_logarithm_of_what_is_zero_on_a_piece_has_no_value_where_a_root_has_one(f: str, answer: str) -> None:
    verdict = judged(f, answer, Asks.FORMULA)
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "domain-narrowed"), verdict


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("sqrt(relu(x)) + x", "relu(x)^0.5 + x"),
        ("relu(x)^(1/2) + x", "sqrt(relu(x)) + x"),
        ("relu(x)^(3/2)", "relu(x) sqrt(relu(x))"),
    ],
)
def test_a_fractional_power_of_zero_is_zero(f: str, answer: str) -> None:
    verdict = judged(f, answer, Asks.FORMULA)
    assert verdict.word is Word.CORRECT, verdict


def test_the_derivative_of_a_fractional_power_of_zero_is_asked_for_there_too() -> None:
    assert judged("relu(x)^(3/2)", "3/2 sqrt(x)").misconception == "domain-narrowed"
    assert judged("relu(x)^(3/2)", "3/2 sqrt(relu(x)) step(x)").word is Word.CORRECT


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(sample_size(1, 4)))
def test_an_accepted_answer_has_a_value_wherever_f_is_differentiable(seed: int) -> None:
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    for _ in range(60):
        prepared = question(source)
        answer = narrowed(source, prepared.tree, to_tree(prepared.graph, prepared.derivative))
        node = prepared.node_of(answer)
        outcome = by_balls(prepared, node)
        counts[outcome.equality.name] += 1
        if outcome.equality is Equality.EQUAL:
            at = without_value(source, prepared, node)
            assert at is None, (to_line(prepared.tree), to_line(answer), dict(at))
    assert counts["EQUAL"] > 10
    assert counts["NARROWED"] > 3


@pytest.mark.parametrize("exponent", WHOLE)
@pytest.mark.parametrize("base", ["x", "(x - 3)", "arctan(x)", "(2x + 1)"])
def test_a_power_with_an_exponent_that_is_whole_without_looking_so_has_negative_bases_too(
    base: str, exponent: str
) -> None:
    problem = Problem(f"{base}^({exponent})")
    right = expected(prepare(problem))
    assert check(problem, right, explained=False).word is Word.CORRECT
    for unit in (f"sqrt({base})^2/{base}", f"e^(ln({base}))/{base}", f"sqrt(1/{base})^2*{base}"):
        verdict = check(problem, f"({right})*{unit}", explained=False)
        assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "domain-narrowed"), (right, unit)
