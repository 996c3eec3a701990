"""Intervals contain every value that balls show, for all functions and operations."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest

from mnemosyne.calculus.balls import RealValues, precision
from mnemosyne.calculus.enclosures import Enclosures
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.intervals import SMALLEST
from mnemosyne.calculus.switches import Switches
from mnemosyne.calculus.translate import to_graph
from mnemosyne.calculus.zeros import ZeroFinder, Zeros
from mnemosyne.expressions.functions import FUNCTIONS
from mnemosyne.expressions.reading import read

FORMULAS = (
    *(f"{name}(x)" for name, function in FUNCTIONS.items() if function.arity == 1),
    *(
        "log2(x)",
        "root(x,3)",
        "root(x,4)",
        "max(x, 1/x)",
        "min(x^2, 2-x)",
        "x^3",
        "x^-2",
        "x^(2/3)",
        "x^(-1/3)",
        "x^pi",
    ),
    *("1/x", "x/(x-3)", "x*(x-1)*(2-x)", "x^x", "e^(-x^2)", "x - x^2", "1/(x^2+1)", "2^x", "(-2)^x", "x^0.5"),
)


def random_box(source: random.Random) -> tuple[float, float]:
    size = 10 ** source.uniform(-6, 4)
    middle = source.choice((-1, 0, 1)) * 10 ** source.uniform(-4, 4)
    return middle - size, middle + size


@pytest.mark.parametrize("formula", FORMULAS)
def test_an_interval_contains_the_values_inside(formula: str) -> None:
    graph = Graph()
    node = to_graph(graph, read(formula))
    enclosures = Enclosures(graph, (node,), {})
    source = random.Random(formula)
    for _ in range(150):
        low, high = random_box(source)
        interval = enclosures.on({"x": (low, high)})[node]
        for _ in range(6):
            x = Fraction(source.uniform(low, high))
            with precision(200):
                ball = RealValues(graph, {"x": x}, odd_roots=True).value(node)
            if ball.is_finite():
                assert interval is not None, (low, high, float(x))
                least = 0.0 if interval[0] == SMALLEST else interval[0]  # positive, however small
                most = 0.0 if interval[1] == -SMALLEST else interval[1]
                assert least <= ball.upper() and ball.lower() <= most, (low, high, float(x), interval)
                assert interval[0] <= 0 or ball > 0


def zeros(formula: str) -> Zeros:
    graph = Graph()
    node: NodeId = to_graph(graph, read(formula))
    switches = Switches(graph)
    lines = ZeroFinder(switches)
    zero_sets = [lines.zeros(leaf, "x", {}) for leaf in switches.leaves([node])]
    at = sorted(interval for part in zero_sets for interval in part.at)
    return Zeros(tuple(at), all(part.complete for part in zero_sets), any(part.endless for part in zero_sets))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("(x-9)^2", [9.0]),
        ("x^2 - 2", [-math.sqrt(2), math.sqrt(2)]),
        ("e^(2x) - 6000e^x + 9*10^6", [math.log(3000)]),
        ("ln(ln(x)) - 3", [math.exp(math.exp(3))]),
        ("x - 500 - sin(x)", [499.757831834]),
        ("e^x - x^5", [1.2958555090954, 12.713206788868]),
        ("x e^(-x) - 0.367", [0.9323991847479, 1.070791886768]),
        ("e^(-x^2) - 10^-30", [-8.311290681346, 8.311290681346]),
        ("arctan(x) - 1.5707", [math.tan(1.5707)]),
        ("x^3 - 10^30", [10.0**10]),
        ("10^12 x^2 - 1", [-1e-6, 1e-6]),
        ("cosh(x/1000) - 10^9", [-21416.4136, 21416.4136]),
    ],
)
def test_zeros_are_found_on_the_whole_line(formula: str, expected: list[float]) -> None:
    roots = zeros(formula)
    assert roots.complete
    assert [(low + high) / 2 for low, high in roots.at] == pytest.approx(expected, rel=1e-7)


def test_a_sine_has_infinitely_many_zeros() -> None:
    roots = zeros("sin(x) - 0.9999")
    assert (roots.complete, roots.endless) == (False, True)
    assert len(roots.at) >= 10


def test_zeros_that_floats_cannot_tell_apart_are_not_called_complete() -> None:
    assert not zeros("x^300 e^(-x) - 10^-30").complete


def test_a_function_without_a_zero_has_none() -> None:
    assert zeros("x^4 + x + 1").at == ()
    assert zeros("e^x + x^2").at == ()
