"""The zeros of leaves on the whole real line, along one symbol with the others fixed.

Those of polynomials are exact. For other leaves, intervals are excluded where the leaf keeps its sign, or
halved until it is monotonic with a change of sign, or until they are narrow. A narrow interval that remains
is a zero, or so close to one that it is treated as a break.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Final

from flint import arb

from mnemosyne.calculus.balls import BITS, Point, RealValues, precision
from mnemosyne.calculus.enclosures import Enclosures
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.intervals import LARGEST, Interval, interval_of
from mnemosyne.calculus.piecewise_roots import roots_in_pieces
from mnemosyne.calculus.polynomial_roots import polynomial_in, real_roots
from mnemosyne.calculus.roots import KnownValue
from mnemosyne.calculus.switches import Leaf, Switches

MOST_BOXES = 1_500  # examined for one leaf
MOST_ZEROS = 6  # the most zeros on each side of 0 of a function that may have infinitely many
NARROW = 2.0**-49  # relative to the distance from 0: where halving ends
UNCLEAR = 2.0**-20  # the relative width at which halving ends if floats cannot tell the sign
BLIND = 2.0**-14  # zeros that cannot be separated at this relative distance are not found
SMALL = 2.0**-1000  # values nearer to 0 count as 0
# The boxes to start with, in this order: (low, high) of |x|.
_BOXES = (
    (1 / 8, 1.0),
    (1.0, 2.0),
    (2.0, 8.0),
    (8.0, 64.0),
    (2.0**-5, 1 / 8),
    (64.0, 4096.0),
    (2.0**-20, 2.0**-5),
    (4096.0, 2.0**24),
    (2.0**-40, 2.0**-20),
    (0.0, 2.0**-40),
    (2.0**24, 2.0**60),
    (2.0**60, 2.0**200),
    (2.0**200, math.inf),
)
_OUTLYING = (*(2.0**exponent for exponent in range(200, 1_000, 50)), LARGEST)  # where signs are compared far out
_START = tuple(box for low, high in _BOXES for box in ((low, high), (-high, -low)))
# The exponents of 2 at which a node is evaluated, from just beyond the largest float to about 10^(2·10^10).
FAR: Final = (
    *(1_030, 1_100, 1_200, 1_350, 1_500, 1_750, 2_000, 2_500, 3_000, 4_000, 5_000, 7_000, 10_000, 20_000, 50_000),
    *(100_000, 300_000, 1_000_000, 1 << 21, 1 << 24, 1 << 28, 1 << 32, 1 << 36),
)
MOST_BOXES_NEAR = 200  # examined near one place
MOST_ZEROS_NEAR = 4
_DISTANCES = (0.0, 2.0**-20, 2.0**-5, 1 / 8, 1.0, 2.0, 8.0, 64.0, 4096.0, 2.0**24, 2.0**60)  # ends of boxes


@dataclass(frozen=True, slots=True)
class Zeros:
    """Enclosures of the zeros of a leaf, in order.

    `complete` unless there may be more; `endless` if there may be infinitely many, as for a sine.
    """

    at: tuple[Interval, ...]  # an enclosure of each zero
    complete: bool
    endless: bool = False
    crowded: frozenset[Interval] = frozenset()  # the enclosures that may contain several zeros, or none


class ZeroFinder:
    """The zeros of leaves along lines, each computed once."""

    def __init__(self, switches: Switches) -> None:
        self._switches = switches
        self._known: dict[tuple[NodeId, str, frozenset[tuple[str, Fraction]]], Zeros] = {}
        self._known_near: dict[tuple[NodeId, str, frozenset[tuple[str, Fraction]], float], tuple[Interval, ...]] = {}

    def zeros(self, leaf: Leaf, symbol: str, point: Mapping[str, Fraction]) -> Zeros:
        """Return the zeros of a leaf along a symbol; the other symbols have the values of `point`."""
        fixed_values = _fixed_values(leaf, symbol, point)
        key = leaf.node, symbol, frozenset(fixed_values.items())
        if key not in self._known:
            zeros = _of_polynomials(self._switches.graph, leaf.node, symbol, fixed_values)
            self._known[key] = zeros or self._isolated(leaf, symbol, fixed_values)
        return self._known[key]

    def zeros_near(self, leaf: Leaf, symbol: str, point: Mapping[str, Fraction], place: float) -> tuple[Interval, ...]:
        """Return some zeros on both sides of a place, for a leaf that has too many to find them all."""
        fixed_values = _fixed_values(leaf, symbol, point)
        key = leaf.node, symbol, frozenset(fixed_values.items()), place
        if key not in self._known_near:
            self._known_near[key] = self._search(leaf, symbol, fixed_values).near(place)
        return self._known_near[key]

    def _isolated(self, leaf: Leaf, symbol: str, fixed_values: Mapping[str, Fraction]) -> Zeros:
        return self._search(leaf, symbol, fixed_values).run()

    def _search(self, leaf: Leaf, symbol: str, fixed_values: Mapping[str, Fraction]) -> _Search:
        derivative = self._switches.derivative(leaf, symbol)
        inputs = {name: interval_of(value) for name, value in fixed_values.items()}
        enclosures = Enclosures(self._switches.graph, (leaf.node, derivative), inputs)
        far = partial(far_signs, self._switches.graph, leaf.node, symbol, fixed_values)
        keeps_sign = partial(keeps_sign_far_out, self._switches.graph, leaf.node, symbol, fixed_values)
        return _Search(enclosures, symbol, leaf.node, derivative, far, keeps_sign, turning=leaf.turning)


def _fixed_values(leaf: Leaf, symbol: str, point: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {name: value for name, value in point.items() if name in leaf.symbols and name != symbol}


class _Search:
    """The search for the zeros of one leaf."""

    def __init__(
        self,
        enclosures: Enclosures,
        symbol: str,
        node: NodeId,
        derivative: NodeId,
        far: Callable[[int], list[int]],
        keeps_sign: Callable[[int], bool],
        *,
        turning: bool,
    ) -> None:
        self._enclosures = enclosures
        self._far = far
        self._keeps_sign = keeps_sign
        self._symbol = symbol
        self._node = node
        self._derivative = derivative
        self._turning = turning
        self._left = MOST_BOXES
        self._origin = 0.0  # zeros close to it are found first
        self._zeros: list[Interval] = []
        self._unsure: set[Interval] = set()
        self._hidden = False  # whether zeros may lie beyond the largest float

    def run(self) -> Zeros:
        endless = False
        for start in _START:
            stack = [start]
            while stack:
                if self._left <= 0:
                    return _zeros(self._zeros, self._unsure, complete=False, endless=endless)
                if self._turning and self._count_beside(start) >= MOST_ZEROS:
                    endless = True
                    break
                stack += self._look(stack.pop())
        clear = all(high - low <= BLIND * max(abs(low), abs(high), 1.0) for low, high in merged(self._zeros))
        complete = clear and not endless and not self._hidden
        return _zeros(self._zeros, self._unsure, complete=complete, endless=endless)

    def near(self, place: float) -> tuple[Interval, ...]:
        """Return some zeros on both sides of a place."""
        self._origin = place
        for side in (1, -1):
            self._left = MOST_BOXES_NEAR
            before = len(self._zeros)
            for near, far in pairwise(_DISTANCES):
                low, high = sorted((place + side * near, place + side * far))
                stack = [(low, high)] if low < high else []
                while stack and self._left > 0 and len(self._zeros) - before < MOST_ZEROS_NEAR:
                    stack += self._look(stack.pop())
        return tuple(merged(self._zeros))

    def _count_beside(self, box: Interval) -> int:
        """Return how many zeros were found on the same side of 0."""
        return sum((high > 0) is (box[1] > 0) for _, high in self._zeros)

    def _look(self, box: Interval) -> list[Interval]:
        """Return the parts of a box to examine further."""
        self._left -= 1
        values = self._enclosures.on({self._symbol: box})
        value, slope = values[self._node], values[self._derivative]
        if value is None or value[0] > 0 or value[1] < 0:
            return []
        if slope is not None and (slope[0] > 0 or slope[1] < 0):
            ends = self._sign(box[0]) * self._sign(box[1])
            if ends > 0:
                self._follow_beyond(box, value, rises=slope[0] > 0)
                return []
            if ends < 0:
                self._zeros.append(self._narrowed(box))
                return []
        return self._halved(box)

    def _halved(self, box: Interval) -> list[Interval]:
        low, high = box
        if math.isinf(low) or math.isinf(high):
            if self._turning:
                return [self._far_part(box)]
            self._look_far_out(box)
            return []
        middle = _middle(low, high)
        width, scale = high - low, max(abs(low), abs(high))
        unclear = self._sign(middle) == 0 and (width <= UNCLEAR * scale or self._sign(low) == self._sign(high) == 0)
        if scale <= SMALL or width <= NARROW * scale or unclear:
            zero = (min(low, -SMALL), max(high, SMALL)) if scale <= SMALL else box
            self._zeros.append(zero)
            self._unsure.add(zero)
            return []
        halves = [(low, middle), (middle, high)]
        return halves if low < self._origin else halves[::-1]  # the half nearer to the origin is examined first

    def _far_part(self, box: Interval) -> Interval:
        """Return the part of a box that floats reach, for a sine or the like: its first zeros may be far out."""
        side = 1 if box[1] > 0 else -1
        if not self._keeps_sign(side):
            self._hidden = True
        return max(box[0], -LARGEST), min(box[1], LARGEST)

    def _look_far_out(self, box: Interval) -> None:
        """Find zeros beyond 2^200 by changes of sign between places: intervals are too wide there."""
        side = 1 if box[1] > 0 else -1
        places = sorted(side * place for place in _OUTLYING)
        signs = [self._sign(place) for place in places]
        for (low, high), (sign, next_sign) in zip(pairwise(places), pairwise(signs), strict=True):
            if sign * next_sign < 0:
                zero = self._narrowed((low, high))
                self._zeros.append(zero)
                self._unsure.add(zero)
        self._look_beyond(box)

    def _follow_beyond(self, box: Interval, value: Interval, *, rises: bool) -> None:
        """Note a zero beyond the largest float, for a leaf that is monotonic towards one."""
        if not math.isinf(box[0]) and not math.isinf(box[1]):
            return
        side = 1 if box[1] > 0 else -1
        below = self._sign(side * LARGEST) < 0
        if (below is rises) is (side > 0):
            if math.isinf(value[1] if below else value[0]):
                self._zeros.append(_beyond(side))
            else:
                self._look_beyond(box)

    def _look_beyond(self, box: Interval) -> None:
        """Note a zero beyond the largest float if the sign changes there."""
        side = 1 if box[1] > 0 else -1
        signs = [sign for sign in (self._sign(side * LARGEST), *self._far(side)) if sign]
        changes = sum(sign != next_sign for sign, next_sign in pairwise(signs))
        if changes:
            self._zeros.append(_beyond(side))
            self._unsure |= {_beyond(side)} if changes > 1 else set()

    def _sign(self, x: float) -> int:
        """Return the sign of the leaf at one place; 0 if it is undecided."""
        place = min(max(x, -LARGEST), LARGEST)
        value = self._enclosures.on({self._symbol: (place, place)})[self._node]
        if value is None:
            return 0
        return (value[0] > 0) - (value[1] < 0)

    def _narrowed(self, box: Interval) -> Interval:
        """Return the zero of a monotonic leaf in a box where its sign changes."""
        low, high = max(box[0], -LARGEST), min(box[1], LARGEST)
        sign = self._sign(low)
        while high - low > NARROW * max(abs(low), abs(high)):
            middle = _middle(low, high)
            here = self._sign(middle)
            if here == 0 or not low < middle < high:
                return self._around(low, middle, high, sign)
            low, high = (middle, high) if here == sign else (low, middle)
        return low, high

    def _around(self, low: float, middle: float, high: float, sign: int) -> Interval:
        """Return the smallest enclosure that floats can prove, around a place where they cannot tell the sign."""
        step = max(abs(middle) * NARROW, 5e-324)
        while step < high - low:
            left, right = max(middle - step, low), min(middle + step, high)
            if self._sign(left) == sign and self._sign(right) == -sign:
                return left, right
            step *= 8
        return low, high


def _beyond(side: int) -> Interval:
    """Return the interval beyond the largest float on one side, 1 or -1."""
    return (LARGEST, math.inf) if side > 0 else (-math.inf, -LARGEST)


def _middle(low: float, high: float) -> float:
    """Return the midpoint, for wide boxes the geometric one."""
    for sign in (1, -1):
        near, far = (low, high) if sign > 0 else (-high, -low)
        if near >= 0 and far > 4 * near:
            return sign * (math.sqrt(near) * math.sqrt(far) if near else far * 2.0**-10)
    return low + (high - low) / 2


def far_signs(graph: Graph, node: NodeId, symbol: str, point: Point, side: int) -> list[int]:
    """Return the signs of a node at places farther and farther out, without the undecided ones; `side` is 1 or -1.

    This finds the break of |ln x - 800| at e^800, about 10^347.
    """
    signs: list[int] = []
    with precision(BITS):
        for exponent in FAR:
            value = RealValues(graph, {**point, symbol: KnownValue(arb((side, exponent)))}).value(node)
            signs += [1] * bool(value > 0) + [-1] * bool(value < 0)
    return signs


def keeps_sign_far_out(graph: Graph, node: NodeId, symbol: str, point: Point, side: int) -> bool:
    """Return whether a node is seen to have a sign from each of some powers of 2, far out, to the next one.

    sin(1/x) has one there, and sin(x/10^400) has not; `side` is 1 or -1.
    """
    with precision(BITS):
        for exponent in FAR:
            octave = arb((side, exponent)).union(arb((side, exponent + 1)))
            value = RealValues(graph, {**point, symbol: KnownValue(octave)}).value(node)
            if not (value > 0 or value < 0):
                return False
    return True


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the intervals in order, touching ones merged."""
    result: list[Interval] = []
    for low, high in sorted(intervals):
        if result and low <= result[-1][1]:
            result[-1] = result[-1][0], max(high, result[-1][1])
        else:
            result.append((low, high))
    return result


def _of_polynomials(graph: Graph, node: NodeId, symbol: str, point: Mapping[str, Fraction]) -> Zeros | None:
    """Return the real roots of a polynomial, or of one in every piece, rigorously enclosed; None if it is neither."""
    polynomial = polynomial_in(graph, node, symbol, point)
    if polynomial is not None and polynomial.degree() == 1:
        root = -polynomial[0] / polynomial[1]
        return _zeros([interval_of(Fraction(int(root.p), int(root.q)))])
    roots = roots_in_pieces(graph, node, symbol, point) if polynomial is None else real_roots(polynomial)
    return None if roots is None else _zeros([_around(root) for root in roots])


def _around(root: arb) -> Interval:
    low, high = float(root.lower()), float(root.upper())
    return (low, high) if low == root == high else (math.nextafter(low, -math.inf), math.nextafter(high, math.inf))


def _zeros(
    intervals: Sequence[Interval], unsure: Collection[Interval] = (), *, complete: bool = True, endless: bool = False
) -> Zeros:
    """Return zeros from enclosures that may touch; those in `unsure` may contain no zero, or several.

    Pieces beyond the largest float are not searched, so the result is incomplete if a zero lies there.
    """
    at = merged(intervals)
    complete = complete and not (at and math.inf in (-at[0][0], at[-1][1]))
    crowded = [
        whole
        for whole in at
        if len(parts := [part for part in intervals if whole[0] <= part[0] and part[1] <= whole[1]]) > 1
        or parts[0] in unsure
    ]
    return Zeros(tuple(at), complete, endless, frozenset(crowded))
