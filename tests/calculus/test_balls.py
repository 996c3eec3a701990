"""Balls enclose: the value at a point lies in the ball over an interval around that point."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from mnemosyne.calculus.balls import RationalInterval, RealValues, exactly, precision
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.reading import read


@pytest.mark.parametrize("formula", ["x^2", "x^3", "x^8", "x^15", "(x - 1/3)^2", "(sin(x))^4", "x^0"])
@pytest.mark.parametrize("seed", range(5))
def test_a_power_of_an_interval_that_contains_zero_has_a_value_and_encloses(formula: str, seed: int) -> None:
    source = random.Random(seed)
    graph = Graph()
    node = to_graph(graph, read(formula))
    low, high = Fraction(source.randrange(-3000, 0), 1000), Fraction(source.randrange(1, 3000), 1000)
    with precision(128):
        ball = RealValues(graph, {"x": RationalInterval(low, high)}).value(node)
        assert ball.is_finite()
        for part in range(11):
            at = low + (high - low) * Fraction(part, 10)
            assert ball.overlaps(RealValues(graph, {"x": at}).value(node)), at


def test_a_power_of_zero() -> None:
    graph = Graph()
    with precision(128):
        values = RealValues(graph, {"x": Fraction(0)})
        assert values.value(to_graph(graph, read("x^(1/2)"))) == exactly(Fraction(0))
        assert values.value(to_graph(graph, read("x^2"))) == exactly(Fraction(0))
        assert not values.value(to_graph(graph, read("x^(-1/2)"))).is_finite()
        assert not values.value(to_graph(graph, read("ln(x)^0"))).is_finite()
