"""Every link that is shown is true: its outer function at its inner one is the part, and its derivative is that there.

Random functions draw their symbols from all letters, also from those that links like to use for the inner function.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

import pytest
from flint import arb

from mnemosyne.calculus.balls import RealValues, precision
from mnemosyne.calculus.check import explain
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node, substitute, symbols
from mnemosyne.verdict import Link

AROUND = (
    *("sin({})", "cos({})", "tan({})", "exp({})", "ln({})", "sqrt({})", "arctan({})", "1/({})", "({})^2", "({})^3"),
    *("2^({})", "({})^(1/2)", "-({})", "3*({})", "({}) + 5", "[s]*({})", "({})^[s]", "[s]^({})", "({})/[s]"),
    *("({})*[t]", "({}) + [t]", "({})/[t]", "[x]*({})", "({})^[x]", "log({}, [s])", "sigmoid({})", "abs({})"),
)
SYMBOLS = "uvwzstabcn"
POINTS = 6


def _function(source: random.Random) -> tuple[str, str]:
    """Return a function of one to six links and its variable."""
    x = source.choice("xxuvt")
    f = source.choice((x, x, f"{x}^2", f"2{x} + 1", f"u*{x}", f"{x} - v"))
    for _ in range(source.randrange(1, 6)):
        beside = source.choice((f"{x}^2", f"sin({x})", f"(w + {x})"))
        around = source.choice(AROUND).replace("[s]", source.choice(SYMBOLS))
        f = around.replace("[t]", beside).replace("[x]", x).format(f)
    return f, x


def _agree(one: Node, other: Node, source: random.Random) -> bool:
    """Return whether two formulas have equal values at the points of a random draw where both have one."""
    graph = Graph()
    nodes = [to_graph(graph, tree) for tree in (one, other)]
    names = sorted(symbols(one) | symbols(other))
    met = 0
    for _ in range(10 * POINTS):
        point = {name: Fraction(source.randrange(-300, 400), 197) for name in names}
        with precision(256):
            values = RealValues(graph, point)
            first, second = (values.value(node) for node in nodes)
            if first.is_finite() and second.is_finite():
                met += 1
                if not first.overlaps(second):
                    return False
        if met == POINTS:
            break
    return True


def _differentiated(formula: Node, variable: str) -> tuple[Graph, int]:
    graph = Graph()
    return graph, Calculus(graph, variable).derivative(to_graph(graph, formula))


def _values(graph: Graph, node: int, point: dict[str, Fraction]) -> arb:
    with precision(256):
        return RealValues(graph, point).value(node)


def _check_chain(part: Node, links: Sequence[Link], variable: str, source: random.Random) -> None:
    """Assert that the links lead from the part to the variable, and that each derivative is the outer one's there."""
    whole = part
    for link in links:
        outer, inner = read(link.outer), read(link.inner)
        assert link.placeholder not in symbols(part) | {variable}
        assert _agree(whole, substitute(outer, {link.placeholder: inner}), source), (link, "is not the part")
        shown = read(link.derivative)
        for _ in range(POINTS):
            point = {name: Fraction(source.randrange(-300, 400), 197) for name in symbols(part) | {variable}}
            graph = Graph()
            inside = _values(graph, to_graph(graph, inner), point)
            if not inside.is_finite():
                continue
            graph.define(link.placeholder, to_graph(graph, inner))
            expected = _values(graph, Calculus(graph, link.placeholder).derivative(to_graph(graph, outer)), point)
            given = _values(graph, to_graph(graph, shown), point)
            assert expected.overlaps(given) or not (expected.is_finite() and given.is_finite()), link
        whole = inner
    assert whole == read(variable)


@pytest.mark.parametrize("seed", range(12))
def test_every_link_of_random_functions_is_true(seed: int) -> None:
    source = random.Random(seed)
    for _ in range(25):
        f, variable = _function(source)
        explained = explain(f, variable)
        for of, links in groupby(explained.links, key=lambda link: link.of):
            _check_chain(read(of or f), list(links), variable, source)
        graph, derivative = _differentiated(read(f), variable)
        shown = to_graph(graph, read(explained.derivative))
        for _ in range(POINTS):
            point = {name: Fraction(source.randrange(-300, 400), 197) for name in symbols(read(f)) | {variable}}
            expected, given = _values(graph, derivative, point), _values(graph, shown, point)
            assert expected.overlaps(given) or not (expected.is_finite() and given.is_finite()), (f, explained)


@pytest.mark.parametrize(
    ("f", "variable", "links"),
    [
        ("u sin(x^2)", "x", ["u*sin(v) at v = x^2: u*cos(x^2)", "v^2 at v = x: 2*x"]),
        ("x^u", "x", ["v^u at v = x: u*x^(u - 1)"]),
        ("sin(u x^2)", "x", ["sin(v) at v = u*x^2: cos(u*x^2)", "u*v^2 at v = x: 2*u*x"]),
        ("sin(v u^2)", "u", ["sin(w) at w = v*u^2: cos(u^2*v)", "v*w^2 at w = u: 2*u*v"]),
        ("sin(u v w z s t x)", "x", ["sin(u1) at u1 = u*v*w*z*s*t*x: cos(s*t*u*v*w*x*z)"]),
    ],
)
def test_the_placeholder_is_a_name_that_the_function_has_not(f: str, variable: str, links: list[str]) -> None:
    shown = [
        f"{link.outer} at {link.placeholder} = {link.inner}: {link.derivative}" for link in explain(f, variable).links
    ]
    assert shown[: len(links)] == links
