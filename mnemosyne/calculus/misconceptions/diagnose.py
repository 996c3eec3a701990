"""Which misconception a wrong answer shows: the one whose rule gives exactly that answer.

Every rule is tried at every place where its mistake can happen, in every usual view of the function, then
at all places at once; then rules about whole answers; then pairs of the commonest mistakes. A mistake is
only named on agreement in ball arithmetic at four points or more, so an answer wrong for an unknown
reason gets no name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import TypeVar

from mnemosyne.calculus.balls import BITS, RealValues, precision
from mnemosyne.calculus.chain_links import LinkedPart, link_index, linked_parts
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import NodeId, Op
from mnemosyne.calculus.misconceptions.answer_matching import Matching
from mnemosyne.calculus.misconceptions.candidates import Candidate, Candidates
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE, OF_GRAPHS
from mnemosyne.calculus.misconceptions.constants import CONSTANT_FACTOR, constant_factor
from mnemosyne.calculus.misconceptions.links import MISSING_INNER
from mnemosyne.calculus.misconceptions.misconception import (
    AtLink,
    Factor,
    Inner,
    Misconception,
    OfAnswer,
    OfOuterDerivative,
    WrongDerivative,
    as_wrong_derivative,
)
from mnemosyne.calculus.misconceptions.mistake_messages import Messages
from mnemosyne.calculus.misconceptions.powers import POWERS
from mnemosyne.calculus.misconceptions.site import without_number
from mnemosyne.calculus.misconceptions.views import FunctionView, views
from mnemosyne.calculus.misconceptions.whole_answers import integrated_power, integrated_whole
from mnemosyne.calculus.prepared_question import PreparedQuestion

T = TypeVar("T")
# The budget, in candidates times nodes of f: first for single places, then for the rest. It bounds the time
# of a verdict.
MOST_SINGLES = 60_000
MOST_OTHERS = 2_400
# The commonest mistakes; pairs are looked for among these.
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
# Further mistakes that may be made at all places at once.
ALSO_EVERYWHERE = (
    "no-chain-at-all",
    "power-lowered-twice",
    "power-raised",
    "wrong-table-entry",
    "constant-kept",
    "activation-derivative",
)
# The mistakes by which a case is left out, such as 1 for the derivative of |x|, which is right for x > 0.
OF_CASES = (
    "missing-inner-derivative",
    "inner-derivative-only",
    "inner-replaced-by-its-derivative",
    "no-chain-at-all",
    "constant-multiple-dropped",
)
EVERYWHERE = 7  # how many candidates at one place cost as much as one at all places
ALSO_A_SIGN = "A sign is wrong too."
OF_SIGNS = ("sign-flipped", "trig-sign", "quotient-order", "quotient-sum", "product-rule-minus")
# The mistakes that may be named for a number, which so many give by chance that only the commonest count.
OF_NUMBERS = (*OF_GRAPHS, *COMMON, "wrong-variable")
OF_GRADIENTS_AS_NUMBERS = (*OF_GRAPHS, "sign-flipped", "wrong-variable")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A named mistake: the misconception's id, the message with this question's parts in it, and where it happened.

    `link` is an index into the question's links; None if the mistake belongs to none of them, or to several.
    """

    id: str  # the id of the misconception
    message: str  # the message, as a sentence
    link: int | None = None
    pair: bool = False  # two mistakes, of which this is the second
    inside: bool = False  # whether the derivative of the inner function is wrong too


class MisconceptionSearch:
    """The search for the mistake in one answer."""

    def __init__(self, question: PreparedQuestion, answer: NodeId, at: RealValues | None) -> None:
        self.question = question
        self.matching = Matching(question, answer, at)
        self.messages = Messages(question, answer)
        asked = {"gradient": question.gradient, "rounded": self.matching.rounded}
        self.order, self._placed = _order(**asked), _placed(**asked)
        self.original = FunctionView(question.f)
        self._own_nodes = frozenset(question.graph.reachable([question.f]))
        self._left = MOST_SINGLES // len(self._own_nodes)

    def finding(self) -> Diagnosis | None:
        """Return the mistake that explains the answer, else a pair of mistakes, else None."""
        if not self.matching.possible or self.matching.agrees(self.question.derivative):
            return None  # the answer differs on a piece that the points do not show
        single = self._single()
        if single or self.matching.right_at_a_point:
            return single
        self._left = MOST_OTHERS // len(self._own_nodes)
        mistake = self._everywhere() or self._first_in_pieces(self._wholes(last=True)) or self._pair()
        return mistake or right_but_for_constant(self.matching)

    def _single(self) -> Diagnosis | None:
        """Return one mistake, at one place or in the answer as a whole, whose rule gives the wrong answer."""
        ranks = {entry.id: i for i, entry in enumerate(self.order)}
        matches = sorted(
            [*self._places(), *self._wholes(last=False)],
            key=lambda match: (
                not self._integrates(match[0]),  # other mistakes give 2√x for 1/√x by chance
                match[1] != self.matching.answer,
                not match[0].view.is_original and match[0].misconception not in POWERS,
                self._splits_power(match[0]),
                ranks[match[0].misconception.id],
                not self._stands_in_question(match[0]),
                match[0].view.is_original,
            ),
        )
        return self._first_in_pieces(matches)

    def _first_in_pieces(self, matches: Iterable[tuple[Candidate, NodeId]]) -> Diagnosis | None:
        """Return the first of the matches at the points that agrees in every piece too."""
        mistakes = (match for match in matches if not self._gives_it_by_chance(match[0]))
        agreeing = (candidate for candidate, answer in mistakes if self.matching.agrees_in_pieces(answer))
        best = next(agreeing, None)
        return self._diagnosis(best) if best else None

    def _gives_it_by_chance(self, candidate: Candidate) -> bool:
        """Return whether a candidate is no mistake at one of the points, so that it gives the answer by chance.

        A mistake in one case is none that explains an answer with one formula for all cases.
        """
        matching = self.matching
        if not matching.right_at_a_point or candidate.misconception.id in OF_CASES:
            return False
        if candidate.wrong.whole or self._leaves_out_a_case:
            return True
        right, wrong = self.question.calculus.derivative(candidate.node), self._views[0].local(candidate)
        return matching.meet_at_a_point(right, wrong)

    @cached_property
    def _leaves_out_a_case(self) -> bool:
        may_change = self.question.switches.may_change
        return may_change([self.question.derivative]) and not may_change([self.matching.answer])

    def _integrates(self, candidate: Candidate) -> bool:
        """Return whether a power of x, or the whole function, was integrated."""
        of_power_of_x = candidate.rule.wrong is integrated_power and candidate.inner == self.question.calculus.variable
        return candidate.rule.wrong is integrated_whole or of_power_of_x

    def _splits_power(self, candidate: Candidate) -> bool:
        """Return whether a mistake is about 1/u with u a root or a power, which most people read as a single power."""
        graph = self.question.graph
        divides = graph.op[candidate.node] is Op.QUOTIENT and isinstance(candidate.rule, AtLink)
        inner = without_number(graph, candidate.inner)
        return divides and (graph.op[inner] is Op.POWER or graph.payload[inner] in ("sqrt", "cbrt"))

    def _stands_in_question(self, candidate: Candidate) -> bool:
        """Whether a learner sees the part with the mistake: not the g³ below a fraction for g⁻³."""
        return candidate.node in self._own_nodes or candidate.node in candidate.view.rewritten

    def _places(self) -> Iterator[tuple[Candidate, NodeId]]:
        """Yield the candidates at one place that give the answer at the points, each with its own
        form of the answer.
        """
        for candidates, candidate in self._candidates(self._placed):
            answer = candidates.agrees_at_points(candidate, self.matching)
            if answer is not None:
                yield candidate, answer

    def _candidates(self, entries: Sequence[Misconception]) -> Iterator[tuple[Candidates, Candidate]]:
        """Yield the candidates of the misconceptions in each view, as many as the budget allows; no more are made."""
        for candidates in self._views:
            for entry in entries:
                if self._left <= 0:
                    return
                for candidate in islice(candidates.of(entry), self._left):
                    self._left -= 1
                    yield candidates, candidate

    def _wholes(self, *, last: bool) -> Iterator[tuple[Candidate, NodeId]]:
        for entry in self.order:
            for rule in entry.rules:
                if isinstance(rule, OfAnswer) and rule.last is last:
                    yield from self._answers(entry, rule)

    def _answers(self, entry: Misconception, rule: OfAnswer) -> Iterator[tuple[Candidate, NodeId]]:
        f = self.question.f
        for value in self._affordable(rule.wrong(self.matching)):
            wrong = as_wrong_derivative(value)
            if self.matching.agrees_at_points(wrong.value):
                yield Candidate(entry, wrong, f, f, self.original, rule), wrong.value

    def _everywhere(self) -> Diagnosis | None:
        """Return the first mistake that, made at all places at once, gives the answer."""
        if self.matching.rounded:
            return None
        for candidates, variants in self._affordable(self._repeated(), weight=EVERYWHERE):
            answer = candidates.everywhere(variants, self.matching)
            if answer is not None and self.matching.agrees(answer):
                return self._diagnosis(variants[0], "The mistake occurs in more than one place.")
        return None

    def _repeated(self) -> Iterator[tuple[Candidates, list[Candidate]]]:
        """Yield the mistakes that can happen at several nodes, each with all of its places, outermost first."""
        for rewritten in self._views:
            view, original = rewritten.view, self._views[0]
            candidates = rewritten if view.is_original else rewritten.of_whole_view(original)
            for name in (*COMMON, *ALSO_EVERYWHERE):
                entry = CATALOGUE[name]
                if not rewritten.of(entry):
                    continue  # the candidates of the original view are the same
                for variants in _by_variant(candidates.of(entry)):
                    places = {candidate.node for candidate in variants}
                    seen_otherwise = view.is_original or places & view.made
                    if len(places) > 1 and seen_otherwise and not variants[0].wrong.whole:
                        yield candidates, variants

    @cached_property
    def _views(self) -> list[Candidates]:
        """The candidates of each view; they do not depend on the answer, so the question caches them."""
        question = self.question
        if Candidates not in question.kept:
            ways = views(question.graph, question.f, question.depending)
            calculus = question.calculus
            question.kept[Candidates] = [Candidates(question, view, calculus, rewritten_only=True) for view in ways]
        kept: list[Candidates] = question.kept[Candidates]
        return kept

    def _affordable(self, candidates: Iterator[T], weight: int = 1) -> Iterator[T]:
        """Yield items until the budget is spent."""
        while self._left > 0 and (candidate := next(candidates, None)) is not None:
            self._left -= weight
            yield candidate

    def _pair(self) -> Diagnosis | None:
        """Return two mistakes at once: at one link, with a lost sign, or at two nodes."""
        if self.matching.rounded:
            return None
        of_one_place = self._with_inner_missing() or self._with_sign()
        return of_one_place if self.question.gradient else of_one_place or self._at_two_nodes()

    def _with_inner_missing(self) -> Diagnosis | None:
        """Return a wrong outer derivative whose inner derivative is missing too."""
        for candidates, candidate in self._candidates(self._placed):
            bare = candidate.inner == self.question.calculus.variable
            if bare or not isinstance(candidate.rule, OfOuterDerivative):
                continue
            alone = WrongDerivative(candidate.wrong.value)
            missing = candidate._replace(misconception=MISSING_INNER, wrong=alone, inner_derivative=Inner.LOST)
            if candidates.agrees(missing, self.matching) is not None:
                return self._diagnosis(missing, self.messages.of(candidate), two=True)
        return None

    def _with_sign(self) -> Diagnosis | None:
        for candidates, candidate in self._candidates([CATALOGUE[name] for name in (*COMMON, "power-of-derivative")]):
            of_sign = candidate.misconception.id in OF_SIGNS
            if not of_sign and candidates.agrees_but_for_sign(candidate, self.matching):
                return self._diagnosis(candidate, ALSO_A_SIGN)
        return None

    def _at_two_nodes(self) -> Diagnosis | None:
        for further, first, second in self._affordable(self._pairs()):
            if further.agrees(second, self.matching) is not None:
                return self._diagnosis(second, self.messages.of(first), two=True)
        return None

    def _pairs(self) -> Iterator[tuple[Candidates, Candidate, Candidate]]:
        """Yield inner mistakes, each paired with the mistakes possible further out."""
        candidates = self._views[0]
        for name in COMMON:
            for first in candidates.of(CATALOGUE[name]):
                if first.wrong.whole:
                    continue
                further = candidates.after(first)
                for second_name in COMMON:
                    for second in further.of(CATALOGUE[second_name]):
                        yield further, first, second

    def _diagnosis(self, candidate: Candidate, more: str = "", *, two: bool = False) -> Diagnosis:
        parts = ("Two mistakes." if two else "", self.messages.of(candidate), more)
        calculus = self.question.calculus
        links = [] if two or more else linked_parts(calculus, self.question.f)
        link, inside = mistaken_link(candidate, calculus, links)
        return Diagnosis(candidate.misconception.id, " ".join(filter(None, parts)), link, two, inside)


def mistaken_link(candidate: Candidate, calculus: Calculus, links: Sequence[LinkedPart]) -> tuple[int | None, bool]:
    """Return the only link at which a mistake happened, if any, and whether the mistake extends inside it.

    It does if the whole inner derivative is wrong, or if what was seen as one power is several links.
    """
    rule = candidate.rule
    if isinstance(rule, OfAnswer) or (isinstance(rule, AtLink) and rule.mistaken is None):
        return None, False
    original = candidate.view.rewritten
    node, inner = original.get(candidate.node, candidate.node), original.get(candidate.inner, candidate.inner)
    if isinstance(rule, AtLink) and rule.mistaken is Factor.INNER:
        link = link_index(calculus, links, inner)
        return link, link is not None
    link = link_index(calculus, links, node)
    spans = candidate.node in original and link_index(calculus, links, node, inner) is None
    return link, link is not None and spans


@lru_cache
def _order(*, gradient: bool, rounded: bool) -> tuple[Misconception, ...]:
    """Return the misconceptions in order of preference: for a gradient, those of graphs first."""
    names = dict.fromkeys([*OF_GRAPHS, *CATALOGUE] if gradient else CATALOGUE)
    if rounded:
        names = dict.fromkeys(OF_GRADIENTS_AS_NUMBERS if gradient else OF_NUMBERS)
    return tuple(CATALOGUE[name] for name in names)


@lru_cache
def _placed(*, gradient: bool, rounded: bool) -> tuple[Misconception, ...]:
    """Return, in order, those with a rule for places in the function."""
    entries = _order(gradient=gradient, rounded=rounded)
    return tuple(entry for entry in entries if any(not isinstance(rule, OfAnswer) for rule in entry.rules))


def right_but_for_constant(matching: Matching) -> Diagnosis | None:
    """Return the diagnosis that an answer is right up to its sign or a constant factor, or None."""
    if matching.agrees(matching.graph.negation(matching.derivative)):
        return Diagnosis("sign-flipped", "Right except for the sign.")
    for value in constant_factor(matching):
        assert isinstance(value, WrongDerivative)
        return Diagnosis(CONSTANT_FACTOR.id, CONSTANT_FACTOR.message.format(**value.parts))
    return None


def _by_variant(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """Return the candidates grouped by rule and variant, each group at different places."""
    groups: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault((id(candidate.rule), candidate.variant), []).append(candidate)
    return list(groups.values())


def diagnose(question: PreparedQuestion, answer: NodeId, at: RealValues | None = None) -> Diagnosis | None:
    """Return the mistake that a wrong answer shows, or None; `at` is the point if a number was asked for,
    which may be rounded.
    """
    with precision(BITS):
        return MisconceptionSearch(question, answer, at).finding()
