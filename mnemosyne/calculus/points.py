"""Sample points: rationals proved to be in the real domain, with values of moderate size.

A seeded draw over several sizes and all signs comes first. If the domain is too narrow for that,
its pieces are searched.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import chain, count, islice

from flint import arb

from mnemosyne.calculus.balls import BITS, Point, RealValues, precision
from mnemosyne.calculus.equality import settled
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.lazy import Lazy
from mnemosyne.calculus.pieces import Pieces

WANTED = 8  # sample points to compare an answer at
UNKNOWN = 10**9  # bits
FEW = 24  # points tried before values that are not moderate are accepted
MODERATE = 40  # bits before or after the point
USABLE = 1_000  # bits; the precision copes with sizes up to here
NOTHING = arb(2) ** -64  # values this close to 0 count as 0
MOST_SEARCHED = 400  # points tried if the draw finds too few
# (low, high) of |x| in the order drawn; each size comes with both signs.
_SIZES = tuple(
    (Fraction(low), Fraction(high))
    for low, high in (("1", "3"), ("1/4", "1"), ("3", "7"), ("1/900", "1/40"), ("7", "30"), ("1/40", "1/4"))
)
_DENOMINATORS = (7, 11, 13, 17, 19, 23)


def draw_points(names: Sequence[str], variable: str, seed: int, rounds: int = 4) -> Iterator[Point]:
    """Return rational points in the order to try them; parameters are integers and fractions, positive and negative."""
    return iter(_cached_draw(tuple(names), variable, seed, rounds))


@lru_cache(64)
def _cached_draw(names: tuple[str, ...], variable: str, seed: int, rounds: int) -> Lazy[Point]:
    """Return the cached draw; the questions of a batch share one seed."""
    return Lazy(_random_points(names, variable, seed, rounds))


def _random_points(names: Sequence[str], variable: str, seed: int, rounds: int) -> Iterator[Point]:
    source = random.Random(seed)
    parameters = [name for name in names if name != variable]
    numbers = count()
    for _ in range(rounds):
        for low, high in _SIZES:
            for sign in (1, -1):
                size = _between(source, low, high)
                yield {variable: sign * size, **_parameters(source, parameters, next(numbers))}


def _between(source: random.Random, low: Fraction, high: Fraction) -> Fraction:
    denominator = source.choice(_DENOMINATORS)
    return low + (high - low) * Fraction(source.randrange(1, 12 * denominator), 12 * denominator)


def _parameters(source: random.Random, names: Sequence[str], number: int) -> dict[str, Fraction]:
    """Return the parameters of a draw: all positive in every third, integers in two of every four."""
    values: dict[str, Fraction] = {}
    for name in names:
        size = Fraction(source.randrange(2, 9))
        if number // 2 % 2:  # once for each sign of the variable
            size = _between(source, *source.choice(((Fraction(1, 9), Fraction(1)), (Fraction(1), Fraction(5)))))
        values[name] = size if number % 3 == 0 or source.random() < 0.5 else -size
    return values


class Domain:
    """The real points where some nodes of a graph have moderate values; `nodes` are the function and its derivative."""

    def __init__(
        self, graph: Graph, nodes: Sequence[NodeId], pieces: Pieces, variable: str, names: Sequence[str], seed: int
    ) -> None:
        self.graph = graph
        self.nodes = nodes
        self.pieces = pieces
        self._order = graph.reachable(nodes)
        self.variable = variable
        self.names = names
        self.seed = seed

    def samples(self, count: int = WANTED, *, search: bool = True) -> list[RealValues]:
        """Return up to `count` sample points with their values, those with moderate values first.

        Without `search` only drawn points are tried, whatever the domain.
        """
        collected: list[tuple[int, RealValues]] = []
        tries = self._candidate_points() if search else draw_points(self.names, self.variable, self.seed)
        for index, point in enumerate(tries):
            sample = self.sample(point)
            if sample is not None:
                collected.append((self.bits(sample), sample))
            enough = MODERATE if index < FEW else USABLE
            if sum(bits <= enough for bits, _ in collected) >= count:
                break
        collected.sort(key=lambda item: max(item[0], MODERATE))
        return [sample for _, sample in collected[:count]]

    def _candidate_points(self) -> Iterator[Point]:
        searched = islice(self.searched(), MOST_SEARCHED)
        return chain(draw_points(self.names, self.variable, self.seed), searched)

    def sample(self, point: Point) -> RealValues | None:
        """Return the values at a point; None outside the domain."""
        with precision(BITS):
            values = RealValues(self.graph, point)
            values.compute(self._order)
            inside = all((ball := values.value(node)).is_finite() and settled(ball) for node in self.nodes)
            return values if inside else None

    def bits(self, sample: RealValues) -> int:
        """Return how large or how small the values are, in bits before or after the binary point."""
        sizes = (_exponent(sample.value(node)) for node in self.nodes)
        return max(map(abs, sizes))

    def searched(self) -> Iterator[Point]:
        """Yield points of all pieces of the domain, those well inside first; then points found
        for all symbols jointly.
        """
        pieces = list(self.pieces.of(self.nodes))
        for turn in range(max((len(piece.points) for piece in pieces), default=0)):
            yield from (piece.points[turn] for piece in pieces if turn < len(piece.points))
        yield from self.pieces.jointly(self.nodes)


def _exponent(ball: arb) -> int:
    """Return the integer part of the binary logarithm of a ball's size. 0 for zero, `UNKNOWN` if it may
    be anything near zero.
    """
    if ball.contains(0):
        return 0 if ball.rad() < NOTHING else UNKNOWN
    mantissa, exponent = ball.mid().man_exp()
    return int(exponent) + mantissa.bit_length() if mantissa else 0
