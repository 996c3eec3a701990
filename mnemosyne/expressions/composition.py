"""How deeply a formula is composed: the number of links in its longest chain, as in the chain rule."""

from __future__ import annotations

from collections.abc import Mapping

from mnemosyne.expressions.tree import Negation, Node, Product, Quotient, Sum, Symbol, children, fold


def link_count(root: Node, variable: str) -> int:
    """Return the number of links on the longest path from the whole to the variable; 0 if it does not occur.

    Adding constants and multiplying by them is not a link: `sin(3x + 1)` has the two links sin u and 3x
    + 1, and so has `2 sin(3x)`. A sum, product, quotient or power of several varying parts has the links
    of its longest part.
    """
    return link_counts(root, {variable: 0})[id(root)] or 0


def link_counts(root: Node, below: Mapping[str, int]) -> dict[int, int | None]:
    """Return the number of links from each node down, by its identity; None for nodes that do not vary.

    `below` are the varying symbols, each with the number of links it counts for: 0 for the variable, 1 for
    a function of it.
    """

    def combine(node: Node, depths: tuple[int | None, ...]) -> int | None:
        if isinstance(node, Symbol):
            return below.get(node.name)
        varying = [depth for depth in depths if depth is not None]
        if not varying:
            return None
        adds_one = len(varying) == 1 and not _linear(node, depths)
        return varying[0] + 1 if adds_one else max(1, *varying)

    counts: dict[int, int | None] = {}
    fold(root, combine, counts)
    return counts


def inner(root: Node, variable: str) -> Node | None:
    """Return the argument of the outermost varying function; None if nothing is composed.

    This is `x^2` for `3 sin(x^2) + 1`, and None for `sin(x)`, `x sin(x^2)` and `3x + 1`.
    """
    varying = _varying(root, variable)
    node = root
    while len(parts := [child for child in children(node) if id(child) in varying]) == 1:
        part = parts[0]
        if not _linear(node, tuple(0 if child is part else None for child in children(node))):
            return None if isinstance(part, Symbol) else part
        node = part
    return None


def _varying(root: Node, variable: str) -> set[int]:
    """Return the identities of the nodes that contain the variable."""
    varying: set[int] = set()

    def combine(node: Node, operands: tuple[bool, ...]) -> bool:
        varies = any(operands) or (isinstance(node, Symbol) and node.name == variable)
        if varies:
            varying.add(id(node))
        return varies

    fold(root, combine)
    return varying


def _linear(node: Node, depths: tuple[int | None, ...]) -> bool:
    """Whether a node with one varying operand only adds constants to it, or multiplies it by constants."""
    match node:
        case Negation() | Sum() | Product():
            return True
        case Quotient():
            return depths[0] is not None
        case _:
            return False
