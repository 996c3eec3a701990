"""A simplified derivative with the common factors of its terms in front: (1 + 2x²)·e^(x²), as a textbook
ends the product rule.

Only sums made by differentiation are touched, and only where a function or a bracket is shared: the
polynomial 2x + 3x² and everything that occurs in f itself stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from functools import reduce
from math import gcd

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.tidy import Monomial, Tidy


def factored(tidy: Tidy, root: NodeId, untouched: Collection[NodeId]) -> NodeId:
    """Return the simplified root with common factors taken out of its outermost sums; `untouched` nodes
    stay as they are.
    """
    multiplied = root not in untouched and tidy.graph.op[root] in (Op.NEGATION, Op.PRODUCT, Op.QUOTIENT)
    node = _factors_factored(tidy, root, untouched)
    return tidy.built(tidy.monomial(node)) if multiplied else node


def _factors_factored(tidy: Tidy, root: NodeId, untouched: Collection[NodeId]) -> NodeId:
    """Return a product with common factors taken out of its sums, not yet simplified; of a
    quotient, only its numerator's.
    """
    graph = tidy.graph
    if root in untouched:
        return root
    operands = graph.operands[root]
    match graph.op[root]:
        case Op.SUM:
            return _taken_out(tidy, root)
        case Op.NEGATION | Op.PRODUCT:
            return graph.build(root, tuple(_factors_factored(tidy, operand, untouched) for operand in operands))
        case Op.QUOTIENT:
            return graph.quotient(_factors_factored(tidy, operands[0], untouched), operands[1])
        case _:
            return root


def _taken_out(tidy: Tidy, root: NodeId) -> NodeId:
    graph = tidy.graph
    terms = [tidy.monomial(term) for term in graph.operands[root]]
    powers = _common_powers(graph, terms)
    if all(graph.op[base] in (Op.SYMBOL, Op.NUMBER, Op.CONSTANT) and _whole(graph, e) for base, e in powers.items()):
        return root
    common = Monomial(_common_coefficient(terms), powers)
    inverse = {base: graph.negation(exponent) for base, exponent in powers.items()}
    rest = [tidy.times(term, Monomial(1 / common.coefficient, inverse)) for term in terms]
    inner = tidy.tidied(graph.sum(*(piece for term in rest for piece in _distributed(tidy, term))))
    return tidy.built(tidy.times(common, Monomial(Fraction(1), {inner: graph.one})))


def _distributed(tidy: Tidy, term: Monomial) -> list[NodeId]:
    """Return the parts of a term: 8x² and 4x for 4x·(2x + 1); only a power of x times a single sum is expanded."""
    graph = tidy.graph
    sums = [base for base in term.powers if graph.op[base] is Op.SUM and term.powers[base] == graph.one]
    other_bases = {base: exponent for base, exponent in term.powers.items() if base not in sums}
    if len(sums) != 1 or any(graph.op[base] is not Op.SYMBOL for base in other_bases):
        return [tidy.built(term)]
    factor = Monomial(term.coefficient, other_bases)
    return [tidy.built(tidy.times(factor, tidy.monomial(piece))) for piece in graph.operands[sums[0]]]


def _whole(graph: Graph, exponent: NodeId) -> bool:
    return graph.rational(exponent) is not None


def _common_powers(graph: Graph, terms: list[Monomial]) -> dict[NodeId, NodeId]:
    """Return the powers common to all terms, with the lowest exponents."""
    common = dict(terms[0].powers)
    for term in terms[1:]:
        shared = {base: (common[base], term.powers[base]) for base in common if base in term.powers}
        lowest = {base: _lower(graph, first, second) for base, (first, second) in shared.items()}
        common = {base: exponent for base, exponent in lowest.items() if exponent is not None}
    return common


def _lower(graph: Graph, first: NodeId, second: NodeId) -> NodeId | None:
    """Return the exponent nearer to zero of two with the same sign, or of two equal ones; else None."""
    if first == second:
        return first
    a, b = graph.rational(first), graph.rational(second)
    if a is None or b is None or a * b <= 0:
        return None
    return first if abs(a) < abs(b) else second


def _common_coefficient(terms: list[Monomial]) -> Fraction:
    """Return the greatest common divisor of integer coefficients; 1 for others."""
    if any(term.coefficient.denominator != 1 for term in terms):
        return Fraction(1)
    return Fraction(reduce(gcd, (term.coefficient.numerator for term in terms)))
