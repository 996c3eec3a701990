"""An answer that would be right if a decimal in it were the fraction it stands for: 0.333333333 for 1/3."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mnemosyne.calculus.equality import Equality, compare
from mnemosyne.calculus.prepared import Prepared
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.tree import Node, Number, fold, number, postorder, with_children

LARGEST_DENOMINATOR = 64
CLOSE = Fraction(1, 50)  # relative: 0.33 for 1/3
MOST_TRIED = 8


def exact_suggestion(question: Prepared, tree: Node, typed: str) -> str | None:
    """The message that names the exact value, if putting it in makes the answer correct."""
    found = [(decimal, near) for decimal in _decimals(tree) if (near := _nearest(decimal.value))]
    exact = {decimal.value: near for decimal, near in found}
    if not exact or len(exact) > MOST_TRIED:
        return None

    def put(node: Node, operands: tuple[Node, ...]) -> Node:
        if isinstance(node, Number) and node.value in exact:
            return number(exact[node.value])
        return with_children(node, operands)

    answer = to_graph(question.graph, fold(tree, put))
    if compare(question.derivative, answer, question.samples).equality is not Equality.EQUAL:
        return None
    (start, end), near = found[0][0].span, found[0][1]
    return f"{typed[start:end]} looks like {near}: give the exact value."


def _decimals(tree: Node) -> Iterator[Number]:
    return (node for node in postorder(tree) if isinstance(node, Number) and node.value.denominator != 1)


def _nearest(value: Fraction) -> Fraction | None:
    """The simplest fraction close to a decimal, if it is not the decimal itself."""
    for denominator in range(1, LARGEST_DENOMINATOR + 1):
        near = Fraction(round(value * denominator), denominator)
        if near and abs(near - value) <= CLOSE * value / denominator:
            return near if near != value else None
    return None
