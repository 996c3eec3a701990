"""The chain rule's derivative agrees with that of sympy, which is an independent implementation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sample_size import sample_size

from mnemosyne.calculus.balls import RealValues, precision
from mnemosyne.calculus.derivative import OUTER_DERIVATIVES, Calculus
from mnemosyne.calculus.equality import settled
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.symbolic import to_sympy
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.functions import FUNCTIONS
from mnemosyne.expressions.reading import read

sympy = pytest.importorskip("sympy")


def agree(text: str, at: Fraction) -> None:
    """Assert that our derivative and sympy's have the same value to 40 digits at one point."""
    graph = Graph()
    f = to_graph(graph, read(text))
    derivative = Calculus(graph, "x").derivative(f)
    x = sympy.Symbol("x", real=True)
    sympy_value = sympy.diff(to_sympy(graph, f).doit(), x).subs(x, sympy.Rational(at.numerator, at.denominator))
    with precision(256):
        value = RealValues(graph, {"x": at}).value(derivative)
        assert value.is_finite()
        assert abs(sympy.Float(value.str(50, radius=False), 50) - sympy_value.evalf(50)) < 1e-40 * (
            1 + abs(sympy_value.evalf(50))
        )


def moderate(text: str, at: Fraction) -> bool:
    """Return whether the derivative is small enough there for 40 digits to be compared."""
    graph = Graph()
    derivative = Calculus(graph, "x").derivative(to_graph(graph, read(text)))
    with precision(256):
        value = RealValues(graph, {"x": at}).value(derivative)
        return bool(value.is_finite() and abs(value) < 10**6)


@pytest.mark.parametrize("name", sorted(set(OUTER_DERIVATIVES) - {"relu", "step", "sign", "cbrt"}))
def test_every_function_of_the_table_agrees(name: str) -> None:
    at = Fraction(7, 3) if name in ("arcosh", "arcsec", "arccsc") else Fraction(3, 7)
    agree(f"{name}(x)", at)
    agree(f"{name}(x^2)", at)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("cbrt(x)", Fraction(5, 2)),
        ("x^x", Fraction(3, 2)),
        ("(sin(x) + 2)^(x^2)", Fraction(3, 2)),
        ("log(x, 2)", Fraction(5, 2)),
        ("log(3, x + 1)", Fraction(5, 2)),
        ("(x^2 + 1)/(x - 3)", Fraction(1, 2)),
        ("x*sin(x)*exp(x)*ln(x)", Fraction(5, 2)),
        ("x*x*x*x*x*x*x*x*x*x*x*x", Fraction(5, 4)),
        ("-3*cos(-x)", Fraction(1, 3)),
    ],
)
def test_the_rules_agree(text: str, at: Fraction) -> None:
    agree(text, at)


@settings(max_examples=sample_size(20, 150), deadline=None)
@given(data=st.data())
def test_random_chains_agree(chains: st.SearchStrategy[str], data: st.DataObject) -> None:
    f, at = data.draw(chains), Fraction(data.draw(st.integers(1, 9)), 7)
    assume(moderate(f, at))
    agree(f, at)


@pytest.mark.parametrize(
    ("text", "at", "slope"),
    [
        ("relu(2*x - 3)", 2, 2),
        ("relu(2*x - 3)", 1, 0),
        ("abs(x^3)", -2, -12),
        ("max(x, x^2)", 3, 6),
        ("max(x, x^2)", Fraction(1, 2), 1),
        ("min(x, x^2)", 3, 1),
        ("sign(x)*x", -4, -1),
        ("root(x, 3)", -8, Fraction(1, 12)),
        ("cbrt(x)", -8, Fraction(1, 12)),
    ],
)
def test_pieces_and_real_roots(text: str, at: Fraction, slope: Fraction) -> None:
    graph = Graph()
    derivative = Calculus(graph, "x").derivative(to_graph(graph, read(text)))
    with precision(128):
        value = RealValues(graph, {"x": Fraction(at)}).value(derivative)
        assert value.overlaps(RealValues(graph, {"x": Fraction(at)}).value(graph.number(Fraction(slope))))


def test_at_a_kink_there_is_no_derivative() -> None:
    graph = Graph()
    derivative = Calculus(graph, "x").derivative(to_graph(graph, read("abs(x)")))
    with precision(128):
        assert not settled(RealValues(graph, {"x": Fraction(0)}).value(derivative))


def test_every_function_that_can_be_read_can_be_differentiated() -> None:
    for function in FUNCTIONS.values():
        graph = Graph()
        symbols = [graph.symbol("x"), graph.number(3)][: function.arity]
        assert Calculus(graph, "x").derivative(graph.call(function.name, *symbols)) is not None


def test_a_chain_of_a_thousand_links_takes_linear_time() -> None:
    sizes = []
    for links in (250, 500, 1000):
        graph = Graph()
        node = graph.symbol("x")
        for i in range(links):
            node = graph.call(("sin", "cos", "arctan")[i % 3], node)
        Calculus(graph, "x").derivative(node)
        sizes.append(len(graph.op))
    assert sizes[2] - sizes[1] == pytest.approx(2 * (sizes[1] - sizes[0]), rel=0.02)
