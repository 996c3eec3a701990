"""How two values compare at one point, with proof: disjoint balls are different, narrow overlapping balls are equal.

Precision rises until the balls are narrow. If that fails the outcome says so; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, auto

from flint import arb

from mnemosyne.calculus.balls import BITS, RealValues, VanishingValues, precision
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.gaps import gap
from mnemosyne.calculus.restrictions import SIGNS

DEEP = 1_100  # bits: a bump such as e^(-1000x²) hides from fewer
DEPTHS = (DEEP, 2 * DEEP, 4 * DEEP)
AGREED = 900  # how many of 1,100 bits two equal values share, relative to their size
_SETTLED = arb(2) ** -20
PRECISIONS = (BITS, 256, 512, *DEPTHS)  # bits
MOST_EXTRA = 20_000  # extra bits, in steps
BEYOND = MOST_EXTRA + 1  # more bits than allowed
_USUAL_SIZE = 64  # bits: numbers as long, as large or as small as this need no more
_LN_2 = 0.6931
_ORDERS = 4  # for a small e the difference may be of this order: (cos e + cosh e)/2 is 1 + e^4/24
_LEVELLING = {
    "tanh": 2,
    "coth": 2,
    "sigmoid": 1,
    "softplus": 1,
}  # at u they differ from their limits by about e^(-rate |u|)


class At(Enum):
    """How two values compare at one point."""

    SAME = auto()
    DIFFERENT = auto()
    OUTSIDE = auto()  # the expected node has no value there, proved
    NO_VALUE = auto()  # the expected node has a value there and the answer has none, proved
    ZERO_DIVISOR = auto()  # the answer divides by what looks like 0
    VAGUE = auto()
    TOO_LARGE = auto()


def extra_bits(graph: Graph, root: NodeId) -> int:
    """Return the extra bits needed for the longest number under a node and the sizes of its constants."""
    nodes = graph.reachable([root])
    sizes = (graph.rational(node) for node in nodes if graph.op[node] is Op.NUMBER)
    longest = max((size.numerator.bit_length() + size.denominator.bit_length() for size in sizes if size), default=0)
    with precision(BITS):
        spread = spread_of_sizes(RealValues(graph, {}), nodes)  # without a point only constants have values
    return max(longest if longest > _USUAL_SIZE else 0, spread)


def spread_of_sizes(values: RealValues, nodes: Iterable[NodeId]) -> int:
    """Return the bits needed for the gap between the largest and the smallest value under a node: 0 if the
    usual ones do, `BEYOND` at most.

    The usual bits do not show a 1 beside 10^400, nor how far cos(10^-400) and tanh(1000) are from 1.
    """
    sizes = [size for node in nodes for size in _sizes(values, node)]
    spread = max(0.0, *sizes, 0.0) - min(0.0, *sizes, 0.0)
    if spread <= _USUAL_SIZE:
        return 0
    return int(min(_ORDERS * spread, MOST_EXTRA)) if spread <= MOST_EXTRA else BEYOND


def _sizes(values: RealValues, node: NodeId) -> Iterator[float]:
    """Yield the binary logarithms of a node's value and of its distance from the limits of its function."""
    graph, ball = values.graph, abs(values.value(node))
    if ball.is_finite() and ball > 0:
        yield float(ball.log().mid()) / _LN_2
    rate = _LEVELLING.get(str(graph.payload[node])) if graph.op[node] is Op.CALL else None
    if rate is not None:
        argument = abs(values.value(graph.operands[node][0]))
        if argument.is_finite():
            yield -rate * float(argument.mid()) / _LN_2


def compare_at(domain: NodeId, expected: NodeId, answer: NodeId, sample: RealValues, more: int = 0) -> At:
    """Compare two nodes at one point, at as many bits as needed plus `more`; `domain` must have a value there too.

    Values that would need more bits are never called equal.
    """
    outcome = At.VAGUE
    for bits in DEPTHS:
        outcome = _compared_with(bits + min(more, MOST_EXTRA), domain, expected, answer, sample)
        if outcome is not At.VAGUE:
            break
    return At.VAGUE if outcome is At.SAME and more > MOST_EXTRA else outcome


def _compared_with(bits: int, domain: NodeId, expected: NodeId, answer: NodeId, sample: RealValues) -> At:
    """Compare at the given bits; equal values, and divisors that seem to be zero, are looked at again with as many
    bits as the sizes of all parts need.

    Return TOO_LARGE if these are more than allowed: a 1 beside e^(e^12) is not seen.
    """
    with precision(bits):
        values = RealValues(sample.graph, sample.point)
        outcome = _compare(values, domain, expected, answer)
        is_sure = outcome not in (At.SAME, At.ZERO_DIVISOR)
        spread = 0 if is_sure else spread_of_sizes(values, sample.graph.reachable([expected, answer]))
    if not spread:
        return outcome
    with precision(bits + min(spread, MOST_EXTRA)):
        outcome = _compare(RealValues(sample.graph, sample.point), domain, expected, answer)
    return At.TOO_LARGE if outcome in (At.SAME, At.ZERO_DIVISOR) and spread > MOST_EXTRA else outcome


def differ_at(expected: NodeId, answer: NodeId, sample: RealValues) -> bool | None:
    """Return whether two values are proved different at the sample's own precision; None if one of them is missing."""
    first, second = sample.value(expected), sample.value(answer)
    if not first.is_finite() or not second.is_finite():
        return None
    return not first.overlaps(second)


def _compare(values: RealValues, domain: NodeId, expected: NodeId, answer: NodeId) -> At:
    outside = _outside(values, domain, expected)
    if outside is None:
        missing = missing_value(values, answer)
        return meeting(values.value(expected), answer_value(values, answer)) if missing is None else missing
    slope = constant_slope(values, domain, expected)
    return outside if slope is None else _compared_where_constant(values, slope, answer)


def constant_slope(values: RealValues, domain: NodeId, expected: NodeId) -> arb | None:
    """Return the slope where the chain rule gives none except for a factor of 0; None elsewhere.

    √relu(x) is constant for x < 0, with slope 0.
    """
    if not values.value(domain).is_finite() or values.value(expected).is_finite():
        return None
    slope = VanishingValues(values.graph, values.point).value(expected)
    return slope if slope.is_finite() else None


def _compared_where_constant(values: RealValues, slope: arb, answer: NodeId) -> At:
    """Compare an answer that may, like the chain rule, have its value by a factor of 0 only: 1/(2√x) has none."""
    missing = missing_value(values, answer)
    if missing is None:
        return meeting(slope, answer_value(values, answer))
    vanishing = VanishingValues(values.graph, values.point).value(answer)
    return meeting(slope, vanishing) if vanishing.is_finite() else missing


def _outside(values: RealValues, domain: NodeId, expected: NodeId) -> At | None:
    """Return why a point says nothing about the answer, OUTSIDE or VAGUE; None if it is usable."""
    for node in (domain, expected):
        if not values.value(node).is_finite():
            missing = gap(values, node)
            return At.OUTSIDE if missing is not None and missing.proved else At.VAGUE
    return None if settled(values.value(expected)) else At.VAGUE  # else on a kink, or cancellation


def settled(ball: arb) -> bool:
    """Return whether a ball is narrow enough to be one value, rather than the range that a kink leaves open."""
    return bool(ball.rad() <= _SETTLED * arb(1).max(abs(ball)))


def answer_value(values: RealValues, answer: NodeId) -> arb:
    """Return the value of the answer; a negative number has real odd roots in it."""
    return valued(values, answer)[0]


def valued(values: RealValues, answer: NodeId) -> tuple[arb, bool]:
    """Return `answer_value`, and whether some power in the answer was too large to compute."""
    value = values.value(answer)
    if value.is_finite():
        return value, False
    rooted = RealValues(values.graph, values.point, odd_roots=True)
    return rooted.value(answer), rooted.gave_up


def missing_value(values: RealValues, answer: NodeId) -> At | None:
    """Return how an answer lacks a value; None if it has one. One that depends on the sign of 0 has none."""
    value = values.value(answer)
    if value.is_finite():
        return None if settled(value) or not _has_sign_of_zero(values, answer) else At.NO_VALUE
    rooted = RealValues(values.graph, values.point, odd_roots=True)
    if rooted.value(answer).is_finite():
        return None
    if rooted.gave_up:
        return At.TOO_LARGE
    missing = gap(rooted, answer)
    if missing is None:
        return At.VAGUE
    return At.NO_VALUE if missing.proved else At.ZERO_DIVISOR


def _has_sign_of_zero(values: RealValues, root: NodeId) -> bool:
    graph = values.graph
    signs = (node for node in graph.reachable([root]) if graph.payload[node] in SIGNS)
    return any(values.value(graph.operands[sign][0]).is_zero() for sign in signs)


def meeting(expected: arb, actual: arb) -> At:
    """Return how two balls compare."""
    if not expected.overlaps(actual):
        return At.DIFFERENT
    return At.SAME if narrow(expected, actual) else At.VAGUE


def narrow(expected: arb, actual: arb) -> bool:
    """Return whether two balls are narrow: to 2^-AGREED of their size, or within 2^-AGREED of 0."""
    doubt = expected.rad() + actual.rad()
    size = arb(expected.abs_lower()).max(arb(actual.abs_lower()))
    least = arb(2) ** -AGREED
    return bool(doubt <= least * size) or bool(doubt + size <= least)


def exists_at(domain: NodeId, expected: NodeId, answer: NodeId, sample: RealValues) -> At:
    """Return whether an answer has a value where the expected node has one; SAME if so."""
    outcome, spread = At.VAGUE, 0
    for bits in (BITS, DEEP):
        with precision(bits + min(spread, MOST_EXTRA)):
            values = RealValues(sample.graph, sample.point)
            outcome = _existence(values, domain, expected, answer)
            if outcome not in (At.VAGUE, At.ZERO_DIVISOR):
                return outcome
            spread = spread_of_sizes(values, sample.graph.reachable([answer]))  # 1 - tanh(2000)² is not zero
    return At.TOO_LARGE if spread > MOST_EXTRA else outcome


def _existence(values: RealValues, domain: NodeId, expected: NodeId, answer: NodeId) -> At:
    outside = _outside(values, domain, expected)
    if outside is None:
        return missing_value(values, answer) or At.SAME
    slope = constant_slope(values, domain, expected)  # about which a proof of equal formulas says nothing
    return outside if slope is None else _compared_where_constant(values, slope, answer)
