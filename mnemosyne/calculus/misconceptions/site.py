"""Where a mistake can happen: a node of a function, or a composition F(g) with F and F′ ready to
be applied to anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.tidy import Tidy

HOLE = "·"  # the symbol that stands for g in the templates; nobody can type it
POWER, EXPONENTIAL = "^n", "a^"  # kinds of compositions that are not calls
INVISIBLE = (Op.NUMBER, Op.SYMBOL, Op.CONSTANT, Op.NEGATION, Op.SUM, Op.PRODUCT)  # not links of a chain


class Site:
    """A node under one calculus, with its operation; `inner_multiple` says that it is the k·x of a link F(k·x + c)."""

    def __init__(self, calculus: Calculus, node: NodeId, *, inner_multiple: bool = False) -> None:
        self.calculus = calculus
        self.graph: Graph = calculus.graph
        self.node = node
        self.op = self.graph.op[node]
        self.operands = self.graph.operands[node]
        self.inner_multiple = inner_multiple

    def under(self, calculus: Calculus) -> Site:
        """Return the same node under another calculus."""
        return Site(calculus, self.node, inner_multiple=self.inner_multiple)

    @property
    def inside(self) -> NodeId:
        """The node that a message calls the inner expression."""
        return self.node

    @property
    def derivatives(self) -> tuple[NodeId, ...]:
        """The derivatives of the operands."""
        return tuple(self.calculus.derivative(operand) for operand in self.operands)

    @property
    def true(self) -> NodeId:
        """The node's derivative."""
        return self.calculus.derivative(self.node)

    @property
    def x(self) -> NodeId:
        """The variable."""
        return self.calculus.variable


class Composition(Site):
    """A node F(g) with the variable in one operand only; `d` is g′.

    `outermost` says that only constants are added to it or multiply it. `name` is the function's, empty
    unless F is a call; `kind` is that name, POWER for gⁿ, EXPONENTIAL for aᵍ, empty for a quotient.
    """

    def __init__(self, calculus: Calculus, node: NodeId, inner: NodeId, *, outermost: bool = False) -> None:
        super().__init__(calculus, node)
        graph = self.graph
        self.inner = inner
        self.outermost = outermost
        self.name = str(graph.payload[node]) if self.op is Op.CALL else ""
        self.kind = (POWER if self.operands[0] == inner else EXPONENTIAL) if self.op is Op.POWER else self.name
        self.d = calculus.derivative(inner)
        self.hole = graph.symbol(HOLE)
        self._filled: dict[tuple[NodeId, NodeId], NodeId] = {}
        operands = tuple(self.hole if operand == inner else operand for operand in graph.operands[node])
        self.template = graph.build(node, operands)
        self._slope = Calculus(graph, HOLE).derivative(self.template)

    def under(self, calculus: Calculus) -> Composition:
        """Return the same composition under another calculus."""
        copied = copy(self)
        copied.calculus = calculus
        copied.d = calculus.derivative(self.inner)
        return copied

    @property
    def inside(self) -> NodeId:
        """The inner expression."""
        return self.inner

    @property
    def is_bare(self) -> bool:
        """Whether g is the variable itself."""
        return self.inner == self.x

    def outer(self, at: NodeId) -> NodeId:
        """Return F at another expression."""
        return self._filled_template(self.template, at)

    def slope(self, at: NodeId) -> NodeId:
        """Return F′ at another expression."""
        return self._filled_template(self._slope, at)

    def _filled_template(self, template: NodeId, at: NodeId) -> NodeId:
        """Return a template with the hole filled; cached, since many rules do the same."""
        key = template, at
        if key not in self._filled:
            self._filled[key] = self.graph.replaced(template, self.hole, at)
        return self._filled[key]

    def linked(self, slope: NodeId) -> NodeId:
        """Return slope · g′."""
        return self.graph.product(slope, self.d)

    def exponent(self) -> NodeId | None:
        """Return the constant exponent n of gⁿ."""
        return self.operands[1] if self.op is Op.POWER and self.operands[0] == self.inner else None

    def base(self) -> NodeId | None:
        """Return the constant base a of aᵍ."""
        if self.op is Op.POWER and self.operands[1] == self.inner:
            return self.operands[0]
        return self.graph.constant("e") if self.name == "exp" else None


def composition(calculus: Calculus, node: NodeId, *, outermost: bool = False) -> Composition | None:
    """Return the node as a composition; None if it is not one."""
    graph = calculus.graph
    if graph.op[node] in INVISIBLE:
        return None
    varying = [operand for operand in graph.operands[node] if varies(calculus, operand)]
    if len(varying) != 1 or (graph.op[node] is Op.QUOTIENT and graph.operands[node][0] == varying[0]):
        return None
    return Composition(calculus, node, varying[0], outermost=outermost)


def varies(calculus: Calculus, node: NodeId) -> bool:
    """Return whether a node's derivative is anything but the number 0."""
    return calculus.derivative(node) != calculus.graph.zero


def contributing(
    calculus: Calculus, tidy: Tidy, root: NodeId, is_sure: Callable[[NodeId], bool] = lambda _: False
) -> list[NodeId]:
    """Return the nodes of an expression, each before its operands, without the parts that cancel out.

    `is_sure` may recognise nodes that do not cancel by their values, which is faster.

    Someone who reads the eˣ/eˣ in min(x, eˣ/eˣ) as 1 does not differentiate it, so a rule applied to it gives
    the answer only by chance.
    """
    visited: set[NodeId] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if node not in visited and (node == root or is_sure(node) or not _cancels_out(calculus, tidy, node)):
            visited.add(node)
            stack += calculus.graph.operands[node]
    return sorted(visited, reverse=True)


def _cancels_out(calculus: Calculus, tidy: Tidy, node: NodeId) -> bool:
    """Whether a part contains x, but not once simplified."""
    return varies(calculus, node) and not varies(calculus, tidy.tidied(node))


def around(calculus: Calculus, root: NodeId) -> NodeId:
    """Return what remains of the root without added constants and constant factors."""
    graph = calculus.graph
    node = root
    while graph.op[node] in (Op.NEGATION, Op.SUM, Op.PRODUCT, Op.QUOTIENT):
        varying = [operand for operand in graph.operands[node] if varies(calculus, operand)]
        if len(varying) != 1 or (graph.op[node] is Op.QUOTIENT and graph.operands[node][0] != varying[0]):
            break
        node = varying[0]
    return node


def without_number(graph: Graph, node: NodeId) -> NodeId:
    """Return u for k·u with a number k, else the node."""
    operands = graph.operands[node]
    if graph.op[node] is Op.PRODUCT and len(operands) == 2 and graph.rational(operands[0]) is not None:
        return operands[1]
    return node


def multiple_of(calculus: Calculus, node: NodeId) -> NodeId | None:
    """Return the k·x in ±k·x + c; None for any other node and for k = 1."""
    graph = calculus.graph
    while graph.op[node] in (Op.NEGATION, Op.SUM):
        varying = [operand for operand in graph.operands[node] if varies(calculus, operand)]
        if len(varying) != 1:
            return None
        node = varying[0]
    multiple = graph.op[node] in (Op.PRODUCT, Op.QUOTIENT) and calculus.variable in graph.operands[node]
    return node if multiple and graph.rational(calculus.derivative(node)) is not None else None


def outermost_first(graph: Graph, root: NodeId) -> Sequence[NodeId]:
    """Return the nodes of an expression, each before its operands."""
    return graph.reachable([root])[::-1]
