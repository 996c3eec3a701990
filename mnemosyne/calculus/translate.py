"""From the parsed tree to the graph used for computing, and back to a tree that can be printed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.restrictions import restricts
from mnemosyne.expressions import tree
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.tree import fold
from mnemosyne.verdict import LEFT_OUT

MOST_WRITTEN = 100_000
_LEFT_OUT = tree.Symbol(LEFT_OUT)


def to_graph(graph: Graph, root: tree.Node) -> NodeId:
    """Return the graph's node for a tree."""
    makers: dict[type, tuple[Op, Callable[..., NodeId]]] = {
        tree.Negation: (Op.NEGATION, graph.negation),
        tree.Sum: (Op.SUM, graph.sum),
        tree.Product: (Op.PRODUCT, graph.product),
        tree.Quotient: (Op.QUOTIENT, graph.quotient),
        tree.Power: (Op.POWER, graph.power),
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
                op, make = makers[type(node)]
                built = make(*operands)
                return graph.unfolded(op, *operands) if _drops_a_domain(graph, op, built, operands) else built

    return fold(root, build)


def _drops_a_domain(graph: Graph, op: Op, built: NodeId, operands: tuple[NodeId, ...]) -> bool:
    """Whether a 0 or 1 comes from a part that is not defined everywhere, such as 0·ln x or 0/relu(x)."""
    if built not in (graph.zero, graph.one):
        return False
    if op is Op.QUOTIENT and graph.rational(operands[1]) is None:
        return True
    return any(restricts(graph, node) for node in graph.reachable(operands))


def to_tree(graph: Graph, root: NodeId) -> tree.Node:
    """Return the tree of a node, for printing; subtrees that the graph shares are shared objects.

    A part that would take more than `MOST_WRITTEN` numbers and names to write is `LEFT_OUT`: the written
    length of shared nodes can double with each of them.
    """
    return _to_tree(graph, root, {}, {})


def _to_tree(graph: Graph, root: NodeId, trees: dict[NodeId, tree.Node], sizes: dict[NodeId, int]) -> tree.Node:
    stack = [root]
    while stack:
        node = stack[-1]
        operands = () if graph.op[node] is Op.SYMBOL else graph.operands[node]  # the name is kept
        missing = [operand for operand in operands if operand not in trees]
        if missing:
            stack += missing
            continue
        stack.pop()
        if node not in trees:
            sizes[node] = min(sum(sizes[operand] for operand in operands) or 1, MOST_WRITTEN + 1)
            parts = tuple(trees[operand] for operand in operands)
            trees[node] = _tree(graph, node, parts) if sizes[node] <= MOST_WRITTEN else _LEFT_OUT
    return trees[root]


class LineWriter:
    """Formats nodes of one graph as one-line formulas; shared parts are formatted once."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._trees: dict[NodeId, tree.Node] = {}
        self._sizes: dict[NodeId, int] = {}
        self._texts: dict[int, str] = {}

    def line(self, node: NodeId) -> str:
        """Return `2*x*cos(x^2)` for the node."""
        return to_line(_to_tree(self._graph, node, self._trees, self._sizes), self._texts)


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
    """Return one flat product, with a leading minus in front of it."""
    flat: list[tree.Node] = []
    for factor in factors:
        flat.extend(factor.factors if isinstance(factor, tree.Product) else (factor,))
    if isinstance(flat[0], tree.Negation):
        return tree.Negation(tree.Product((flat[0].operand, *flat[1:])))
    return tree.Product(tuple(flat))
