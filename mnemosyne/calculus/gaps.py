"""Why a node has no real value, at a point or anywhere: the part of it that has none, and whether that is proved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flint import arb

from mnemosyne.calculus.balls import BITS, Point, RealValues, precision
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.proof.prover import Prover
from mnemosyne.calculus.restrictions import Demand, needed, never_whole, poles, restrictions

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
        if all(values.value(operand).is_finite() for operand in graph.operands[node]):
            return _gap(values, node)
    return None


def _gap(values: RealValues, node: NodeId) -> Gap | None:
    graph = values.graph
    for demand, operand in restrictions(graph, node, never_whole, odd_roots=values.odd_roots):
        if _fails(values, node, demand, operand):
            return Gap(node, proved=not _may_be_whole(values, node))
    for pole in poles(graph, node):
        ball = values.value(pole)
        if ball.is_zero():
            return Gap(node, proved=True)
        if ball.contains(0) and ball.rad() < NEARLY_ZERO:
            return Gap(node, proved=False)
    return None


def _fails(values: RealValues, node: NodeId, demand: Demand, operand: NodeId) -> bool:
    """Whether an operand does not meet what a node requires of it."""
    graph = values.graph
    if any(values.value(part) < 0 for part in needed(graph, demand, operand)):
        return True
    if demand is not Demand.POSITIVE or not values.value(operand).is_zero():
        return False
    return graph.op[node] is not Op.POWER or bool(values.value(graph.operands[node][1]) < 0)  # 0² has a value


def _may_be_whole(values: RealValues, node: NodeId) -> bool:
    """Whether a node is a power whose exponent may be an integer, although it is no plain number; not one of 0."""
    graph = values.graph
    if graph.op[node] is not Op.POWER:
        return False
    base, exponent = graph.operands[node]
    if values.value(base).is_zero():
        return False
    return graph.rational(exponent) is None and bool(values.value(exponent).contains_integer())


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
