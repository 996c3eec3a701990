"""Where a function has a value: e^u = 1 where u = 0, |u| = 3 where u = ±3, cosh u = 1/2 nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op


def simpler_equations(graph: Graph, node: NodeId) -> tuple[NodeId, ...] | None:
    """Return simpler nodes at whose zeros a sum of a function and a number is zero; None if there are none simpler."""
    equation = _equation(graph, node)
    return _where(graph, *equation) if equation is not None else None


def _equation(graph: Graph, node: NodeId) -> tuple[NodeId, Fraction] | None:
    """Return the parts (u, c) of a sum u − c or c − u with a number c."""
    operands = graph.operands[node]
    numbers = [value for operand in operands if (value := graph.rational(operand)) is not None]
    nonconstant = [operand for operand in operands if graph.rational(operand) is None]
    if len(numbers) > 1 or len(nonconstant) != 1:
        return None
    constant = numbers[0] if numbers else Fraction(0)
    if graph.op[nonconstant[0]] is Op.NEGATION:
        return graph.operands[nonconstant[0]][0], constant
    return nonconstant[0], -constant


def _where(graph: Graph, node: NodeId, value: Fraction) -> tuple[NodeId, ...] | None:
    """Return simpler nodes, one of which is 0 where a function has a value: none if it never has; None if it stays."""
    operands = graph.operands[node]
    if graph.op[node] is Op.POWER:
        base = graph.rational(operands[0])
        if operands[0] != graph.constant("e") and (base is None or base <= 0 or base == 1):
            return None
        return (operands[1],) if value == 1 else (() if value <= 0 else None)
    if graph.op[node] is not Op.CALL or len(operands) != 1:
        return None
    name = str(graph.payload[node])
    if name == "abs" and value > 0:
        constant = graph.number(value)
        return graph.sum(operands[0], graph.negation(constant)), graph.sum(operands[0], constant)
    if name == "sqrt" and value > 0:
        return (graph.sum(operands[0], graph.number(-(value**2))),)
    if name in _NEVER and _NEVER[name](value):
        return ()
    if value == 1 and name in _ONE_AT_ZERO:
        return operands
    return None


_ONE_AT_ZERO = frozenset(("exp", "cosh", "sech"))
_NEVER: Mapping[str, Callable[[Fraction], bool]] = {
    **dict.fromkeys(("sin", "cos"), lambda c: abs(c) > 1),
    **dict.fromkeys(("sec", "csc"), lambda c: abs(c) < 1),
    **dict.fromkeys(("exp", "softplus"), lambda c: c <= 0),
    **dict.fromkeys(("sqrt", "abs", "relu"), lambda c: c < 0),
    "tanh": lambda c: abs(c) >= 1,
    "coth": lambda c: abs(c) <= 1,
    "sigmoid": lambda c: not 0 < c < 1,
    "cosh": lambda c: c < 1,
    "sech": lambda c: not 0 < c <= 1,
}
