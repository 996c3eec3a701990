"""The wrong answers that the misconceptions would give to one question, each with the place where it happens.

A derivative is linear in the derivative of each node under it, so two derivatives of f, with the node's own taken as 0
and as 1, give the answer of every mistake at that node. Under a calculus in which one mistake has been made already,
the same search gives pairs of mistakes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from flint import arb

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.graph import NodeId, Op
from mnemosyne.calculus.misconceptions.edges import Edge, edges
from mnemosyne.calculus.misconceptions.matching import Matching
from mnemosyne.calculus.misconceptions.misconception import (
    AlongEdge,
    AtLink,
    AtNode,
    Misconception,
    OfOuterDerivative,
    Rule,
    Wrong,
)
from mnemosyne.calculus.misconceptions.site import (
    Composition,
    Site,
    around,
    composition,
    multiple_of,
    outermost_first,
)
from mnemosyne.calculus.misconceptions.views import View
from mnemosyne.calculus.prepared import Prepared

AtPlace = AtLink | OfOuterDerivative | AtNode


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mistake at a node: its derivative is taken as `wrong.value`, which may be the whole answer instead.

    `slope` is the outer derivative alone, if that is what is wrong; `variant` counts what the rule gives at one place.
    """

    misconception: Misconception
    wrong: Wrong
    node: NodeId
    inner: NodeId
    view: View
    rule: Rule
    variant: int = 0
    slope: NodeId | None = None
    everywhere: bool = False


class Candidates:
    """The mistakes that can happen to one view of a question under one calculus; `above` leaves out inner nodes."""

    def __init__(self, question: Prepared, view: View, calculus: Calculus, above: NodeId = -1) -> None:
        self.question = question
        self.graph = question.graph
        self.view = view
        self.calculus = calculus
        self._above = above
        self._effects: dict[NodeId, tuple[NodeId, NodeId]] = {}
        self._balls: dict[NodeId, tuple[arb, arb]] = {}

    @cached_property
    def nodes(self) -> list[NodeId]:
        """The nodes where mistakes are looked for, outermost first: of another view only what it has rewritten."""
        nodes = [node for node in outermost_first(self.graph, self.view.root) if node > self._above]
        if self.view.is_original:
            return nodes
        known = set(self.graph.reachable([self.question.f]))
        unusual = set(self.view.rewritten)
        made = {operand for node in unusual for operand in self.graph.operands[node]}
        return [node for node in nodes if node in unusual or (node in made and node not in known)]

    @cached_property
    def compositions(self) -> list[Composition]:
        """The compositions among the nodes."""
        outermost = around(self.calculus, self.view.root)
        pairs = (composition(self.calculus, node, outermost=node == outermost) for node in self.nodes)
        return [place for place in pairs if place is not None and not self._is_power_of_x(place)]

    def _is_power_of_x(self, place: Composition) -> bool:
        """Whether the place is 1/xⁿ or 1/√x, which is one power to everybody and no composition."""
        graph, inner = self.graph, place.inner
        if place.op is not Op.QUOTIENT or self.calculus.variable not in graph.operands[inner]:
            return False
        return graph.op[inner] is Op.POWER or (graph.op[inner] is Op.CALL and graph.payload[inner] == "sqrt")

    @cached_property
    def sites(self) -> list[Site]:
        """The nodes as places of their own."""
        multiples = {multiple_of(self.calculus, place.inner) for place in self.compositions}
        return [Site(self.calculus, node, inner_multiple=node in multiples) for node in self.nodes]

    @cached_property
    def edges(self) -> list[Edge]:
        """The edges of the computation graph, if f is one."""
        question = self.question
        if not question.gradient or not self.view.is_original:
            return []
        return edges(self.calculus, question.f, question.depending)

    def of(self, misconception: Misconception) -> Iterator[Candidate]:
        """What one misconception gives, at every place where it can happen."""
        for rule in misconception.rules:
            match rule:
                case AtLink() | OfOuterDerivative():
                    for place in self.compositions:
                        yield from self._at(misconception, rule, place)
                case AtNode():
                    for site in self.sites:
                        yield from self._at(misconception, rule, site)
                case AlongEdge():
                    yield from self._along_edges(misconception, rule)

    def _at(self, misconception: Misconception, rule: AtPlace, site: Site) -> Iterator[Candidate]:
        inner = site.inner if isinstance(site, Composition) else site.node
        for variant, (wrong, slope) in enumerate(wrong_derivatives(rule, site)):
            yield Candidate(misconception, wrong, site.node, inner, self.view, rule, variant, slope)

    def _along_edges(self, misconception: Misconception, rule: AlongEdge) -> Iterator[Candidate]:
        for edge in self.edges:
            for value in rule.wrong(edge, self.edges):
                wrong = value if isinstance(value, Wrong) else Wrong(value)
                yield Candidate(misconception, wrong, edge.node, edge.source, self.view, rule)

    def agrees(self, candidate: Candidate, matching: Matching) -> NodeId | None:
        """The answer that a candidate gives, if it is the one that is matched."""
        if candidate.wrong.whole:
            return candidate.wrong.value if matching.agrees(candidate.wrong.value) else None
        if not matching.may_agree(self._value(candidate, matching)):
            return None
        answer = self.answer(candidate.node, candidate.wrong.value)
        return answer if matching.agrees(answer) else None

    def agrees_but_for_sign(self, candidate: Candidate, matching: Matching) -> bool:
        """Whether the opposite of what a candidate gives is the answer that is matched."""
        if candidate.wrong.whole or not matching.may_agree(-self._value(candidate, matching)):
            return False
        return matching.agrees(self.graph.negation(self.answer(candidate.node, candidate.wrong.value)))

    def _value(self, candidate: Candidate, matching: Matching) -> arb:
        """What a candidate gives at the first point: to reject most of them before their answer is built."""
        if candidate.node not in self._balls:
            without, once = self._effect(candidate.node)
            self._balls[candidate.node] = matching.value(without), matching.value(once)
        rest, factor = self._balls[candidate.node]
        return rest + factor * matching.value(candidate.wrong.value)

    def answer(self, node: NodeId, local: NodeId) -> NodeId:
        """The derivative of f with that of one node taken as `local`."""
        without, once = self._effect(node)
        return self.graph.sum(without, self.graph.product(once, local))

    def _effect(self, node: NodeId) -> tuple[NodeId, NodeId]:
        """The derivative of f without the node's, and by the node."""
        if node not in self._effects:
            graph, root = self.graph, self.view.root
            without = self.calculus.derivative(root, {node: graph.zero})
            once = self.calculus.derivative(root, {node: graph.one})
            self._effects[node] = without, graph.sum(once, graph.negation(without))
        return self._effects[node]

    def everywhere(self, candidate: Candidate) -> NodeId | None:
        """The answer of a candidate's mistake made at all places at once; None where it can happen at one only."""
        graph, rule = self.graph, candidate.rule
        calculus = Calculus(graph, self.calculus.name)
        by_node: dict[NodeId, Site] = {site.node: site for site in self.sites}
        if not isinstance(rule, AtNode):
            by_node = {place.node: place for place in self.compositions}
        places = 0
        for node in graph.reachable([self.view.root]):
            site = by_node.get(node)
            wrong = _nth(rule, site.under(calculus), candidate.variant) if site is not None else None
            if wrong is not None and not wrong.whole and wrong.value != calculus.derivative(node):
                calculus.know(node, wrong.value)
                places += 1
        return calculus.derivative(self.view.root) if places > 1 else None


def _nth(rule: Rule, site: Site, variant: int) -> Wrong | None:
    assert isinstance(rule, AtPlace)
    return next((wrong for wrong, _ in islice(wrong_derivatives(rule, site), variant, None)), None)


def wrong_derivatives(rule: AtPlace, site: Site) -> Iterator[tuple[Wrong, NodeId | None]]:
    """What a rule puts for the derivative of a site, with the outer derivative alone where that is what is wrong."""
    if isinstance(rule, AtNode):
        values = rule.wrong(site)
    elif not isinstance(site, Composition) or (isinstance(rule, AtLink) and site.is_bare and not rule.bare):
        return
    else:
        values = rule.wrong(site)
    for value in values:
        wrong = value if isinstance(value, Wrong) else Wrong(value)
        if isinstance(rule, OfOuterDerivative):
            assert isinstance(site, Composition)
            linked = Wrong(site.linked(wrong.value), wrong.message, wrong.parts)
            yield linked, wrong.value
        else:
            yield wrong, None
