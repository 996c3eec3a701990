"""Where a formula may change: the nodes at whose zeros another piece of it may begin. |u|, sign, step, relu,
max and min change their formula; even roots, fractional powers, logarithms and inverse functions end or have
a branch point. Between such places a formula is analytic, poles aside, so a few points represent all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mnemosyne.calculus.balls import BITS, RealValues, precision
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.factors import Factors, number_and_rest
from mnemosyne.calculus.proof.prover import Prover
from mnemosyne.calculus.restrictions import Demand, IsWhole, poles, restrictions

_AT_ZERO = frozenset(("abs", "sign", "step", "relu", "sqrt", "cbrt", "root", "ln", "log", "arsech", "arcsch"))
_AT_ONE = frozenset(("arcosh", "arsech"))
_AT_BOTH_ONES = frozenset(("arcsin", "arccos", "artanh", "arcoth", "arcsec", "arccsc"))
_AROUND_INFINITY = frozenset(("arctan", "arccot", "arcsec", "arccsc", "arcoth", "arcsch"))
_JUMPING = frozenset(("sign", "step", "ln", "arsech", "arcsch"))
_STEEP = frozenset(("exp", "tanh", "sech", "sigmoid", "softplus", "sinh", "cosh"))
TURNING = frozenset(("sin", "cos", "tan", "sec", "csc", "cot"))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A node whose zeros are looked for, with the names of the symbols in it."""

    node: NodeId
    symbols: frozenset[str]
    turning: bool  # whether it may have infinitely many zeros


class Switches:
    """The switches of the nodes of one graph; the derivatives needed to find their zeros are cached."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._factors = Factors(graph)
        self._leaves: dict[NodeId, Leaf] = {}
        self._active: dict[NodeId, NodeId] = {}
        self._calculus: dict[str, Calculus] = {}

    def breaks(self, roots: Iterable[NodeId]) -> list[Leaf]:
        """Return the leaves at whose zeros a root's formula may change."""
        return list(self._each_break(roots))

    def may_change(self, roots: Iterable[NodeId]) -> bool:
        """Return whether a root's formula may change anywhere: whether it has breaks."""
        return next(self._each_break(roots), None) is not None

    def _each_break(self, roots: Iterable[NodeId]) -> Iterator[Leaf]:
        graph, nodes = self.graph, self.graph.reachable(roots)
        switches = [switch for node in nodes for switch in _switches(graph, node)]
        turning = (graph.operands[node][0] for node in nodes if graph.payload[node] in _AROUND_INFINITY)
        at_infinity = (pole for node in graph.reachable([*switches, *turning]) for pole in poles(graph, node))
        # At a pole 1/x changes its sign, |1/x| its formula.
        return self._each_leaf([*switches, *at_infinity], self._factors.without_roots)

    def jumps(self, roots: Sequence[NodeId]) -> list[Leaf]:
        """Return those breaks where a root may jump: at a sign, a step, a pole, or the end of a logarithm.

        All else is continuous wherever it has a value.
        """
        graph, nodes = self.graph, self.graph.reachable(roots)
        at_infinity = [pole for node in nodes for pole in poles(graph, node)]
        jumping = [place for node in nodes for place in _jumps(graph, node)]
        leaves = set(self._leaves_of([*jumping, *at_infinity], self._factors.without_roots))
        return [leaf for leaf in self.breaks(roots) if leaf in leaves]

    def places(self, roots: Iterable[NodeId]) -> list[Leaf]:
        """Return the leaves near whose zeros details too small to see may hide: poles, steep steps."""
        return self.leaves(place for node in self.graph.reachable(roots) for place in self._steep(node))

    def restrictions(self, roots: Iterable[NodeId], is_whole: IsWhole) -> frozenset[tuple[Demand, NodeId]]:
        """Return the requirements for the roots to have a value, each with the node that has to meet it."""
        graph, nodes = self.graph, self.graph.reachable(roots)
        return frozenset(demand for node in nodes for demand in restrictions(graph, node, is_whole))

    def leaves(self, nodes: Iterable[NodeId]) -> list[Leaf]:
        """Return the simplest leaves that are zero where one of the nodes is; none for a node without symbols."""
        return self._leaves_of(nodes, self._factors.of)

    def _leaves_of(self, nodes: Iterable[NodeId], factored: Callable[[NodeId], tuple[NodeId, ...]]) -> list[Leaf]:
        return list(self._each_leaf(nodes, factored))

    def _each_leaf(self, nodes: Iterable[NodeId], factored: Callable[[NodeId], tuple[NodeId, ...]]) -> Iterator[Leaf]:
        visited: set[NodeId] = set()
        for node in list(nodes):
            for factor in factored(node):
                active = self._without_idle_symbols(factor)
                if active not in visited:
                    visited.add(active)
                    leaf = self._leaf(active)
                    if leaf.symbols:
                        yield leaf

    def _without_idle_symbols(self, node: NodeId) -> NodeId:
        """Return the node with 1 for each symbol that it does not depend on, such as x in sin x + b − sin x."""
        if node not in self._active:
            active, leaf = node, self._leaf(node)
            for name in leaf.symbols if len(leaf.symbols) > 1 else ():
                if self._vanishes(self.derivative(leaf, name), leaf.symbols):
                    active = self.graph.replaced(active, self.graph.symbol(name), self.graph.one)
            self._active[node] = active
        return self._active[node]

    def _vanishes(self, node: NodeId, names: Iterable[str]) -> bool:
        """Return whether a node is proved to be zero everywhere; a value at one point rules out most nodes."""
        point = {name: Fraction(7 + 2 * index, 11) for index, name in enumerate(sorted(names))}
        with precision(BITS):
            value = RealValues(self.graph, point).value(node)
        if value.is_finite() and not value.contains(0):
            return False
        return node == self.graph.zero or Prover(self.graph).proves_equal(node, self.graph.zero)

    def derivative(self, leaf: Leaf, symbol: str) -> NodeId:
        """Return the derivative of a leaf along a symbol."""
        return self._calculus_by(symbol).derivative(leaf.node)

    def _calculus_by(self, symbol: str) -> Calculus:
        if symbol not in self._calculus:
            self._calculus[symbol] = Calculus(self.graph, symbol)
        return self._calculus[symbol]

    def in_step(self, leaves: Iterable[Leaf], symbol: str) -> bool:
        """Return whether leaves with infinitely many zeros repeat together: their periodic functions have
        rates along the symbol in rational ratios. If not, they meet in other ways far out than near 0.
        """
        nodes = self.graph.reachable([leaf.node for leaf in leaves])
        turning = {self.graph.operands[node][0] for node in nodes if self.graph.payload[node] in TURNING}
        rates = [self._calculus_by(symbol).derivative(argument) for argument in turning]
        nonzero = [rate for rate in rates if rate != self.graph.zero]
        ratios = (self._ratio(rate, nonzero[0]) for rate in nonzero[1:])
        return all(ratio is not None for ratio in ratios)

    def _ratio(self, node: NodeId, other: NodeId) -> Fraction | None:
        """Return the rational quotient of two nodes; None if none is seen."""
        first, first_rest = number_and_rest(self.graph, node)
        second, second_rest = number_and_rest(self.graph, other)
        first_number, second_number = self.graph.rational(node), self.graph.rational(other)
        if first_number and second_number:
            return first_number / second_number
        return first / second if first_rest == second_rest and second else None

    def _leaf(self, node: NodeId) -> Leaf:
        if node not in self._leaves:
            graph = self.graph
            below = graph.reachable([node])
            names = frozenset(
                str(graph.payload[n]) for n in below if graph.op[n] is Op.SYMBOL and not graph.operands[n]
            )
            turning = any(graph.op[n] is Op.CALL and graph.payload[n] in TURNING for n in below)
            self._leaves[node] = Leaf(node, names, turning)
        return self._leaves[node]

    def _steep(self, node: NodeId) -> Iterator[NodeId]:
        graph = self.graph
        yield from poles(graph, node)
        if graph.op[node] is Op.POWER and graph.rational(graph.operands[node][1]) is None:
            yield graph.operands[node][1]
        elif graph.op[node] is Op.CALL and graph.payload[node] in _STEEP:
            yield graph.operands[node][0]


def _switches(graph: Graph, node: NodeId) -> Iterator[NodeId]:
    operands = graph.operands[node]
    if graph.op[node] is Op.POWER:
        exponent = graph.rational(operands[1])
        if exponent is None or exponent.denominator != 1:
            yield operands[0]
    elif graph.op[node] is Op.CALL:
        name = str(graph.payload[node])
        if name in _AT_ZERO:
            yield operands[0]
        if name in _AT_ONE:
            yield graph.sum(operands[0], graph.number(-1))
        elif name in _AT_BOTH_ONES:
            yield graph.sum(operands[0], graph.number(-1))
            yield graph.sum(operands[0], graph.one)
        elif name in ("max", "min"):
            yield graph.sum(operands[0], graph.negation(operands[1]))
        if name == "log":
            yield operands[1]


def _jumps(graph: Graph, node: NodeId) -> Iterator[NodeId]:
    """Yield what is zero where a node may jump, or goes to infinity but at a pole."""
    operands, name = graph.operands[node], graph.payload[node]
    if name in _JUMPING or (graph.op[node] is Op.POWER and graph.rational(operands[1]) is None):
        yield operands[0]
    elif name == "log":
        yield from (*operands, graph.sum(operands[1], graph.number(-1)))
    elif name == "root" and (graph.rational(operands[1]) or 0) <= 0:
        yield from operands
