"""Constant exponents that are plain numbers: the 2 in x^ln(e²), which has a value for x < 0 too.

A ball around ln(e²) never says that it is 2, and so nothing of a power of a negative number; a proof does.
"""

from __future__ import annotations

from fractions import Fraction

from mnemosyne.calculus.balls import BITS, RealValues, precision
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.proof.prover import Prover

LARGEST_DENOMINATOR = 100
LARGEST = 1_000  # an exponent beyond this stays as it is written


def with_plain_exponents(graph: Graph, root: NodeId, prover: Prover) -> NodeId:
    """Return a node with a number for each constant exponent that is proved to be one."""
    for exponent in dict.fromkeys(_constant_exponents(graph, root)):
        number = _plain_number(graph, exponent, prover)
        if number is not None:
            root = _with_exponent(graph, root, exponent, number)
    return root


def _constant_exponents(graph: Graph, root: NodeId) -> list[NodeId]:
    exponents = [graph.operands[node][1] for node in graph.reachable([root]) if graph.op[node] is Op.POWER]
    return [
        exponent
        for exponent in exponents
        if graph.rational(exponent) is None
        and not any(graph.op[part] is Op.SYMBOL for part in graph.reachable([exponent]))
    ]


def _plain_number(graph: Graph, exponent: NodeId, prover: Prover) -> NodeId | None:
    with precision(BITS):
        ball = RealValues(graph, {}).value(exponent)
    if not ball.is_finite() or not abs(ball) < LARGEST:
        return None
    near = Fraction(float(ball.mid())).limit_denominator(LARGEST_DENOMINATOR)
    if not (ball * near.denominator).contains(near.numerator):
        return None
    number = graph.number(near)
    return number if prover.proves_equal(exponent, number) else None


def _with_exponent(graph: Graph, root: NodeId, exponent: NodeId, number: NodeId) -> NodeId:
    """Return the root with a number for an exponent, where it is one; elsewhere it stays as it is written."""
    replacement: dict[NodeId, NodeId] = {}
    for node in graph.reachable([root]):
        operands = tuple(replacement[operand] for operand in graph.operands[node])
        if graph.op[node] is Op.POWER and graph.operands[node][1] == exponent:
            operands = operands[0], number
        replacement[node] = graph.build(node, operands) if operands != graph.operands[node] else node
    return replacement[root]
