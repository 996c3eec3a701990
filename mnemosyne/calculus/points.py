"""Points to compare at: rationals inside the real domain, found and not assumed, where values are of moderate size.

A seeded draw over several sizes and both signs comes first. Where a domain is too narrow for it, the domain is searched
by the margins of its own conditions (what stands under a root, in a logarithm ...); where an answer has kinks, every
piece gets a point.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import chain, count, islice

from flint import arb

from mnemosyne.calculus.balls import BITS, Point, RealValues, precision
from mnemosyne.calculus.graph import Graph, NodeId, Op

WANTED = 8  # points at which an answer is compared at first; six decide
MORE = 16  # points where six did not
UNKNOWN = 10**9  # bits
FEW = 24  # points tried until values that are not moderate will do
SEARCH_BITS = 64
MODERATE = 40  # bits before or after the point
USABLE = 1_000  # bits; the precision can follow up to here
KINKED = ("abs", "sign", "step", "relu", "max", "min")
# (low, high) of |x| in the order drawn; each size comes with both signs.
_SIZES = tuple(
    (Fraction(low), Fraction(high))
    for low, high in (("1", "3"), ("1/4", "1"), ("3", "7"), ("1/900", "1/40"), ("7", "30"), ("1/40", "1/4"))
)
_DENOMINATORS = (7, 11, 13, 17, 19, 23)
_POWERS = {sign * 1.37**k for k in range(-24, 44) for sign in (1.0, -1.0)}
_GRID = tuple(sorted(_POWERS | {n / 2 + 0.03 for n in range(-24, 25)}))
_FROM_THE_MIDDLE = sorted(_GRID, key=lambda x: abs(math.log(abs(x))))


def draw(names: Sequence[str], variable: str, seed: int, rounds: int = 4) -> Iterator[Point]:
    """Rational points in the order they should be tried; parameters are whole, positive and negative in turn."""
    return iter(_kept(tuple(names), variable, seed, rounds))


@lru_cache(64)
def _kept(names: tuple[str, ...], variable: str, seed: int, rounds: int) -> _Kept:
    """The draws of questions that are alike; a batch has one seed for all."""
    return _Kept(_drawn(names, variable, seed, rounds))


class _Kept:
    """Points that are drawn when they are first needed, and then kept."""

    def __init__(self, source: Iterator[Point]) -> None:
        self._source = source
        self._points: list[Point] = []

    def __iter__(self) -> Iterator[Point]:
        for at in count():
            if at == len(self._points):
                point = next(self._source, None)
                if point is None:
                    return
                self._points.append(point)
            yield self._points[at]


def _drawn(names: Sequence[str], variable: str, seed: int, rounds: int) -> Iterator[Point]:
    source = random.Random(seed)
    for turn in range(rounds):
        for low, high in _SIZES:
            for sign in (1, -1):
                size = _between(source, low, high)
                yield {variable: sign * size, **_parameters(source, names, variable, turn)}


def _between(source: random.Random, low: Fraction, high: Fraction) -> Fraction:
    denominator = source.choice(_DENOMINATORS)
    return low + (high - low) * Fraction(source.randrange(1, 12 * denominator), 12 * denominator)


def _parameters(source: random.Random, names: Sequence[str], variable: str, turn: int) -> dict[str, Fraction]:
    values: dict[str, Fraction] = {}
    for name in names:
        if name == variable:
            continue
        size = Fraction(source.randrange(2, 9)) if turn % 2 == 0 else _between(source, Fraction(1, 2), Fraction(5))
        values[name] = -size if turn == 3 else size
    return values


class Domain:
    """The real points where some nodes of a graph have moderate values; `nodes` are the function and its derivative."""

    def __init__(self, graph: Graph, nodes: Sequence[NodeId], variable: str, names: Sequence[str], seed: int) -> None:
        self.graph = graph
        self.nodes = nodes
        self._order = graph.reachable(nodes)
        self.variable = variable
        self.names = names
        self.seed = seed

    def samples(self, wanted: int = WANTED) -> list[RealValues]:
        """Up to `wanted` points with the values there, those with moderate values first."""
        found: list[tuple[int, RealValues]] = []
        for tried, point in enumerate(chain(draw(self.names, self.variable, self.seed), self.searched(wanted))):
            sample = self.sample(point)
            if sample is not None:
                found.append((self.bits(sample), sample))
            enough = MODERATE if tried < FEW else USABLE
            if sum(bits <= enough for bits, _ in found) >= wanted:
                break
        found.sort(key=lambda item: max(item[0], MODERATE))
        return [sample for _, sample in found[:wanted]]

    def sample(self, point: Point) -> RealValues | None:
        """The values at a point; None outside the domain."""
        with precision(BITS):
            values = RealValues(self.graph, point)
            values.compute(self._order)
            return values if all(values.value(node).is_finite() for node in self.nodes) else None

    def bits(self, sample: RealValues) -> int:
        """How large or how small the values are, as the number of bits before or after the point."""
        sizes = (_exponent(sample.value(node)) for node in self.nodes)
        return max(map(abs, sizes))

    def searched(self, wanted: int) -> Iterator[Point]:
        """Points around places that satisfy every condition of the domain, found by climbing their margins."""
        conditions = _conditions(self.graph, self.nodes)
        for base in islice(draw(self.names, self.variable, self.seed + 1, rounds=3), 0, 36, 12):
            climb = _Climb(self.graph, conditions, self.variable, base)
            for place in climb.places():
                yield from islice(climb.around(place), 4 * wanted)


class _Climb:
    """The search for a domain along one variable, the parameters held."""

    def __init__(self, graph: Graph, conditions: Sequence[tuple[NodeId, str]], variable: str, base: Point) -> None:
        self.graph = graph
        self.conditions = conditions
        self.variable = variable
        self.base = base

    def at(self, x: float) -> Point:
        return {**self.base, self.variable: Fraction(x).limit_denominator(10**9)}

    def score(self, x: float) -> tuple[int, float]:
        """How many conditions hold, in order, and the margin of the first that fails (or the least of all)."""
        with precision(SEARCH_BITS):
            values = RealValues(self.graph, self.at(x))
            least = math.inf
            for count, (node, condition) in enumerate(self.conditions):
                margin = _margin(values.value(node), condition)
                if not margin > 0:
                    return count, margin if margin == margin else -math.inf
                least = min(least, margin)
            return len(self.conditions), least

    def places(self) -> list[float]:
        """Up to three places inside the domain, apart from each other."""
        scored = sorted(((self.score(x), i) for i, x in enumerate(_GRID)), reverse=True)
        found: list[float] = []
        for _, i in scored[:6]:
            low, high = _GRID[max(i - 1, 0)], _GRID[min(i + 1, len(_GRID) - 1)]
            place = self._refined(low, _GRID[i], high)
            if self.score(place)[0] == len(self.conditions) and all(abs(place - other) > 1e-9 for other in found):
                found.append(place)
        return found[:3]

    def _refined(self, low: float, best: float, high: float) -> float:
        """The best place between two neighbours of the grid, by shrinking steps."""
        step = (high - low) / 2
        score = self.score(best)
        for _ in range(48):
            for candidate in (best - step, best + step):
                other = self.score(candidate)
                if other > score:
                    best, score = candidate, other
                    break
            else:
                step /= 2
        return best

    def around(self, place: float) -> Iterator[Point]:
        """The place and its surroundings, nearer and nearer."""
        yield self.at(place)
        scale = max(abs(place), 1.0)
        for k in range(1, 30):
            for sign in (1, -1):
                x = place + sign * scale * 0.731 * 2.0**-k
                if self.score(x)[0] == len(self.conditions):
                    yield self.at(x)


_MARGINS: Mapping[str, Callable[[float], float]] = {
    "positive": lambda u: u,
    "above one": lambda u: u - 1,
    "within one": lambda u: 1 - abs(u),
    "beyond one": lambda u: abs(u) - 1,
    "up to one": lambda u: min(u, 1 - u),
}
_CONDITIONS = {
    "sqrt": "positive",
    "ln": "positive",
    "log": "positive",
    "arcosh": "above one",
    "arcsin": "within one",
    "arccos": "within one",
    "artanh": "within one",
    "arcsec": "beyond one",
    "arccsc": "beyond one",
    "arcoth": "beyond one",
    "arsech": "up to one",
}


def _conditions(graph: Graph, nodes: Sequence[NodeId]) -> list[tuple[NodeId, str]]:
    """What must hold inside the domain: (node, its condition), operands' conditions first."""
    found: list[tuple[NodeId, str]] = []
    for node in graph.reachable(nodes):
        operands = graph.operands[node]
        if graph.op[node] is Op.CALL and str(graph.payload[node]) in _CONDITIONS:
            found.append((operands[0], _CONDITIONS[str(graph.payload[node])]))
        elif graph.op[node] is Op.POWER:
            exponent = graph.rational(operands[1])
            if exponent is None or exponent.denominator != 1:
                found.append((operands[0], "positive"))
    return list(dict.fromkeys(found))


def _exponent(ball: arb) -> int:
    """The whole part of the binary logarithm of a ball's size; 0 for zero, a lot if it may be anything near zero."""
    if ball.contains(0) and not ball.is_zero():
        return UNKNOWN
    mantissa, exponent = ball.mid().man_exp()
    return int(exponent) + mantissa.bit_length() if mantissa else 0


def _margin(ball: arb, condition: str) -> float:
    return _MARGINS[condition](float(ball.mid())) if ball.is_finite() else math.nan


def piecewise(graph: Graph, roots: Sequence[NodeId]) -> list[NodeId]:
    """The nodes whose sign decides which piece of a kinked function is taken."""
    found: list[NodeId] = []
    for node in graph.reachable(roots):
        if graph.op[node] is Op.CALL and graph.payload[node] in KINKED:
            operands = graph.operands[node]
            found.append(operands[0] if len(operands) == 1 else graph.sum(operands[0], graph.negation(operands[1])))
    return list(dict.fromkeys(found))


def one_per_piece(domain: Domain, switches: Sequence[NodeId]) -> list[RealValues]:
    """A point of the domain for every combination of signs of the switches that the grid meets."""
    base = next(draw(domain.names, domain.variable, domain.seed))
    climb = _Climb(domain.graph, (), domain.variable, base)
    pieces: dict[tuple[bool, ...], RealValues] = {}
    for x in _FROM_THE_MIDDLE:
        point = climb.at(x)
        with precision(SEARCH_BITS):
            values = RealValues(domain.graph, point)
            signs = [values.value(node) for node in switches]
        piece = tuple(bool(ball > 0) for ball in signs)
        if piece in pieces or not all(ball > 0 or ball < 0 for ball in signs):
            continue
        sample = domain.sample(point)
        if sample is not None and domain.bits(sample) <= USABLE:
            pieces[piece] = sample
    return list(pieces.values())
