"""Whether an answer equals what is expected: refuted at a few points, proved by algebra, or compared piece by piece.

Equality is meant on the real points where the function is differentiable, for all real values of the other
symbols; what an answer does elsewhere does not matter. Proving the formula says nothing of the domain: if
the answer has a root or a logarithm that the question lacks, every piece is checked for whether the answer
has a value there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from mnemosyne.calculus.balls import BITS, Place, Point, RealValues, precision, rational_point
from mnemosyne.calculus.equality import At, compare_at, constant_slope, differ_at, exists_at, extra_bits
from mnemosyne.calculus.existence import (
    equal_for_any_divisors,
    exists_beside_divisors,
    exists_throughout,
    has_doubtful_exponents,
    has_undefined_signs,
    may_be_constant,
    powers_of_zero,
    with_undefined_signs,
)
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.gaps import undefined_anywhere, undefined_part
from mnemosyne.calculus.pieces import Piece
from mnemosyne.calculus.powers_of_zero import UnclearError, place_apart_at_zeros
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.symbolic import proves_equal
from mnemosyne.verdict import Certainty

FEWEST_POINTS = 8  # the fewest points at which an unproved answer must agree
MOST_COMPARED = 2_500  # points
MOST_APART = 16  # points with a barely visible difference before the search for a better one ends
DOUBTFUL = (-2, -2)  # stands for no piece, and is never reached
FIRST_LOOK = (-1, -1)  # stands for no piece: the sample points belong to it


class Equality(Enum):
    """How two formulas compare over the whole domain."""

    EQUAL = auto()
    DIFFERENT = auto()
    NARROWED = auto()  # equal wherever the answer has a value, which is not everywhere
    UNDEFINED = auto()  # the answer has no value anywhere
    UNKNOWN = auto()
    TOO_LARGE = auto()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of a comparison, with its evidence.

    `certainty` says how firmly equality is known; `at` proves a difference or shows where the answer has
    no value; `part` has no value anywhere. For a narrowed answer, `kept` and `lost` are the ends of the
    pieces where it has a value and where it has none; an antiderivative can also be narrowed by a `jump`
    where its function has none.
    """

    equality: Equality  # how the answer compares
    at: Place | None = None
    certainty: Certainty | None = None
    part: NodeId | None = None
    kept: tuple[tuple[float, float], ...] = ()
    lost: tuple[tuple[float, float], ...] = ()
    jump: float | None = None


def decide(question: PreparedQuestion, answer: NodeId, *, derived: bool = False) -> Comparison:
    """Compare an answer with what is expected; one that is `derived` from what was typed has no signs of its own."""
    return _Decision(question, answer, question.derivative, derived=derived).outcome(last_resort=True)


def by_balls(question: PreparedQuestion, answer: NodeId, expected: NodeId | None = None) -> Comparison:
    """Return the same as `decide`, but without sympy."""
    return _Decision(question, answer, question.derivative if expected is None else expected).outcome(last_resort=False)


def place_apart(question: PreparedQuestion, answer: NodeId, expected: NodeId) -> Place | None:
    """Return a place that shows two formulas to be different, decided without sympy.

    If they are proved equal, it does not matter where only one of them has a value.
    """
    return _Decision(question, answer, expected).place_apart()


def exists(question: PreparedQuestion, node: NodeId) -> Comparison:
    """Return whether a node has a value wherever the expected node has one: EQUAL if so, else NARROWED or the like."""
    return _Decision(question, node, question.derivative).with_a_value()


def weaker(first: Comparison, second: Comparison) -> Comparison:
    """Return the combination of two comparisons: the second unless it is EQUAL, else the one of lesser certainty."""
    if second.equality is not Equality.EQUAL:
        return second
    return first if first.certainty is Certainty.COMPARED else second


def equal(question: PreparedQuestion, answer: NodeId, expected: NodeId | None = None) -> bool:
    """Return whether the answer equals the expected node, decided without sympy."""
    return by_balls(question, answer, expected).equality is Equality.EQUAL


def _constant_points(question: PreparedQuestion, expected: NodeId) -> list[Point]:
    """Return a point of each piece where the chain rule has no value, except for a factor of 0: √relu(x) for x < 0."""
    key = _constant_points, expected
    if key not in question.kept:
        pieces = question.pieces.of((question.f, expected)) if may_be_constant(question, expected) else ()
        with precision(BITS):
            points = [
                next((point for point in piece.points if _is_constant(question, expected, point)), None)
                for piece in pieces
            ]
        question.kept[key] = [point for point in points if point is not None]
    return [*question.kept[key]]


def _is_constant(question: PreparedQuestion, expected: NodeId, point: Point) -> bool:
    return constant_slope(RealValues(question.graph, point), question.f, expected) is not None


@dataclass(slots=True)
class _Survey:
    """The results at the points of all pieces."""

    same: int = 0
    kept: list[tuple[float, float]] = field(default_factory=list)
    lost: list[tuple[float, float]] = field(default_factory=list)
    missing: Point | None = None  # a point at which the answer is proved to have no value
    doubtful: Point | None = None  # a point at which it seems to have none
    different: Point | None = None
    apart: int = 0  # the number of points at which the two differ
    reached: set[tuple[int, int]] = field(default_factory=set)  # pieces of which something is known
    unclear: set[tuple[int, int]] = field(default_factory=set)  # pieces of which some part is unknown
    vague: bool = False
    too_large: bool = False
    complete: bool = True  # whether all pieces were looked at

    @property
    def settled(self) -> bool:
        """Whether there is a result for every piece."""
        return self.complete and self.unclear <= self.reached


class _Decision:
    def __init__(self, question: PreparedQuestion, answer: NodeId, expected: NodeId, *, derived: bool = False) -> None:
        self.question = question
        self.graph = question.graph
        self.answer = answer if derived else with_undefined_signs(question, expected, answer)
        self.expected = expected

    def outcome(self, *, last_resort: bool) -> Comparison:
        """Return the outcome; sympy is the last resort and, like the proof, ignores the domain.

        Sympy is not asked about a function without any value: it fails on 1/0.
        """
        apart = self._refuted()
        if apart is not None:
            return Comparison(Equality.DIFFERENT, apart)
        is_proved = self._proved()
        outcome = self.existing() if is_proved else self._surveyed()
        if outcome.equality not in (Equality.EQUAL, Equality.UNKNOWN):
            return outcome
        at_zeros = self._at_zeros_of_exponents()
        if at_zeros is not None:
            return at_zeros
        is_open = outcome.equality is Equality.UNKNOWN and not is_proved and last_resort and bool(self.question.samples)
        return self.existing() if is_open and proves_equal(self.graph, self.expected, self.answer) else outcome

    def _at_zeros_of_exponents(self) -> Comparison | None:
        """Return the outcome if a power of 0 makes the answer wrong at a single point, or may do so."""
        question, expected, answer = self.question, self.expected, self.answer
        powers = powers_of_zero(question, expected, answer)
        try:
            at = place_apart_at_zeros(question, powers, expected, answer)
        except UnclearError:
            return Comparison(Equality.UNKNOWN)
        return None if at is None else Comparison(Equality.DIFFERENT, at)

    def place_apart(self) -> Place | None:
        """Return a place that shows the two to be different; a proof that they are equal ends the search for it."""
        apart = self._refuted()
        if apart is not None or self._proved():
            return apart
        outcome = self._surveyed()
        return outcome.at if outcome.equality is Equality.DIFFERENT else None

    def _surveyed(self) -> Comparison:
        """Return how the two compare at the points of all pieces."""
        survey = self._survey(self._compared)
        survey.complete = survey.complete and self.question.pieces.both_parities
        return self._concluded(survey, proved=False)

    def existing(self) -> Comparison:
        """Return whether an answer with the right formula has a value everywhere.

        Its proof says nothing of pieces where the function is constant and the chain rule has no value.
        """
        question, expected, answer = self.question, self.expected, self.answer
        constant_points = _constant_points(question, expected)
        is_open = bool(constant_points) or has_undefined_signs(question, expected)
        if is_open and not equal_for_any_divisors(question, expected, answer):
            return self._concluded(self._survey(self._compared), proved=False)
        return self.with_a_value(constant_points)

    def with_a_value(self, constant_points: Sequence[Point] = ()) -> Comparison:
        """Return whether the answer has a value everywhere, whatever the value is but at points where f is constant."""
        if self._everywhere(constant_points):
            return Comparison(Equality.EQUAL, certainty=Certainty.PROVED)
        return self._concluded(self._survey(self._existing), proved=True)

    def _refuted(self) -> Place | None:
        """Return a sample point at which the two are proved different."""
        order: list[NodeId] = []
        for sample in self.question.samples:
            order = order or self.graph.reachable([self.answer, self.expected])
            with precision(BITS):
                sample.compute(order)
                if differ_at(self.expected, self.answer, sample):
                    return sample.point
        return None

    def _proved(self) -> bool:
        """Return whether the two are proved equal, first without f, which may be too much for one proof."""
        prover, f = self.question.prover, self.question.f
        return prover.proves_equal(self.expected, self.answer) or prover.proves_equal(self.expected, self.answer, f)

    def _everywhere(self, constant_points: Sequence[Point]) -> bool:
        """Whether the answer has a value wherever the question has one, by its structure and at a few points."""
        with precision(BITS):
            if not any(sample.value(self.answer).is_finite() for sample in self.question.samples):
                return False
        if not constant_points:
            return exists_throughout(self.question, self.expected, self.answer)
        if self._has_breaks_of_its_own() or not exists_beside_divisors(self.question, self.expected, self.answer):
            return False
        return all(self._existing(point) is At.SAME for point in constant_points)

    def _has_breaks_of_its_own(self) -> bool:
        """Whether the answer may change its formula where the question does not."""
        breaks = self.question.switches.breaks
        return not {*breaks((self.answer,))} <= {*breaks((self.question.f, self.expected))}

    def _survey(self, look: Callable[[Point], At]) -> _Survey:
        survey = _Survey()
        budget = MOST_COMPARED
        for piece in self._pieces():
            budget -= len(piece.points)
            if budget < 0:
                survey.complete = False
                break
            if not self._look_at(piece, look, survey):
                break
        survey.complete = survey.complete and self.question.pieces.complete and self.question.pieces.every_cell
        return survey

    def _pieces(self) -> Iterator[Piece]:
        yield from self.question.pieces.of((self.question.f, self.expected, self.answer))
        yield from (Piece((rational_point(sample.point),), 0.0, 0.0, FIRST_LOOK) for sample in self.question.samples)

    def _look_at(self, piece: Piece, look: Callable[[Point], At], survey: _Survey) -> bool:
        """Add what a piece shows; return False once no further piece is needed."""
        outcomes: list[At] = []
        for point in piece.points:
            outcome = look(point)
            outcomes.append(outcome)
            if outcome is At.DIFFERENT and not self._keeps_looking(point, survey):
                return False
            if outcome is At.NO_VALUE:
                survey.missing = survey.missing or point
            elif outcome is At.ZERO_DIVISOR:
                survey.doubtful = survey.doubtful or point
            if outcome in (At.OUTSIDE, At.NO_VALUE) and not piece.endless:
                break  # this holds for the whole piece
        self._tally(piece, outcomes, survey)
        return True

    def _keeps_looking(self, point: Point, survey: _Survey) -> bool:
        """Note a point where the two differ; return whether to look on for one where the difference is visible."""
        survey.apart += 1
        with precision(BITS):
            is_seen = differ_at(self.expected, self.answer, RealValues(self.graph, point))
        survey.different = point if is_seen or survey.different is None else survey.different
        return not is_seen and survey.apart < MOST_APART

    def _tally(self, piece: Piece, outcomes: list[At], survey: _Survey) -> None:
        survey.same += outcomes.count(At.SAME)
        survey.too_large = survey.too_large or At.TOO_LARGE in outcomes
        survey.vague = survey.vague or At.VAGUE in outcomes
        ends = piece.low, piece.high
        if At.NO_VALUE in outcomes:
            survey.lost.append(ends)
        elif At.SAME in outcomes:
            survey.kept.append(ends)
        if piece.whole == FIRST_LOOK and At.ZERO_DIVISOR in outcomes:
            survey.unclear.add(DOUBTFUL)  # it is a zero on a whole piece, not met by chance
        is_known = At.SAME in outcomes or At.OUTSIDE in outcomes or At.NO_VALUE in outcomes
        (survey.reached if is_known or piece.whole == FIRST_LOOK else survey.unclear).add(piece.whole)

    def _concluded(self, survey: _Survey, *, proved: bool) -> Comparison:
        if survey.different is not None:
            return Comparison(Equality.DIFFERENT, survey.different)
        missing = survey.missing or survey.doubtful
        if missing is not None and not (survey.same or survey.vague or survey.too_large):
            return self._undefined(missing, survey.doubtful)
        if survey.missing is not None and survey.same:
            return self._narrowed(survey)
        if survey.too_large and not survey.settled:
            return Comparison(Equality.TOO_LARGE)
        is_sure = survey.settled and survey.same >= FEWEST_POINTS
        if is_sure and not has_doubtful_exponents(self.question, self.expected, self.answer):
            return Comparison(Equality.EQUAL, certainty=Certainty.PROVED if proved else Certainty.COMPARED)
        return Comparison(Equality.UNKNOWN)

    def _undefined(self, missing: Point, doubtful: Point | None) -> Comparison:
        """Return that the answer has no value; a divisor that only seems to be zero must be proved to be."""
        if doubtful is None:
            return Comparison(Equality.UNDEFINED, part=undefined_part(self.graph, self.answer, missing))
        part = undefined_anywhere(self.graph, self.answer, self.question.prover)
        return Comparison(Equality.UNKNOWN) if part is None else Comparison(Equality.UNDEFINED, part=part)

    def _narrowed(self, survey: _Survey) -> Comparison:
        if not survey.settled:
            return Comparison(Equality.DIFFERENT, survey.missing)
        return Comparison(Equality.NARROWED, survey.missing, kept=tuple(survey.kept), lost=tuple(survey.lost))

    def _compared(self, point: Point) -> At:
        return compare_at(self.question.f, self.expected, self.answer, RealValues(self.graph, point), self._more)

    def _existing(self, point: Point) -> At:
        return exists_at(self.question.f, self.expected, self.answer, RealValues(self.graph, point))

    @cached_property
    def _more(self) -> int:
        """Extra bits that large numbers and constants need."""
        return max(extra_bits(self.graph, root) for root in (self.answer, self.expected, self.question.f))
