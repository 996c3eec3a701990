"""Whether an answer has a value wherever the question has one, seen from what it is made of: no point is looked at.

What must hold for a root or a logarithm to exist must hold for the question already, or always. A divisor may be zero
at single points, but not on a whole piece: what is analytic, and not zero everywhere, is not; what changes its formula,
as x + |x| does, must be a divisor of the question too.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mnemosyne.calculus.balls import BITS, precision
from mnemosyne.calculus.enclosures import Enclosures
from mnemosyne.calculus.expression_graph import NodeId, Op
from mnemosyne.calculus.intervals import REALS
from mnemosyne.calculus.prepared import Prepared
from mnemosyne.calculus.restrictions import Demand, poles

LARGEST_RATIO = 1000  # numerator and denominator of the ratio of two conditions that are taken for one
ZERO_WITH_OPERAND = frozenset(("sqrt", "cbrt", "root", "abs", "arcsin", "arctan", "sinh", "tanh", "arsinh", "artanh"))
OF_SIGNS = (Demand.POSITIVE, Demand.NOT_NEGATIVE)  # the demands that a positive factor does not change


def exists_throughout(question: Prepared, expected: NodeId, answer: NodeId) -> bool:
    """Return whether an answer with the formula of what is expected surely has a value wherever that has one."""
    return _Existence(question, expected).of(answer)


class _Existence:
    """What the question demands of a point, against which the demands of an answer are held."""

    def __init__(self, question: Prepared, expected: NodeId) -> None:
        self.question = question
        self.graph = question.graph
        self._own = (question.f, expected)

    def of(self, answer: NodeId) -> bool:
        switches = self.question.switches
        demanded = switches.restrictions(self._own)
        own_divisors = frozenset(self._divisors(self._own))
        added_demands = switches.restrictions((answer,)) - demanded
        if not all(self._implied(demand, node, demanded, own_divisors) for demand, node in added_demands):
            return False
        new_divisors = frozenset(self._divisors((answer,))) - own_divisors
        return all(self._vanishes_at_points_only(divisor, own_divisors) for divisor in new_divisors)

    def _implied(
        self,
        demand: Demand,
        node: NodeId,
        demanded: frozenset[tuple[Demand, NodeId]],
        own_divisors: frozenset[NodeId],
    ) -> bool:
        """Whether a demand on a node follows from one of the question's, or is always met."""
        if demand in OF_SIGNS and self._always_positive(node):
            return True
        if demand is Demand.POSITIVE and not self._vanishes_at_points_only(node, own_divisors):
            demanded = frozenset(pair for pair in demanded if pair[0] is not Demand.NOT_NEGATIVE)
        kinds = OF_SIGNS if demand in OF_SIGNS else (demand,)
        return any(self._same_demand(demand, node, known) for kind, known in demanded if kind in kinds)

    def _same_demand(self, demand: Demand, node: NodeId, own: NodeId) -> bool:
        if self.question.prover.proves_equal(node, own):
            return True
        ratio = self._ratio(node, own) if demand in OF_SIGNS else None
        if ratio is None:
            return False
        multiple = self.graph.product(self.graph.number(ratio), own)
        return self.question.prover.proves_equal(node, multiple)

    def _ratio(self, node: NodeId, own: NodeId) -> Fraction | None:
        """Return the ratio of two nodes at the first sample; None unless it is a simple positive fraction."""
        with precision(BITS):
            ratio = self.question.samples[0].value(node) / self.question.samples[0].value(own)
        if not ratio.is_finite() or not 0 < ratio < LARGEST_RATIO:
            return None
        return Fraction(float(ratio.mid())).limit_denominator(LARGEST_RATIO) or None

    def _always_positive(self, node: NodeId) -> bool:
        """Whether intervals show that a node is above 0 for all values of its symbols."""
        enclosures = Enclosures(self.graph, [node], dict.fromkeys(self.question.inputs, REALS))
        value = enclosures.on({})[node]
        return value is not None and value[0] > 0

    def _divisors(self, roots: tuple[NodeId, ...]) -> Iterator[NodeId]:
        """Yield parts of all divisors such that wherever a divisor is zero, one of its parts is."""
        stack = [pole for node in self.graph.reachable(roots) for pole in poles(self.graph, node)]
        graph = self.graph
        while stack:
            node = stack.pop()
            operands = graph.operands[node]
            match graph.op[node]:
                case Op.NEGATION | Op.PRODUCT:
                    stack += operands
                case Op.QUOTIENT | Op.POWER:
                    stack.append(operands[0])
                case Op.CALL if graph.payload[node] in ZERO_WITH_OPERAND:
                    stack.append(operands[0])
                case _:
                    yield node

    def _vanishes_at_points_only(self, divisor: NodeId, own: frozenset[NodeId]) -> bool:
        if not self.question.switches.breaks((divisor,)) or self._always_positive(divisor):
            return True
        return any(self.question.prover.proves_equal(divisor, other) for other in own)
