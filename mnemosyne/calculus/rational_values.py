"""Rational values of nodes at rational points: balls rarely show that a divisor is exactly zero.

Covers sums, products, integer powers, roots of squares, and the functions that change their formula; None for all else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.expressions.exact import PIECEWISE

MOST_NODES = 300
LARGEST_EXPONENT = 12
MOST_BITS = 20_000  # the most bits of a value


def _sqrt(u: Fraction) -> Fraction | None:
    if u < 0:
        return None
    root = Fraction(math.isqrt(u.numerator), math.isqrt(u.denominator))
    return root if root * root == u else None


_FUNCTIONS: Mapping[str, Callable[..., Fraction | None]] = {**PIECEWISE, "sqrt": _sqrt}


def rational_value(graph: Graph, root: NodeId, point: Mapping[str, object]) -> Fraction | None:
    """Return the exact value of a node at a point; None if it is irrational or missing."""
    nodes = graph.reachable([root])
    if len(nodes) > MOST_NODES:
        return None
    values: dict[NodeId, Fraction] = {}
    for node in nodes:
        operands = [values.get(operand) for operand in graph.operands[node]]
        finite = [operand for operand in operands if operand is not None]
        value = _value(graph, node, finite, point) if len(finite) == len(operands) else None
        if value is not None and value.numerator.bit_length() + value.denominator.bit_length() <= MOST_BITS:
            values[node] = value
    return values.get(root)


def _value(graph: Graph, node: NodeId, operands: list[Fraction], point: Mapping[str, object]) -> Fraction | None:
    match graph.op[node]:
        case Op.NUMBER:
            return graph.rational(node)
        case Op.SYMBOL:
            coordinate = point.get(str(graph.payload[node]))
            return coordinate if isinstance(coordinate, Fraction) else (operands[0] if operands else None)
        case Op.NEGATION:
            return -operands[0]
        case Op.SUM:
            return sum(operands, start=Fraction(0))
        case Op.PRODUCT:
            return math.prod(operands, start=Fraction(1))
        case Op.QUOTIENT:
            return operands[0] / operands[1] if operands[1] else None
        case Op.POWER:
            return _power(*operands)
        case Op.CALL:
            function = _FUNCTIONS.get(str(graph.payload[node]))
            return function(*operands) if function is not None else None
        case _:
            return None


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator == 2 and exponent.numerator > 0:
        root = _sqrt(base)
        return None if root is None else _power(root, Fraction(exponent.numerator))
    if exponent.denominator != 1 or abs(exponent) > LARGEST_EXPONENT or (not base and exponent < 0):
        return None
    return base**exponent.numerator
