"""Which slip a wrong answer shows: the first, in the catalogue's order, whose answer agrees with it at every point.

Each slip is tried at every place where it can happen; the rest of the derivative stays as the rules have it. A name is
only given on agreement in ball arithmetic at four points or more, so an answer wrong for no known reason gets none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from mnemosyne.calculus.balls import BITS, precision
from mnemosyne.calculus.graph import NodeId, Op
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.calculus.misconceptions.place import places
from mnemosyne.calculus.misconceptions.rules import AT_A_NODE
from mnemosyne.calculus.misconceptions.slips import AT_A_PLACE, NEEDS_A_CHAIN, Slip
from mnemosyne.calculus.prepared import Prepared
from mnemosyne.calculus.tidy import Tidy
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_unicode_line

AGREEING_POINTS = 4
NARROW = arb(2) ** -60  # relative; a wider ball agrees with too much to count
PLAIN_RATIO = 20  # the largest numerator and denominator of a constant factor that is named


@dataclass(frozen=True, slots=True)
class Finding:
    """A named mistake: the misconception's id, and the message with this question's parts in it."""

    id: str
    message: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """The answer that a slip would give, and where it happens."""

    answer: NodeId
    part: NodeId
    inner: NodeId


class Diagnosis:
    """The search for one answer's slip."""

    def __init__(self, question: Prepared, answer: NodeId) -> None:
        self.question = question
        self.answer = answer
        self.given = question.balls(answer)
        nodes = question.graph.reachable([question.f])
        self.nodes = list(reversed(nodes))
        self.places = places(question.calculus, nodes, question.depending)

    def finding(self) -> Finding | None:
        """The first slip that explains the answer."""
        for name in CATALOGUE:
            for candidate in self._candidates(name):
                if self._agrees(candidate.answer):
                    return self._told(name, candidate)
        # Last: a slip that explains the factor says more than the factor does.
        ratio = self._ratio()
        return Finding("constant-factor", _scaled(ratio)) if ratio is not None else None

    def _candidates(self, name: str) -> Iterator[Candidate]:
        if name in AT_A_PLACE:
            yield from self._at_places(name, AT_A_PLACE[name])
        if name in AT_A_NODE:
            for node in self.nodes:
                for local in AT_A_NODE[name](self.question.calculus, node):
                    yield Candidate(self._instead(node, local), node, node)
        if name == "missing-inner-derivative":
            yield from self._links_left_out()
        elif name == "lost-bracket":
            yield from self._lost_brackets()
        whole = self._of_the_whole(name)
        if whole is not None:
            yield Candidate(whole, self.question.f, self.question.f)

    def _at_places(self, name: str, slip: Slip) -> Iterator[Candidate]:
        for place in self.places:
            if name in NEEDS_A_CHAIN and place.inner == place.x:
                continue
            for local in slip(place):
                yield Candidate(self._instead(place.node, local), place.node, place.inner)

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

    def _instead(self, node: NodeId, local: NodeId) -> NodeId:
        return self.question.calculus.derivative(self.question.f, {node: local})

    def _links_left_out(self) -> Iterator[Candidate]:
        """One link in the middle of a chain counted as 1."""
        for place in self.places:
            if place.inner == place.x or place.node == self.question.f:
                continue
            yield Candidate(self._instead(place.node, place.d), place.node, place.inner)

    def _lost_brackets(self) -> Iterator[Candidate]:
        """F′(g)·u′ + v′ for g = u + v; and a link inside one term of a sum that multiplies the whole sum."""
        calculus, graph = self.question.calculus, self.question.graph
        for place in self.places:
            if graph.op[place.d] is Op.SUM:
                for i, term in enumerate(graph.operands[place.d]):
                    others = graph.operands[place.d][:i] + graph.operands[place.d][i + 1 :]
                    local = graph.sum(graph.product(place.slope(place.inner), term), *others)
                    yield Candidate(self._instead(place.node, local), place.node, place.inner)
        for node in self.nodes:
            if graph.op[node] is Op.SUM:
                for place in self.places:
                    if place.node in graph.operands[node]:
                        rest = calculus.derivative(node, {place.node: place.slope(place.inner)})
                        yield Candidate(self._instead(node, graph.product(rest, place.d)), place.node, place.inner)

    def _is_antiderivative(self) -> bool:
        slope = self.question.calculus.derivative(self.answer)
        wanted = self.question.balls(self.question.f)
        return self._same(self.question.balls(slope), wanted)

    def _is_value_at_a_point(self) -> bool:
        """Whether a constant answer is the derivative at a small whole number."""
        question = self.question
        graph = question.graph
        if question.calculus.variable in graph.reachable([self.answer]):
            return False
        for x in range(-5, 6):
            there = graph.replaced(question.derivative, question.calculus.variable, graph.number(x))
            if self._agrees(there):
                return True
        return False

    def _agrees(self, candidate: NodeId) -> bool:
        if candidate == self.question.derivative:
            return False
        with precision(BITS):
            agreeing = 0
            for values, given in zip(self.question.samples, self.given, strict=True):
                if not given.is_finite():
                    continue
                ball = values.value(candidate)
                if not ball.is_finite() or not ball.overlaps(given) or not _is_narrow(ball, given):
                    return False
                agreeing += 1
        return agreeing >= AGREEING_POINTS

    def _same(self, balls: list[arb], others: list[arb]) -> bool:
        pairs = [(a, b) for a, b in zip(balls, others, strict=True) if a.is_finite() and b.is_finite()]
        return len(pairs) >= AGREEING_POINTS and all(a.overlaps(b) for a, b in pairs)

    def _ratio(self) -> Fraction | None:
        """answer / derivative, where that is one plain rational other than 0, 1 and -1."""
        with precision(BITS):
            true = self.question.balls(self.question.derivative)
            quotients = [given / wanted for given, wanted in zip(self.given, true, strict=True)]
            quotients = [quotient for quotient in quotients if quotient.is_finite()]
            if len(quotients) < AGREEING_POINTS:
                return None
            ratio = Fraction(float(quotients[0].mid())).limit_denominator(PLAIN_RATIO)
            if ratio in (0, 1, -1) or abs(ratio.numerator) > PLAIN_RATIO:
                return None
            exact = arb(ratio.numerator) / ratio.denominator
            return ratio if all(quotient.overlaps(exact) for quotient in quotients) else None

    def _told(self, name: str, candidate: Candidate) -> Finding:
        nodes = {"part": candidate.part, "inner": candidate.inner}
        message = CATALOGUE[name].message
        parts = {key: self._shown(node) for key, node in nodes.items() if f"{{{key}}}" in message}
        return Finding(name, message.format(**parts))

    def _shown(self, node: NodeId) -> str:
        graph = self.question.graph
        return to_unicode_line(to_tree(graph, Tidy(graph).tidied(node)))


def _is_narrow(one: arb, other: arb) -> bool:
    return bool((one.rad() + other.rad()) <= NARROW * one.abs_lower()) or (one.rad() + other.rad() == 0)


def _scaled(ratio: Fraction) -> str:
    sign = " and of the wrong sign" if ratio < 0 else ""
    size = abs(ratio)
    how = f"{size} times too large" if size > 1 else f"{1 / size} times too small"
    return f"Right up to a constant factor: yours is {how}{sign}."


def diagnose(question: Prepared, answer: NodeId) -> Finding | None:
    """The slip that a wrong answer shows, if it shows one."""
    return Diagnosis(question, answer).finding()
