"""Points in every piece of a domain: between the places where a formula may change, close to them, and far out.

The pieces are those of the line along the variable, for values of the other symbols that are found in the same way, one
symbol after the other: each value lies in a piece of its own line. So narrow pieces are met, far ones, and those where
several symbols must agree.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from mnemosyne.calculus.balls import Point
from mnemosyne.calculus.graph import NodeId
from mnemosyne.calculus.intervals import Interval
from mnemosyne.calculus.line import SMALL, Line, merged
from mnemosyne.calculus.switches import Leaf, Switches

MOST_LINES = 96  # lines along the variable
WHOLE_LINES = 6  # lines on which more than one point of each piece is looked at
FEW_PIECES = 10  # pieces of a line that get points close to both ends
NEAR = (2.0**-6, 2.0**-18)  # parts of a piece's length: how close to a break is looked at
WIDE = 2.0**-24  # relative: what is wider is no break alone, but a place where floats see nothing
FAR = (2.0, 7.0)  # decimal exponents of how far out a piece without an end is looked at


@dataclass(frozen=True, slots=True)
class Piece:
    """Points of one piece or of a part of it, the first well inside; `low` and `high` are its ends along the variable.

    Parts of one piece, which a pole or a steep place divides, have the same `whole`: one formula holds in all of them.
    """

    points: tuple[Point, ...]
    low: float
    high: float
    whole: tuple[int, int]


class Pieces:
    """The pieces of formulas over one graph, by the variable and the other symbols in `names`."""

    def __init__(self, switches: Switches, variable: str, names: Iterable[str], seed: int) -> None:
        self._switches = switches
        self._variable = variable
        self._others = sorted(set(names) - {variable})
        self._seed = seed
        self._lines: dict[tuple[str, frozenset[tuple[str, Fraction]]], Line] = {}
        self.complete = True  # whether the last search found where all pieces are

    def of(self, roots: Sequence[NodeId]) -> Iterator[Piece]:
        """The pieces of some nodes, line by line."""
        self.complete = True
        breaks, places = self._switches.breaks(roots), self._switches.places(roots)
        source = random.Random(self._seed)
        for number, values in enumerate(self._values(breaks, source, self._others)):
            line = self._line(self._variable, values)
            ends, dividing = self._ends(line, breaks, places)
            for piece in self._on_line(values, ends, source, whole=number < WHOLE_LINES):
                yield replace(piece, whole=(number, bisect_left(dividing, piece.high)))

    def jointly(self, roots: Sequence[NodeId]) -> Iterator[Point]:
        """Points where the other symbols are sought for a value of the variable: for what lives on few of them."""
        source = random.Random(self._seed)
        yield from self._values(self._switches.breaks(roots), source, [self._variable, *self._others])

    def _line(self, symbol: str, values: Mapping[str, Fraction]) -> Line:
        key = symbol, frozenset(values.items())
        if key not in self._lines:
            self._lines[key] = Line(self._switches, symbol, values)
        return self._lines[key]

    def _ends(self, line: Line, breaks: Sequence[Leaf], places: Sequence[Leaf]) -> tuple[list[Interval], list[float]]:
        """What must be looked at closely along the variable, and the lower ends of those places that divide pieces."""
        ends: list[Interval] = []
        for leaf in breaks:
            if self._variable in leaf.symbols:
                zeros = line.zeros(leaf)
                ends += zeros.at
                self.complete = self.complete and (zeros.complete or zeros.endless)
        dividing = [low for low, _ in merged(ends)]
        ends.append((-SMALL, SMALL))
        for leaf in places:
            if self._variable in leaf.symbols and not leaf.turning:
                ends += line.zeros(leaf).at
        return merged(ends), dividing

    def _values(self, breaks: Sequence[Leaf], source: random.Random, names: Sequence[str]) -> list[dict[str, Fraction]]:
        """Values for symbols, from all their pieces."""
        lines: list[dict[str, Fraction]] = [{}]
        for name in names:
            further = [
                {**values, name: value} for values in lines for value in self._along(name, values, breaks, source)
            ]
            lines = _thinned(further, name, source)
        return lines

    def _along(
        self, name: str, values: Mapping[str, Fraction], breaks: Sequence[Leaf], source: random.Random
    ) -> Iterator[Fraction]:
        """A value in each piece along a symbol that does not depend on those without a value yet."""
        known = {*values, name}
        line = self._line(name, values)
        ends: list[Interval] = [(0.0, 0.0)]
        for leaf in breaks:
            if name in leaf.symbols and leaf.symbols <= known:
                ends += line.zeros(leaf).at
        ends = merged(ends)
        yield _beyond(source, ends[-1][1], 1)
        yield _beyond(source, ends[0][0], -1)
        for (_, low), (high, _) in pairwise(ends):
            yield _inside(source, low, high)
        yield _far(source, ends[-1][1], 1)
        yield _broken(source, ends)

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
    """Places in a piece: well inside, close to its ends, and far out where it has no end."""
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
    part = Fraction(source.randrange(300, 700), 1000)
    return Fraction(low) + (Fraction(high) - Fraction(low)) * part


def _beyond(source: random.Random, end: float, sign: int) -> Fraction:
    """A plain place beyond the last break: a whole number or a broken one not far from it."""
    start = Fraction(end) if abs(end) > 2 * SMALL else Fraction(0)
    size = Fraction(max(1.0, abs(end) / 8)).limit_denominator(8)
    return start + sign * size * Fraction(source.randrange(5, 30), source.choice((4, 5, 7)))


def _far(source: random.Random, end: float, sign: int) -> Fraction:
    """A place far beyond the last break."""
    return Fraction(end) + sign * Fraction(round(max(1.0, abs(end)) * 10 ** source.uniform(*FAR)))


def _broken(source: random.Random, ends: Sequence[Interval]) -> Fraction:
    """A small broken value on either side of 0."""
    nearest = min((abs(end) for interval in ends for end in interval if end), default=1.0)
    return Fraction(source.choice((-1, 1)) * source.uniform(0.2, 0.9) * min(1.0, nearest)).limit_denominator(10**9)


def _thinned(lines: list[dict[str, Fraction]], name: str, source: random.Random) -> list[dict[str, Fraction]]:
    """No more lines than there is time for; each value of the last symbol stays as often as the others."""
    if len(lines) <= MOST_LINES:
        return lines
    source.shuffle(lines)
    counts: dict[Fraction, int] = {}
    ranked = []
    for values in lines:
        counts[values[name]] = counts.get(values[name], 0) + 1
        ranked.append((counts[values[name]], values))
    ranked.sort(key=lambda item: item[0])
    return [values for _, values in ranked[:MOST_LINES]]
