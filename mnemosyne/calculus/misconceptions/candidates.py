"""The wrong answers that the misconceptions would give to one question, each with its place.

A derivative is linear in the derivative of each node under it, with a factor that belongs to that node.
The factors of all nodes at one point come from one walk down from f, so most candidates are rejected by
one number each, and only the rest are built. If one mistake is already in the calculus, the same search
finds pairs of mistakes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from flint import arb

from mnemosyne.calculus.balls import NAN, RealValues
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import NodeId, Op
from mnemosyne.calculus.lazy import Lazy
from mnemosyne.calculus.misconceptions.answer_matching import Matching
from mnemosyne.calculus.misconceptions.edges import Edge, edges
from mnemosyne.calculus.misconceptions.misconception import (
    AlongEdge,
    AtLink,
    AtNode,
    Inner,
    Misconception,
    OfOuterDerivative,
    Rule,
    WrongDerivative,
)
from mnemosyne.calculus.misconceptions.site import (
    Composition,
    Site,
    around,
    composition,
    contributing,
    multiple_of,
    outermost_first,
    without_number,
)
from mnemosyne.calculus.misconceptions.views import FunctionView
from mnemosyne.calculus.prepared import Prepared

AtPlace = AtLink | OfOuterDerivative | AtNode
_AT_PLACE = (AtLink, OfOuterDerivative, AtNode)  # faster for isinstance than the union
ZERO = arb(0)


class Candidate(NamedTuple):
    """A mistake at a node: its derivative is replaced by `wrong.value`, which may instead be the whole answer.

    It happens at `node`, with inner expression `inner`, in one `view` of the function, by a `rule` of the
    `misconception`. With `inner_derivative` BESIDE, `wrong.value` replaces the outer derivative alone;
    `variant` numbers what the rule yields at one place.
    """

    misconception: Misconception
    wrong: WrongDerivative
    node: NodeId
    inner: NodeId
    view: FunctionView
    rule: Rule
    variant: int = 0
    inner_derivative: Inner = Inner.WITHIN


class Candidates:
    """The mistakes that can happen to one view of a question under one calculus.

    `above` leaves out inner nodes; `rewritten_only` leaves out the nodes that a rewritten view
    shares with the question.
    """

    def __init__(
        self,
        question: Prepared,
        view: FunctionView,
        calculus: Calculus,
        above: NodeId = -1,
        *,
        rewritten_only: bool = False,
    ) -> None:
        self.question = question
        self.graph = question.graph
        self.view = view
        self.calculus = calculus
        self._above = above
        self._rewritten_only = rewritten_only
        self._first: RealValues | None = None  # the point at which the next two were computed
        self._factors: dict[NodeId, arb] = {}
        self._around: dict[NodeId, tuple[arb, arb]] = {}
        self._kept: dict[str, Lazy[Candidate]] = {}
        self._whole: Candidates | None = None
        self._places: dict[tuple[type, frozenset[str] | frozenset[Op]], Sequence[Site]] = {}
        self._known_places: dict[NodeId, Composition] = {}

    def after(self, mistake: Candidate) -> Candidates:
        """Return the mistakes further out that can be made in addition to one."""
        calculus = self.calculus.with_mistake(mistake.node, self.local(mistake))
        further = Candidates(self.question, self.view, calculus, above=mistake.node)
        further.compositions = [place.under(calculus) for place in self.compositions if place.node > mistake.node]
        further.sites = [site.under(calculus) for site in self.sites if site.node > mistake.node]
        return further

    def of_whole_view(self, original: Candidates) -> Candidates:
        """Return the candidates at all nodes of the view; these are only those at rewritten nodes.

        Compositions that the view shares with the original are reused.
        """
        if self._whole is None:
            self._whole = Candidates(self.question, self.view, self.calculus)
            places = (*original.compositions, *self.compositions)
            self._whole._known_places = {place.node: place for place in places}
        return self._whole

    @cached_property
    def nodes(self) -> list[NodeId]:
        """The nodes where mistakes are looked for, outermost first."""
        nodes = contributing(self.calculus, self.question.tidy, self.view.root, self._surely_varies)
        allowed = self.view.made if self._rewritten_only and not self.view.is_original else nodes
        return [node for node in nodes if node > self._above and node in allowed]

    def _surely_varies(self, node: NodeId) -> bool:
        """Whether the derivative of a node is seen to be non-zero at the first point."""
        slopes = self.question.balls(self.calculus.derivative(node), 1)
        return any(slope.is_finite() and not slope.contains(0) for slope in slopes)

    @cached_property
    def compositions(self) -> list[Composition]:
        """The compositions among the nodes."""
        outermost = around(self.calculus, self.view.root)
        places = (self._composition(node, outermost=node == outermost) for node in self.nodes)
        return [place for place in places if place is not None and not self._is_power_of_x(place)]

    def _composition(self, node: NodeId, *, outermost: bool) -> Composition | None:
        place = self._known_places.get(node)
        if place is not None and place.outermost == outermost:
            return place
        return composition(self.calculus, node, outermost=outermost)

    def _is_power_of_x(self, place: Composition) -> bool:
        """Whether the place is 1/xⁿ, 1/√x or 1/(2√x), which is read as a power, not as a composition."""
        graph, inner = self.graph, without_number(self.graph, place.inner)
        if place.op is not Op.QUOTIENT or self.calculus.variable not in graph.operands[inner]:
            return False
        return graph.op[inner] is Op.POWER or (graph.op[inner] is Op.CALL and graph.payload[inner] == "sqrt")

    @cached_property
    def sites(self) -> list[Site]:
        """The nodes as sites."""
        multiples = {multiple_of(self.calculus, place.inner) for place in self.compositions}
        return [Site(self.calculus, node, inner_multiple=node in multiples) for node in self.nodes]

    @cached_property
    def edges(self) -> list[Edge]:
        """The edges of the computation graph, if f is one."""
        question = self.question
        if not question.gradient or not self.view.is_original:
            return []
        return edges(self.calculus, question.f, question.depending)

    def of(self, misconception: Misconception) -> Lazy[Candidate]:
        """Return the candidates of one misconception, at every place where it can happen."""
        candidates = self._kept.get(misconception.id)
        if candidates is None:
            candidates = self._kept[misconception.id] = Lazy(self._made_by(misconception))
        return candidates

    def _made_by(self, misconception: Misconception) -> Iterator[Candidate]:
        for rule in misconception.rules:
            if isinstance(rule, AlongEdge):
                yield from self._along_edges(misconception, rule)
            elif isinstance(rule, _AT_PLACE) and (places := self.places(rule)):
                yield from self._at_places(misconception, rule, places)

    def _at_places(self, misconception: Misconception, rule: AtPlace, places: Sequence[Site]) -> Iterator[Candidate]:
        view, inner = self.view, rule.inner
        for site in places:
            for variant, wrong in enumerate(wrong_derivatives(rule, site)):
                yield Candidate(misconception, wrong, site.node, site.inside, view, rule, variant, inner)

    def places(self, rule: AtPlace) -> Sequence[Site]:
        """Return the places where a rule can apply."""
        key = type(rule), rule.of
        places = self._places.get(key)
        if places is None:
            places = self._places[key] = self._places_for(rule)
        return places

    def _places_for(self, rule: AtPlace) -> Sequence[Site]:
        if isinstance(rule, AtNode):
            return [site for site in self.sites if site.op in rule.of]
        places = self._composed if isinstance(rule, AtLink) else self.compositions
        return [place for place in places if place.kind in rule.of] if rule.of and places else places

    @cached_property
    def _composed(self) -> list[Composition]:
        return [place for place in self.compositions if not place.is_bare]

    def _along_edges(self, misconception: Misconception, rule: AlongEdge) -> Iterator[Candidate]:
        for edge in self.edges:
            for value in rule.wrong(edge, self.edges):
                wrong = value if isinstance(value, WrongDerivative) else WrongDerivative(value)
                yield Candidate(misconception, wrong, edge.node, edge.source, self.view, rule)

    def local(self, candidate: Candidate) -> NodeId:
        """Return the wrong derivative of the candidate's node."""
        value = candidate.wrong.value
        if candidate.inner_derivative is not Inner.BESIDE:
            return value
        return self.graph.product(value, self.calculus.derivative(candidate.inner))

    def agrees(self, candidate: Candidate, matching: Matching) -> NodeId | None:
        """Return the answer that a candidate gives if it is the one to be matched, else None."""
        answer = self.agrees_at_points(candidate, matching)
        return answer if answer is not None and matching.agrees_in_pieces(answer) else None

    def agrees_at_points(self, candidate: Candidate, matching: Matching) -> NodeId | None:
        """Return the answer that a candidate gives if it matches at the sample points, else None."""
        if not candidate.wrong.whole:
            value = self._value(candidate, matching)
            if value is None or not matching.may_agree(value):
                return None
        answer = self.answer_of(candidate)
        return answer if matching.agrees_at_points(answer) else None

    def agrees_but_for_sign(self, candidate: Candidate, matching: Matching) -> bool:
        """Return whether the negative of the candidate's answer is the one to be matched."""
        value = None if candidate.wrong.whole else self._value(candidate, matching)
        if value is None or not matching.may_agree(-value):
            return False
        return matching.agrees(self.graph.negation(self.answer_of(candidate)))

    def _value(self, candidate: Candidate, matching: Matching) -> arb | None:
        """Return the value of the candidate's answer at the first point, to reject it without building the answer.

        None if the wrong derivative has no value there.
        """
        local = matching.value(candidate.wrong.value)
        if not local.is_finite():
            return None
        without, factor = self._at_first(candidate.node, matching)
        if candidate.inner_derivative is Inner.BESIDE:
            local = local * matching.value(self.calculus.derivative(candidate.inner))
        return without + factor * local

    def _at_first(self, node: NodeId, matching: Matching) -> tuple[arb, arb]:
        """Return the derivative of f with that of a node taken as 0, and the node's factor, at the first point."""
        if self._first is not matching.first:
            self._first, self._factors, self._around = matching.first, self._all_factors(matching), {}
        if node not in self._around:
            factor = self._factors.get(node, ZERO)
            whole = matching.value(self.calculus.derivative(self.view.root))
            self._around[node] = whole - factor * matching.value(self.calculus.derivative(node)), factor
        return self._around[node]

    def _all_factors(self, matching: Matching) -> dict[NodeId, arb]:
        """Return the factor of each node's derivative in that of f, at the first point."""
        factors = {self.view.root: arb(1)}
        for node in outermost_first(self.graph, self.view.root):
            factor = factors.get(node, ZERO)
            if self.calculus.is_given(node) or factor == 0:
                continue
            for operand, partial in matching.partials(node):
                factors[operand] = factors.get(operand, ZERO) + factor * partial
        return factors

    def answer(self, node: NodeId, local: NodeId) -> NodeId:
        """Return the derivative of f with that of one node replaced by `local`."""
        graph, root = self.graph, self.view.root
        without = self.calculus.derivative(root, {node: graph.zero})
        once = self.calculus.derivative(root, {node: graph.one})
        factor = graph.sum(once, graph.negation(without))
        return graph.sum(without, graph.product(factor, local))

    def answer_of(self, candidate: Candidate) -> NodeId:
        """Return the answer that a candidate gives."""
        if candidate.wrong.whole:
            return candidate.wrong.value
        return self.answer(candidate.node, self.local(candidate))

    def everywhere(self, candidates: Sequence[Candidate], matching: Matching) -> NodeId | None:
        """Return the answer of a mistake made at all places at once; None if its value rules it out.

        `candidates` are all that one rule gives in one variant. None too if it can happen at one place only.
        """
        first = candidates[0]
        rule = first.rule
        if not isinstance(rule, AtPlace) or (isinstance(rule, AtLink) and not rule.everywhere):
            return None
        value = self._value_everywhere(candidates, matching) if rule.inner is not Inner.WITHIN else NAN
        if value is None or not matching.may_agree(value):
            return None
        calculus = Calculus(self.graph, self.calculus.name)
        by_node = {site.node: site for site in self.places(rule)}
        happened = 0
        for node in self.graph.reachable([self.view.root]):
            wrong = _nth(rule, by_node[node].under(calculus), first.variant) if node in by_node else None
            if wrong is None or wrong.whole:
                continue
            local = wrong.value
            if rule.inner is Inner.BESIDE:
                local = self.graph.product(local, calculus.derivative(by_node[node].inside))
            if local != calculus.derivative(node):
                calculus.know(node, local)
                happened += 1
        return calculus.derivative(self.view.root) if happened > 1 else None

    def _value_everywhere(self, candidates: Sequence[Candidate], matching: Matching) -> arb | None:
        """Return the value at the first point with the mistake made at all places; None if a part has no value."""
        if not all(matching.value(candidate.wrong.value).is_finite() for candidate in candidates):
            return None
        wrong = {candidate.node: candidate for candidate in candidates}
        values: dict[NodeId, arb] = {}
        for node in self.graph.reachable([self.view.root]):
            if node in wrong:
                beside = values[wrong[node].inner] if wrong[node].inner_derivative is Inner.BESIDE else 1
                values[node] = matching.value(wrong[node].wrong.value) * beside
            elif node == self.calculus.variable:
                values[node] = arb(1)
            else:
                values[node] = sum((partial * values[operand] for operand, partial in matching.partials(node)), ZERO)
        return values[self.view.root]


def _nth(rule: AtPlace, site: Site, variant: int) -> WrongDerivative | None:
    return next(islice(wrong_derivatives(rule, site), variant, None), None)


def wrong_derivatives(rule: AtPlace, site: Site) -> Iterator[WrongDerivative]:
    """Yield what a rule puts for the derivative of a site, or for its outer derivative alone."""
    if isinstance(rule, AtNode):
        values = rule.wrong(site)
    else:
        assert isinstance(site, Composition)
        values = rule.wrong(site)
    for value in values:
        yield value if isinstance(value, WrongDerivative) else WrongDerivative(value)
