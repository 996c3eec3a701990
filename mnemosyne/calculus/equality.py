"""Whether an answer equals the derivative, with proof: balls apart refute, narrow balls that meet everywhere accept.

Equality is meant on the real points where the function is differentiable; what an answer does elsewhere is not asked.
Precision rises until the balls are narrow in absolute and in relative size, so that neither a huge term nor a tiny one
hides a difference. Where that does not come, the outcome is undecided, never a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from flint import acb, arb

from mnemosyne.calculus.balls import BITS, Point, RealValues, precision
from mnemosyne.calculus.complex_balls import ComplexValues
from mnemosyne.calculus.graph import Graph, NodeId

DECIDING_POINTS = 6
AGREED = arb(2) ** -100
ZERO = arb(2) ** -600
PRECISIONS = (BITS, 256, 512, 1024, 2048, 4096)  # bits


class At(Enum):
    """How two values compare at one point."""

    SAME = auto()
    DIFFERENT = auto()
    UNREAL = auto()
    UNDEFINED = auto()
    VAGUE = auto()
    TOO_LARGE = auto()


class Equality(Enum):
    """How two expressions compare over all points."""

    EQUAL = auto()
    DIFFERENT = auto()
    UNDEFINED = auto()
    UNKNOWN = auto()
    TOO_LARGE = auto()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome; `at` is the point that proves a difference."""

    equality: Equality
    at: Point | None = None


def compare(expected: NodeId, answer: NodeId, samples: Iterable[RealValues]) -> Comparison:
    """Compare two nodes at the samples' points, which lie in the domain of the expected one."""
    met: Counter[At] = Counter()
    order: list[NodeId] = []
    unreal: Point | None = None
    for sample in samples:
        order = order or sample.graph.reachable([answer])
        with precision(BITS):
            sample.compute(order)
        outcome = compare_at(expected, answer, sample)
        if outcome is At.DIFFERENT:
            return Comparison(Equality.DIFFERENT, sample.point)
        if outcome is At.UNREAL:
            unreal = unreal or sample.point
        met[outcome] += 1
    if met.keys() <= {At.UNREAL, At.UNDEFINED} and met:
        return Comparison(Equality.UNDEFINED)
    if unreal is not None:
        return Comparison(Equality.DIFFERENT, unreal)
    if met[At.TOO_LARGE]:
        return Comparison(Equality.TOO_LARGE)
    if met[At.SAME] >= DECIDING_POINTS and not met[At.VAGUE]:
        return Comparison(Equality.EQUAL)
    return Comparison(Equality.UNKNOWN)


def compare_at(expected: NodeId, answer: NodeId, sample: RealValues) -> At:
    """Compare two nodes at one point, at as many bits as it takes; `sample` has its values at the first precision."""
    outcome = At.VAGUE
    for bits in PRECISIONS:
        with precision(bits):
            values = sample if bits == BITS else RealValues(sample.graph, sample.point)
            outcome = _compare(values, expected, answer, bits)
        if outcome in (At.SAME, At.DIFFERENT, At.UNREAL, At.TOO_LARGE) or (
            outcome is At.UNDEFINED and bits > PRECISIONS[0]
        ):
            return outcome
    return outcome


def _compare(values: RealValues, expected: NodeId, answer: NodeId, bits: int) -> At:
    wanted = values.value(expected)
    if not wanted.is_finite():
        return At.UNDEFINED
    given = values.value(answer)
    if given.is_finite():
        return _meeting(wanted, given, bits)
    return _compare_beyond_the_reals(values.graph, values.point, wanted, answer, bits)


def _compare_beyond_the_reals(graph: Graph, point: Point, wanted: arb, answer: NodeId, bits: int) -> At:
    """The answer has no real value under the strict reading of roots: odd real roots and complex values are tried."""
    rooted_values = RealValues(graph, point, odd_roots=True)
    rooted = rooted_values.value(answer)
    if rooted_values.gave_up:
        return At.TOO_LARGE
    if rooted.is_finite() and _meeting(wanted, rooted, bits) is not At.DIFFERENT:
        return _meeting(wanted, rooted, bits)
    given = ComplexValues(graph, point).value(answer)
    if not given.is_finite():
        return At.VAGUE if _too_near_zero(rooted_values, answer) else At.UNDEFINED
    if not given.overlaps(acb(wanted)):
        return At.DIFFERENT if given.imag.contains(0) else At.UNREAL
    return At.SAME if _narrow(wanted, given.real, bits) and given.imag.rad() < given.real.rad() + 2**-90 else At.VAGUE


def _too_near_zero(values: RealValues, answer: NodeId) -> bool:
    """Whether some part may be zero or not, so that what is divided by it may have a value at more bits."""
    parts = (values.value(node) for node in values.graph.reachable([answer]))
    return any(ball.is_finite() and ball.contains(0) and ball.rad() > ZERO for ball in parts)


def _meeting(wanted: arb, given: arb, bits: int) -> At:
    if not wanted.overlaps(given):
        return At.DIFFERENT
    return At.SAME if _narrow(wanted, given, bits) else At.VAGUE


def _narrow(wanted: arb, given: arb, bits: int) -> bool:
    """Whether the balls agree to 100 bits, relatively and absolutely; a zero that stays one at 1,000 bits is zero."""
    doubt = wanted.rad() + given.rad()
    size = arb(wanted.abs_lower()).max(arb(given.abs_lower())).min(arb(1))
    return bool(doubt <= AGREED * size) or (bits >= 1024 and bool(doubt <= ZERO))
