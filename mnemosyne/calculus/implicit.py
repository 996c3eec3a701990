"""Judging dy/dx of a curve given by an equation: right on the curve, whatever it is elsewhere.

The slope is −F_x/F_y. An answer is refuted at a point proved to be on the curve; it is proved if the
difference is zero modulo the equation; else it is compared at points of every cell and on all branches found.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import islice
from math import inf

from flint import arb

from mnemosyne.calculus.balls import BITS, Place, RealValues, precision, rational_point
from mnemosyne.calculus.curves import Curve
from mnemosyne.calculus.decide import FEWEST_POINTS, Comparison, Equality
from mnemosyne.calculus.enclosures import Box, Enclosures
from mnemosyne.calculus.equality import DEEP, At, answer_value, compare_at, differ_at, exists_at
from mnemosyne.calculus.evidence import to_float
from mnemosyne.calculus.existence import exists_throughout, with_undefined_signs
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.gaps import undefined_part
from mnemosyne.calculus.intervals import REALS, Interval, interval_of
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.calculus.misconceptions.diagnose import Diagnosis
from mnemosyne.calculus.misconceptions.implicit_slopes import diagnose_slope
from mnemosyne.calculus.polynomial_roots import polynomial_in
from mnemosyne.calculus.posed_question import equation_sides
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.projection import can_eliminate
from mnemosyne.calculus.switches import Leaf
from mnemosyne.calculus.tasks import ParsedAnswer, Task
from mnemosyne.calculus.translate import to_tree
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.tree import Negation, Node, Sum
from mnemosyne.verdict import SEE_VALUES, Asks, Certainty, Evidence, Problem

MOST_SAMPLES = 12  # sample points of the curve
MOST_PLACES = 120  # points at which an answer is compared
STEP = Fraction(1, 10**5)  # the step of the difference quotient along the curve
PLAIN_SIZE = 50  # coordinates up to here are simple enough to show


class CurveQuestion(PreparedQuestion):
    """The slope of a curve: `f` is left side − right side of the equation, `derivative` the formula of the slope.

    `samples` hold values at points of the curve.
    """

    def __init__(self, problem: Problem) -> None:
        self.equation = problem.f
        self.left, self.right = equation_sides(problem)
        super().__init__(
            Sum((self.left, Negation(self.right))),
            problem.variable,
            problem.seed,
            asks=Asks.IMPLICIT,
            allowed=problem.allowed,
            wrong=problem.wrong,
            dependent=problem.dependent,
        )

    @cached_property
    def curve(self) -> Curve:
        """The curve itself."""
        return Curve(self.graph, self.switches, self.f, (self.variable, self.dependent), self.inputs, self.seed)

    def first_samples(self) -> list[RealValues]:
        """Return the values at points of the curve where it has a slope."""
        with precision(BITS):
            values = (RealValues(self.graph, place) for place in self.curve.places(self.derivative))
            sloping = (sample for sample in values if sample.value(self.derivative).is_finite())
            return list(islice(sloping, MOST_SAMPLES))

    def refuse_undefined(self) -> None:
        """Raise ReadingError if the curve is proved to have no real point, or if no point with a slope was found."""
        super().refuse_undefined()
        if not self.samples:
            shown, whole = f"{to_unicode_line(self.left)} = {to_unicode_line(self.right)}", (0, len(self.equation))
            if self._is_empty():
                raise ReadingError(f"No real point lies on {shown}.", whole)
            raise ReadingError(f"No point with a slope was found on {shown}.", whole)

    def _is_empty(self) -> bool:
        """Whether left side − right side is proved to be undefined or non-zero in the whole plane."""
        everywhere = dict.fromkeys(self.inputs, REALS)
        values = Enclosures(self.graph, [self.f], everywhere).on({})[self.f]
        return values is None or not values[0] <= 0 <= values[1]

    def may_have_sign(self, node: NodeId, sign: int) -> bool:
        """Return whether a node may have a sign, 1 or -1, on the curve: x has not -1 on e^y = x."""
        graph, sides = self.graph, self._sides
        everywhere = dict.fromkeys(self.inputs, REALS)
        forms = [node, *(graph.replaced(node, side, sides[1 - number]) for number, side in enumerate(sides))]
        values = Enclosures(graph, [*forms, *sides], everywhere)
        if not all(_reaches(values.on({})[form], sign) for form in forms):
            return False
        there = self._where_linear(node, sign)
        left, right = (values.on(there)[side] for side in sides) if there else (REALS, REALS)
        return left is not None and right is not None and left[1] > right[0] and right[1] > left[0]

    def _where_linear(self, node: NodeId, sign: int) -> Box:
        """Return where a node has a sign, if it is linear in a coordinate and has no other symbol; else nothing."""
        for name in (self.variable, self.dependent):
            line = polynomial_in(self.graph, node, name, {})
            if line is not None and line.degree() == 1:
                zero = -line[0] / line[1]
                low, high = interval_of(Fraction(int(zero.p), int(zero.q)))
                return {name: (low, inf) if line[1] * sign > 0 else (-inf, high)}
        return {}

    @cached_property
    def _sides(self) -> tuple[NodeId, NodeId]:
        return self.node_of(self.left), self.node_of(self.right)

    def samples_with(self, answer: NodeId) -> list[RealValues]:
        """Return the values at those points of the curve where the answer has a value too."""
        with precision(BITS):
            values = (RealValues(self.graph, place) for place in self.curve.places(self.derivative, answer))
            finite_samples = (sample for sample in values if sample.value(answer).is_finite())
            return list(islice(finite_samples, MOST_SAMPLES))


class CurveTask(Task):
    """A question whose answer must equal the slope on the curve."""

    compared = "Agrees at every point of the curve that was checked, on every branch found."
    undecided = "The checker could not decide: compare with the correct slope."
    not_equal = f"Not the slope of the curve{SEE_VALUES}."

    question: CurveQuestion

    def decide(self, given: ParsedAnswer) -> Comparison:
        """Return how the answer compares with the slope on the curve."""
        question = self.question
        node = with_undefined_signs(question, question.derivative, given.node)
        apart = next((sample.point for sample in question.samples if self._differs(node, sample)), None)
        if apart is not None:
            return Comparison(Equality.DIFFERENT, apart)
        proved = question.prover.proves_equal_where_zero(question.derivative, node, question.f)
        if proved and self._exists_everywhere(node):
            return Comparison(Equality.EQUAL, certainty=Certainty.PROVED)
        return self._compared(node, proved=proved)

    def is_right(self, tree: Node) -> bool:
        """Return whether another answer is right on the whole curve, not only at the sample points."""
        return self.decide(self.parsed_answer(tree)).equality is Equality.EQUAL

    def equals(self, node: NodeId, other: NodeId) -> bool:
        """Return whether two nodes have the same values at all sample points of the curve."""
        with precision(BITS):
            pairs = [(sample.value(node), sample.value(other)) for sample in self.question.samples]
        finite_pairs = [(first, second) for first, second in pairs if first.is_finite() and second.is_finite()]
        alike = len(finite_pairs) >= FEWEST_POINTS // 2 and all(
            first.overlaps(second) for first, second in finite_pairs
        )
        return alike and all(self._same_at(node, other, sample) for sample in self.question.samples)

    def _same_at(self, node: NodeId, other: NodeId, sample: RealValues) -> bool:
        """Whether two nodes that overlap at a point still do at more bits, if both have a value there."""
        return compare_at(self.question.derivative, other, node, sample) is not At.DIFFERENT

    def mistake(self, given: ParsedAnswer) -> Diagnosis | None:
        """Return the mistake that a wrong slope shows."""
        finding = diagnose_slope(self.question, given.node)
        if finding is None and not self._has_both_coordinates(given.node) and self._right_somewhere(given.node):
            return Diagnosis("right-on-one-branch", CATALOGUE["right-on-one-branch"].message)
        return finding

    def _has_both_coordinates(self, node: NodeId) -> bool:
        graph, question = self.question.graph, self.question
        return all(graph.contains(node, graph.symbol(name)) for name in (question.variable, question.dependent))

    def narrowed(self, outcome: Comparison) -> str:
        """Return the message for an answer that has no value on a part of the curve."""
        assert outcome.at is not None
        place = ", ".join(f"{name} = {float(x):.4g}" for name, x in sorted(outcome.at.items()))
        return f"Right where it has a value, but it has none at {place}, where the curve has a slope.".replace("-", "−")

    def evidence(self, given: ParsedAnswer | None, at: Place | None, *, with_error: bool = True) -> Evidence | None:  # noqa: ARG002 - there is one step only
        """Return the numeric check at a point of the curve, with the difference quotient of y along it."""
        question, places = self.question, [at] if at is not None else self._plain_places()
        node = None if given is None else with_undefined_signs(question, question.derivative, given.node)
        evidences = (self._evidence_at(node, place) for place in places)
        return next((numbers for numbers in evidences if numbers is not None), None)

    def expected(self) -> str | None:
        """Return the slope as one line."""
        question = self.question
        return to_line(to_tree(question.graph, question.tidy.tidied(question.derivative)))

    def _differs(self, node: NodeId, sample: RealValues) -> bool:
        with precision(BITS):
            return bool(differ_at(self.question.derivative, node, sample))

    def _exists_everywhere(self, node: NodeId) -> bool:
        question = self.question
        with precision(BITS):
            values = [sample.value(node) for sample in question.samples]
        finite = bool(values) and all(value.is_finite() for value in values)
        return finite and exists_throughout(question, question.derivative, node)

    def _compared(self, node: NodeId, *, proved: bool) -> Comparison:
        """Compare at points of all cells, only where cells are known; if the formula is not proved, at many bits."""
        question = self.question
        if self._has_unknown_cells(node):
            return Comparison(Equality.UNKNOWN)
        look = exists_at if proved else compare_at
        outcomes: list[At] = []
        missing: Place | None = None
        places = list(islice(question.curve.places(question.derivative, node), MOST_PLACES + 1))
        for place in places:
            outcome = look(question.derivative, question.derivative, node, RealValues(question.graph, place))
            if outcome is At.DIFFERENT:
                return Comparison(Equality.DIFFERENT, place)
            if outcome is At.NO_VALUE:
                missing = missing or place
            outcomes.append(outcome)
        if missing is None and (len(places) > MOST_PLACES or self._misses_a_side(node, places)):
            return Comparison(Equality.UNKNOWN)
        return self._concluded(node, outcomes, missing, proved=proved)

    def _concluded(self, node: NodeId, outcomes: list[At], missing: Place | None, *, proved: bool) -> Comparison:
        same, unclear = outcomes.count(At.SAME), outcomes.count(At.VAGUE) + outcomes.count(At.TOO_LARGE)
        if missing is not None and same:
            return Comparison(Equality.NARROWED, missing)
        if missing is not None and not unclear:
            part = undefined_part(self.question.graph, node, rational_point(missing))
            return Comparison(Equality.UNDEFINED, part=part)
        if same >= FEWEST_POINTS and (unclear < same if proved else not unclear):
            return Comparison(Equality.EQUAL, certainty=Certainty.PROVED if proved else Certainty.COMPARED)
        return Comparison(Equality.UNKNOWN)

    def _has_unknown_cells(self, node: NodeId) -> bool:
        """Whether the answer changes its formula along a line that the search for cells cannot handle."""
        question = self.question
        leaves = [leaf for leaf in self._new_leaves(node) if self._changes_sign(leaf)]
        mixed = any(len(leaf.symbols & set(question.curve.symbols)) == 2 for leaf in leaves)
        return mixed and not can_eliminate(question.graph, [*question.switches.leaves([question.f]), *leaves])

    def _changes_sign(self, leaf: Leaf) -> bool:
        """Whether a leaf may be positive as well as negative on the curve."""
        return self.question.may_have_sign(leaf.node, 1) and self.question.may_have_sign(leaf.node, -1)

    def _new_leaves(self, node: NodeId) -> list[Leaf]:
        """Return where the answer changes its formula and the curve does not."""
        question = self.question
        curve_leaves = {leaf.node for leaf in question.switches.breaks((question.f, question.derivative))}
        return [leaf for leaf in question.switches.breaks((node,)) if leaf.node not in curve_leaves]

    def _misses_a_side(self, node: NodeId, places: list[Place]) -> bool:
        """Whether a change of the answer's formula may be on the curve with all points found on one side of it."""
        if self.question.curve.found_all:
            return False
        graph, leaves = self.question.graph, [leaf.node for leaf in self._new_leaves(node)]
        with precision(BITS):
            values = [RealValues(graph, place) for place in places]
            signs = {leaf: {_sign(sample.value(leaf)) for sample in values} for leaf in leaves}
        return any(self.question.may_have_sign(leaf, sign) for leaf in leaves for sign in {1, -1} - signs[leaf])

    def _right_somewhere(self, node: NodeId) -> bool:
        """Whether the answer equals the slope at some of the points, and not by chance."""
        with precision(BITS):
            pairs = [(sample, sample.value(node)) for sample in self.question.samples]
            slope = self.question.derivative
            alike = [
                (sample, value) for sample, value in pairs if value.is_finite() and value.overlaps(sample.value(slope))
            ]
        same = [value for sample, value in alike if self._same_at(node, slope, sample)]
        return len(same) >= 2 and any(not value.overlaps(same[0]) for value in same)

    def _plain_places(self) -> Iterator[Place]:
        """Yield the sample points, those with small coordinates first."""
        places = [sample.point for sample in self.question.samples]
        yield from sorted(places, key=lambda place: max(abs(float(x)) for x in place.values()) > PLAIN_SIZE)

    def _evidence_at(self, node: NodeId | None, place: Place) -> Evidence | None:
        question = self.question
        with precision(DEEP // 4):
            values = RealValues(question.graph, place)
            slope = to_float(values.value(question.derivative))
            if slope is None:
                return None
            actual = None if node is None else to_float(answer_value(values, node))
            quotient = self._quotient(place)
        return Evidence({name: float(x) for name, x in sorted(place.items())}, actual, slope, quotient, float(STEP))

    def _quotient(self, place: Place) -> float | None:
        beside = self.question.curve.beside(place, STEP)
        return None if beside is None else to_float((beside[0] - beside[1]) * (1 / (2 * STEP)).numerator)


def _reaches(values: Interval | None, sign: int) -> bool:
    """Return whether an interval contains numbers of a sign, 1 or -1."""
    return values is not None and (values[1] > 0 if sign > 0 else values[0] < 0)


def _sign(value: arb) -> int:
    return int(value > 0) - int(value < 0)
