"""Textbook curves, right slopes rewritten by means of the equation, and wrong slopes as common mistakes give them."""

from __future__ import annotations

import random
from collections.abc import Iterator

from mnemosyne.calculus.balls import BITS, precision
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.implicit import CurveQuestion
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.verdict import Asks, Problem

EQUATIONS = (
    *("{a}x^2 + {b}y^2 = {c}", "x^2 + {a}x y + {b}y^2 = {c}", "x^3 + y^3 = {a}x y", "y^2 = x^3 + {a}x + {b}"),
    *("sqrt(x) + sqrt(y) = {a}", "e^y = {a}x + {b}", "{a}x y = {c}", "x^2 y + {a}x y^2 = {c}", "x y + ln(y) = {a}"),
    *("e^(x y) = x + {a}y", "x sin(y) = {a}", "(x + y)^2 = {a}x + {b}", "tan(y) = {a}x + {b}", "x/y + y/x = {c}"),
    *("x^2 y^3 = {a}x + {b}y", "y^5 + {a}y = x^2 + {b}", "x^4 + y^4 = {c}", "cos(y) = {a}x - {b}", "y e^y = {a}x"),
    *("x^2 - {a}y^2 = {b}", "{a}(x^2 + y^2)^2 = {c}(x^2 - y^2)", "x^(2/3) + y^(2/3) = {a}", "arctan(y) = x^2 - {a}"),
    *("sin(x) + cos(y) = 1/{c}", "x y^2 + {a}x = {c}", "sqrt(x y) = x - {a}", "x^3 - {a}x y + y^2 = {b}", "y = {a}x^2"),
)
SYMBOLS = ("x", "y")


def curves(count: int, seed: int) -> Iterator[Problem]:
    """Yield questions, each template in turn with new numbers."""
    source = random.Random(seed)
    for number in range(count):
        template = EQUATIONS[number % len(EQUATIONS)]
        equation = template.format(a=source.randint(2, 9), b=source.randint(2, 9), c=source.randint(5, 30))
        yield Problem(equation, asks=Asks.IMPLICIT, seed=source.randrange(1000))


def rewritten_slopes(question: CurveQuestion, source: random.Random) -> list[str]:
    """Return three forms of the slope that are equal to it on the curve only."""
    graph, f, slope = question.graph, question.f, question.derivative
    by_x, by_y = _partials(question)
    number = graph.number(source.randint(2, 9))
    multiple = source.choice([number, *map(graph.symbol, SYMBOLS)])
    forms = [
        graph.sum(slope, graph.product(multiple, f)),
        graph.negation(graph.quotient(by_x, graph.sum(by_y, graph.product(number, f)))),
        graph.negation(graph.quotient(graph.sum(by_x, graph.product(multiple, f)), by_y)),
        graph.product(slope, graph.sum(graph.one, graph.product(number, f))),
    ]
    return [_line(graph, form) for form in source.sample(forms, 3)]


def mistakes(question: CurveQuestion) -> Iterator[tuple[str, str]]:
    """Yield wrong slopes, each after the name of its mistake; written without the checker's own rules for mistakes."""
    graph, f = question.graph, question.f
    x, y = map(graph.symbol, SYMBOLS)
    by_x, by_y = _partials(question)
    yield "sign", _line(graph, graph.quotient(by_x, by_y))
    yield "upside down", _line(graph, graph.negation(graph.quotient(by_y, by_x)))
    yield "upside down, sign", _line(graph, graph.quotient(by_y, by_x))
    yield "y held constant", _line(graph, by_x)
    terms = list(_terms(graph, f))
    for i, term in enumerate(terms):
        rest = graph.sum(*terms[:i], *terms[i + 1 :])
        rest_x, rest_y = (Calculus(graph, name).derivative(rest) for name in SYMBOLS)
        term_x, term_y = (Calculus(graph, name).derivative(term) for name in SYMBOLS)
        if y in graph.reachable([term]):
            yield "dy/dx forgotten", _solved(graph, graph.sum(rest_x, term_x, term_y), rest_y)
            yield "y held constant in a term", _solved(graph, graph.sum(rest_x, term_x), rest_y)
        elif x in graph.reachable([term]):
            yield "dy/dx on a term in x", _solved(graph, rest_x, graph.sum(rest_y, term_x))
        else:
            yield "constant kept", _solved(graph, graph.sum(by_x, term), by_y)
    yield "twice too large", _line(graph, graph.product(graph.number(2), question.derivative))


def _terms(graph: Graph, node: NodeId) -> Iterator[NodeId]:
    operands = graph.operands[node]
    if graph.op[node] is Op.SUM:
        for operand in operands:
            yield from _terms(graph, operand)
    elif graph.op[node] is Op.NEGATION:
        yield from map(graph.negation, _terms(graph, operands[0]))
    else:
        yield node


def is_wrong(question: CurveQuestion, node: NodeId) -> bool:
    """Return whether a slope differs from the right one somewhere on the curve, as far as the samples show."""
    with precision(BITS):
        pairs = [(sample.value(node), sample.value(question.derivative)) for sample in question.samples]
    finite = [(first, second) for first, second in pairs if first.is_finite()]
    return len(finite) >= 4 and any(not first.overlaps(second) for first, second in finite)


def _partials(question: CurveQuestion) -> tuple[NodeId, NodeId]:
    by_x, by_y = (Calculus(question.graph, name).derivative(question.f) for name in SYMBOLS)
    return by_x, by_y


def _solved(graph: Graph, by_x: NodeId, by_y: NodeId) -> str:
    return "" if by_y == graph.zero else _line(graph, graph.negation(graph.quotient(by_x, by_y)))


def _line(graph: Graph, node: NodeId) -> str:
    return to_line(to_tree(graph, node))
