"""The links of a chain, outer to inner: an outer function, the inner expression it is taken at, its derivative there.

A link is peeled off as long as the variable stands in one operand only. Adding constants and multiplying by them is no
link of its own: it goes with the function beneath it, so that `sin(3x + 1)` has the links sin u and 3x + 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.graph import Graph, NodeId, Op
from mnemosyne.calculus.tidy import Tidy
from mnemosyne.calculus.translate import to_tree
from mnemosyne.calculus.verdict import Link
from mnemosyne.expressions.line import to_line


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One link in the graph: `whole` as a function of `inner`; the innermost link's inner is the variable."""

    whole: NodeId
    inner: NodeId


def chain(graph: Graph, root: NodeId, variable: NodeId) -> list[ChainLink]:
    """The links of a composition, outer to inner; one link if nothing is composed, none without the variable."""
    depending = graph.depending(root, variable)
    found: list[ChainLink] = []
    whole = root
    while whole != variable and whole in depending:
        inner = _beneath(graph, whole, depending, variable)
        found.append(ChainLink(whole, inner))
        whole = inner
    return found


def _beneath(graph: Graph, whole: NodeId, depending: set[NodeId], variable: NodeId) -> NodeId:
    """What the outer function of `whole` is evaluated at."""
    node = whole
    while node != variable:
        inner = _only(graph, node, depending)
        if inner is None:
            return variable
        if not _linear(graph, node, inner):
            return inner
        node = inner
    return variable


def _only(graph: Graph, node: NodeId, depending: set[NodeId]) -> NodeId | None:
    """The one operand in which the variable stands, if it is one."""
    inner = [operand for operand in graph.operands[node] if operand in depending]
    return inner[0] if len(inner) == 1 else None


def _linear(graph: Graph, node: NodeId, inner: NodeId) -> bool:
    """Whether the node only adds constants to its inner operand or multiplies it by them."""
    match graph.op[node]:
        case Op.NEGATION | Op.SUM | Op.PRODUCT:
            return True
        case Op.QUOTIENT:
            return graph.operands[node][0] == inner
        case _:
            return False


def links(calculus: Calculus, root: NodeId) -> tuple[Link, ...]:
    """The links as one-line formulas; the outer functions are written in u (in v where u is the variable)."""
    graph = calculus.graph
    name = "u" if graph.payload[calculus.variable] != "u" else "v"
    middle = graph.symbol(name)
    by_middle = Calculus(graph, name)
    tidy = Tidy(graph)
    found: list[Link] = []
    for link in chain(graph, root, calculus.variable):
        outer = graph.replaced(link.whole, link.inner, middle)
        local = graph.replaced(by_middle.derivative(outer), middle, link.inner)
        found.append(Link(*(to_line(to_tree(graph, node)) for node in (outer, link.inner, tidy.tidied(local)))))
    return tuple(found)
