"""How two values compare at one point, with proof: balls apart are different, narrow balls that meet are the same.

Precision rises until the balls are narrow. Where that does not come, the outcome says so; nothing is guessed.
"""

from __future__ import annotations

from enum import Enum, auto

from flint import arb

from mnemosyne.calculus.balls import BITS, RealValues, precision
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.gaps import gap

DEEP = 1_100  # bits: a bump such as e^(-1000x²) hides from fewer
DEPTHS = (DEEP, 2 * DEEP, 4 * DEEP)
AGREED = 900  # of 1,100 bits that two values share, relatively
_SETTLED = arb(2) ** -20
PRECISIONS = (BITS, 256, 512, *DEPTHS)  # bits


class At(Enum):
    """How two values compare at one point."""

    SAME = auto()
    DIFFERENT = auto()
    OUTSIDE = auto()  # what is expected has no value there, proved
    NO_VALUE = auto()  # what is expected has a value there and the answer has none, proved
    ZERO_DIVISOR = auto()  # the answer divides by what is 0 as far as can be seen
    VAGUE = auto()
    TOO_LARGE = auto()


def extra_bits(graph: Graph, root: NodeId) -> int:
    """Return bits that the longest number under a node needs beyond the usual precision."""
    sizes = (graph.rational(node) for node in graph.reachable([root]) if graph.op[node] is Op.NUMBER)
    longest = max((size.numerator.bit_length() + size.denominator.bit_length() for size in sizes if size), default=0)
    return longest if longest > 64 else 0


def compare_at(domain: NodeId, expected: NodeId, answer: NodeId, sample: RealValues, more: int = 0) -> At:
    """Compare two nodes at one point, at as many bits as it takes and `more`; `domain` must have a value there too."""
    outcome = At.VAGUE
    for bits in DEPTHS:
        with precision(bits + more):
            outcome = _compare(RealValues(sample.graph, sample.point), domain, expected, answer)
        if outcome is not At.VAGUE:
            return outcome
    return outcome


def differ_at(expected: NodeId, answer: NodeId, sample: RealValues) -> bool | None:
    """Return whether two values are proved apart at the sample's own precision; None where one of them is missing."""
    first, second = sample.value(expected), sample.value(answer)
    if not first.is_finite() or not second.is_finite():
        return None
    return not first.overlaps(second)


def _compare(values: RealValues, domain: NodeId, expected: NodeId, answer: NodeId) -> At:
    outside = _outside(values, domain, expected)
    if outside is not None:
        return outside
    missing = _missing(values, answer)
    return meeting(values.value(expected), answer_value(values, answer)) if missing is None else missing


def _outside(values: RealValues, domain: NodeId, expected: NodeId) -> At | None:
    """Why a point says nothing of the answer: OUTSIDE the domain, or VAGUE; None where it does."""
    for node in (domain, expected):
        if not values.value(node).is_finite():
            missing = gap(values, node)
            return At.OUTSIDE if missing is not None and missing.proved else At.VAGUE
    return None if settled(values.value(expected)) else At.VAGUE  # else it is on a kink, or cancels


def settled(ball: arb) -> bool:
    """Return whether a ball is narrow enough to be a value, and not the choice that a kink leaves open."""
    return bool(ball.rad() <= _SETTLED * arb(1).max(abs(ball)))


def answer_value(values: RealValues, answer: NodeId) -> arb:
    """Return the value of the answer, where a negative number has real odd roots."""
    return valued(values, answer)[0]


def valued(values: RealValues, answer: NodeId) -> tuple[arb, bool]:
    """Return the value of the answer as `answer_value` does, and whether some power in it was too large to compute."""
    value = values.value(answer)
    if value.is_finite():
        return value, False
    rooted = RealValues(values.graph, values.point, odd_roots=True)
    return rooted.value(answer), rooted.gave_up


def _missing(values: RealValues, answer: NodeId) -> At | None:
    """How an answer has no value; None where it has one."""
    if values.value(answer).is_finite():
        return None
    rooted = RealValues(values.graph, values.point, odd_roots=True)
    if rooted.value(answer).is_finite():
        return None
    if rooted.gave_up:
        return At.TOO_LARGE
    missing = gap(rooted, answer)
    if missing is None:
        return At.VAGUE
    return At.NO_VALUE if missing.proved else At.ZERO_DIVISOR


def meeting(expected: arb, actual: arb) -> At:
    """Return how two balls compare."""
    if not expected.overlaps(actual):
        return At.DIFFERENT
    return At.SAME if narrow(expected, actual) else At.VAGUE


def narrow(expected: arb, actual: arb) -> bool:
    """Return whether two balls agree in nearly all the bits of the first look, relatively; what is as small is zero."""
    doubt = expected.rad() + actual.rad()
    size = arb(expected.abs_lower()).max(arb(actual.abs_lower()))
    least = arb(2) ** -AGREED
    return bool(doubt <= least * size) or bool(doubt + size <= least)


def exists_at(domain: NodeId, expected: NodeId, answer: NodeId, sample: RealValues) -> At:
    """Return whether an answer has a value where the expected node has one; SAME where it has."""
    outcome = At.VAGUE
    for bits in (BITS, DEEP):
        with precision(bits):
            outcome = _existence(RealValues(sample.graph, sample.point), domain, expected, answer)
        if outcome not in (At.VAGUE, At.ZERO_DIVISOR):
            return outcome
    return outcome


def _existence(values: RealValues, domain: NodeId, expected: NodeId, answer: NodeId) -> At:
    outside = _outside(values, domain, expected)
    return outside if outside is not None else _missing(values, answer) or At.SAME
