"""Zeros of nodes along one symbol, each proved to be the only one in its interval.

A zero is first isolated with floats; then Newton's method in interval arithmetic proves that there is exactly
one in the interval, and encloses it as narrowly as needed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx

from mnemosyne.calculus.balls import BITS, Place, Point, RealValues, exactly, precision
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.intervals import Interval

WIDER = (2.0**-44, 2.0**-36, 2.0**-28)  # relative to the root: the widths to search around a zero of floats
MOST_STEPS = 40  # the most steps of Newton's method: each doubles the digits until only the rounding error is left
GUARD = 12  # bits that rounding may cost


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A coordinate that is given as a ball."""

    value: arb

    def ball(self) -> arb:
        """Return the ball."""
        return self.value

    def __float__(self) -> float:
        return float(self.value.mid())


class Root:
    """The only zero of a node along a symbol within an interval, the other symbols fixed."""

    def __init__(self, graph: Graph, node: NodeId, slope: NodeId, symbol: str, point: Point, start: arb) -> None:
        self._graph = graph
        self._node = node
        self._slope = slope
        self._symbol = symbol
        self._point = point
        self._best = start
        self._bits = 0

    def ball(self) -> arb:
        """Return a ball around the root, at the current precision."""
        bits = int(ctx.prec)
        if bits > self._bits:
            self._refine(bits)
            self._bits = bits
        return self._best

    def __float__(self) -> float:
        return float(self._best.mid())

    def is_proved(self) -> bool:
        """Return whether the interval is proved to have exactly one root: Newton's step leads into it."""
        step = self._newton(self._best)
        return bool(step.is_finite() and self._best.contains_interior(step))

    def _refine(self, bits: int) -> None:
        with precision(bits + GUARD):
            for _ in range(MOST_STEPS):
                step = self._newton(self._best)
                if not step.is_finite() or not step.rad() < self._best.rad():
                    return
                rounded = not 2 * step.rad() < self._best.rad()
                self._best = step.intersection(self._best)
                if rounded:  # only the rounding error is left: more steps would not help
                    return

    def _newton(self, interval: arb) -> arb:
        middle = arb(interval.mid())
        value = self._value(self._node, middle)
        return middle - value / self._value(self._slope, interval)

    def _value(self, node: NodeId, at: arb) -> arb:
        place: Place = {**self._point, self._symbol: KnownValue(at)}
        return RealValues(self._graph, place).value(node)


def proved_root(graph: Graph, node: NodeId, symbol: str, point: Point, interval: Interval) -> Root | None:
    """Return the root in an interval found with floats, if it is proved; None for an unbounded interval."""
    if math.inf in map(abs, interval):
        return None
    slope = Calculus(graph, symbol).derivative(node)
    low, high = interval
    with precision(BITS):
        for part in WIDER:
            width = Fraction(max(abs(low), abs(high), 2.0**-20) * part)
            start = exactly(Fraction(low) - width).union(exactly(Fraction(high) + width))
            root = Root(graph, node, slope, symbol, point, start)
            if root.is_proved():
                return root
    return None
