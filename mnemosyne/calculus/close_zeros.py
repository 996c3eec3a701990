"""Separate zeros that floats cannot tell apart, with balls: the piece between two may be a part in 10³⁰⁰ wide."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from flint import arb

from mnemosyne.calculus.balls import Point, RealValues, exactly, middle, precision
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.intervals import LARGEST, Interval
from mnemosyne.calculus.piecewise_roots import roots_in_pieces
from mnemosyne.calculus.polynomial_roots import polynomial_in, real_roots
from mnemosyne.calculus.roots import KnownValue, Root, proved_root

BITS = 1_100  # the bits with which values are compared
MARGIN = 2.0**-40  # relative: how far around the interval a polynomial's roots are accepted
ASIDE = Fraction(1, 8)  # relative: how far from the zeros of a parabola the node's own zeros are looked for


def places_between(
    graph: Graph, nodes: Iterable[NodeId], symbol: str, point: Point, interval: Interval
) -> list[Fraction] | None:
    """Return a place between any two neighbouring zeros of the nodes in an interval; None if some
    are not told apart.
    """
    if not max(map(abs, interval)) < LARGEST:
        return None
    zeros: list[arb] = []
    with precision(BITS):
        for node in nodes:
            of_node = _zeros(graph, node, symbol, point, interval)
            if of_node is None:
                return None
            zeros += of_node
        zeros.sort(key=lambda zero: zero.mid())
        return [middle((low.upper() + high.lower()) / 2) for low, high in pairwise(zeros) if low < high]


def _zeros(graph: Graph, node: NodeId, symbol: str, point: Point, interval: Interval) -> list[arb] | None:
    polynomial = polynomial_in(graph, node, symbol, point)
    roots = roots_in_pieces(graph, node, symbol, point) if polynomial is None else real_roots(polynomial)
    if roots is not None:
        width = arb(MARGIN * max(map(abs, interval)))
        around = (arb(interval[0]) - width).union(arb(interval[1]) + width)
        return [root for root in roots if root.overlaps(around)]
    root = proved_root(graph, node, symbol, point, interval)
    return [root.ball()] if root is not None else _zeros_beside_turn(graph, node, symbol, point, interval)


def _zeros_beside_turn(graph: Graph, node: NodeId, symbol: str, point: Point, interval: Interval) -> list[arb] | None:
    """Return the zeros of a node with a single extremum in an interval: none, one or two; None if
    that is not proved.
    """
    slope = Calculus(graph, symbol).derivative(node)
    turn = proved_root(graph, slope, symbol, point, interval)
    if turn is None:
        return None
    top = turn.ball()
    values = RealValues(graph, {**point, symbol: KnownValue(top)})
    height, bend = values.value(node), values.value(Calculus(graph, symbol).derivative(slope))
    if height.contains(0) or bend.contains(0):
        return None  # perhaps one zero, perhaps two that even these bits do not tell apart
    reach = -2 * height / bend
    if reach < 0:
        return []
    starts = [top + sign * reach.sqrt() * exactly(1 + ASIDE).union(exactly(1 - ASIDE)) for sign in (-1, 1)]
    roots = [Root(graph, node, slope, symbol, point, start) for start in starts]
    return [root.ball() for root in roots] if all(root.is_proved() for root in roots) else None
