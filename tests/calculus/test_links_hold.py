"""Every link that is shown is true: its outer function at its inner one is the part, and its derivative the factor.

Random functions draw their symbols from all letters, including those that links like to use for the inner
function.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

import pytest
from antiderivative_cases import integrands
from curve_cases import curves
from flint import arb
from sample_size import sample_size

from mnemosyne.calculus.balls import RealValues, precision
from mnemosyne.calculus.check import check, explain
from mnemosyne.calculus.curve_links import curve_links
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.solution import posed
from mnemosyne.calculus.translate import to_graph, to_tree
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node, substitute, symbols
from mnemosyne.verdict import Asks, Link, Problem, Word

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


def _agree(left: Node, right: Node, source: random.Random) -> bool:
    """Return whether two formulas have equal values at the points of a random draw where both have one."""
    graph = Graph()
    nodes = [to_graph(graph, tree) for tree in (left, right)]
    names = sorted(symbols(left) | symbols(right))
    common_points = 0
    for _ in range(10 * POINTS):
        point = {name: Fraction(source.randrange(-300, 400), 197) for name in names}
        with precision(256):
            values = RealValues(graph, point)
            first, second = (values.value(node) for node in nodes)
            if first.is_finite() and second.is_finite():
                common_points += 1
                if not first.overlaps(second):
                    return False
        if common_points == POINTS:
            break
    return True


def _differentiated(formula: Node, variable: str) -> tuple[Graph, int]:
    graph = Graph()
    return graph, Calculus(graph, variable).derivative(to_graph(graph, formula))


def _values(graph: Graph, node: int, point: dict[str, Fraction]) -> arb:
    with precision(256):
        return RealValues(graph, point).value(node)


def _check_chain(part: Node, links: Sequence[Link], variable: str, source: random.Random) -> None:
    """Assert that the links lead from the part to the variable, and each derivative is the outer function's there."""
    whole = part
    for link in links:
        outer, inner = read(link.outer), read(link.inner)
        assert link.placeholder not in symbols(part) | {variable}
        assert _agree(whole, substitute(outer, {link.placeholder: inner}), source), (link, "is not the part")
        derivative = read(link.derivative)
        for _ in range(POINTS):
            point = {name: Fraction(source.randrange(-300, 400), 197) for name in symbols(part) | {variable}}
            graph = Graph()
            inside = _values(graph, to_graph(graph, inner), point)
            if not inside.is_finite():
                continue
            graph.define(link.placeholder, to_graph(graph, inner))
            expected = _values(graph, Calculus(graph, link.placeholder).derivative(to_graph(graph, outer)), point)
            actual = _values(graph, to_graph(graph, derivative), point)
            assert expected.overlaps(actual) or not (expected.is_finite() and actual.is_finite()), link
        whole = inner
    assert whole == read(variable)


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(1, 12)))
def test_every_link_of_random_functions_is_true(seed: int) -> None:
    source = random.Random(seed)
    for _ in range(25):
        f, variable = _function(source)
        try:
            explained = explain(f, variable)
        except ReadingError as error:
            assert error.message.endswith(("has no real value.", "is not defined on any interval."))
            continue
        for of, links in groupby(explained.links, key=lambda link: link.of):
            _check_chain(read(of or f), list(links), variable, source)
        graph, derivative = _differentiated(read(f), variable)
        explained_derivative = to_graph(graph, read(explained.derivative))
        for _ in range(POINTS):
            point = {name: Fraction(source.randrange(-300, 400), 197) for name in symbols(read(f)) | {variable}}
            expected, actual = _values(graph, derivative, point), _values(graph, explained_derivative, point)
            assert expected.overlaps(actual) or not (expected.is_finite() and actual.is_finite()), (f, explained)


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
def test_the_placeholder_is_a_name_that_the_function_does_not_have(f: str, variable: str, links: list[str]) -> None:
    descriptions = [
        f"{link.outer} at {link.placeholder} = {link.inner}: {link.derivative}" for link in explain(f, variable).links
    ]
    assert descriptions[: len(links)] == links


def _product(links: Sequence[Link]) -> Node:
    return read("·".join(f"({link.derivative.replace('dy/dx', 's')})" for link in links))


@pytest.mark.parametrize("seed", range(3))
def test_the_chains_of_a_curve_have_the_slope_as_a_factor(seed: int) -> None:
    """The product of the links of y² is the derivative of y² along the curve, 2y·dy/dx."""
    source = random.Random(seed)
    for problem in curves(28, seed):
        for of, chain in groupby(curve_links(posed(problem)), key=lambda link: link.of):
            links, graph = list(chain), Graph()
            assert "dy/dx" in links[-1].derivative
            assert not any("dy/dx" in link.derivative for link in links[:-1])
            by_x, by_y = (Calculus(graph, name).derivative(to_graph(graph, read(of))) for name in "xy")
            total = graph.sum(by_x, graph.product(graph.symbol("s"), by_y))
            assert _agree(_product(links), to_tree(graph, total), source), (of, links)


@pytest.mark.parametrize("seed", range(2))
def test_the_chain_of_an_antiderivative_leads_to_it_and_its_product_back_to_f(seed: int) -> None:
    source, whole_chains = random.Random(seed), 0
    for case in integrands(40, seed):
        verdict = check(Problem(case.f, asks=Asks.ANTIDERIVATIVE, seed=seed), "0")
        assert verdict.links or verdict.expected is None
        for of, chain in groupby(verdict.links, key=lambda link: link.of):
            links = list(chain)
            _check_chain(read(of), links, "x", source)
            if f"{of} + C" == verdict.expected and len(links) > 1:
                whole_chains += 1
                assert _agree(_product(links), read(case.f), source), (case.f, links)
    assert whole_chains > 5


def _link_lines(problem: Problem) -> list[str]:
    links = check(problem, "0").links
    return [f"{link.of}: {link.outer} at {link.placeholder} = {link.inner}: {link.derivative}" for link in links]


@pytest.mark.parametrize(
    ("equation", "links"),
    [
        ("x^2 + y^2 = 25", ["y^2: u^2 at u = y: 2*y", "y^2: y at u = x: dy/dx"]),
        ("x y = 1", []),
        ("x = sqrt(x y + 1)", [
            "sqrt(x*y + 1): sqrt(u) at u = x*y + 1: 1/(2*sqrt(x*y + 1))",
            "sqrt(x*y + 1): x*y + 1 at u = x: y + x*dy/dx",
        ]),
        ("(x - y)^2 = x", ["(x - y)^2: u^2 at u = x - y: 2*(x - y)", "(x - y)^2: x - y at u = x: 1 - dy/dx"]),
        ("e^(sin(y^2)) = x + 1", [
            "e^sin(y^2): e^u at u = sin(y^2): e^sin(y^2)", "e^sin(y^2): sin(u) at u = y^2: cos(y^2)",
            "e^sin(y^2): u^2 at u = y: 2*y", "e^sin(y^2): y at u = x: dy/dx",
        ]),
        ("sin(x^2) + y = 1", []),  # no chain of y: dy/dx is what the point is about
    ],
)  # fmt: skip
def test_the_chains_of_a_curve(equation: str, links: list[str]) -> None:
    assert _link_lines(Problem(equation, asks=Asks.IMPLICIT)) == links


def test_a_curve_in_greek_letters() -> None:
    problem = Problem("cos(φ^2) + ln(θ) = 3", "φ", Asks.IMPLICIT, dependent="θ")
    assert check(problem, "2φ θ sin(φ^2)").word is Word.CORRECT
    assert _link_lines(problem) == [
        "ln(theta): ln(u) at u = theta: 1/theta",
        "ln(theta): theta at u = phi: dtheta/dphi",
    ]


@pytest.mark.parametrize(
    ("f", "solution", "links"),
    [
        ("2x cos(x^2)", "", ["sin(x^2): sin(u) at u = x^2: cos(x^2)", "sin(x^2): u^2 at u = x: 2*x"]),
        ("tan(x)", "-ln|cos(x)| + C", [
            "-ln(abs(cos(x))): -ln(u) at u = abs(cos(x)): -1/abs(cos(x))",
            "-ln(abs(cos(x))): abs(u) at u = cos(x): sign(cos(x))", "-ln(abs(cos(x))): cos(u) at u = x: -sin(x)",
        ]),
        ("e^(x^2)", "", []),
        ("0", "", []),
    ],
)  # fmt: skip
def test_the_chain_of_an_antiderivative(f: str, solution: str, links: list[str]) -> None:
    assert _link_lines(Problem(f, asks=Asks.ANTIDERIVATIVE, solution=solution)) == links
