"""The edges of a computation graph: each leads from a name to a node with it in its formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of a computation `graph`, from a `source` to a `node` whose formula contains it.

    `factor` is ∂node/∂source with other names held fixed; `rest` is what the node's other edges add to its
    derivative, `d` the derivative of the source.
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
        sources = sorted(depending.intersection(symbols_in(graph, *graph.operands[node])))
        parts = {source: _partial(graph, node, source, sources) for source in sources}
        parts = {source: factor for source, factor in parts.items() if factor != graph.zero}
        terms = {source: graph.product(factor, calculus.derivative(source)) for source, factor in parts.items()}
        for source, factor in parts.items():
            rest = graph.sum(graph.zero, *(term for operand, term in terms.items() if operand != source))
            paths.append(Edge(graph, node, source, factor, rest, calculus.derivative(source)))
    return paths


def symbols_in(graph: Graph, *roots: NodeId) -> list[NodeId]:
    """Return the names that occur in formulas, without looking into the names' own formulas."""
    names: dict[NodeId, None] = {}
    visited: set[NodeId] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if graph.op[node] is Op.SYMBOL:
            names[node] = None
        elif node not in visited:
            visited.add(node)
            waiting += graph.operands[node]
    return list(names)


def _partial(graph: Graph, node: NodeId, source: NodeId, sources: Sequence[NodeId]) -> NodeId:
    """Return ∂node/∂source; `sources` are all the names in the node's formula that depend on the variable."""
    calculus = Calculus(graph, "", {name: graph.one if name == source else graph.zero for name in sources})
    return calculus.derivative(graph.operands[node][0])
