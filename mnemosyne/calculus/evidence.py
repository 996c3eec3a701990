"""The numeric check that a learner can follow: three values, the answer's among them, at one simple point."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from flint import arb

from mnemosyne.calculus.balls import Place, Point, RealValues, VanishingValues, exactly, precision, rational_point
from mnemosyne.calculus.equality import DEEP, MOST_EXTRA, answer_value, settled, valued
from mnemosyne.calculus.existence import with_undefined_signs
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.verdict import CHAIN_RULE, CORRECT_ANSWER, Asks, Evidence

STEPS = tuple(Fraction(1, 10**n) for n in (5, 8, 12, 18, 28))  # h of the central difference (f(x + h) − f(x − h))/2h
BITS = 256
VISIBLE = 1e-6  # values that differ by less look alike on the screen
NEAR_ENOUGH = 1e-7  # relative: a quotient farther than this from the derivative asks for a smaller h
ZERO = arb(2) ** -100  # a value that cannot be told from 0 and is no larger than this is shown as 0
LARGEST = arb(10) ** 300  # values of this size or larger are not printed
_PLAIN = tuple(Fraction(n, d) for n, d in ((3, 2), (1, 1), (2, 1), (1, 2), (3, 1), (-1, 1), (1, 4), (5, 1), (-2, 1)))
_PARAMETERS = (2, 3, 5, 7)


def evidence(
    question: PreparedQuestion,
    answer: NodeId | None,
    proof: Place | None,
    *,
    with_error: bool = True,
    primitive: NodeId | None = None,
) -> Evidence | None:
    """Return the values at a simple point of the domain where they visibly differ, else at the proving point.

    `primitive` is the function that the difference quotient is taken of, by default the question's own; else the
    answer is its derivative.
    """
    last: Evidence | None = None
    if primitive is not None:
        primitive = with_undefined_signs(question, question.derivative, primitive)
    else:
        primitive = question.primitive
        answer = None if answer is None else with_undefined_signs(question, question.derivative, answer)
    for point in _points(question, None if proof is None else rational_point(proof)):
        numbers = _at(question, answer, point, primitive, with_error=with_error)
        if numbers is None:
            continue
        if answer is None or proof is None or _differs(numbers):
            return numbers
        if point == proof or last is None:
            last = numbers
    return last


def first_different_digit(question: PreparedQuestion, answer: NodeId, proof: Place) -> int | None:
    """Return the first significant digit in which the two values at a point differ; None if one is 0 or missing."""
    for bits in (DEEP, DEEP + MOST_EXTRA):
        with precision(bits):
            values = RealValues(question.graph, proof)
            expected, actual = values.value(question.derivative), answer_value(values, answer)
            ratio = abs(actual / expected - 1)
            if ratio.is_finite() and ratio > 0:
                return max(1, math.floor(-float((ratio.log() / arb(10).log()).mid())) + 1)
    return None


def _points(question: PreparedQuestion, proof: Point | None) -> Iterator[Point]:
    main = question.domain.variable
    parameters = {name: Fraction(_PARAMETERS[i % 4]) for i, name in enumerate(sorted(question.inputs - {main}))}
    for x in _PLAIN:
        yield _with_variable(question, {main: x, **parameters})
    if proof is not None:
        yield _with_variable(question, proof)
        for x in _PLAIN:
            yield _with_variable(question, {**proof, main: x})
    yield from (_with_variable(question, rational_point(sample.point)) for sample in question.samples)


def _with_variable(question: PreparedQuestion, point: Point) -> Point:
    """Return the point, with the value of any variable that stands for an expression."""
    if question.variable in question.inputs or question.primitive is None:
        return point
    with precision(BITS):
        value = to_float(RealValues(question.graph, point).value(question.calculus.variable))
    return point if value is None else {**point, question.variable: Fraction(value)}


def _differs(numbers: Evidence) -> bool:
    if numbers.chain_rule is None:
        return False
    if numbers.yours is None:
        return True
    return abs(numbers.yours - numbers.chain_rule) > VISIBLE * max(1.0, abs(numbers.chain_rule))


def _at(
    question: PreparedQuestion, answer: NodeId | None, point: Point, primitive: NodeId | None, *, with_error: bool
) -> Evidence | None:
    graph = question.graph
    if primitive is not None and question.variable not in point:
        return None
    with precision(BITS):
        values = RealValues(graph, point)
        slope = to_float(values.value(question.derivative))
        is_constant = slope is None and primitive is not None
        slope = to_float(VanishingValues(graph, point).value(question.derivative)) if is_constant else slope
        if slope is None or to_float(values.value(question.f)) is None:
            return None
        actual, too_large = _own_value(values, answer)
        if is_constant and actual is None and answer is not None:
            actual = to_float(VanishingValues(graph, point).value(answer))
        if primitive is not None and not answer_value(values, primitive).is_finite():
            actual = None  # an antiderivative without a value has no derivative either
        label = CORRECT_ANSWER if question.asks is Asks.FORMULA else CHAIN_RULE
        if primitive is None:
            at = {name: float(point[name]) for name in sorted(question.inputs)}
            return Evidence(at, actual, slope, None, too_large=too_large, right_label=label)
        at = {name: float(value) for name, value in sorted(point.items())}
        quotient, step = _quotient(graph, primitive, question.variable, point, slope)
        if is_constant and not (_is_near(quotient, slope) and _is_smooth(graph, primitive, question.variable, point)):
            return None  # a hole in the chain rule's formula, or a cusp, not a piece where √relu(x) is constant
        finer = _difference(graph, primitive, question.variable, point, step / 2) if with_error else None
    error = abs(quotient - finer) * 4 / 3 if quotient is not None and finer is not None else None
    return Evidence(at, actual, slope, quotient, float(step), error, too_large)


def _own_value(values: RealValues, answer: NodeId | None) -> tuple[float | None, bool]:
    """Return the answer's value as a float, and whether it is missing because it is too large."""
    if answer is None:
        return None, False
    ball, gave_up = valued(values, answer)
    number = to_float(ball)
    return number, number is None and (gave_up or (settled(ball) and bool(abs(ball) >= LARGEST)))


def _quotient(graph: Graph, f: NodeId, variable: str, point: Point, slope: float) -> tuple[float | None, Fraction]:
    """Return the difference quotient and its h, which is smaller close to a kink so as not to reach across."""
    quotient: float | None = None
    for step in STEPS:
        quotient = _difference(graph, f, variable, point, step)
        if _is_near(quotient, slope):
            break
    return quotient, step


def _is_near(quotient: float | None, slope: float) -> bool:
    return quotient is not None and abs(quotient - slope) <= NEAR_ENOUGH * max(1.0, abs(slope))


def _is_smooth(graph: Graph, f: NodeId, variable: str, point: Point) -> bool:
    """Whether the difference quotients of both sides of a point meet, as they do at no cusp and no kink."""
    middle, step = RealValues(graph, point).value(f), STEPS[-1]
    beside = ({**point, variable: point[variable] + sign * step} for sign in (1, -1))
    above, below = (RealValues(graph, place).value(f) for place in beside)
    return bool(abs(above + below - 2 * middle) < exactly(step) * NEAR_ENOUGH)


def _difference(graph: Graph, f: NodeId, variable: str, point: Point, step: Fraction) -> float | None:
    beside = ({**point, variable: point[variable] + sign * step} for sign in (1, -1))
    above, below = (RealValues(graph, place).value(f) for place in beside)
    return to_float((above - below) * (1 / (2 * step)).numerator)


def to_float(ball: arb) -> float | None:
    """Return a value to show: 0 if it cannot be told from 0; None if it is missing or too large to print."""
    if not ball.is_finite() or not settled(ball) or not abs(ball) < LARGEST:
        return None
    return 0.0 if ball.contains(0) and abs(ball) < ZERO else float(ball.mid())
