"""A derivative as a textbook would write it: numbers in front, equal factors as powers, one fraction, fixed order.

Every node becomes a monomial (a rational coefficient and powers of bases) or a sum of them. Only identities that hold
wherever the derivative is defined are used, so that what is shown equals what is graded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from mnemosyne.calculus.graph import Graph, NodeId, Op

UNFOLDED_BITS = 64  # powers of numbers are worked out only up to this size
E_POWERS = "exp"


@dataclass(slots=True)
class Monomial:
    """coefficient · Π baseᵉ; exponents are nodes, so that xⁿ·x can become xⁿ⁺¹."""

    coefficient: Fraction
    powers: dict[NodeId, NodeId] = field(default_factory=dict)


class Tidy:
    """Rewrites nodes of one graph; results are kept."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[NodeId, NodeId] = {}

    def tidied(self, root: NodeId) -> NodeId:
        """The node rewritten, operands first."""
        graph, known = self.graph, self._known
        for node in graph.reachable([root]):
            if graph.op[node] is Op.SYMBOL:
                known[node] = node
            elif node not in known:
                operands = tuple(known[operand] for operand in graph.operands[node])
                known[node] = self._rewritten(graph.build(node, operands))
        return known[root]

    def _rewritten(self, node: NodeId) -> NodeId:
        match self.graph.op[node]:
            case Op.SUM:
                return self._sum(node)
            case Op.NEGATION | Op.PRODUCT | Op.QUOTIENT | Op.POWER:
                return self.built(self.monomial(node))
            case _:
                return node

    def _sum(self, node: NodeId) -> NodeId:
        """Like terms collected, in the order they first stand; a positive term goes first if there is one."""
        graph = self.graph
        shapes: dict[NodeId, Fraction] = {}
        for term in self._terms(node):
            monomial = self.monomial(term)
            shape = self.built(Monomial(Fraction(1), monomial.powers))
            shapes[shape] = shapes.get(shape, Fraction(0)) + monomial.coefficient
        kept = [(shape, coefficient) for shape, coefficient in shapes.items() if coefficient]
        kept.sort(key=lambda item: item[0] == graph.one)
        if kept and kept[0][1] < 0:
            kept.sort(key=lambda item: item[1] < 0)
        return graph.sum(*(self._scaled(shape, coefficient) for shape, coefficient in kept))

    def _terms(self, node: NodeId) -> list[NodeId]:
        graph = self.graph
        flat: list[NodeId] = []
        stack = [node]
        while stack:
            term = stack.pop()
            if graph.op[term] is Op.SUM:
                stack.extend(reversed(graph.operands[term]))
            else:
                flat.append(term)
        return flat

    def _scaled(self, shape: NodeId, coefficient: Fraction) -> NodeId:
        monomial = self.monomial(shape)
        return self.built(Monomial(monomial.coefficient * coefficient, monomial.powers))

    def monomial(self, node: NodeId) -> Monomial:
        """The node as a monomial; its operands are tidy already."""
        result = Monomial(Fraction(1))
        stack: list[tuple[NodeId, NodeId]] = [(node, self.graph.one)]
        while stack:
            factor, exponent = stack.pop()
            self._take(factor, exponent, result, stack)
        self._merge_roots(result.powers)
        return result

    def _merge_roots(self, powers: dict[NodeId, NodeId]) -> None:
        """Powers of √u and of u as one: √u² is u, √u/u is 1/√u."""
        graph = self.graph
        for root in [base for base in powers if graph.payload[base] == "sqrt" and graph.op[base] is Op.CALL]:
            under = graph.operands[root][0]
            halves, wholes = (graph.rational(powers.get(base, graph.zero)) for base in (root, under))
            if halves is None or wholes is None or (halves in (1, -1) and not wholes):
                continue
            total = wholes + halves / 2
            whole = int(total)  # towards zero: what is left has the same sign
            for base, exponent in ((under, Fraction(whole)), (root, 2 * (total - whole))):
                powers.pop(base, None)
                if exponent:
                    powers[base] = graph.number(exponent)

    def times(self, one: Monomial, other: Monomial) -> Monomial:
        """The product of two monomials."""
        result = Monomial(one.coefficient * other.coefficient, dict(one.powers))
        for base, exponent in other.powers.items():
            self._collect(base, exponent, result)
        self._merge_roots(result.powers)
        return result

    def _take(self, factor: NodeId, exponent: NodeId, result: Monomial, stack: list[tuple[NodeId, NodeId]]) -> None:
        """Multiply factor^exponent into the result, or push what it is made of."""
        graph = self.graph
        operands = graph.operands[factor]
        whole = graph.rational(exponent)
        distributes = whole is not None and whole.denominator == 1
        value = graph.rational(factor)
        match graph.op[factor]:
            case Op.NEGATION if distributes:
                result.coefficient *= -1 if whole and whole.numerator % 2 else 1
                stack.append((operands[0], exponent))
            case Op.PRODUCT if distributes:
                stack.extend((operand, exponent) for operand in reversed(operands))
            case Op.QUOTIENT if distributes:
                stack.append((operands[1], graph.negation(exponent)))
                stack.append((operands[0], exponent))
            case Op.POWER if distributes:
                stack.append((operands[0], graph.product(operands[1], exponent)))
            case Op.NUMBER if distributes and value and whole is not None and _foldable(value, whole):
                result.coefficient *= value ** int(whole)
            case _:
                self._collect(factor, exponent, result)

    def _collect(self, base: NodeId, exponent: NodeId, result: Monomial) -> None:
        before = result.powers.get(base)
        total = exponent if before is None else self._exponent_sum(before, exponent)
        if self.graph.rational(total) == 0:
            del result.powers[base]
        else:
            result.powers[base] = total

    def _exponent_sum(self, one: NodeId, other: NodeId) -> NodeId:
        graph = self.graph
        total = graph.sum(one, other)
        return self._sum(total) if graph.op[total] is Op.SUM else total

    def built(self, monomial: Monomial) -> NodeId:
        """The node of a monomial: one fraction, the number in front, factors in textbook order."""
        graph = self.graph
        above: list[NodeId] = []
        below: list[NodeId] = []
        for base, exponent in sorted(monomial.powers.items(), key=lambda item: self._rank(*item)):
            power = graph.rational(exponent)
            if power is not None and power < 0:
                below.append(graph.power(base, graph.number(-power)))
            else:
                above.append(graph.power(base, exponent))
        coefficient = monomial.coefficient
        size = abs(coefficient)
        numerator = graph.product(graph.number(size.numerator), *above)
        denominator = graph.product(graph.number(size.denominator), *below)
        built = graph.quotient(numerator, denominator)
        return graph.negation(built) if coefficient < 0 else built

    def _rank(self, base: NodeId, exponent: NodeId) -> tuple[int, int, str]:
        """Numbers, constants, symbols, then brackets, functions and exponentials; by name or age within each."""
        graph = self.graph
        name = str(graph.payload[base])
        match graph.op[base]:
            case Op.NUMBER:
                return (0 if graph.rational(exponent) is not None else 6, 0, "")
            case Op.CONSTANT:
                return (1 if graph.rational(exponent) is not None else 6, 0, name)
            case Op.SYMBOL:
                return (2, 0, name)
            case Op.CALL:
                return (6, 0, name) if name == E_POWERS else (5, base, name)
            case _:
                return (4, base, "")


def _foldable(value: Fraction, exponent: Fraction) -> bool:
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    return bits * abs(exponent) <= UNFOLDED_BITS
