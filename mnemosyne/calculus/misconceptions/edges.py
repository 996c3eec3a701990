"""The edges of a computation graph: each leads from a named node to a name in its formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of a computation `graph`, from a `source` to the `node` that is made of it.

    `factor` is ∂node/∂source, all other names held; `rest` is what the other edges of the node bring to its derivative,
    `d` the derivative of the source.
    """

    graph: Graph
    node: NodeId
    source: NodeId
    factor: NodeId
    rest: NodeId
    d: NodeId


def edges(calculus: Calculus, root: NodeId, depending: set[NodeId]) -> list[Edge]:
    """Return every edge on a path from the root to the variable."""
    graph = calculus.graph
    names = [node for node in graph.reachable([root]) if graph.op[node] is Op.SYMBOL and node in depending]
    paths: list[Edge] = []
    for node in names:
        if not graph.operands[node] or node == calculus.variable:
            continue
        parts = {source: _partial(graph, node, source, names) for source in names if source < node}
        parts = {source: factor for source, factor in parts.items() if factor != graph.zero}
        for source, factor in parts.items():
            other_terms = [
                graph.product(parts[operand], calculus.derivative(operand)) for operand in parts if operand != source
            ]
            rest = graph.sum(graph.zero, *other_terms)
            paths.append(Edge(graph, node, source, factor, rest, calculus.derivative(source)))
    return paths


def _partial(graph: Graph, node: NodeId, source: NodeId, names: Sequence[NodeId]) -> NodeId:
    calculus = Calculus(graph, "", {name: graph.one if name == source else graph.zero for name in names})
    return calculus.derivative(graph.operands[node][0])
