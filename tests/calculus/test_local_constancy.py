"""Which part of a formula shows where the formula may be constant on a whole piece."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from calls import calls
from compositions import UNARY
from flat_pieces import ZERO_ON_A_PIECE
from sample_size import sample_size

from mnemosyne.calculus.balls import BITS, RealValues, precision
from mnemosyne.calculus.check import check, prepare
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.local_constancy import moving_part
from mnemosyne.calculus.translate import to_graph, to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.verdict import Certainty, Problem, Word

NAMES = frozenset("xab")
AROUND = (
    *(name + "({u})" for name in UNARY),
    *(
        "({u})^3",
        "({u})^(-1/2)",
        "2^({u})",
        "5/({u})",
        "({u})/7",
        "3 - ({u})",
        "pi*({u})",
        "log({u}, 4)",
        "root({u}, 3)",
    ),
    *("({u})^sin(3)", "({u})*ln(2)", "({u}) + ln(2)", "({u}) + ({u})", "relu({u})", "max({u}, 2)", "min(0.1, {u})"),
)


@pytest.mark.parametrize(
    ("formula", "part"),
    [
        ("ln(1 + 3x^2)", "x"),
        ("arcosh(csch(arcsin(x/5)))^2 - 1", "x"),
        ("3/(2 - |x|)", "x"),
        ("log(x, 5)", "x"),
        ("2^(x^2 + x)", "x^2 + x"),
        ("sqrt(relu(x))", "relu(x)"),
        ("ln(max(x, 3))", "max(x, 3)"),
        ("x + |x|", "x + abs(x)"),
        ("5(a*x)^2", "a*x"),
        # Constant although x varies, or perhaps constant.
        ("log(1, x)", "log(1, x)"),
        ("x sin(pi)", "x*sin(pi)"),
        ("x^sin(pi)", "x^sin(pi)"),
        ("sin(pi)/x", "sin(pi)/x"),
        ("x/x", "x/x"),
        ("(-2)^x", "(-2)^x"),
        ("sin(2)", "sin(2)"),
    ],
)
def test_the_part_that_is_constant_with_a_formula(formula: str, part: str) -> None:
    graph = Graph()
    root = to_graph(graph, read(formula, NAMES))
    assert to_line(to_tree(graph, moving_part(graph, root))) == part


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(15, 500)))
def test_the_part_of_what_is_constant_on_a_piece_is_constant_there(seed: int) -> None:
    source = random.Random(seed)
    flat = formula = source.choice(ZERO_ON_A_PIECE).format(g="(x - 3)")
    for _ in range(source.randint(0, 4)):
        formula = source.choice(AROUND).format(u=formula)
    graph = Graph()
    zero, root = (to_graph(graph, read(text, NAMES)) for text in (flat, formula))
    part = moving_part(graph, root)
    with precision(BITS):
        for side in ((5, -40), (23, 60)):
            places = [RealValues(graph, {"x": Fraction(sevenths, 7)}) for sevenths in side]
            if all(at.value(zero).is_zero() for at in places):
                first, second = (at.value(part) for at in places)
                assert first.overlaps(second), formula


def test_no_piece_is_looked_at_if_no_divisor_can_be_constant() -> None:
    problem = Problem("arcosh(csch(arcsin(x/5)))")
    prepare(problem)
    slope = "-coth(arcsin(x/5)) csch(arcsin(x/5))/(5 sqrt(1 - (x/5)^2))"
    with calls() as count:
        verdict = check(problem, f"{slope}/sqrt(coth(arcsin(x/5))^2 - 2)", explained=False)
        work = count()
    assert (verdict.word, verdict.certainty) == (Word.CORRECT, Certainty.PROVED)
    assert work < 30_000, work  # 100,000 once all pieces are searched
