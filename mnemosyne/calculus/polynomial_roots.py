"""A node as a polynomial in one symbol, and its real roots, rigorously enclosed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from flint import acb, arb, fmpq, fmpq_poly

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op

MOST_DEGREE = 60
MOST_CONSTANT_EXPONENT = 1_000
PIECEWISE = frozenset(("abs", "sign", "step", "relu", "max", "min"))  # made of polynomials if their operands are


def real_roots(polynomial: fmpq_poly) -> list[arb]:
    """Return disjoint balls around the real roots, in no particular order."""
    whole = polynomial.numer()
    if whole.degree() < 1:
        return []
    if whole.degree() == 1:
        return [arb(fmpq(-whole[0], whole[1]))]
    squarefree = whole // whole.gcd(whole.derivative())
    roots: list[tuple[acb, int]] = squarefree.complex_roots()  # type: ignore[assignment]  # pairs, whatever its stub says
    return [root.real for root, _ in roots if root.imag == 0]


def polynomial_in(
    graph: Graph, root: NodeId, symbol: str, point: Mapping[str, Fraction], place: Fraction | None = None
) -> fmpq_poly | None:
    """Return a node as a polynomial in one symbol, the others having the values of a point.

    None if it is none, or of too high a degree. With a `place`, |u|, max and the like are what they are there.
    """
    polynomials: dict[NodeId, fmpq_poly] = {}
    for node in graph.reachable([root]):
        parts = [polynomials[operand] for operand in graph.operands[node]]
        if place is not None and graph.payload[node] in PIECEWISE:
            value = _at_place(str(graph.payload[node]), parts, place)
        else:
            value = _part(graph, node, parts, symbol, point)
        if value is None or value.degree() > MOST_DEGREE:
            return None
        polynomials[node] = value
    return polynomials[root]


def _part(
    graph: Graph, node: NodeId, parts: list[fmpq_poly], symbol: str, point: Mapping[str, Fraction]
) -> fmpq_poly | None:
    payload = graph.payload[node]
    match graph.op[node]:
        case Op.NUMBER:
            assert isinstance(payload, Fraction)
            return fmpq_poly([fmpq(payload.numerator, payload.denominator)])
        case Op.SYMBOL:
            if payload == symbol:
                return fmpq_poly([0, 1])
            value = point.get(str(payload))
            constant = None if value is None else fmpq_poly([fmpq(value.numerator, value.denominator)])
            return constant if constant is not None else (parts[0] if parts else None)
        case Op.NEGATION:
            return -parts[0]
        case Op.SUM:
            return sum(parts[1:], start=parts[0])
        case Op.PRODUCT:
            return math.prod(parts[1:], start=parts[0])
        case Op.QUOTIENT if parts[1].degree() == 0:
            return parts[0] / parts[1][0]
        case Op.POWER:
            return _power(parts[0], graph.rational(graph.operands[node][1]))
    return None


def _at_place(name: str, parts: list[fmpq_poly], place: Fraction) -> fmpq_poly | None:
    """Return what a function that chooses a formula is at a place; the sign of zero is none."""
    first, second = parts if len(parts) == 2 else (parts[0], fmpq_poly([0]))
    difference = first - second
    value = difference(fmpq(place.numerator, place.denominator))
    sign = (value > 0) - (value < 0)
    match name:
        case "abs":
            return first * sign
        case "sign" | "step":
            level = fmpq(sign) if name == "sign" else fmpq(sign + 1, 2)
            return fmpq_poly([level]) if sign else None
        case _:
            return second if (sign < 0) is (name != "min") else first


def _power(base: fmpq_poly, exponent: Fraction | None) -> fmpq_poly | None:
    if exponent is None or exponent.denominator != 1:
        return None
    if base.degree() < 1:
        constant, size = base[0], abs(exponent)
        plain = size <= MOST_CONSTANT_EXPONENT and (exponent >= 0 or constant != 0)
        return fmpq_poly([constant ** int(exponent)]) if plain else None
    return base ** int(exponent) if exponent > 0 and base.degree() * exponent <= MOST_DEGREE else None
