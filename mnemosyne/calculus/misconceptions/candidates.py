"""The wrong answers that the misconceptions would give to one question, each with its place.

Most candidates are rejected by one number each, which takes a single sum (see `influence`); only those that agree
at every point are built. If one mistake is already in the calculus, the same search finds pairs of mistakes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from mnemosyne.calculus.balls import RealValues
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import NodeId, Op
from mnemosyne.calculus.lazy import Lazy
from mnemosyne.calculus.misconceptions.answer_matching import Matching
from mnemosyne.calculus.misconceptions.edges import Edge, edges
from mnemosyne.calculus.misconceptions.influence import Influence, Partials
from mnemosyne.calculus.misconceptions.misconception import (
    AlongEdge,
    AtLink,
    AtNode,
    Inner,
    Misconception,
    OfOuterDerivative,
    Rule,
    WrongDerivative,
    WrongDerivatives,
    as_wrong_derivative,
)
from mnemosyne.calculus.misconceptions.site import (
    Composition,
    Site,
    around,
    composition,
    contributing,
    multiple_of,
    without_number,
)
from mnemosyne.calculus.misconceptions.views import FunctionView
from mnemosyne.calculus.prepared_question import PreparedQuestion

AtPlace = AtLink | OfOuterDerivative | AtNode
_AT_PLACE = (AtLink, OfOuterDerivative, AtNode)  # faster for isinstance than the union


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
        question: PreparedQuestion,
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
        self._influences: dict[int, Influence] = {}  # for each of the points of the last answer
        self._kept: dict[str, Iterable[Candidate]] = {}
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
        for sample in self.question.samples[:1]:
            slope = sample.value(self.calculus.derivative(node))
            return slope.is_finite() and not slope.contains(0)
        return False

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

    def of(self, misconception: Misconception) -> Iterable[Candidate]:
        """Return the candidates of one misconception, at every place where it can happen."""
        candidates = self._kept.get(misconception.id)
        if candidates is None:
            ways = self._ways(misconception)
            first = next(ways, None)
            candidates = () if first is None else Lazy(self._made_by(misconception, chain((first,), ways)))
            self._kept[misconception.id] = candidates
        return candidates

    def _ways(self, misconception: Misconception) -> Iterator[AlongEdge | tuple[AtPlace, Sequence[Site]]]:
        """Yield the rules that can apply somewhere, those for places with their places."""
        for rule in misconception.rules:
            if isinstance(rule, _AT_PLACE):
                if places := self.places(rule):
                    yield rule, places
            elif isinstance(rule, AlongEdge) and self.edges:
                yield rule

    def _made_by(
        self, misconception: Misconception, ways: Iterable[AlongEdge | tuple[AtPlace, Sequence[Site]]]
    ) -> Iterator[Candidate]:
        for way in ways:
            if isinstance(way, AlongEdge):
                yield from self._along_edges(misconception, way)
            else:
                yield from self._at_places(misconception, *way)

    def _at_places(self, misconception: Misconception, rule: AtPlace, places: Sequence[Site]) -> Iterator[Candidate]:
        view, inner = self.view, rule.inner
        for site in places:
            for variant, value in enumerate(wrong_derivatives(rule, site)):
                yield Candidate(
                    misconception, as_wrong_derivative(value), site.node, site.inside, view, rule, variant, inner
                )

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
                yield Candidate(misconception, as_wrong_derivative(value), edge.node, edge.source, self.view, rule)

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
        if not candidate.wrong.whole and not self._may_agree(candidate, matching):
            return None
        answer = self.answer_of(candidate)
        return answer if matching.agrees_at_points(answer) else None

    def agrees_but_for_sign(self, candidate: Candidate, matching: Matching) -> bool:
        """Return whether the negative of the candidate's answer is the one to be matched."""
        if candidate.wrong.whole or not self._may_agree(candidate, matching, sign=-1):
            return False
        return matching.agrees(self.graph.negation(self.answer_of(candidate)))

    def _may_agree(self, candidate: Candidate, matching: Matching, sign: int = 1) -> bool:
        """Return whether values leave it possible that a candidate gives the answer, without building its own."""
        wrong, node = candidate.wrong.value, candidate.node
        beside = candidate.inner if candidate.inner_derivative is Inner.BESIDE else None
        for number, (sample, actual) in enumerate(matching.given):
            local = sample.value(wrong)
            if not local.is_finite():
                return False
            without, factor = self._influence(number, sample).around(node)
            if beside is not None:
                local = local * sample.value(self.calculus.derivative(beside))
            if not matching.may_agree(sign * (without + factor * local), actual):
                return False
        return True

    def _influence(self, number: int, sample: RealValues) -> Influence:
        influence = self._influences.get(number)
        if influence is None or influence.sample is not sample:
            influence = Influence(self.calculus, self.view.root, partials_of(self.question), sample)
            self._influences[number] = influence
        return influence

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
        if rule.inner is not Inner.WITHIN and not self._may_agree_everywhere(candidates, matching):
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

    def _may_agree_everywhere(self, candidates: Sequence[Candidate], matching: Matching) -> bool:
        """Return whether values leave it possible that the mistake, made at all places, gives the answer."""
        beside = candidates[0].inner_derivative is Inner.BESIDE
        wrong = {place.node: (place.wrong.value, place.inner if beside else None) for place in candidates}
        for number, (sample, actual) in enumerate(matching.given):
            if not all(sample.value(local).is_finite() for local, _ in wrong.values()):
                return False
            if not matching.may_agree(self._influence(number, sample).with_all(wrong), actual):
                return False
        return True


def partials_of(question: PreparedQuestion) -> Partials:
    """Return the partial derivatives of the question's nodes, cached for its next answer."""
    if Partials not in question.kept:
        question.kept[Partials] = Partials(question.calculus)
    kept = question.kept[Partials]
    assert isinstance(kept, Partials)
    return kept


def _nth(rule: AtPlace, site: Site, variant: int) -> WrongDerivative | None:
    value = next(islice(wrong_derivatives(rule, site), variant, None), None)
    return None if value is None else as_wrong_derivative(value)


def wrong_derivatives(rule: AtPlace, site: Site) -> WrongDerivatives:
    """Return what a rule puts for the derivative of a site, or for its outer derivative alone."""
    if isinstance(rule, AtNode):
        return rule.wrong(site)
    assert isinstance(site, Composition)
    return rule.wrong(site)
