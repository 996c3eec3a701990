"""Where the breaks along one symbol change their order: at the zeros of resultants, which have one symbol fewer.

The breaks of |x − a| and |x − 5| along x are a and 5, so that a = 5 divides the values of a. This
follows cylindrical algebraic decomposition, so that a value of each cell is tried; only for few
polynomials of low degree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import combinations
from operator import add, mul

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.switches import Leaf, Switches

MOST_LEAVES = 10  # pairs are only tried for this many leaves
MOST_DEGREE = 4
MOST_CONSTANT_EXPONENT = 1_000


@dataclass(frozen=True, slots=True)
class _Ring:
    """A polynomial ring in some symbols; FLINT only takes ASCII names, and a symbol may be Greek."""

    context: fmpq_mpoly_ctx
    names: Sequence[str]  # the symbols, in the order of the generators


def levels(switches: Switches, leaves: Sequence[Leaf], order: Sequence[str]) -> list[list[Leaf]]:
    """Return for each symbol the leaves in it and in earlier symbols, with those that eliminating later ones adds."""
    current = list(leaves)
    result: list[list[Leaf]] = []
    for name in reversed(order):
        result.append([leaf for leaf in current if name in leaf.symbols])
        other_leaves = [leaf for leaf in current if name not in leaf.symbols]
        current = list(dict.fromkeys([*other_leaves, *_eliminated(switches, result[-1], name)]))
    return result[::-1]


def can_eliminate(graph: Graph, leaves: Sequence[Leaf]) -> bool:
    """Return whether elimination finds everything for the leaves: they must be few, and polynomials of low degree."""
    names = sorted({symbol for leaf in leaves for symbol in leaf.symbols})
    ring = _ring(names)
    polynomials = [_polynomial(graph, leaf.node, ring) for leaf in leaves]
    return len(leaves) <= MOST_LEAVES and all(p is not None and max(p.degrees()) <= MOST_DEGREE for p in polynomials)


def _ring(names: Sequence[str]) -> _Ring:
    return _Ring(fmpq_mpoly_ctx.get([f"s{index}" for index in range(len(names))], Ordering.lex), names)


def _eliminated(switches: Switches, leaves: Sequence[Leaf], name: str) -> Iterable[Leaf]:
    """Return leaves that are zero where two breaks meet along a symbol."""
    if not any(len(leaf.symbols) > 1 for leaf in leaves):
        return []
    names = sorted({symbol for leaf in leaves for symbol in leaf.symbols})
    ring = _ring(names)
    index = names.index(name)
    polynomials = [(leaf, _polynomial(switches.graph, leaf.node, ring)) for leaf in leaves]
    plain = [(leaf, p) for leaf, p in polynomials if p is not None and max(p.degrees()) <= MOST_DEGREE][:MOST_LEAVES]
    nodes = []
    for (first, p), (second, q) in combinations(plain, 2):
        if len(first.symbols | second.symbols) > 1:
            nodes.append(_node(switches.graph, ring, p.resultant(q, index)))
    for leaf, p in plain:
        if len(leaf.symbols) > 1:
            nodes.append(_node(switches.graph, ring, _leading(ring, p, index)))
            if p.degrees()[index] > 1:
                nodes.append(_node(switches.graph, ring, p.discriminant(index)))
    return switches.leaves(nodes)


def _leading(ring: _Ring, polynomial: fmpq_mpoly, index: int) -> fmpq_mpoly:
    """Return the coefficient of the highest power of a symbol; the whole polynomial if that power is 0, as in
    (x + b) − x.
    """
    degree = polynomial.degrees()[index]
    terms = polynomial.to_dict().items()
    return ring.context.from_dict(
        {
            tuple(0 if place == index else power for place, power in enumerate(powers)): coefficient
            for powers, coefficient in terms
            if powers[index] == degree
        }
    )


def _polynomial(graph: Graph, root: NodeId, ring: _Ring) -> fmpq_mpoly | None:
    """Return a node as a polynomial in the symbols; None if it is not one."""
    polynomials: dict[NodeId, fmpq_mpoly] = {}
    for node in graph.reachable([root]):
        parts = [polynomials[operand] for operand in graph.operands[node]]
        value = _part(graph, node, parts, ring)
        if value is None:
            return None
        polynomials[node] = value
    return polynomials[root]


def _part(graph: Graph, node: NodeId, parts: list[fmpq_mpoly], ring: _Ring) -> fmpq_mpoly | None:
    match graph.op[node]:
        case Op.NUMBER:
            value = graph.rational(node) or Fraction(0)
            return ring.context.constant(fmpq(value.numerator, value.denominator))
        case Op.SYMBOL:
            return parts[0] if parts else ring.context.gen(ring.names.index(str(graph.payload[node])))
        case Op.NEGATION:
            return -parts[0]
        case Op.SUM:
            return reduce(add, parts)
        case Op.PRODUCT:
            return reduce(mul, parts)
        case Op.QUOTIENT:
            divisor = parts[1]
            return parts[0] * (1 / fmpq(divisor.leading_coefficient())) if divisor.is_constant() and divisor else None
        case Op.POWER:
            exponent = graph.rational(graph.operands[node][1]) or Fraction(0)
            most = MOST_CONSTANT_EXPONENT if parts[0].is_constant() else MOST_DEGREE  # 10^6 is a number
            return parts[0] ** exponent.numerator if exponent in range(1, most + 1) else None
        case _:
            return None


def _node(graph: Graph, ring: _Ring, polynomial: fmpq_mpoly) -> NodeId:
    terms = []
    for powers, coefficient in polynomial.to_dict().items():
        factors = [graph.power(graph.symbol(ring.names[i]), graph.number(int(k))) for i, k in enumerate(powers) if k]
        size = graph.quotient(graph.number(int(coefficient.p)), graph.number(int(coefficient.q)))
        terms.append(graph.product(size, *factors))
    return graph.sum(*terms)
