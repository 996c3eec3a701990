"""Which slip a wrong answer shows: the first, in the catalogue's order, whose answer agrees with it at every point.

Each slip is tried at every place where it can happen; the rest of the derivative stays as the rules have it. After the
single slips come a constant factor and then pairs of the commonest. A name is only given on agreement in ball
arithmetic at four points or more, so an answer wrong for no known reason gets none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from flint import arb

from mnemosyne.calculus.balls import BITS, RealValues, precision
from mnemosyne.calculus.graph import NodeId
from mnemosyne.calculus.misconceptions.candidates import Candidate, Candidates
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE, title_of
from mnemosyne.calculus.misconceptions.of_graphs import OF_GRAPHS
from mnemosyne.calculus.prepared import Prepared
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_unicode_line

T = TypeVar("T")
AGREEING_POINTS = 4
ROUNDED = arb("0.001")  # relative: how near a typed number is to the one that a slip gives
NARROW = arb(2) ** -60  # relative; a wider ball agrees with too much to count
PLAIN_RATIO = 20  # the largest numerator and denominator of a constant factor that is named
MOST_WORK = 80_000  # candidates times nodes of f: some 30 ms, so that a verdict never waits long for its name
# The commonest slips: two of these may come together.
COMMON = (
    "missing-inner-derivative",
    "outer-at-x",
    "outer-not-differentiated",
    "sign-flipped",
    "trig-sign",
    "power-not-reduced",
    "power-factor-dropped",
    "exponential-base-log-dropped",
    "product-rule-as-product",
    "product-rule-half",
    "quotient-denominator",
    "quotient-order",
    "constant-multiple-dropped",
)
_OF_GRAPHS = frozenset(entry.id for entry in OF_GRAPHS)
_GRAPH_FIRST = tuple(dict.fromkeys([*(entry.id for entry in OF_GRAPHS), *CATALOGUE]))


@dataclass(frozen=True, slots=True)
class Finding:
    """A named mistake: the misconception's id, and the message with this question's parts in it."""

    id: str
    message: str


class Diagnosis:
    """The search for one answer's slip."""

    def __init__(self, question: Prepared, answer: NodeId, at: RealValues | None = None) -> None:
        self.question = question
        self.answer = answer
        self.rounded = at is not None
        self.samples = [at] if at is not None else question.samples
        with precision(BITS):
            self.given = [sample.value(answer) for sample in self.samples]
        self.candidates = Candidates(question, question.calculus)
        self._left = MOST_WORK // len(self.candidates.nodes)

    def finding(self, thorough: bool) -> Finding | None:
        """The first slip that explains the answer, with another that gives the same answer; else a pair of slips."""
        if self._agrees(self.question.derivative):
            return None  # it differs on a piece that the points do not show
        matching = self._matching()
        first = next(matching, None)
        if first is not None:
            others = (candidate for candidate in matching if self._differ(first, candidate))
            other = next(others, None) if thorough else None
            also = f" It could also be: {title_of(other.name)}." if other else ""
            return Finding(first.name, self._told(first) + also)
        # A slip that explains the factor says more than the factor does.
        ratio = None if self.rounded else self._ratio()
        if ratio is not None:
            return Finding("constant-factor", _scaled(ratio))
        return None if self.rounded else self._pair()

    def _matching(self) -> Iterator[Candidate]:
        """The single slips whose answer is this one, in the catalogue's order."""
        for name in _GRAPH_FIRST if self.question.gradient else CATALOGUE:
            for candidate in self._affordable(self.candidates.named(name)):
                if self._agrees(candidate.answer):
                    yield candidate
            whole = None if self.rounded else self._of_the_whole(name)
            if whole is not None and self._agrees(whole):
                f = self.question.f
                yield Candidate(name, whole, f, whole, f, f)

    def _differ(self, first: Candidate, other: Candidate) -> bool:
        """Whether the other slip is worth a word: of a graph only another slip of graphs is."""
        return other.name != first.name and (not self.question.gradient or other.name in _OF_GRAPHS)

    def _affordable(self, candidates: Iterator[T]) -> Iterator[T]:
        """As many as there is still time for."""
        while self._left > 0 and (candidate := next(candidates, None)) is not None:
            self._left -= 1
            yield candidate

    def _of_the_whole(self, name: str) -> NodeId | None:
        """The answer of a slip that has no place of its own."""
        question = self.question
        match name:
            case "sign-flipped":
                return question.graph.negation(question.derivative)
            case "not-differentiated":
                return question.f
            case "differentiated-twice":
                return question.calculus.derivative(question.derivative)
            case "integrated" if self._is_antiderivative():
                return self.answer
            case "right-at-a-point" if self._is_value_at_a_point():
                return self.answer
        return None

    def _pair(self) -> Finding | None:
        """Two slips at once: at two nodes, or one with the sign lost as well."""
        for name in COMMON:
            for candidate in self._affordable(self.candidates.named(name)):
                if self._agrees(self.question.graph.negation(candidate.answer)):
                    return Finding(name, f"{self._told(candidate)} And a sign is wrong.")
        for first, second in self._affordable(self._pairs()):
            if self._agrees(second.answer):
                return Finding(second.name, f"Two slips. {self._told(second)} {self._told(first)}")
        return None

    def _pairs(self) -> Iterator[tuple[Candidate, Candidate]]:
        """Inner slips, each with the slips further out that the rest of the work may have."""
        for name in COMMON:
            for first in self.candidates.named(name):
                slipped = self.question.calculus.with_slip(first.node, first.local)
                further = Candidates(self.question, slipped, above=first.node)
                for other in COMMON:
                    for second in further.named(other):
                        yield first, second

    def _is_antiderivative(self) -> bool:
        slope = self.question.calculus.derivative(self.answer)
        wanted = self.question.balls(self.question.f)
        pairs = zip(self.question.balls(slope), wanted, strict=True)
        met = [a.overlaps(b) for a, b in pairs if a.is_finite() and b.is_finite()]
        return len(met) >= AGREEING_POINTS and all(met)

    def _is_value_at_a_point(self) -> bool:
        """Whether a constant answer is the derivative at a small whole number."""
        question = self.question
        graph = question.graph
        if any(graph.symbol(name) in graph.reachable([self.answer]) for name in question.names):
            return False
        values = (graph.number(x) for x in range(-5, 6))
        return any(self._agrees(graph.replaced(question.derivative, question.calculus.variable, x)) for x in values)

    def _agrees(self, candidate: NodeId) -> bool:
        with precision(BITS):
            agreeing = 0
            for sample, given in zip(self.samples, self.given, strict=True):
                if not given.is_finite():
                    continue
                ball = sample.value(candidate)
                if not ball.is_finite() or not self._meets(ball, given):
                    return False
                agreeing += 1
        return agreeing >= (1 if self.rounded else AGREEING_POINTS)

    def _meets(self, ball: arb, given: arb) -> bool:
        if self.rounded:
            return bool(abs(ball - given) <= ROUNDED * abs(given)) and bool(given != 0)
        return bool(ball.overlaps(given)) and _is_narrow(ball, given)

    def _ratio(self) -> Fraction | None:
        """answer / derivative, where that is one plain rational other than 0, 1 and -1."""
        with precision(BITS):
            true = self.question.balls(self.question.derivative)
            quotients = [given / wanted for given, wanted in zip(self.given, true, strict=True)]
            quotients = [quotient for quotient in quotients if quotient.is_finite()]
            if len(quotients) < AGREEING_POINTS or not abs(quotients[0]) < PLAIN_RATIO + 1:
                return None
            ratio = Fraction(float(quotients[0].mid())).limit_denominator(PLAIN_RATIO)
            if ratio in (0, 1, -1) or abs(ratio.numerator) > PLAIN_RATIO:
                return None
            exact = arb(ratio.numerator) / ratio.denominator
            return ratio if all(quotient.overlaps(exact) for quotient in quotients) else None

    def _told(self, candidate: Candidate) -> str:
        nodes = {"part": candidate.part, "inner": candidate.inner}
        message = CATALOGUE[candidate.name].message
        parts = {key: self._shown(node) for key, node in nodes.items() if f"{{{key}}}" in message}
        return message.format(**parts)

    def _shown(self, node: NodeId) -> str:
        return to_unicode_line(to_tree(self.question.graph, node))


def _is_narrow(one: arb, other: arb) -> bool:
    return bool((one.rad() + other.rad()) <= NARROW * one.abs_lower()) or (one.rad() + other.rad() == 0)


def _scaled(ratio: Fraction) -> str:
    sign = " and of the wrong sign" if ratio < 0 else ""
    size = abs(ratio)
    how = f"{size} times too large" if size > 1 else f"{1 / size} times too small"
    return f"Right up to a constant factor: yours is {how}{sign}."


def diagnose(
    question: Prepared, answer: NodeId, at: RealValues | None = None, *, thorough: bool = True
) -> Finding | None:
    """The slip that a wrong answer shows, if it shows one; `at` where a number was asked for, which may be rounded.

    `thorough` looks on for another slip that gives the same answer, to mention it.
    """
    return Diagnosis(question, answer, at).finding(thorough)
