"""The numeric check that a learner can follow: three values, his own among them, at one plain point."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import arb

from mnemosyne.calculus.balls import Point, RealValues, precision
from mnemosyne.calculus.graph import Graph, NodeId
from mnemosyne.calculus.prepared import Prepared
from mnemosyne.calculus.verdict import Evidence

STEP = Fraction(1, 100_000)  # h of the central difference (f(x + h) − f(x − h))/2h
BITS = 192
VISIBLE = 1e-6  # values that differ by less look alike on the screen
_PLAIN = tuple(Fraction(n, d) for n, d in ((3, 2), (1, 1), (2, 1), (1, 2), (3, 1), (-1, 1), (1, 4), (5, 1), (-2, 1)))
_PARAMETERS = (2, 3, 5, 7)


def evidence(
    question: Prepared, answer: NodeId | None, proof: Point | None, *, with_error: bool = True
) -> Evidence | None:
    """The values at a plain point of the domain where they differ visibly, else at the proving point."""
    fallback: Evidence | None = None
    for point in _points(question, proof):
        found = _at(question, answer, point, with_error)
        if found is None:
            continue
        if answer is None or proof is None or _differs(found):
            return found
        fallback = fallback or found
    return fallback


def _points(question: Prepared, proof: Point | None) -> Iterator[Point]:
    main = question.domain.variable
    parameters = {name: Fraction(_PARAMETERS[i % 4]) for i, name in enumerate(sorted(question.inputs - {main}))}
    for x in _PLAIN:
        yield _with_variable(question, {main: x, **parameters})
    if proof is not None:
        yield _with_variable(question, proof)
    yield from (_with_variable(question, sample.point) for sample in question.samples)


def _with_variable(question: Prepared, point: Point) -> Point:
    """The point, with the value that a variable which stands for an expression has there."""
    if question.variable in question.inputs:
        return point
    with precision(BITS):
        value = _float(RealValues(question.graph, point).value(question.calculus.variable))
    return point if value is None else {**point, question.variable: Fraction(value)}


def _differs(found: Evidence) -> bool:
    if found.yours is None or found.chain_rule is None:
        return False  # a difference in numbers says more, if there is one
    return abs(found.yours - found.chain_rule) > VISIBLE * max(1.0, abs(found.chain_rule))


def _at(question: Prepared, answer: NodeId | None, point: Point, with_error: bool) -> Evidence | None:
    graph = question.graph
    if question.variable not in point:
        return None
    with precision(BITS):
        values = RealValues(graph, point)
        slope = _float(values.value(question.derivative))
        if slope is None or _float(values.value(question.f)) is None:
            return None
        yours = _float(values.value(answer)) if answer is not None else None
        quotient = _difference(graph, question.f, question.variable, point, STEP)
        finer = _difference(graph, question.f, question.variable, point, STEP / 2) if with_error else None
    error = abs(quotient - finer) * 4 / 3 if quotient is not None and finer is not None else None
    at = {name: float(value) for name, value in sorted(point.items())}
    return Evidence(at, yours, slope, quotient, float(STEP), error)


def _difference(graph: Graph, f: NodeId, variable: str, point: Point, step: Fraction) -> float | None:
    beside = ({**point, variable: point[variable] + sign * step} for sign in (1, -1))
    above, below = (RealValues(graph, place).value(f) for place in beside)
    return _float((above - below) * (1 / (2 * step)).numerator)


def _float(ball: arb) -> float | None:
    if not ball.is_finite() or not abs(ball) < arb(10) ** 300:
        return None
    return float(ball.mid())
