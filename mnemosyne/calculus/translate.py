"""From the tree of what was typed to the graph that is computed with, and back to a tree that can be printed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from mnemosyne.calculus.graph import Graph, NodeId, Op
from mnemosyne.expressions import tree
from mnemosyne.expressions.tree import fold


def to_graph(graph: Graph, root: tree.Node) -> NodeId:
    """The graph's node for a tree."""
    makers: dict[type, Callable[..., NodeId]] = {
        tree.Negation: graph.negation,
        tree.Sum: graph.sum,
        tree.Product: graph.product,
        tree.Quotient: graph.quotient,
        tree.Power: graph.power,
    }

    def build(node: tree.Node, operands: tuple[NodeId, ...]) -> NodeId:
        match node:
            case tree.Number():
                return graph.number(node.value)
            case tree.Symbol():
                return graph.symbol(node.name)
            case tree.Constant():
                return graph.constant(node.name)
            case tree.Call():
                return graph.call(node.function, *operands)
            case _:
                return makers[type(node)](*operands)

    return fold(root, build)


def to_tree(graph: Graph, root: NodeId) -> tree.Node:
    """The tree of a node; subtrees that the graph shares are shared objects."""
    trees: dict[NodeId, tree.Node] = {}
    for node in graph.reachable([root]):
        trees[node] = _tree(graph, node, tuple(trees[operand] for operand in graph.operands[node]))
    return trees[root]


def _tree(graph: Graph, node: NodeId, operands: tuple[tree.Node, ...]) -> tree.Node:
    payload = graph.payload[node]
    match graph.op[node]:
        case Op.NUMBER:
            assert isinstance(payload, Fraction)
            return tree.number(payload)
        case Op.SYMBOL:
            return tree.Symbol(str(payload))
        case Op.CONSTANT:
            return tree.Constant(str(payload))
        case Op.NEGATION:
            return tree.Negation(operands[0])
        case Op.SUM:
            return tree.Sum(operands)
        case Op.PRODUCT:
            return _product(operands)
        case Op.QUOTIENT:
            return tree.Quotient(operands[0], operands[1])
        case Op.POWER:
            return tree.Power(operands[0], operands[1])
        case Op.CALL:
            return tree.Call(str(payload), operands)


def _product(factors: tuple[tree.Node, ...]) -> tree.Node:
    """One flat product; a leading minus goes in front of it."""
    flat: list[tree.Node] = []
    for factor in factors:
        flat.extend(factor.factors if isinstance(factor, tree.Product) else (factor,))
    if isinstance(flat[0], tree.Negation):
        return tree.Negation(tree.Product((flat[0].operand, *flat[1:])))
    return tree.Product(tuple(flat))
