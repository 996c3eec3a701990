"""The signs of a node beyond the largest float, where |ln x - 800| has its break: at e^800, about 10^347."""

from __future__ import annotations

from typing import Final

from flint import arb

from mnemosyne.calculus.balls import BITS, Point, RealValues, precision
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.roots import KnownValue

# The exponents of 2 at which a node is looked at, from just beyond the largest float to about 10^(2·10^10).
FAR: Final = (
    *(1_030, 1_100, 1_200, 1_350, 1_500, 1_750, 2_000, 2_500, 3_000, 4_000, 5_000, 7_000, 10_000, 20_000, 50_000),
    *(100_000, 300_000, 1_000_000, 1 << 21, 1 << 24, 1 << 28, 1 << 32, 1 << 36),
)


def far_signs(graph: Graph, node: NodeId, symbol: str, point: Point, side: int) -> list[int]:
    """Return the signs of a node at places ever farther out, but for those where it is not clear; `side` is 1 or -1."""
    signs: list[int] = []
    with precision(BITS):
        for exponent in FAR:
            value = RealValues(graph, {**point, symbol: KnownValue(arb((side, exponent)))}).value(node)
            signs += [1] * bool(value > 0) + [-1] * bool(value < 0)
    return signs
