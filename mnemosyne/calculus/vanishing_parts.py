"""The parts of a node with which it is zero: u is zero exactly where √u or sinh u is, u − 1 where ln u is."""

from __future__ import annotations

from collections.abc import Iterable

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op

_ZERO_WITH_OPERAND = frozenset(
    ("sqrt", "cbrt", "root", "abs", "sign", "arcsin", "arctan", "sinh", "tanh", "arsinh", "artanh")
)
_ZERO_AT_ONE = frozenset(("ln", "log", "arccos", "arcosh", "arcsec", "arsech"))


def with_their_zeros(graph: Graph, nodes: Iterable[NodeId]) -> frozenset[NodeId]:
    """Return nodes together with the parts with which they are zero."""
    closure: set[NodeId] = set()
    stack = list(nodes)
    while stack:
        node = stack.pop()
        closure.add(node)
        stack += zero_with(graph, node)
    return frozenset(closure)


def zero_with(graph: Graph, node: NodeId) -> list[NodeId]:
    """Return parts such that the node is zero exactly where one of them is; none if there are no such parts."""
    operands, name = graph.operands[node], graph.payload[node]
    match graph.op[node]:
        case Op.NEGATION | Op.PRODUCT:
            return [*operands]
        case Op.QUOTIENT | Op.POWER:
            return [operands[0]]
        case Op.CALL if name in _ZERO_WITH_OPERAND:
            return [operands[0]]
        case Op.CALL if name in _ZERO_AT_ONE:
            return [graph.sum(operands[0], graph.number(-1))]
        case _:
            return []
