"""Points in every piece of a domain: between the places where a formula may change, close to them, and far out.

The pieces are those of the line along the variable, for values of the other symbols that are found in the
same way, one symbol after another: each value lies in a piece of its own line. Thus narrow and distant pieces
are met, and those where several symbols must agree.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter

from mnemosyne.calculus.balls import Point
from mnemosyne.calculus.close_zeros import places_between
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.intervals import LARGEST, Interval
from mnemosyne.calculus.projection import levels
from mnemosyne.calculus.switches import Leaf, Switches
from mnemosyne.calculus.whole_exponents import lines_of_whole_exponents, powers_by_symbols
from mnemosyne.calculus.zeros import ZeroFinder, Zeros, merged

MOST_LINES = 400  # lines along the variable
OTHER_SIZES = 4  # lines on which the other symbols are far out or near 0
WHOLE_NUMBERS = (2, 3, -2, -3, 4, 5)  # values for which a power of a negative number exists
WHOLE_LINES = 8  # lines with more than one point in each piece
FEW_PIECES = 10  # lines with fewer pieces get points close to both ends of each
MOST_NEAR = 12  # zeros of other leaves to search near, for a leaf with infinitely many
NEAR = (2.0**-6, 2.0**-18, 2.0**-50)  # fractions of a piece's length: how close to a break points are taken
AT_ZERO = 2.0**-60  # values closer to 0 than this form a piece of their own
WIDE = 2.0**-47  # relative: anything wider is where floats cannot decide, not just a break
FAR = (2.0, 7.0)  # decimal exponents of the farthest points in an unbounded piece
SMALLER = (-3.0, -0.1)  # decimal exponents of values below 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Points of one piece or of a part of it, the first well inside; `low` and `high` are its ends along the variable.

    Parts of one piece, divided by a pole or a steep place, have the same `whole`: one formula holds in all of them.
    """

    points: tuple[Point, ...]  # inside it
    low: float
    high: float
    whole: tuple[int, int]
    endless: bool = False  # whether it contains infinitely many more breaks, as of a sine


class Pieces:
    """The pieces of formulas over one graph, along `variable`; `names` are all its symbols."""

    def __init__(self, switches: Switches, variable: str, names: Iterable[str], seed: int) -> None:
        self._switches = switches
        self._variable = variable
        self._others = sorted(set(names) - {variable})
        self._seed = seed
        self._lines = ZeroFinder(switches)
        self.complete = True  # whether the last search found all pieces
        self.every_cell = True  # whether it found values of the other symbols in every cell of them
        self.both_parities = True  # whether it made every exponent that is whole for some symbols even, and odd

    def of(self, roots: Sequence[NodeId]) -> Iterator[Piece]:
        """Yield the pieces of some nodes, line by line."""
        self.complete = True
        breaks, places = self._switches.breaks(roots), self._switches.places(roots)
        source = random.Random(self._seed)
        for number, values in enumerate(self._lines_of(roots, breaks, source)):
            whole = number < WHOLE_LINES
            ends, dividing, (first, last) = self._ends(values, breaks, places if whole else ())
            for piece in self._on_line(values, ends, source, whole=whole):
                endless = piece.low < first or piece.high > last
                for side, part in self._sides(piece, dividing):
                    yield replace(part, whole=(number, side), endless=endless)
            for index, x in enumerate(self._unseen(breaks, self._variable, values, ends)):
                yield Piece(({**values, self._variable: x},), float(x), float(x), (number, -1 - index))

    def _sides(self, piece: Piece, dividing: Sequence[float]) -> Iterator[tuple[int, Piece]]:
        """Yield the parts into which the dividing ends cut a piece, each with its number: the points near 0 may lie on
        both sides of a break at 0.
        """
        sides: dict[int, list[Point]] = {}
        for point in piece.points:
            sides.setdefault(bisect_left(dividing, point[self._variable]), []).append(point)
        for side, points in sides.items():
            low = max(piece.low, dividing[side - 1]) if side else piece.low
            high = min(piece.high, dividing[side]) if side < len(dividing) else piece.high
            yield side, replace(piece, points=tuple(points), low=low, high=high)

    def _lines_of(
        self, roots: Sequence[NodeId], breaks: Sequence[Leaf], source: random.Random
    ) -> list[dict[str, Fraction]]:
        """Return values of the other symbols, some of which make exponents even and odd."""
        self.every_cell = self.both_parities = True
        lines = self._values(breaks, source, [*self._others, self._variable])
        graph = self._switches.graph
        powers = powers_by_symbols(graph, roots, self._variable) if self._others else []
        if powers:
            more, self.both_parities = lines_of_whole_exponents(graph, powers, lines)
            lines += more
        return lines

    def zeros(self, leaf: Leaf, symbol: str, point: Point) -> Zeros:
        """Return the zeros of a leaf along a symbol; the other symbols have the values of `point`."""
        return self._lines.zeros(leaf, symbol, point)

    def jointly(self, roots: Sequence[NodeId]) -> Iterator[Point]:
        """Yield points with the other symbols found for a value of the variable, for pieces that few values reach."""
        source = random.Random(self._seed)
        yield from self._values(self._switches.breaks(roots), source, [self._variable, *self._others, ""])

    def lines(
        self, leaves: Sequence[Leaf], order: Sequence[str]
    ) -> tuple[list[dict[str, Fraction]], list[dict[str, Fraction]]]:
        """Return values of all symbols but the last in `order`: some from every cell in which the leaves keep their
        signs, and some far out and near 0.
        """
        self.complete, self.every_cell = True, True
        source = random.Random(self._seed)
        return self._cells(leaves, source, order), list(_sizes(order[:-1], source))

    def cells(self, leaves: Sequence[Leaf], order: Sequence[str]) -> list[dict[str, Fraction]]:
        """Return values of all symbols but the last in `order` from every cell in which the leaves keep their signs."""
        self.complete = True
        return self._cells(leaves, random.Random(self._seed), order)

    def _ends(
        self, values: Mapping[str, Fraction], breaks: Sequence[Leaf], places: Sequence[Leaf]
    ) -> tuple[list[Interval], list[float], Interval]:
        """Return the places along the variable to examine, the ends that divide pieces, and where all
        of these are known.
        """
        known = -math.inf, math.inf
        for leaf in breaks:
            if self._variable in leaf.symbols:
                zeros = self._zeros(leaf, self._variable, values)
                if zeros.endless:
                    known = max(known[0], zeros.at[0][0]), min(known[1], zeros.at[-1][1])
        ends = self._breaks_along(breaks, self._variable, values)
        dividing = [end for interval in merged(ends) for end in interval]
        ends.append((-AT_ZERO, AT_ZERO))
        for leaf in places:
            if self._variable in leaf.symbols and not leaf.turning:
                ends += self._lines.zeros(leaf, self._variable, values).at
        return merged(ends), dividing, known

    def _breaks_along(self, leaves: Iterable[Leaf], symbol: str, values: Mapping[str, Fraction]) -> list[Interval]:
        """Return the zeros of leaves along a symbol; of infinitely many, those near 0 and near the zeros of others."""
        zeros = {leaf: self._zeros(leaf, symbol, values) for leaf in leaves if symbol in leaf.symbols}
        endless = [leaf for leaf, leaf_zeros in zeros.items() if leaf_zeros.endless]
        ends = [end for leaf_zeros in zeros.values() for end in leaf_zeros.at]
        if not endless:
            return ends
        self.complete = self.complete and self._switches.in_step(endless, symbol)
        for leaf in endless:
            places = [end for other, leaf_zeros in zeros.items() if not leaf_zeros.endless for end in leaf_zeros.at]
            if len(places) > MOST_NEAR:
                self.complete = False
            for low, high in places[:MOST_NEAR]:
                ends += self._lines.zeros_near(leaf, symbol, values, (low + high) / 2)
        return ends

    def _zeros(self, leaf: Leaf, symbol: str, values: Mapping[str, Fraction]) -> Zeros:
        zeros = self._lines.zeros(leaf, symbol, values)
        self.complete = self.complete and (zeros.complete or zeros.endless)
        return zeros

    def _unseen(
        self, leaves: Iterable[Leaf], symbol: str, values: Mapping[str, Fraction], ends: Sequence[Interval]
    ) -> Iterator[Fraction]:
        """Yield a place in each piece inside one of these intervals: between zeros that floats cannot tell apart."""
        within: dict[Interval, dict[NodeId, bool]] = {}
        for leaf in leaves:
            if symbol in leaf.symbols:
                zeros = self._lines.zeros(leaf, symbol, values)
                for zero in zeros.at:
                    end = ends[bisect_right(ends, zero[0], key=itemgetter(0)) - 1]
                    nodes = within.setdefault(end, {})
                    nodes[leaf.node] = leaf.node in nodes or zero in zeros.crowded
        for end, nodes in within.items():
            if len(nodes) > 1 or any(nodes.values()):
                places = places_between(self._switches.graph, nodes, symbol, values, end)
                self.complete = self.complete and places is not None
                yield from places or ()

    def _values(self, breaks: Sequence[Leaf], source: random.Random, order: Sequence[str]) -> list[dict[str, Fraction]]:
        """Return values of all symbols but the last in `order` from every cell, and some far out and near 0."""
        return [*self._cells(breaks, source, order), *_sizes(order[:-1], source)]

    def _cells(self, breaks: Sequence[Leaf], source: random.Random, order: Sequence[str]) -> list[dict[str, Fraction]]:
        """Return values of all symbols but the last in `order` from every cell."""
        *names, _ = order
        cells: list[dict[str, Fraction]] = [{}]
        of_names, complete = levels(self._switches, breaks, order)
        self.every_cell = self.every_cell and complete
        for name, leaves in zip(names, of_names, strict=False):
            cells = [{**values, name: value} for values in cells for value in self._along(name, values, leaves, source)]
            if len(cells) > MOST_LINES:
                self.complete = False
                cells = source.sample(cells, MOST_LINES)
        return cells

    def _along(
        self, name: str, values: Mapping[str, Fraction], leaves: Sequence[Leaf], source: random.Random
    ) -> Iterator[Fraction]:
        """Yield a value in each cell along a symbol, given the values of the symbols before it."""
        ends = merged([(0.0, 0.0), *self._breaks_along(leaves, name, values)])
        yield _beyond(source, min(ends[-1][1], LARGEST), 1)
        yield _beyond(source, max(ends[0][0], -LARGEST), -1)
        for (_, low), (high, _) in pairwise(ends):
            yield _inside(source, low, high)
        yield from self._unseen(leaves, name, values, ends)

    def _on_line(
        self, values: Mapping[str, Fraction], ends: Sequence[Interval], source: random.Random, *, whole: bool
    ) -> Iterator[Piece]:
        close = NEAR if whole and len(ends) < FEW_PIECES else ()
        edges = [-math.inf, *(end for interval in ends for end in interval), math.inf]
        for i, (low, high) in enumerate(pairwise(edges)):
            if i % 2 and not high - low > WIDE * max(abs(low), abs(high)):
                continue  # the break itself
            if i % 2 == 0 and not low < high:
                continue
            xs = list(_across(source, low, high, close, far=whole))
            yield Piece(tuple({**values, self._variable: x} for x in xs), low, high, (0, 0))


def _across(source: random.Random, low: float, high: float, close: Sequence[float], *, far: bool) -> Iterator[Fraction]:
    """Yield places in a piece: well inside, close to its ends, and far out where it has no end."""
    if math.isinf(low) and math.isinf(high):
        low, high = -1.0, 1.0
    if math.isinf(high):
        yield _beyond(source, low, 1)
        if far:
            yield _far(source, low, 1)
    elif math.isinf(low):
        yield _beyond(source, high, -1)
        if far:
            yield _far(source, high, -1)
    else:
        yield _inside(source, low, high)
    length = min(high - low, max(1.0, abs(low if math.isinf(high) else high)))
    for part in close:
        step = Fraction(length * part * source.uniform(0.7, 1.4))
        if not math.isinf(low):
            yield Fraction(low) + step
        if not math.isinf(high):
            yield Fraction(high) - step


def _inside(source: random.Random, low: float, high: float) -> Fraction:
    """Return a place well inside, never the middle or another simple part, where a hole such as that of x/x may be."""
    part = Fraction(3 * source.randrange(300, 700) + 1, 3001)  # 3001 is prime
    return Fraction(low) + (Fraction(high) - Fraction(low)) * part


def _beyond(source: random.Random, end: float, sign: int) -> Fraction:
    """Return a simple place beyond the last break: an integer or a simple fraction not far from it."""
    start = Fraction(end) if abs(end) > 2 * AT_ZERO else Fraction(0)
    size = Fraction(max(1.0, abs(end) / 8)).limit_denominator(8)
    return start + sign * size * Fraction(source.randrange(5, 30), source.choice((4, 5, 7)))


def _far(source: random.Random, end: float, sign: int) -> Fraction:
    return Fraction(end) + sign * round(Fraction(max(1.0, abs(end))) * Fraction(10 ** source.uniform(*FAR)))


def _sizes(names: Sequence[str], source: random.Random) -> Iterator[dict[str, Fraction]]:
    """Yield values far out, below 1, and integers."""
    for _ in range(OTHER_SIZES if names else 0):
        yield {name: _any_size(source) for name in names}
    for i in range(len(WHOLE_NUMBERS) if names else 0):
        yield {name: Fraction(WHOLE_NUMBERS[(i * (j + 1) + j) % len(WHOLE_NUMBERS)]) for j, name in enumerate(names)}


def _any_size(source: random.Random) -> Fraction:
    """Return a value far out or below 1, of either sign."""
    size = 10 ** source.uniform(*(FAR if source.random() < 0.5 else SMALLER))
    return source.choice((-1, 1)) * Fraction(size).limit_denominator(10**6)
