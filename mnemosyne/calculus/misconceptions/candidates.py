"""The wrong answers that known slips would give to one question, each with the place where the slip happens.

A derivative is linear in the derivative of each node under it, so two derivatives of f, with the node's own taken as 0
and as 1, give the answer of every slip at that node. Under a calculus in which one slip has been made already, the same
search gives pairs of slips.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.graph import NodeId, Op
from mnemosyne.calculus.misconceptions.graph_slips import ALONG_AN_EDGE, Edge, activation, edges
from mnemosyne.calculus.misconceptions.place import Place, places
from mnemosyne.calculus.misconceptions.rules import AT_A_NODE
from mnemosyne.calculus.misconceptions.slips import AT_A_PLACE, NEEDS_A_CHAIN, Slip
from mnemosyne.calculus.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Candidate:
    """The answer that a slip gives: at `node` its derivative is taken as `local`; `part` and `inner` are told of."""

    name: str
    answer: NodeId
    node: NodeId
    local: NodeId
    part: NodeId
    inner: NodeId


class Candidates:
    """The slips of one question under one calculus; `above` leaves out the nodes up to that one."""

    def __init__(self, question: Prepared, calculus: Calculus, above: NodeId = -1) -> None:
        self.question = question
        self.calculus = calculus
        self._effects: dict[NodeId, tuple[NodeId, NodeId]] = {}
        self._above = above

    @cached_property
    def nodes(self) -> list[NodeId]:
        """The nodes of f, outermost first."""
        reachable = self.question.graph.reachable([self.question.f])
        return [node for node in reversed(reachable) if node > self._above]

    @cached_property
    def places(self) -> list[Place]:
        """The compositions in f, outermost first."""
        return places(self.calculus, self.nodes, self.question.depending)

    @cached_property
    def edges(self) -> list[Edge]:
        """The edges of the computation graph, if f is one."""
        return edges(self.calculus, self.nodes[::-1], self.question.depending) if self.question.gradient else []

    def named(self, name: str) -> Iterator[Candidate]:
        """What one slip gives, at every place where it can happen."""
        if name in AT_A_PLACE:
            yield from self._at_places(name, AT_A_PLACE[name])
        if name in AT_A_NODE:
            for node in self.nodes:
                for local in AT_A_NODE[name](self.calculus, node):
                    yield self._candidate(name, node, local, node, node)
        if name == "missing-inner-derivative":
            yield from self._links_left_out()
        elif name == "lost-bracket":
            yield from self._lost_brackets()
        elif self.question.gradient:
            yield from self._along_edges(name)

    def _candidate(self, name: str, node: NodeId, local: NodeId, part: NodeId, inner: NodeId) -> Candidate:
        graph = self.question.graph
        if node not in self._effects:
            without = self.calculus.derivative(self.question.f, {node: graph.zero})
            once = self.calculus.derivative(self.question.f, {node: graph.one})
            self._effects[node] = without, graph.sum(once, graph.negation(without))
        rest, effect = self._effects[node]
        return Candidate(name, graph.sum(rest, graph.product(effect, local)), node, local, part, inner)

    def _at_places(self, name: str, slip: Slip) -> Iterator[Candidate]:
        for place in self.places:
            if name in NEEDS_A_CHAIN and place.inner == place.x:
                continue
            for local in slip(place):
                yield self._candidate(name, place.node, local, place.node, place.inner)

    def _along_edges(self, name: str) -> Iterator[Candidate]:
        graph = self.question.graph
        if name in ALONG_AN_EDGE:
            for edge in self.edges:
                for local in ALONG_AN_EDGE[name](graph, edge, self.edges):
                    yield self._candidate(name, edge.node, local, edge.node, edge.source)
        elif name == "activation-derivative":
            for node in self.nodes:
                for local in activation(self.calculus, node):
                    yield self._candidate(name, node, local, node, graph.operands[node][0])

    def _links_left_out(self) -> Iterator[Candidate]:
        """One link in the middle of a chain counted as 1."""
        for place in self.places:
            if place.inner != place.x and place.node != self.question.f:
                yield self._candidate("missing-inner-derivative", place.node, place.d, place.node, place.inner)

    def _lost_brackets(self) -> Iterator[Candidate]:
        """F′(g)·u′ + v′ for g = u + v; and a link inside one term of a sum that multiplies the whole sum."""
        graph = self.question.graph
        for place in self.places:
            if graph.op[place.d] is Op.SUM:
                for i, term in enumerate(graph.operands[place.d]):
                    others = graph.operands[place.d][:i] + graph.operands[place.d][i + 1 :]
                    local = graph.sum(graph.product(place.slope(place.inner), term), *others)
                    yield self._candidate("lost-bracket", place.node, local, place.node, place.inner)
        for node in self.nodes:
            if graph.op[node] is Op.SUM:
                for place in self.places:
                    if place.node in graph.operands[node]:
                        rest = self.calculus.derivative(node, {place.node: place.slope(place.inner)})
                        local = graph.product(rest, place.d)
                        yield self._candidate("lost-bracket", node, local, place.node, place.inner)
