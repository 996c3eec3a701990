"""Why a node has no real value, at a point or anywhere: the part of it that has none, and whether that is proved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flint import arb

from mnemosyne.calculus.balls import BITS, Point, RealValues, precision
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.proof.prover import Prover
from mnemosyne.calculus.rational_values import rational_value
from mnemosyne.calculus.restrictions import poles

PRECISIONS_OF_GAPS = BITS, 1_000  # bits
NEARLY_ZERO = arb(2) ** -600  # a divisor that may be this close to 0 counts as 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A node without a value although its operands have theirs; `proved` unless it only seems to divide by zero."""

    node: NodeId
    proved: bool


def gap(values: RealValues, root: NodeId) -> Gap | None:
    """Return the first part without a value, if the precision shows one; the values must have been computed."""
    graph = values.graph
    for node in graph.reachable([root]):
        if values.value(node).is_finite():
            continue
        operands = graph.operands[node]
        if not all(values.value(operand).is_finite() for operand in operands):
            continue
        balls = [values.value(operand) for operand in operands]
        return _gap(values, node, balls)
    return None


def _gap(values: RealValues, node: NodeId, balls: list[arb]) -> Gap | None:
    graph = values.graph
    match graph.op[node]:
        case Op.QUOTIENT:
            return _division(values, node, graph.operands[node][1], balls[1])
        case Op.POWER:
            exponent = graph.rational(graph.operands[node][1])
            if exponent is not None and exponent.denominator == 1:
                return _division(values, node, graph.operands[node][0], balls[0])
            if balls[0] < 0 or (balls[1] < 0 and _is_zero(values, graph.operands[node][0], balls[0])):
                return Gap(node, proved=exponent is not None or not balls[1].contains_integer())
            return None
        case Op.CALL:
            name = str(graph.payload[node])
            outside = _OUTSIDE.get(name)
            if outside is not None:
                operands = list(zip(graph.operands[node], balls, strict=True))[: 2 if name == "log" else 1]
                missing = any(outside(ball) or _at_end(values, name, operand, ball) for operand, ball in operands)
                missing = missing or (name == "log" and (balls[1] - 1).is_zero())
                return Gap(node, proved=True) if missing else None
            divides = name in ("csch", "coth", "csc", "cot", "arcsch")
            return _division(values, node, graph.operands[node][0], balls[0]) if divides else None
        case _:
            return None


def _division(values: RealValues, node: NodeId, divisor: NodeId, ball: arb) -> Gap | None:
    if _is_zero(values, divisor, ball):
        return Gap(node, proved=True)
    return Gap(node, proved=False) if ball.contains(0) and ball.rad() < NEARLY_ZERO else None


def _is_zero(values: RealValues, node: NodeId, ball: arb) -> bool:
    return ball.is_zero() or (bool(ball.contains(0)) and rational_value(values.graph, node, values.point) == 0)


def _at_end(values: RealValues, name: str, operand: NodeId, ball: arb) -> bool:
    """Whether a function has no value because its operand is zero."""
    return name in ("ln", "log", "arsech") and _is_zero(values, operand, ball)


_OUTSIDE: Mapping[str, Callable[[arb], bool]] = {
    "sqrt": lambda u: u < 0,
    "ln": lambda u: u < 0,
    "log": lambda u: u < 0,
    "root": lambda u: u < 0,
    "arcsin": lambda u: abs(u) > 1,
    "arccos": lambda u: abs(u) > 1,
    "artanh": lambda u: abs(u) > 1 or abs(u) == 1,
    "arcosh": lambda u: u < 1,
    "arcoth": lambda u: abs(u) < 1 or abs(u) == 1,
    "arsech": lambda u: u < 0 or u > 1,
    "arcsec": lambda u: abs(u) < 1,
    "arccsc": lambda u: abs(u) < 1,
}


def undefined_part(graph: Graph, root: NodeId, point: Point) -> NodeId | None:
    """Return the part that has no value at a point."""
    with precision(BITS):
        values = RealValues(graph, point, odd_roots=True)
        values.value(root)
        missing = gap(values, root)
    return missing.node if missing is not None else None


def undefined_anywhere(graph: Graph, root: NodeId, prover: Prover) -> NodeId | None:
    """Return the first part that is proved to have no value in a question whatever the symbols are, such as x/0,
    √(−1) and (−8)^(1/3).
    """
    with precision(BITS):
        values = RealValues(graph, {})
        constants: set[NodeId] = set()
        for node in graph.reachable([root]):
            if any(prover.proves_equal(divisor, graph.zero) for divisor in poles(graph, node)):
                return node
            if graph.op[node] is Op.SYMBOL or not constants.issuperset(graph.operands[node]):
                continue
            constants.add(node)
            if not values.value(node).is_finite():
                missing = gap(values, node)
                return node if missing is not None and missing.proved else None
    return None


def undefined_at_all(graph: Graph, root: NodeId, points: Iterable[Point]) -> bool:
    """Return whether a node is proved to have no value in a question at any of the points."""
    return all(_undefined_at(graph, root, point) for point in points)


def _undefined_at(graph: Graph, root: NodeId, point: Point) -> bool:
    for bits in PRECISIONS_OF_GAPS:
        with precision(bits):
            values = RealValues(graph, point)
            missing = None if values.value(root).is_finite() else gap(values, root)
        if missing is not None:
            return missing.proved
    return False
