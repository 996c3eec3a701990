"""The slips along the edges of a computation graph: what each puts where the derivative of a named node belongs.

An edge leads from a named node to a name in its formula; its factor is the partial derivative, all other names held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.graph import Graph, NodeId, Op


@dataclass(frozen=True, slots=True)
class Edge:
    """`factor` is ∂node/∂source; `rest` what the other edges of the node bring."""

    node: NodeId
    source: NodeId
    factor: NodeId
    rest: NodeId
    d: NodeId


def edges(calculus: Calculus, nodes: Sequence[NodeId], depending: set[NodeId]) -> list[Edge]:
    """Every edge on a path from f to the variable."""
    graph = calculus.graph
    names = [node for node in nodes if graph.op[node] is Op.SYMBOL and node in depending]
    found: list[Edge] = []
    for node in names:
        if not graph.operands[node] or node == calculus.variable:
            continue
        parts = {source: _partial(graph, node, source, names) for source in names if source < node}
        parts = {source: factor for source, factor in parts.items() if factor != graph.zero}
        for source, factor in parts.items():
            others = [graph.product(parts[other], calculus.derivative(other)) for other in parts if other != source]
            found.append(Edge(node, source, factor, graph.sum(graph.zero, *others), calculus.derivative(source)))
    return found


def _partial(graph: Graph, node: NodeId, source: NodeId, names: Sequence[NodeId]) -> NodeId:
    held = Calculus(graph, "", {name: graph.one if name == source else graph.zero for name in names})
    return held.derivative(graph.operands[node][0])


def edge_missing(graph: Graph, edge: Edge, _: Sequence[Edge]) -> Iterator[NodeId]:
    """The edge's factor counted as 1."""
    yield graph.sum(edge.rest, edge.d)


def path_missing(graph: Graph, edge: Edge, others: Sequence[Edge]) -> Iterator[NodeId]:
    """The edge's factor counted as 0, where its source has another way to the result."""
    if edge.rest != graph.zero or any(edge.source == other.source and edge.node != other.node for other in others):
        yield edge.rest


def at_wrong_node(graph: Graph, edge: Edge, others: Sequence[Edge]) -> Iterator[NodeId]:
    """The edge's factor with another node in the place of its source, or of the node itself: z(1 − z) for a(1 − a)."""
    value = graph.operands[edge.node][0]
    for wrong in dict.fromkeys([edge.node, *(other.source for other in others), *(other.node for other in others)]):
        for old in (edge.source, value):
            factor = graph.replaced(edge.factor, old, wrong)
            if wrong != old and factor != edge.factor:
                yield graph.sum(edge.rest, graph.product(factor, edge.d))


def activation(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """σ′ = σ, relu′ = relu or 1, tanh′ = 1 − tanh, and their like."""
    graph = calculus.graph
    if graph.op[node] is not Op.CALL or graph.payload[node] not in ("sigmoid", "relu", "tanh", "softplus"):
        return
    d = calculus.derivative(graph.operands[node][0])
    complement = graph.sum(graph.one, graph.negation(node))
    wrong = {
        "sigmoid": [node, complement, graph.one, graph.product(node, graph.sum(graph.one, node))],
        "relu": [node, graph.one],
        "tanh": [node, complement, graph.product(node, complement)],
        "softplus": [node, graph.one],
    }
    for slope in wrong[str(graph.payload[node])]:
        yield graph.product(slope, d)


ALONG_AN_EDGE: dict[str, Callable[[Graph, Edge, Sequence[Edge]], Iterator[NodeId]]] = {
    "edge-missing": edge_missing,
    "path-missing": path_missing,
    "evaluated-at-wrong-node": at_wrong_node,
}
