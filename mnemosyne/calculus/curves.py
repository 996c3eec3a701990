"""A curve F = 0 in the plane, and points on it: one coordinate is rational, the other a root that is proved to exist.

A root is isolated first; then Newton's method in interval arithmetic proves that there is exactly one in the interval,
and encloses it as narrowly as is asked for. Points are looked for on lines through every cell of the plane, along both
coordinates, so that all branches are met as far as the search for zeros finds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx

from mnemosyne.calculus.balls import BITS, Coordinate, Place, Point, RealValues, exactly, precision
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.pieces import Pieces
from mnemosyne.calculus.points import draw_points
from mnemosyne.calculus.switches import Leaf, Switches
from mnemosyne.calculus.zeros import ZeroFinder

WIDER = (2.0**-44, 2.0**-36, 2.0**-28)  # parts of a root: how far around a zero of floats it is looked for
MOST_STEPS = 40  # of Newton's method: each doubles the digits, until what is left is the rounding
GUARD = 12  # bits that rounding may cost


@dataclass(frozen=True, slots=True)
class _Known:
    """A coordinate that is a ball as it stands."""

    value: arb

    def ball(self) -> arb:
        """Return the ball."""
        return self.value

    def __float__(self) -> float:
        return float(self.value.mid())


class Root:
    """The one zero of a node along a symbol within an interval, the other symbols held."""

    def __init__(self, graph: Graph, node: NodeId, slope: NodeId, symbol: str, point: Point, start: arb) -> None:
        self._graph = graph
        self._node = node
        self._slope = slope
        self._symbol = symbol
        self._point = point
        self._best = start
        self._bits = 0

    def ball(self) -> arb:
        """Return a ball around the root, at the precision that is set."""
        bits = int(ctx.prec)
        if bits > self._bits:
            self._refine(bits)
            self._bits = bits
        return self._best

    def __float__(self) -> float:
        return float(self._best.mid())

    def is_proved(self) -> bool:
        """Return whether the interval has exactly one root: Newton's step leads into it."""
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
                if rounded:  # what is left is the rounding, which further steps gnaw at for ever
                    return

    def _newton(self, interval: arb) -> arb:
        middle = arb(interval.mid())
        value = self._value(self._node, middle)
        return middle - value / self._value(self._slope, interval)

    def _value(self, node: NodeId, at: arb) -> arb:
        place: Place = {**self._point, self._symbol: _Known(at)}
        return RealValues(self._graph, place).value(node)


class Curve:
    """The curve where `node` is zero, in the symbols x and y; other `names` are parameters."""

    def __init__(
        self, graph: Graph, switches: Switches, node: NodeId, symbols: tuple[str, str], names: Iterable[str], seed: int
    ) -> None:
        self.graph = graph
        self.node = node
        self.symbols = symbols
        self._switches = switches
        self._names = sorted(set(names) | set(symbols))
        self._seed = seed
        self._leaves = switches.leaves([node])
        self._zeros = ZeroFinder(switches)
        self._slopes = {symbol: Calculus(graph, symbol).derivative(node) for symbol in symbols}
        x, y = self._slopes[symbols[0]], self._slopes[symbols[1]]
        self.slope = graph.negation(graph.quotient(x, y))
        self.partials = (x, y)

    def places(self, *roots: NodeId) -> Iterator[Place]:
        """Yield points of the curve, from every cell in which one formula holds for the roots."""
        breaks = self._switches.breaks([self.node, *roots])
        lines = [self._lines([*self._leaves, *breaks], order) for order in (self.symbols, self.symbols[::-1])]
        for pair in _alternating(*lines):
            yield from self._on_line(*pair)

    def _lines(self, leaves: Sequence[Leaf], symbols: tuple[str, ...]) -> Iterator[tuple[Point, str]]:
        """Lines along the second symbol, each with the values of all other symbols."""
        fixed_name, along = symbols
        free_names = [name for name in self._names if name not in self.symbols]
        pieces = Pieces(self._switches, along, self._names, self._seed)
        for values in pieces.lines(leaves, [*free_names, fixed_name, along]):
            yield values, along
        yield from (
            (points, along) for points in draw_points([*free_names, fixed_name], fixed_name, self._seed, rounds=1)
        )

    def _on_line(self, point: Point, along: str) -> Iterator[Place]:
        for leaf in self._leaves:
            if along in leaf.symbols:
                for low, high in self._zeros.zeros(leaf, along, point).at:
                    root = self._root(leaf.node, point, along, low, high)
                    if root is not None:
                        yield {**point, along: root}

    def _root(self, node: NodeId, point: Point, along: str, low: float, high: float) -> Root | None:
        """Return the root that floats have found, if it is proved to be one."""
        slope = Calculus(self.graph, along).derivative(node)
        with precision(BITS):
            for part in WIDER:
                width = Fraction(max(abs(low), abs(high), 2.0**-20) * part)
                start = exactly(Fraction(low) - width).union(exactly(Fraction(high) + width))
                root = Root(self.graph, node, slope, along, point, start)
                if root.is_proved():
                    return root
        return None

    def beside(self, place: Place, step: Fraction) -> tuple[arb, arb] | None:
        """Return y at x ± step on the branch of a place; None where Newton's method does not reach it."""
        x, y = self.symbols
        centre = place[x]
        middle = _middle(centre)
        values: list[arb] = []
        for sign in (1, -1):
            point: Place = {**place, x: _Known(middle + exactly(sign * step))}
            start = _middle(place[y])
            value = start
            for _ in range(MOST_STEPS):
                values_at = RealValues(self.graph, {**point, y: _Known(value)})
                change = values_at.value(self.node) / values_at.value(self._slopes[y])
                value = arb((value - change).mid())
                if not value.is_finite() or abs(change) < arb(2) ** (-int(ctx.prec) // 2):
                    break
            values.append(value)
        return (values[0], values[1]) if all(value.is_finite() for value in values) else None


def _middle(coordinate: Fraction | Coordinate) -> arb:
    return exactly(coordinate) if isinstance(coordinate, Fraction) else arb(coordinate.ball().mid())


def _alternating(
    first: Iterator[tuple[Point, str]], second: Iterator[tuple[Point, str]]
) -> Iterator[tuple[Point, str]]:
    """Yield what two iterators yield, by turns, until both are at their end."""
    sources = [first, second]
    while sources:
        for source in list(sources):
            item = next(source, None)
            if item is None:
                sources.remove(source)
            else:
                yield item
