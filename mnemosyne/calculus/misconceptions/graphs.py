"""Misconceptions of computation graphs: which factor or path of a gradient is missing or wrong."""

from __future__ import annotations

from collections.abc import Mapping

from mnemosyne.calculus.derivative import OUTER_DERIVATIVES, Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.misconceptions.edges import Edge, symbols_in
from mnemosyne.calculus.misconceptions.misconception import (
    AlongEdge,
    Misconception,
    OfOuterDerivative,
    WrongDerivative,
    WrongDerivatives,
)
from mnemosyne.calculus.misconceptions.site import Composition


def edge_missing(edge: Edge, all_edges: list[Edge]) -> WrongDerivatives:
    """Yield the edge's factor counted as 1, and a factor below it that is forgotten on the path through it alone."""
    last = all(candidate.node != edge.source for candidate in all_edges)
    message = "You stopped at {part}: multiply by ∂{part}/∂{inner}." if last else ""
    yield WrongDerivative(edge.graph.sum(edge.rest, edge.d), message)
    if any(candidate.source == edge.source and candidate.node != edge.node for candidate in all_edges):
        is_root = all(candidate.source != edge.node for candidate in all_edges)
        path = "for the {inner} in {part} itself" if is_root else "on the path through {part}"
        message = f"The factor ∂{{inner}}/∂{{below}} is missing {path}."
        yield from _missing_on_one_path(edge, [below for below in all_edges if below.node == edge.source], message)


def _missing_on_one_path(edge: Edge, all_below: list[Edge], message: str) -> WrongDerivatives:
    """Yield the factor of each edge to the source counted as 1, only where it reaches the edge's node."""
    graph = edge.graph
    for below in all_below:
        term = graph.product(edge.factor, graph.sum(below.rest, below.d))
        yield WrongDerivative(graph.sum(edge.rest, term), message, {"below": below.source})


def path_missing(edge: Edge, all_edges: list[Edge]) -> WrongDerivatives:
    """Yield the edge's factor counted as 0, if its source or the variable has another way to the result."""
    if any(edge.source == candidate.source and edge.node != candidate.node for candidate in all_edges):
        last = all(candidate.source != edge.node for candidate in all_edges)
        yield WrongDerivative(edge.rest, "{inner} also occurs in {part} itself: add that path." if last else "")
    elif edge.rest != edge.graph.zero:
        nodes = {candidate.node for candidate in all_edges}
        variable = next(candidate.source for candidate in all_edges if candidate.source not in nodes)
        yield WrongDerivative(edge.rest, parts={"inner": variable, "part": edge.source})


def factors_added(edge: Edge, all_edges: list[Edge]) -> WrongDerivatives:
    """Yield the edge's factor added to what it should multiply, and the sum of all factors of a single path."""
    graph = edge.graph
    yield graph.sum(edge.rest, edge.factor, edge.d)
    nodes = [candidate.node for candidate in all_edges]
    is_root = all(candidate.source != edge.node for candidate in all_edges)
    if is_root and len(set(nodes)) == len(nodes):
        yield WrongDerivative(graph.sum(*(candidate.factor for candidate in all_edges)), whole=True)


def by_other_operand(edge: Edge, all_edges: list[Edge]) -> WrongDerivatives:
    """Yield the edge's factor taken with respect to another name in the node's formula: h instead of w2 for w2·h."""
    del all_edges
    graph = edge.graph
    for other in symbols_in(graph, *graph.operands[edge.node]):
        factor = Calculus(graph, str(graph.payload[other])).derivative(graph.operands[edge.node][0])
        if other != edge.source:
            yield WrongDerivative(graph.sum(edge.rest, graph.product(factor, edge.d)), parts={"other": other})


def at_wrong_node(edge: Edge, all_edges: list[Edge]) -> WrongDerivatives:
    """Yield the edge's factor with one of its names replaced by another node: z(1 − z) for a(1 − a), z for relu(z)."""
    graph = edge.graph
    value = graph.operands[edge.node][0]
    right_factor = _with_tanh(graph, edge.factor)
    nodes = dict.fromkeys(
        [edge.node, *(candidate.source for candidate in all_edges), *(candidate.node for candidate in all_edges)]
    )
    names = [node for node in symbols_in(graph, right_factor) if node in nodes or graph.operands[node]]
    for wrong in dict.fromkeys((*nodes, *_names_below(graph, names))):
        for old in dict.fromkeys((edge.source, value, *names)):
            is_other = wrong == edge.source and old not in (edge.source, value)  # w2 for h in w2·h: by_other_operand
            factor = right_factor if is_other or wrong == old else graph.replaced(right_factor, old, wrong)
            if factor != right_factor:
                yield graph.sum(edge.rest, graph.product(factor, edge.d))


def _names_below(graph: Graph, names: list[NodeId]) -> list[NodeId]:
    """Return the names in the formulas of names, and in the formulas of those, all the way down."""
    below: dict[NodeId, None] = {}
    waiting = list(names)
    while waiting:
        more = [name for name in symbols_in(graph, *graph.operands[waiting.pop()]) if name not in below]
        below |= dict.fromkeys(more)
        waiting += more
    return list(below)


def _with_tanh(graph: Graph, factor: NodeId) -> NodeId:
    """Return a factor with 1 − tanh² for sech², so that the node's own name can replace the tanh."""
    for node in graph.reachable([factor]):
        if graph.op[node] is Op.CALL and graph.payload[node] == "sech":
            square = graph.power(graph.call("tanh", graph.operands[node][0]), graph.number(2))
            slope = graph.sum(graph.one, graph.negation(square))
            factor = graph.replaced(factor, graph.power(node, graph.number(2)), slope)
    return factor


def activation(place: Composition) -> WrongDerivatives:
    """Yield σ′ = σ, σ′ = 1 − σ², relu′ = relu or 1, tanh′ = 1 − tanh, and the like."""
    graph, node = place.graph, place.node
    complement = graph.sum(graph.one, graph.negation(node))
    slopes: Mapping[str, list[NodeId]] = {
        "sigmoid": [
            node,
            complement,
            graph.one,
            graph.product(node, graph.sum(graph.one, node)),
            graph.sum(graph.one, graph.negation(graph.power(node, graph.number(2)))),
        ],
        "relu": [node, graph.one],
        "tanh": [
            node,
            complement,
            graph.product(node, complement),
            graph.sum(graph.one, graph.power(node, graph.number(2))),
        ],
        "softplus": [
            node,
            graph.one,
            graph.call("step", place.inner),
            OUTER_DERIVATIVES["sigmoid"](graph, place.inner),
        ],
    }
    yield from slopes[place.name]


ACTIVATIONS = frozenset(("sigmoid", "relu", "tanh", "softplus"))

GRAPHS = (
    Misconception(
        "edge-missing",
        "factor of a path left out",
        "The factor ∂{part}/∂{inner} on the way back is missing.",
        "why-it-matters",
        (AlongEdge(edge_missing),),
    ),
    Misconception(
        "path-missing",
        "path left out",
        "{inner} reaches the result along more than one path: add the one through {part}.",
        "why-it-matters",
        (AlongEdge(path_missing),),
    ),
    Misconception(
        "activation-derivative",
        "wrong derivative of an activation",
        "Check the derivative of {part}.",
        "why-it-matters",
        (OfOuterDerivative(activation, ACTIVATIONS),),
    ),
    Misconception(
        "evaluated-at-wrong-node",
        "evaluated at the wrong node",
        "The factor ∂{part}/∂{inner} is there, but evaluated at the wrong node.",
        "pitfall-evaluated-at-x",
        (AlongEdge(at_wrong_node),),
    ),
    Misconception(
        "factors-added",
        "factors of a path added",
        "Multiply the factors on the way back; don't add them.",
        "why-it-matters",
        (AlongEdge(factors_added),),
    ),
)
OTHER_OPERAND = Misconception(
    "other-operand",
    "derivative with respect to the wrong input",
    "For ∂{part}/∂{inner} you have ∂{part}/∂{other}.",
    "why-it-matters",
    (AlongEdge(by_other_operand),),
)
