"""How much the derivative of each node counts in that of the whole function, at one point.

A derivative is linear in the derivative of each node under it, with a factor that belongs to that node. The factors
of all nodes come from one walk down from the function, so what another derivative of a node would give is one sum.
"""

from __future__ import annotations

from collections.abc import Mapping

from flint import arb

from mnemosyne.calculus.balls import RealValues
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.misconceptions.site import outermost_first

ZERO = arb(0)
NEVER_MISTAKEN = (Op.NUMBER, Op.CONSTANT)  # operands that no rule gives a wrong derivative


class Partials:
    """The partial derivatives of each node with respect to its operands, as nodes; cached."""

    def __init__(self, calculus: Calculus) -> None:
        self._graph: Graph = calculus.graph
        self._calculus = calculus
        self._known: dict[NodeId, tuple[tuple[NodeId, NodeId], ...]] = {}

    def of(self, node: NodeId) -> tuple[tuple[NodeId, NodeId], ...]:
        """Return each operand of a node with the partial derivative; without those that no mistake is about."""
        partials = self._known.get(node)
        if partials is None:
            partials = self._known[node] = tuple(self._local_partials(node))
        return partials

    def _local_partials(self, node: NodeId) -> list[tuple[NodeId, NodeId]]:
        graph, operands = self._graph, self._graph.operands[node]
        zeros = (graph.zero,) * len(operands)
        return [
            (operand, self._calculus.local(node, (*zeros[:i], graph.one, *zeros[i + 1 :])))
            for i, operand in enumerate(operands)
            if graph.op[operand] not in NEVER_MISTAKEN
        ]


class Influence:
    """The factor of each node's derivative in that of a root, at the point of a sample."""

    def __init__(self, calculus: Calculus, root: NodeId, partials: Partials, sample: RealValues) -> None:
        self.sample = sample
        self._calculus = calculus
        self._root = root
        self._partials = partials
        self._factors = self._all_factors()
        self._around: dict[NodeId, tuple[arb, arb]] = {}

    def around(self, node: NodeId) -> tuple[arb, arb]:
        """Return the derivative of the root with that of a node taken as 0, and the node's factor."""
        around = self._around.get(node)
        if around is None:
            value, derivative = self.sample.value, self._calculus.derivative
            factor = self._factors.get(node, ZERO)
            around = self._around[node] = value(derivative(self._root)) - factor * value(derivative(node)), factor
        return around

    def _all_factors(self) -> dict[NodeId, arb]:
        value, calculus = self.sample.value, self._calculus
        factors = {self._root: arb(1)}
        for node in outermost_first(calculus.graph, self._root):
            factor = factors.get(node, ZERO)
            if calculus.is_given(node) or factor == 0:
                continue
            for operand, partial in self._partials.of(node):
                factors[operand] = factors.get(operand, ZERO) + factor * value(partial)
        return factors

    def with_all(self, wrong: Mapping[NodeId, tuple[NodeId, NodeId | None]]) -> arb:
        """Return the derivative of the root with those of several nodes replaced at once.

        Each replacement is a node, with the operand whose derivative, replaced too, multiplies it, or None.
        """
        value, derivative = self.sample.value, self._calculus.derivative
        replaced: dict[NodeId, arb] = {}

        def slope(node: NodeId) -> arb:
            return replaced[node] if node in replaced else value(derivative(node))

        for node in self._calculus.graph.reachable([self._root], above=min(wrong) - 1):
            if node in wrong:
                local, beside = wrong[node]
                replaced[node] = value(local) if beside is None else value(local) * slope(beside)
                continue
            partials = self._partials.of(node)
            if any(operand in replaced for operand, _ in partials):
                terms = [(partial, slope(operand)) for operand, partial in partials]
                replaced[node] = sum((value(partial) * term for partial, term in terms if not term.is_zero()), ZERO)
        return slope(self._root)
