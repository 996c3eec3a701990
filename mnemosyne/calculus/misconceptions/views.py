"""The usual ways to see a function: roots and reciprocals as powers, powers as quotients, e^(h ln g) for gʰ, σ.

Mistakes depend on how the learner sees the function: someone who writes 1/√g as g^(−1/2) makes the mistakes of powers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class FunctionView:
    """One way to see a function.

    `rewritten` maps each rewritten node to the question's node that it equals; `made` are all nodes
    created by the rewriting.
    """

    root: NodeId  # the function in this view
    rewritten: dict[NodeId, NodeId] = field(default_factory=dict)
    made: set[NodeId] = field(default_factory=set)
    is_original: bool = True  # whether it is the function as given


Rewriting: TypeAlias = Callable[[Graph, NodeId], NodeId]


def views(graph: Graph, root: NodeId, depending: set[NodeId]) -> Iterator[FunctionView]:
    """Yield the function as given, then each other view of it that differs."""
    yield FunctionView(root)
    formula = graph.operands[root][0] if graph.op[root] is Op.SYMBOL and graph.operands[root] else root
    roots = {root, formula}
    for rewriting in (_as_powers, _as_quotients, _as_usual, _as_formulas):
        view = _view(graph, formula, depending, rewriting)
        if view.root not in roots:
            roots.add(view.root)
            yield view


def _view(graph: Graph, root: NodeId, depending: set[NodeId], rewriting: Rewriting) -> FunctionView:
    """Return the view with every node rewritten, from the inside out."""
    replacement: dict[NodeId, NodeId] = {}
    rewritten: dict[NodeId, NodeId] = {}
    new_nodes: set[NodeId] = set()
    for node in graph.reachable([root]):
        if node not in depending or (graph.op[node] is Op.SYMBOL):
            replacement[node] = node
            continue
        operands = tuple(replacement[operand] for operand in graph.operands[node])
        built = graph.build(node, operands) if operands != graph.operands[node] else node
        replacement[node] = rewriting(graph, built)
        if replacement[node] != node:
            rewritten[replacement[node]] = node
        if replacement[node] != built:
            new_nodes |= graph.reachable_only_from(replacement[node], operands)
    return FunctionView(replacement[root], rewritten, new_nodes, is_original=False)


def _as_powers(graph: Graph, node: NodeId) -> NodeId:
    """Return u/v as u·v⁻¹, √u as u^(1/2), (uᵃ)ᵇ as u^(ab)."""
    operands = graph.operands[node]
    if graph.op[node] is Op.QUOTIENT:
        u, v = operands
        inverse = _to_the(graph, v, Fraction(-1))
        return inverse if u == graph.one else graph.product(u, inverse)
    if graph.op[node] is Op.CALL and graph.payload[node] in ("sqrt", "cbrt", "root"):
        n = {"sqrt": Fraction(2), "cbrt": Fraction(3)}.get(str(graph.payload[node])) or graph.rational(operands[-1])
        return _to_the(graph, operands[0], 1 / n) if n else node
    if graph.op[node] is Op.POWER:
        exponent = graph.rational(operands[1])
        return _to_the(graph, operands[0], exponent) if exponent is not None else node
    return node


def _to_the(graph: Graph, base: NodeId, exponent: Fraction) -> NodeId:
    """Return a power, merging the exponents if the base is a power itself."""
    value = graph.rational(base)
    if value and exponent == -1:
        return graph.number(1 / value)
    if graph.op[base] is Op.POWER:
        inner, first = graph.operands[base]
        inner_exponent = graph.rational(first)
        if inner_exponent is not None:
            return graph.power(inner, graph.number(inner_exponent * exponent))
        if exponent == -1:
            return graph.power(inner, graph.negation(first))
    if exponent == -1 and graph.op[base] is Op.PRODUCT and (divisor := graph.rational(graph.operands[base][0])):
        rest = graph.product(*graph.operands[base][1:])
        return graph.product(graph.number(1 / divisor), _to_the(graph, rest, exponent))
    if graph.op[base] is Op.CALL and graph.payload[base] == "sqrt":
        return graph.power(graph.operands[base][0], graph.number(exponent / 2))
    return graph.power(base, graph.number(exponent))


def _as_quotients(graph: Graph, node: NodeId) -> NodeId:
    """Return u^(−n) as 1/uⁿ, u^(1/2) as √u, u·(1/v) as u/v."""
    operands = graph.operands[node]
    if graph.op[node] is Op.POWER:
        exponent = graph.rational(operands[1])
        if exponent is not None and exponent < 0:
            return graph.quotient(graph.one, _root_or_power(graph, operands[0], -exponent))
        return node if exponent is None else _root_or_power(graph, operands[0], exponent)
    if graph.op[node] is Op.PRODUCT:
        below = [operand for operand in operands if _is_reciprocal(graph, operand)]
        above = [operand for operand in operands if operand not in below]
        if below:
            return graph.quotient(graph.product(*above), graph.product(*(graph.operands[node][1] for node in below)))
    return node


def _root_or_power(graph: Graph, base: NodeId, exponent: Fraction) -> NodeId:
    return graph.call("sqrt", base) if exponent == HALF else graph.power(base, graph.number(exponent))


def _is_reciprocal(graph: Graph, node: NodeId) -> bool:
    return graph.op[node] is Op.QUOTIENT and graph.operands[node][0] == graph.one


def _as_usual(graph: Graph, node: NodeId) -> NodeId:
    """Return 1/(1 + e^(−u)) as σ(u), gʰ as e^(h ln g)."""
    operands = graph.operands[node]
    if graph.op[node] is Op.QUOTIENT and operands[0] == graph.one:
        argument = _of_sigmoid(graph, operands[1])
        return node if argument is None else graph.call("sigmoid", argument)
    if graph.op[node] is Op.POWER and not any(_is_constant(graph, operand) for operand in operands):
        base, exponent = operands
        return graph.power(graph.constant("e"), graph.product(exponent, graph.call("ln", base)))
    return node


def _is_constant(graph: Graph, node: NodeId) -> bool:
    return not any(graph.op[part] is Op.SYMBOL for part in graph.reachable([node]))


def _of_sigmoid(graph: Graph, below: NodeId) -> NodeId | None:
    """Return u if the node is 1 + e^(−u), else None."""
    if graph.op[below] is not Op.SUM or graph.one not in graph.operands[below] or len(graph.operands[below]) != 2:
        return None
    (power,) = (term for term in graph.operands[below] if term != graph.one)
    if graph.op[power] is Op.POWER and graph.operands[power][0] == graph.constant("e"):
        return graph.negation(graph.operands[power][1])
    return None


def _as_formulas(graph: Graph, node: NodeId) -> NodeId:
    """Return σ(u) as 1/(1 + e^(−u)), tan u as sin u/cos u, sec u as 1/cos u and the like."""
    if graph.op[node] is not Op.CALL or len(graph.operands[node]) != 1:
        return node
    u, name = graph.operands[node][0], str(graph.payload[node])
    if name == "sigmoid":
        exponential = graph.power(graph.constant("e"), graph.negation(u))
        return graph.quotient(graph.one, graph.sum(graph.one, exponential))
    if name not in QUOTIENTS:
        return node
    above, below = QUOTIENTS[name]
    return graph.quotient(graph.call(above, u) if above else graph.one, graph.call(below, u))


QUOTIENTS = {
    "tan": ("sin", "cos"),
    "cot": ("cos", "sin"),
    "sec": ("", "cos"),
    "csc": ("", "sin"),
    "tanh": ("sinh", "cosh"),
    "sech": ("", "cosh"),
}
