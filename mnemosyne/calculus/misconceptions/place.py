"""Where a slip can happen: one composition F(g) inside a function, with F and F′ ready to be put at any expression."""

from __future__ import annotations

from collections.abc import Sequence

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.graph import Graph, NodeId, Op

HOLE = "·"  # the symbol that stands for g in the templates; no text can name it


class Place:
    """A node F(g) whose variable stands in one operand; `d` is g′."""

    def __init__(self, calculus: Calculus, node: NodeId, inner: NodeId) -> None:
        graph = calculus.graph
        self.calculus = calculus
        self.graph: Graph = graph
        self.node = node
        self.inner = inner
        self.d = calculus.derivative(inner)
        self.x = calculus.variable
        self.hole = graph.symbol(HOLE)
        self._filled: dict[tuple[NodeId, NodeId], NodeId] = {}
        operands = tuple(self.hole if operand == inner else operand for operand in graph.operands[node])
        self._outer = graph.build(node, operands)
        self._slope = Calculus(graph, HOLE).derivative(self._outer)

    @property
    def op(self) -> Op:
        """The operation of F."""
        return self.graph.op[self.node]

    @property
    def name(self) -> str:
        """The function's name, for a call."""
        return str(self.graph.payload[self.node])

    def outer(self, at: NodeId) -> NodeId:
        """F at another expression."""
        return self._put(self._outer, at)

    def slope(self, at: NodeId) -> NodeId:
        """F′ at another expression."""
        return self._put(self._slope, at)

    def _put(self, template: NodeId, at: NodeId) -> NodeId:
        """A template with the hole filled; many slips fill it with the same."""
        key = template, at
        if key not in self._filled:
            self._filled[key] = self.graph.replaced(template, self.hole, at)
        return self._filled[key]

    def linked(self, slope: NodeId) -> NodeId:
        """slope · g′."""
        return self.graph.product(slope, self.d)

    def put(self, root: NodeId, at: NodeId) -> NodeId:
        """An expression in x with x replaced."""
        return self.graph.replaced(root, self.x, at)

    def exponent(self) -> NodeId | None:
        """The constant exponent n of gⁿ (1/2 for a square root)."""
        if self.op is Op.POWER and self.graph.operands[self.node][0] == self.inner:
            return self.graph.operands[self.node][1]
        return None

    def base(self) -> NodeId | None:
        """The constant base a of aᵍ."""
        if self.op is Op.POWER and self.graph.operands[self.node][1] == self.inner:
            return self.graph.operands[self.node][0]
        if self.op is Op.CALL and self.name == "exp":
            return self.graph.constant("e")
        return None


def places(calculus: Calculus, nodes: Sequence[NodeId], depending: set[NodeId]) -> list[Place]:
    """Every composition among the nodes, outermost first."""
    graph = calculus.graph
    found: list[Place] = []
    for node in reversed(nodes):
        if node not in depending or graph.op[node] in (Op.SYMBOL, Op.NEGATION, Op.SUM, Op.PRODUCT):
            continue
        inner = [operand for operand in graph.operands[node] if operand in depending]
        linear = graph.op[node] is Op.QUOTIENT and graph.operands[node][0] in depending
        if len(inner) == 1 and not linear:
            found.append(Place(calculus, node, inner[0]))
    return found
