"""Whether a wrong answer is the one that a mistake gives: compared in balls, wherever the answer has a value.

All numeric comparisons for naming mistakes are here, at the precision of the question's own points.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from flint import arb

from mnemosyne.calculus.balls import BITS, Place, RealValues, precision
from mnemosyne.calculus.decide import place_apart
from mnemosyne.calculus.equality import DEEP, At, compare_at, differ_at
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.verdict import Asks

AGREEING_POINTS = 4
ROUNDED = arb("0.001")  # relative: how near a typed number must be to the one that a mistake gives
NARROW = arb(2) ** -60  # relative; a wider ball agrees with too much to count
PLAIN_RATIO = 20  # the largest numerator or denominator of a constant factor that is named
PLAIN_TERM = 1000  # the largest numerator or denominator of a constant term


class Matching:
    """One answer's values; `at` is the point of a number, which may be rounded.

    It implements `misconception.Answer` for the rules. Every method must be called inside `balls.precision(BITS)`.
    """

    def __init__(self, question: PreparedQuestion, answer: NodeId, at: RealValues | None = None) -> None:
        self.question = question
        self.graph: Graph = question.graph
        self.calculus = question.calculus
        self.tidy = question.tidy
        self.f = question.f
        self.derivative = question.derivative
        self.answer = answer
        self.inputs = tuple(question.graph.symbol(name) for name in sorted(question.inputs))
        self.rounded = at is not None
        self._in_pieces: dict[NodeId, bool] = {}
        self._telling: list[Place] = []  # where a candidate was shown to differ from the answer
        self.needed = 1 if self.rounded else AGREEING_POINTS
        self.given = self._values([at] if at is not None else question.samples)
        if len(self.given) < self.needed and not self.rounded:  # the answer has values on a part of the domain only
            self.given = self._values(question.samples_with(answer))

    def _values(self, samples: Sequence[RealValues]) -> list[tuple[RealValues, arb]]:
        """Return the answer's values where it has one; wide balls agree with too much and are left out.

        For odd roots, equivalent powers have values below zero too.
        """
        graph = self.graph
        if any(graph.payload[node] in ("cbrt", "root") for node in graph.reachable([self.f])):
            samples = [RealValues(graph, sample.point, odd_roots=True) for sample in samples]
        with precision(BITS):
            values = [(sample, sample.value(self.answer)) for sample in samples]
            pairs = [(sample, value) for sample, value in values if value.is_finite() and _is_narrow(value, value)]
        return sorted(pairs, key=lambda pair: bool(pair[1] == 0))  # where it is 0, too many others are

    @property
    def possible(self) -> bool:
        """Whether the answer has enough values to be told from others."""
        return len(self.given) >= self.needed

    @property
    def first(self) -> RealValues:
        """The first point where the answer has a value, other than 0 if it has one."""
        return self.given[0][0]

    def may_agree(self, ball: arb, actual: arb) -> bool:
        """Return whether a value at a point may be the answer's, which is `actual`; an unknown value may be."""
        if self.rounded:
            return not ball.is_finite() or self._meets(ball, actual)
        return not ball.is_finite() or bool(ball.overlaps(actual))

    def agrees(self, candidate: NodeId) -> bool:
        """Return whether a node has the answer's value wherever the answer has one, at every point
        and in every piece.
        """
        return self.agrees_at_points(candidate) and self.agrees_in_pieces(candidate)

    def agrees_at_points(self, candidate: NodeId) -> bool:
        """Return whether a node has the answer's value at every sample point where the answer has one."""
        for sample, actual in self.given:
            ball = sample.value(candidate)
            if not ball.is_finite() or not self._meets(ball, actual):
                return False
        return True

    def agrees_in_pieces(self, candidate: NodeId) -> bool:
        """Return whether a node that agrees at the sample points has the answer's value in every piece too.

        This takes a hundred times as long as the points, so it comes last.
        """
        if candidate == self.answer or not self._has_pieces:
            return True
        if candidate not in self._in_pieces:
            self._in_pieces[candidate] = self._compared_by_pieces(candidate)
        return self._in_pieces[candidate]

    def _compared_by_pieces(self, candidate: NodeId) -> bool:
        if self._differs_deeply(candidate) or any(self._differs_at(place, candidate) for place in self._telling):
            return False
        if self.tidy.tidied(candidate) == self.tidy.tidied(self.answer):
            return True
        place = place_apart(self.question, self.answer, candidate)
        if place is not None:
            self._telling.append(place)
        return place is None

    def _differs_deeply(self, candidate: NodeId) -> bool:
        """Whether more bits show a difference that a large term hides at fewer."""
        with precision(DEEP):
            return bool(differ_at(candidate, self.answer, RealValues(self.graph, self.first.point)))

    def _differs_at(self, place: Place, candidate: NodeId) -> bool:
        """Whether a place that told another candidate from the answer tells this one too."""
        at = RealValues(self.graph, place)
        return compare_at(self.question.f, candidate, self.answer, at) is At.DIFFERENT

    @cached_property
    def _has_pieces(self) -> bool:
        """Whether the function or the answer may change its formula between the sample points."""
        question = self.question
        of_formulas = question.asks in (Asks.DERIVATIVE, Asks.GRADIENT, Asks.FORMULA) and not self.rounded
        return of_formulas and question.switches.may_change((question.f, self.answer))

    @cached_property
    def right_at_a_point(self) -> bool:
        """Whether the answer, which is wrong, is right at one of the points, and not 0 there."""
        return not self.question.gradient and self.meet_at_a_point(self.derivative, self.answer)

    def meet_at_a_point(self, first: NodeId, second: NodeId) -> bool:
        """Return whether two nodes have the same value, other than 0, at one of the points."""
        if self.rounded:
            return False
        values = ((sample.value(first), sample.value(second)) for sample, _ in self.given)
        return any(
            not left.contains(0) and right.is_finite() and left.overlaps(right) and _is_narrow(left, right)
            for left, right in values
        )

    def agreements(self, node: NodeId) -> int:
        """Return the number of points at which a node has the answer's value."""
        return sum(self._meets(sample.value(node), actual) for sample, actual in self.given)

    def _meets(self, ball: arb, actual: arb) -> bool:
        if self.rounded:
            return bool(abs(ball - actual) <= ROUNDED * abs(actual)) and bool(actual != 0)
        return bool(ball.overlaps(actual)) and _is_narrow(ball, actual)

    def same_values(self, first: NodeId, second: NodeId) -> bool:
        """Return whether two nodes have the same values wherever both have one, at enough points."""
        if self.rounded:
            return False
        agreeing = 0
        for sample in self.question.samples:
            outcome = differ_at(first, second, sample)
            if outcome:
                return False
            agreeing += outcome is False
        return agreeing >= AGREEING_POINTS

    def ratio(self) -> Fraction | None:
        """Return answer / derivative, if that is a simple rational other than 0, 1 and -1."""
        if self.rounded:
            return None
        quotients = [actual / sample.value(self.derivative) for sample, actual in self.given]
        ratio = _one_rational([quotient for quotient in quotients if quotient.is_finite()], PLAIN_RATIO)
        if ratio is None or ratio in (0, 1, -1):
            return None
        return ratio if self.agrees(self.graph.product(self.graph.number(ratio), self.derivative)) else None

    def difference(self) -> Fraction | None:
        """Return answer - derivative, if that is a simple rational other than 0."""
        if self.rounded:
            return None
        difference = _one_rational(
            [actual - sample.value(self.derivative) for sample, actual in self.given], PLAIN_TERM
        )
        if not difference or not self.agrees(self.graph.sum(self.derivative, self.graph.number(difference))):
            return None
        return difference


def _is_narrow(first: arb, second: arb) -> bool:
    return bool((first.rad() + second.rad()) <= NARROW * first.abs_lower()) or (first.rad() + second.rad() == 0)


def _one_rational(values: list[arb], largest: int) -> Fraction | None:
    """Return the one rational that all values equal, with numerator and denominator up to the limit."""
    if len(values) < AGREEING_POINTS or not abs(values[0]) < largest + 1:
        return None
    plain = Fraction(float(values[0].mid())).limit_denominator(largest)
    exact = arb(plain.numerator) / plain.denominator
    if abs(plain.numerator) > largest or not all(value.overlaps(exact) for value in values):
        return None
    return plain
