"""Where a formula may be locally constant, judged from its structure: ln(1 + 3u²) is so only where u is."""

from __future__ import annotations

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op

WITH_CONSTANT_PARTS = frozenset(("sign", "step", "relu", "max", "min"))  # the others are constant on no interval


def moving_part(graph: Graph, root: NodeId) -> NodeId:
    """Return the innermost part found that is locally constant wherever the root is."""
    moving = _nodes_with_symbols(graph, root)
    node: NodeId | None = root
    while node is not None:
        root, node = node, _only_moving_operand(graph, node, moving)
    return root


def _nodes_with_symbols(graph: Graph, root: NodeId) -> set[NodeId]:
    moving: set[NodeId] = set()
    for node in graph.reachable([root]):
        if graph.op[node] is Op.SYMBOL or not moving.isdisjoint(graph.operands[node]):
            moving.add(node)
    return moving


def _only_moving_operand(graph: Graph, node: NodeId, moving: set[NodeId]) -> NodeId | None:
    """Return the operand that is locally constant wherever the node is; None if none is sure to be."""
    operands = graph.operands[node]
    parts = [operand for operand in operands if operand in moving]
    fixed = [operand for operand in operands if operand not in moving]
    if len(parts) != 1:
        return None
    part = parts[0]
    match graph.op[node]:
        case Op.PRODUCT:
            follows = all(graph.is_nonzero_number(factor) for factor in fixed)
        case Op.QUOTIENT:
            follows = part == operands[0] or graph.is_nonzero_number(operands[0])
        case Op.POWER if part == operands[0]:
            follows = graph.is_nonzero_number(operands[1])
        case Op.POWER:
            follows = graph.is_positive_number(operands[0]) and operands[0] != graph.one
        case Op.CALL:
            follows = part == operands[0] and graph.payload[node] not in WITH_CONSTANT_PARTS
        case _:
            follows = True
    return part if follows else None
