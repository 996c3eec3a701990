"""Powers of 0 with varying exponents: 0^v is 0 for v > 0 and 1 for v = 0, so that an answer with 0^(x²) may be
wrong at a single point.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mnemosyne.calculus.balls import BITS, Point, RationalInterval, RealValues, precision, rational_point
from mnemosyne.calculus.equality import At, compare_at
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.intervals import Interval
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.switches import Leaf

MOST_LINES = 3  # along each symbol of an exponent
LARGEST_DENOMINATOR = 1_000  # of a zero that is recognised


class UnclearError(Exception):
    """Raised where an exponent has a zero, or may have one, at which the values are not known."""


def place_apart_at_zeros(
    question: PreparedQuestion, powers: list[tuple[NodeId, NodeId]], expected: NodeId, answer: NodeId
) -> Point | None:
    """Return a zero of an exponent at which two formulas are proved different.

    Raise UnclearError if there is none, but not all zeros could be looked at.
    """
    clear = True
    for base, exponent in powers:
        for point in _zeros(question, base, exponent):
            if point is None:
                clear = False
            elif compare_at(question.f, expected, answer, RealValues(question.graph, point)) is At.DIFFERENT:
                return point
    if not clear:
        raise UnclearError
    return None


def _zeros(question: PreparedQuestion, base: NodeId, exponent: NodeId) -> Iterator[Point | None]:
    """Yield the zeros of an exponent along its symbols; None for those that are not known exactly."""
    for leaf in question.switches.leaves([exponent]):
        for symbol in sorted(leaf.symbols):
            for sample in question.samples[:MOST_LINES]:
                yield from _along(question, leaf, symbol, (base, exponent), rational_point(sample.point))


def _along(
    question: PreparedQuestion, leaf: Leaf, symbol: str, power: tuple[NodeId, NodeId], point: Point
) -> Iterator[Point | None]:
    zeros = question.pieces.zeros(leaf, symbol, point)
    for zero in zeros.at:
        yield _exact(question, symbol, power, point, zero)
    if not zeros.complete:
        yield _exact(question, symbol, power, point, (0.0, 0.0))
        yield None


def _exact(
    question: PreparedQuestion, symbol: str, power: tuple[NodeId, NodeId], point: Point, zero: Interval
) -> Point | None:
    """Return the point at which an exponent is exactly 0, or one beside it if the base is not 0 there."""
    base, exponent = power
    low, high = map(Fraction, zero)
    near = {**point, symbol: ((low + high) / 2).limit_denominator(LARGEST_DENOMINATOR)}
    with precision(BITS):
        if RealValues(question.graph, near).value(exponent).is_zero():
            return near
        around = RealValues(question.graph, {**point, symbol: RationalInterval(low, high)})
        return None if around.value(base).contains(0) else near
