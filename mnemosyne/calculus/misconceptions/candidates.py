"""The wrong answers that the misconceptions would give to one question, each with the place where it happens.

A derivative is linear in the derivative of each node under it: the node's own counts with one factor. The factors of
all nodes at one point come from one walk down from f, so most candidates are rejected by one number each, and only the
rest are built. Under a calculus in which one mistake has been made already, the same search gives pairs of mistakes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from flint import arb

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import NodeId, Op
from mnemosyne.calculus.misconceptions.answer_matching import Matching
from mnemosyne.calculus.misconceptions.edges import Edge, edges
from mnemosyne.calculus.misconceptions.misconception import (
    AlongEdge,
    AtLink,
    AtNode,
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
    multiple_of,
    outermost_first,
    varies,
)
from mnemosyne.calculus.misconceptions.views import FunctionView
from mnemosyne.calculus.prepared import Prepared

AtPlace = AtLink | OfOuterDerivative | AtNode
ZERO = arb(0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mistake at a node: its derivative is taken as `wrong.value`, which may be the whole answer instead.

    It happens at `node`, whose inner expression is `inner`, in one `view` of the function, by a `rule` of the
    `misconception`. `slope` is the outer derivative alone, if that is what is wrong; `variant` counts what the rule
    gives at one place.
    """

    misconception: Misconception
    wrong: WrongDerivative
    node: NodeId
    inner: NodeId
    view: FunctionView
    rule: Rule
    variant: int = 0
    slope: NodeId | None = None


class Candidates:
    """The mistakes that can happen to one view of a question under one calculus.

    `above` leaves out inner nodes; `rewritten_only` leaves out what another view has in common with the question.
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
        self._factors: dict[NodeId, arb] = {}
        self._kept: dict[str, list[Candidate]] = {}

    def after(self, mistake: Candidate) -> Candidates:
        """Return the mistakes further out that can come on top of one."""
        calculus = self.calculus.with_mistake(mistake.node, mistake.wrong.value)
        further = Candidates(self.question, self.view, calculus, above=mistake.node)
        further.compositions = [place.under(calculus) for place in self.compositions if place.node > mistake.node]
        further.sites = [site.under(calculus) for site in self.sites if site.node > mistake.node]
        return further

    @cached_property
    def nodes(self) -> list[NodeId]:
        """The nodes where mistakes are looked for, outermost first."""
        nodes = [node for node in outermost_first(self.graph, self.view.root) if node > self._above]
        nodes = [node for node in nodes if node == self.view.root or not self._cancels_out(node)]
        if not self._rewritten_only or self.view.is_original:
            return nodes
        return [node for node in nodes if node in self.view.made]

    def _cancels_out(self, node: NodeId) -> bool:
        """Return whether a part has x in it, but not once it is tidied, as in min(x, eˣ/eˣ).

        Who reads 1 there does not differentiate it, and a rule for it gives the answer by chance.
        """
        return varies(self.calculus, node) and not varies(self.question.calculus, self.question.tidy.tidied(node))

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

    def of(self, misconception: Misconception) -> list[Candidate]:
        """Return what one misconception gives, at every place where it can happen."""
        if misconception.id not in self._kept:
            self._kept[misconception.id] = list(self._of(misconception))
        return self._kept[misconception.id]

    def _of(self, misconception: Misconception) -> Iterator[Candidate]:
        for rule in misconception.rules:
            if isinstance(rule, AlongEdge):
                yield from self._along_edges(misconception, rule)
            elif isinstance(rule, AtPlace):
                for site in self.places(rule):
                    for variant, (wrong, slope) in enumerate(wrong_derivatives(rule, site)):
                        yield Candidate(misconception, wrong, site.node, site.inside, self.view, rule, variant, slope)

    def places(self, rule: AtPlace) -> Sequence[Site]:
        """Return the places where a rule can apply."""
        if isinstance(rule, AtNode):
            return self.sites
        return self._composed if isinstance(rule, AtLink) else self.compositions

    @cached_property
    def _composed(self) -> list[Composition]:
        return [place for place in self.compositions if not place.is_bare]

    def _along_edges(self, misconception: Misconception, rule: AlongEdge) -> Iterator[Candidate]:
        for edge in self.edges:
            for value in rule.wrong(edge, self.edges):
                wrong = value if isinstance(value, WrongDerivative) else WrongDerivative(value)
                yield Candidate(misconception, wrong, edge.node, edge.source, self.view, rule)

    def agrees(self, candidate: Candidate, matching: Matching) -> NodeId | None:
        """Return the answer that a candidate gives, if it is the one that is matched."""
        if candidate.wrong.whole:
            return candidate.wrong.value if matching.agrees(candidate.wrong.value) else None
        if not matching.may_agree(self._value(candidate, matching)):
            return None
        answer = self.answer(candidate.node, candidate.wrong.value)
        return answer if matching.agrees(answer) else None

    def agrees_but_for_sign(self, candidate: Candidate, matching: Matching) -> bool:
        """Return whether the opposite of what a candidate gives is the answer that is matched."""
        if candidate.wrong.whole or not matching.may_agree(-self._value(candidate, matching)):
            return False
        return matching.agrees(self.graph.negation(self.answer(candidate.node, candidate.wrong.value)))

    def _value(self, candidate: Candidate, matching: Matching) -> arb:
        """Return what a candidate gives at the first point: to reject most of them before their answer is built."""
        node = candidate.node
        if not self._factors:
            self._factors = self._all_factors(matching)
        difference = matching.value(candidate.wrong.value) - matching.value(self.calculus.derivative(node))
        whole = matching.value(self.calculus.derivative(self.view.root))
        return whole + self._factors.get(node, ZERO) * difference

    def _all_factors(self, matching: Matching) -> dict[NodeId, arb]:
        """Return the factor of each node's derivative in that of f, at the first point."""
        graph, calculus = self.graph, self.calculus
        factors = {self.view.root: arb(1)}
        for node in outermost_first(graph, self.view.root):
            factor = factors.get(node, ZERO)
            if calculus.is_given(node) or factor == 0:
                continue
            operands = graph.operands[node]
            for i, operand in enumerate(operands):
                alone = tuple(graph.one if j == i else graph.zero for j in range(len(operands)))
                partial = matching.value(calculus.local(node, alone))
                factors[operand] = factors.get(operand, ZERO) + factor * partial
        return factors

    def answer(self, node: NodeId, local: NodeId) -> NodeId:
        """Return the derivative of f with that of one node taken as `local`."""
        graph, root = self.graph, self.view.root
        without = self.calculus.derivative(root, {node: graph.zero})
        once = self.calculus.derivative(root, {node: graph.one})
        factor = graph.sum(once, graph.negation(without))
        return graph.sum(without, graph.product(factor, local))

    def everywhere(self, candidate: Candidate) -> NodeId | None:
        """Return the answer of a mistake made at all places at once; None where it can happen at one only."""
        rule = candidate.rule
        if not isinstance(rule, AtPlace) or (isinstance(rule, AtLink) and not rule.everywhere):
            return None
        calculus = Calculus(self.graph, self.calculus.name)
        by_node = {site.node: site for site in self.places(rule)}
        happened = 0
        for node in self.graph.reachable([self.view.root]):
            wrong = _nth(rule, by_node[node].under(calculus), candidate.variant) if node in by_node else None
            if wrong is not None and not wrong.whole and wrong.value != calculus.derivative(node):
                calculus.know(node, wrong.value)
                happened += 1
        return calculus.derivative(self.view.root) if happened > 1 else None


def _nth(rule: AtPlace, site: Site, variant: int) -> WrongDerivative | None:
    return next((wrong for wrong, _ in islice(wrong_derivatives(rule, site), variant, None)), None)


def wrong_derivatives(rule: AtPlace, site: Site) -> Iterator[tuple[WrongDerivative, NodeId | None]]:
    """Yield what a rule puts for the derivative of a site, with the outer derivative alone where that is wrong."""
    if isinstance(rule, AtNode):
        values = rule.wrong(site)
    else:
        assert isinstance(site, Composition)
        values = rule.wrong(site)
    for value in values:
        wrong = value if isinstance(value, WrongDerivative) else WrongDerivative(value)
        if isinstance(rule, OfOuterDerivative):
            assert isinstance(site, Composition)
            yield replace(wrong, value=site.linked(wrong.value)), wrong.value
        else:
            yield wrong, None
