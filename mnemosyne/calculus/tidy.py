"""A derivative as a textbook would write it: numbers in front, equal factors as powers, one fraction, fixed order.

Every node becomes a monomial (a rational coefficient and powers of bases) or a sum of them. Only identities
that hold wherever the derivative is defined are used, so that the form shown equals the form graded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op

UNFOLDED_BITS = 64  # powers of numbers are only computed up to this size
E_POWERS = "exp"
MULTIPLICATIVE = (Op.NEGATION, Op.PRODUCT, Op.QUOTIENT, Op.POWER)


@dataclass(slots=True)
class Monomial:
    """coefficient · Π baseᵉ; exponents are nodes, so that xⁿ·x can become xⁿ⁺¹."""

    coefficient: Fraction
    powers: dict[NodeId, NodeId] = field(default_factory=dict)  # the exponent of each base


class Tidy:
    """Rewrites nodes of one graph; results are cached."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[NodeId, NodeId] = {}

    def tidied(self, root: NodeId) -> NodeId:
        """Return the node rewritten, operands first."""
        graph, rewritten = self.graph, self._known
        for node in self._to_rewrite(root):
            if node in rewritten:
                continue
            if graph.op[node] is Op.SYMBOL:
                rewritten[node] = node
            elif graph.op[node] in MULTIPLICATIVE:
                rewritten[node] = self.built(self._multiplied_out(node, raw=True))
            else:
                rebuilt = graph.build(node, tuple(rewritten[operand] for operand in graph.operands[node]))
                rewritten[node] = self._sum(rebuilt) if graph.op[rebuilt] is Op.SUM else rebuilt
        return rewritten[root]

    def _to_rewrite(self, root: NodeId) -> list[NodeId]:
        """Return the nodes that have to be rewritten for the root, operands first.

        Products inside a product are left out, since the outermost one takes their factors. Building each of
        the nested products of a chain would take time quadratic in its length.
        """
        needed: set[NodeId] = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if node not in needed and node not in self._known:
                needed.add(node)
                stack.extend(self._parts(node))
        return sorted(needed | {root})

    def _parts(self, node: NodeId) -> Iterator[NodeId]:
        """Yield the nodes to rewrite before this one: its operands, or the factors of the whole product."""
        graph = self.graph
        if graph.op[node] is Op.SYMBOL:
            return
        stack, visited = [node], {node}
        while stack:
            factor = stack.pop()
            for operand in graph.operands[factor]:
                nested = graph.op[operand] in MULTIPLICATIVE and self._distributes(factor)
                if not nested:
                    yield operand
                elif operand not in visited:
                    visited.add(operand)
                    stack.append(operand)

    def _distributes(self, node: NodeId) -> bool:
        """Whether the factors of the node's operands are factors of the node."""
        graph = self.graph
        if graph.op[node] is Op.POWER:
            exponent = graph.rational(graph.operands[node][1])
            return exponent is not None and exponent.denominator == 1
        return graph.op[node] in MULTIPLICATIVE

    def _sum(self, node: NodeId) -> NodeId:
        """Return the sum with like terms collected, in order of occurrence, or a positive term first
        if there is one.
        """
        graph = self.graph
        shapes: dict[NodeId, Fraction] = {}
        for term in self._terms(node):
            monomial = self.monomial(term)
            shape = self.built(Monomial(Fraction(1), monomial.powers))
            shapes[shape] = shapes.get(shape, Fraction(0)) + monomial.coefficient
        terms = [(shape, coefficient) for shape, coefficient in shapes.items() if coefficient]
        terms.sort(key=lambda item: item[0] == graph.one)
        if terms and terms[0][1] < 0:
            terms.sort(key=lambda item: item[1] < 0)
        return graph.sum(*(self._scaled(shape, coefficient) for shape, coefficient in terms))

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
        if coefficient == 1:
            return shape
        monomial = self.monomial(shape)
        return self.built(Monomial(monomial.coefficient * coefficient, monomial.powers))

    def monomial(self, node: NodeId) -> Monomial:
        """Return the node, which must be tidy already, as a monomial."""
        return self._multiplied_out(node, raw=False)

    def _multiplied_out(self, node: NodeId, *, raw: bool) -> Monomial:
        """Return the node as a monomial; with `raw` its factors are not tidy yet, but their `_parts` are."""
        result = Monomial(Fraction(1))
        self._multiply_in(node, self.graph.one, result, raw=raw)
        self._merge_roots(result)
        return result

    def _multiply_in(self, node: NodeId, exponent: NodeId, result: Monomial, *, raw: bool) -> None:
        factors = _Factors(self, result)
        factors.push(node, exponent, raw=raw)
        while factors:
            factor, power, is_raw = factors.pop()
            self._take(factor, power, factors, result, raw=is_raw)

    def _merge_roots(self, monomial: Monomial) -> None:
        """Merge powers of √u and of u: √u² is u, √u/u is 1/√u."""
        graph, powers = self.graph, monomial.powers
        for root in [base for base in powers if graph.payload[base] == "sqrt" and graph.op[base] is Op.CALL]:
            if root not in powers:
                continue  # it was under another root and merged with it
            under = graph.operands[root][0]
            halves, wholes = (graph.rational(powers.get(base, graph.zero)) for base in (root, under))
            if halves is None or wholes is None or (halves in (1, -1) and not wholes):
                continue
            total = wholes + halves / 2
            whole = int(total)  # towards zero: the rest has the same sign
            powers.pop(root)
            powers.pop(under, None)
            if total != whole:
                powers[root] = graph.number(2 * (total - whole))
            self._multiply_in(under, graph.number(whole), monomial, raw=False)

    def times(self, first: Monomial, second: Monomial) -> Monomial:
        """Return the product of two monomials."""
        result = Monomial(first.coefficient * second.coefficient, dict(first.powers))
        for base, exponent in second.powers.items():
            self.collect(base, exponent, result)
        self._merge_roots(result)
        return result

    def _take(self, factor: NodeId, exponent: NodeId, factors: _Factors, result: Monomial, *, raw: bool) -> None:
        """Multiply factor^exponent into the result, or push its parts."""
        graph = self.graph
        operands = graph.operands[factor]
        whole = graph.rational(exponent)
        if whole == 0:
            return
        distributes = whole is not None and whole.denominator == 1
        match graph.op[factor]:
            case Op.NEGATION if distributes:
                result.coefficient *= -1 if whole and whole.numerator % 2 else 1
                factors.push(operands[0], exponent, raw=raw)
            case Op.PRODUCT if distributes:
                for operand in operands:
                    factors.push(operand, exponent, raw=raw)
            case Op.QUOTIENT if distributes:
                factors.push(operands[0], exponent, raw=raw)
                factors.push(operands[1], graph.negation(exponent), raw=raw)
            case Op.POWER if distributes:
                inner = self._known[operands[1]] if raw else operands[1]
                factors.push(operands[0], self._scaled(inner, whole or Fraction(1)), raw=raw)
            case _ if raw:
                factors.push(self._known[factor], exponent, raw=False)
            case _:
                self.collect(factor, exponent, result)

    def collect(self, base: NodeId, exponent: NodeId, result: Monomial) -> None:
        """Multiply base^exponent into the result; a power of a number is computed unless it is large."""
        value, whole = self.graph.rational(base), self.graph.rational(exponent)
        if value and whole is not None and whole.denominator == 1 and _foldable(value, whole):
            result.coefficient *= value ** int(whole)
            return
        before = result.powers.get(base)
        total = exponent if before is None else self.exponent_sum(before, exponent)
        if self.graph.rational(total) == 0:
            result.powers.pop(base, None)
        else:
            result.powers[base] = total

    def exponent_sum(self, first: NodeId, second: NodeId) -> NodeId:
        """Return the sum of two exponents, expanded and with like terms collected."""
        graph = self.graph
        total = graph.sum(
            *(self._scaled(term, by) for exponent in (first, second) for term, by in self._opened(exponent))
        )
        return self._sum(total) if graph.op[total] is Op.SUM else total

    def _opened(self, exponent: NodeId) -> list[tuple[NodeId, Fraction]]:
        """Return the terms of an exponent, each with the number that multiplies its bracket."""
        graph = self.graph
        monomial = self.monomial(exponent)
        bases = list(monomial.powers)
        if len(bases) == 1 and graph.op[bases[0]] is Op.SUM and monomial.powers[bases[0]] == graph.one:
            return [(term, monomial.coefficient) for term in graph.operands[bases[0]]]
        return [(exponent, Fraction(1))]

    def built(self, monomial: Monomial) -> NodeId:
        """Return the node of a monomial: one fraction, the number in front, factors in textbook order."""
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
        """Return the rank of a factor: number, constant, symbol, bracket, function, exponential; then name or age."""
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


class _Factors:
    """The factors not yet multiplied in, youngest first, equal ones merged into one power.

    An operand is older than the nodes that use it, so a shared factor has its whole exponent before it is
    taken apart: its parts are visited once, however often it occurs in the product.
    """

    def __init__(self, tidy: Tidy, result: Monomial) -> None:
        self._tidy = tidy
        self._result = result
        self._exponents: dict[tuple[NodeId, bool], NodeId] = {}
        self._youngest_first: list[tuple[NodeId, bool]] = []

    def __bool__(self) -> bool:
        return bool(self._youngest_first)

    def push(self, factor: NodeId, exponent: NodeId, *, raw: bool) -> None:
        """Add factor^exponent; a number is multiplied in at once."""
        key = (-factor, raw)
        if self._tidy.graph.op[factor] is Op.NUMBER:
            self._tidy.collect(factor, exponent, self._result)
        elif key in self._exponents:
            self._exponents[key] = self._tidy.exponent_sum(self._exponents[key], exponent)
        else:
            self._exponents[key] = exponent
            heappush(self._youngest_first, key)

    def pop(self) -> tuple[NodeId, NodeId, bool]:
        """Remove the youngest factor; return it with its exponent, and whether it is raw."""
        key = heappop(self._youngest_first)
        return -key[0], self._exponents.pop(key), key[1]


def _foldable(value: Fraction, exponent: Fraction) -> bool:
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    return bits * abs(exponent) <= UNFOLDED_BITS
