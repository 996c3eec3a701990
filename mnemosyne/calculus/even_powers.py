"""Roots of even powers as powers of the absolute value, so that they can be differentiated where the base is 0 too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op

_EVEN_FUNCTIONS = frozenset(("cos", "sec", "cosh", "sech"))


def with_plain_even_powers(graph: Graph, root: NodeId) -> NodeId:
    """Return a node with w² for √(w⁴) and |w|², |w| for √(w²), |w|^(4/3) for ∛w⁴, w²√(1 + w²) for √(w⁴ + w⁶), and
    cos w for cos|w|.

    It has the same values, and its derivative has one at w = 0, where 4w³/(2√(w⁴)) is 0/0.
    """
    forms: dict[NodeId, NodeId] = {}
    for node in graph.reachable([root]):
        operands = tuple(forms[operand] for operand in graph.operands[node])
        forms[node] = _plain(graph, graph.build(node, operands) if operands != graph.operands[node] else node)
    return forms[root]


def _plain(graph: Graph, node: NodeId) -> NodeId:
    name, operands = graph.payload[node], graph.operands[node]
    if name in _EVEN_FUNCTIONS and graph.payload[operands[0]] == "abs":
        return graph.call(str(name), *graph.operands[operands[0]])
    size = _power_of_size(graph, node)
    return _with_factors_outside(graph, node) if size is None else _of_size(graph, *size)


def _of_size(graph: Graph, base: NodeId, exponent: Fraction) -> NodeId:
    """Return |w|^r."""
    is_even = exponent.denominator == 1 and exponent.numerator % 2 == 0
    return graph.power(base if is_even else graph.call("abs", base), graph.number(exponent))


def _with_factors_outside(graph: Graph, node: NodeId) -> NodeId:
    """Return a root of a sum with the even powers that are factors of all its terms in front of the root."""
    power = _power(graph, node)
    if power is None or power[1].denominator == 1 or graph.op[power[0]] is not Op.SUM:
        return node
    terms = graph.operands[power[0]]
    factors = [dict(_factors(graph, term)) for term in terms]
    shared = [(base, min(powers.get(base, 0) for powers in factors) // 2 * 2) for base in factors[0]]
    outside = [(base, count) for base, count in shared if count]
    if not outside:
        return node
    rest = graph.sum(*(_divided(graph, term, dict(outside)) for term in terms))
    roots = [_of_size(graph, base, count * power[1]) for base, count in outside]
    return graph.product(*roots, graph.build(node, (rest, *graph.operands[node][1:])))


def _factors(graph: Graph, term: NodeId) -> Iterator[tuple[NodeId, int]]:
    """Yield the factors of a term, each once, with their exponents; those with other exponents than positive integers
    count once.
    """
    powers: Counter[NodeId] = Counter()
    for factor in _factors_of_product(graph, term):
        base, exponent = _whole_power(graph, factor)
        powers[base] += exponent
    yield from powers.items()


def _factors_of_product(graph: Graph, term: NodeId) -> tuple[NodeId, ...]:
    if graph.op[term] is Op.NEGATION:
        return _factors_of_product(graph, graph.operands[term][0])
    return graph.operands[term] if graph.op[term] is Op.PRODUCT else (term,)


def _whole_power(graph: Graph, factor: NodeId) -> tuple[NodeId, int]:
    """Return the base and the exponent of a power with a positive integer as exponent; any other node itself, and 1."""
    if graph.op[factor] is Op.POWER:
        base, exponent = graph.operands[factor]
        number = graph.rational(exponent)
        if number is not None and number > 0 and number.denominator == 1:
            return base, number.numerator
    return factor, 1


def _divided(graph: Graph, term: NodeId, outside: dict[NodeId, int]) -> NodeId:
    """Return a term divided by powers that are factors of it."""
    if graph.op[term] is Op.NEGATION:
        return graph.negation(_divided(graph, graph.operands[term][0], outside))
    powers = dict(_factors(graph, term))
    return graph.product(
        *(graph.power(base, graph.number(count - outside.get(base, 0))) for base, count in powers.items())
    )


def _power_of_size(graph: Graph, node: NodeId) -> tuple[NodeId, Fraction] | None:
    """Return w and r of a node that is |w|^r; None for any other."""
    if graph.payload[node] == "abs":
        (operand,) = graph.operands[node]
        return _power_of_size(graph, operand) or (operand, Fraction(1))
    power = _power(graph, node)
    if power is None:
        return None
    base, exponent = power
    size = _power_of_size(graph, base)
    if size is not None:
        return size[0], size[1] * exponent
    if graph.op[node] is not Op.POWER or exponent.denominator > 1 or exponent.numerator % 2:
        return None
    inside = _power(graph, base)
    is_odd_root = inside is not None and graph.op[base] is Op.CALL and inside[1].denominator % 2 == 1
    return (inside[0], inside[1] * exponent) if inside is not None and is_odd_root else (base, exponent)


def _power(graph: Graph, node: NodeId) -> tuple[NodeId, Fraction] | None:
    """Return the base and the exponent of a power or a root, other than 0; None if it is neither."""
    operands, name = graph.operands[node], graph.payload[node]
    if graph.op[node] is Op.POWER:
        exponent = graph.rational(operands[1])
    elif name == "root":
        order = graph.rational(operands[1])
        exponent = 1 / order if order is not None and order.denominator == 1 and order > 0 else None
    else:
        exponent = {"sqrt": Fraction(1, 2), "cbrt": Fraction(1, 3)}.get(str(name))
    return (operands[0], exponent) if exponent else None
