"""A curve F = 0 in the plane, and points on it: one coordinate is rational, the other a root proved to exist.

Points are searched on lines through every cell of the plane, along both coordinates, so that all branches are
met as far as the search for zeros finds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx

from mnemosyne.calculus.balls import Coordinate, Place, Point, RealValues, exactly
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.pieces import Pieces
from mnemosyne.calculus.points import draw_points
from mnemosyne.calculus.projection import can_eliminate
from mnemosyne.calculus.roots import MOST_STEPS, KnownValue, proved_root
from mnemosyne.calculus.switches import Leaf, Switches
from mnemosyne.calculus.zeros import ZeroFinder


@dataclass(frozen=True, slots=True)
class _Line:
    """A line along one symbol; a line that is not `of_cell` may touch the curve, or be an edge of a cell."""

    point: Point  # the values of the other symbols
    along: str
    of_cell: bool


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
        self._incomplete: set[str] = set()

    @property
    def found_all(self) -> bool:
        """Whether the last search, carried to its end, met every cell that the curve meets.

        The lines along one coordinate are enough for that, but for parts of the curve that are such lines themselves.
        """
        return not self._incomplete.issuperset(self.symbols)

    def places(self, *roots: NodeId) -> Iterator[Place]:
        """Yield points of the curve from every cell in which one formula for the roots holds."""
        breaks = self._switches.breaks([self.node, *roots])
        are_plain = can_eliminate(self.graph, list(dict.fromkeys([*self._leaves, *breaks])))
        self._incomplete = set() if are_plain else set(self.symbols)
        lines = [self._lines([*self._leaves, *breaks], order) for order in (self.symbols, self.symbols[::-1])]
        for line in _alternating(*lines):
            yield from self._on_line(line)

    def _lines(self, leaves: Sequence[Leaf], symbols: tuple[str, ...]) -> Iterator[_Line]:
        """Yield lines along the second symbol, each with the values of all other symbols."""
        fixed_name, along = symbols
        free_names = [name for name in self._names if name not in self.symbols]
        pieces = Pieces(self._switches, along, self._names, self._seed)
        of_cells, far_out = pieces.lines(leaves, [*free_names, fixed_name, along])
        if not (pieces.complete and pieces.every_cell):
            self._incomplete.add(along)
        yield from (_Line(values, along, of_cell=True) for values in of_cells)
        random_points = draw_points([*free_names, fixed_name], fixed_name, self._seed, rounds=1)
        yield from (_Line(values, along, of_cell=False) for values in (*far_out, *random_points))

    def _on_line(self, line: _Line) -> Iterator[Place]:
        along, point = line.along, line.point
        for leaf in self._leaves:
            if along in leaf.symbols:
                zeros = self._zeros.zeros(leaf, along, point)
                roots = [proved_root(self.graph, leaf.node, along, point, zero) for zero in zeros.at]
                if line.of_cell and (not zeros.complete or zeros.crowded or None in roots):
                    self._incomplete.add(along)
                for root in filter(None, roots):
                    yield {**point, along: root}

    def beside(self, place: Place, step: Fraction) -> tuple[arb, arb] | None:
        """Return y at x ± step on the same branch as a place; None if Newton's method does not converge to it."""
        x, y = self.symbols
        centre = place[x]
        middle = _middle(centre)
        values: list[arb] = []
        for sign in (1, -1):
            point: Place = {**place, x: KnownValue(middle + exactly(sign * step))}
            start = _middle(place[y])
            value = start
            for _ in range(MOST_STEPS):
                values_at = RealValues(self.graph, {**point, y: KnownValue(value)})
                change = values_at.value(self.node) / values_at.value(self._slopes[y])
                value = arb((value - change).mid())
                if not value.is_finite() or abs(change) < arb(2) ** (-int(ctx.prec) // 2):
                    break
            values.append(value)
        return (values[0], values[1]) if all(value.is_finite() for value in values) else None


def _middle(coordinate: Fraction | Coordinate) -> arb:
    return exactly(coordinate) if isinstance(coordinate, Fraction) else arb(coordinate.ball().mid())


def _alternating(first: Iterator[_Line], second: Iterator[_Line]) -> Iterator[_Line]:
    """Yield alternately from two iterators until both are exhausted."""
    sources = [first, second]
    while sources:
        for source in list(sources):
            item = next(source, None)
            if item is None:
                sources.remove(source)
            else:
                yield item
