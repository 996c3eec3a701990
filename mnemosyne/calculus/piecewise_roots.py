"""The real roots of a node that is a polynomial in every piece, such as |x| − |x − 1|, rigorously enclosed.

In a piece where such a node is zero throughout it has no roots: the ends of the piece are breaks of its parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from flint import arb, fmpq_poly

from mnemosyne.calculus.balls import middle
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.polynomial_roots import PIECEWISE, polynomial_in, real_roots

MOST_PARTS = 12  # nodes that change their formula
_Roots: TypeAlias = dict[tuple[str, int], arb]  # by the irreducible factor and its number: equal keys are equal roots


class _NoRootsError(Exception):
    """A node is no polynomial in some piece, or two roots are not told apart at the current precision."""


def roots_in_pieces(graph: Graph, root: NodeId, symbol: str, point: Mapping[str, Fraction]) -> list[arb] | None:
    """Return balls around the roots of a node that is piecewise a polynomial in one symbol.

    None if it is none, or if some roots are not told apart at the current precision.
    """
    parts = [node for node in graph.reachable([root]) if graph.payload[node] in PIECEWISE]
    if not 0 < len(parts) <= MOST_PARTS:
        return None
    ends: _Roots = {}
    try:
        for part in parts:
            ends |= _between(graph, _switch(graph, part), symbol, point, _in_order(ends))
        return list(_between(graph, root, symbol, point, _in_order(ends)).values())
    except _NoRootsError:
        return None


def _switch(graph: Graph, part: NodeId) -> NodeId:
    """Return the node at whose zeros a part changes its formula."""
    operands = graph.operands[part]
    return operands[0] if len(operands) == 1 else graph.sum(operands[0], graph.negation(operands[1]))


def _between(graph: Graph, node: NodeId, symbol: str, point: Mapping[str, Fraction], ends: Sequence[arb]) -> _Roots:
    """Return the roots of a node that has one formula between any two neighbouring ends."""
    roots: _Roots = {}
    for low, high in pairwise([None, *ends, None]):
        polynomial = polynomial_in(graph, node, symbol, point, _place(low, high))
        if polynomial is None:
            raise _NoRootsError
        roots |= {key: ball for key, ball in _roots_of(polynomial).items() if _is_in(ball, low, high)}
    return roots


def _in_order(roots: _Roots) -> list[arb]:
    """Return different roots from the lowest to the highest."""
    balls = sorted(roots.values(), key=arb.mid)
    if not all(low < high for low, high in pairwise(balls)):
        raise _NoRootsError
    return balls


def _place(low: arb | None, high: arb | None) -> Fraction:
    if low is None or high is None:
        end, sign = (high, -1) if low is None else (low, 1)
        return Fraction(0) if end is None else middle((end + sign).mid())
    return middle((low.upper() + high.lower()) / 2)


def _roots_of(polynomial: fmpq_poly) -> _Roots:
    if polynomial.degree() < 1:
        return {}
    _, factors = polynomial.factor()
    return {
        (str(factor), number): ball
        for factor, _ in factors
        for number, ball in enumerate(sorted(real_roots(fmpq_poly(factor)), key=arb.mid))
    }


def _is_in(ball: arb, low: arb | None, high: arb | None) -> bool:
    """Whether a root lies between two ends, or at one of them."""
    return (low is None or not ball < low) and (high is None or not ball > high)
