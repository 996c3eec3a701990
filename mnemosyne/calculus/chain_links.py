"""The links of a chain, outer to inner: an outer function, the inner expression it is applied to, its derivative there.

Links are peeled off as long as the variable occurs in one operand only. Adding constants and multiplying by them is not
a link: it belongs to the function beneath it, so that `sin(3x + 1)` has the links sin u and 3x + 1. If a chain ends in
a sum, product, quotient or power of several varying parts, each composed part has a chain of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.factored import factored
from mnemosyne.calculus.tidy import Tidy
from mnemosyne.calculus.translate import LineWriter
from mnemosyne.verdict import Link

USUAL_NAMES = "uvwzst"  # names for inner functions, preferred ones first


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One link in the graph: `whole` as a function of `inner`; the inner of the innermost link is the variable."""

    whole: NodeId
    inner: NodeId


LinkedPart = tuple[NodeId, ChainLink]  # a part of an expression, and a link of its chain


def chain(graph: Graph, root: NodeId, variable: NodeId) -> list[ChainLink]:
    """Return the links of a composition, outer to inner: one if nothing is composed, none without the variable."""
    return _chain(graph, root, variable, graph.depending(root, variable))


def _chain(graph: Graph, root: NodeId, variable: NodeId, depending: set[NodeId]) -> list[ChainLink]:
    collected: list[ChainLink] = []
    whole = root
    while whole != variable and whole in depending:
        inner = _beneath(graph, whole, depending, variable)
        collected.append(ChainLink(whole, inner))
        whole = inner
    return collected


def chains(graph: Graph, root: NodeId, variable: NodeId) -> Iterator[tuple[NodeId, list[ChainLink]]]:
    """Yield every chain in an expression with the part it belongs to: the whole's first, then its parts'."""
    return chains_among(graph, root, variable, graph.depending(root, variable))


def chains_among(
    graph: Graph, root: NodeId, variable: NodeId, depending: set[NodeId]
) -> Iterator[tuple[NodeId, list[ChainLink]]]:
    """Yield what `chains` yields for given nodes that depend on the variable: another symbol may be
    a function of it.
    """
    to_visit, visited = [root], {root}
    while to_visit:
        part = to_visit.pop()
        chain = _chain(graph, part, variable, depending)
        parts = _parts(graph, chain[-1].whole, depending) if chain else []
        composed = len(chain) > 1
        if composed or part == root:
            yield part, chain if composed or not parts else []
        to_visit += [node for node in reversed(parts) if node not in visited]
        visited.update(parts)


def _parts(graph: Graph, whole: NodeId, depending: set[NodeId]) -> list[NodeId]:
    """Return the varying parts at the end of a chain, if there are several."""
    node = whole
    while (inner := _only(graph, node, depending)) is not None:
        node = inner
    varying = [operand for operand in graph.operands[node] if operand in depending]
    return [part for part in dict.fromkeys(varying) if graph.operands[part]]


def _beneath(graph: Graph, whole: NodeId, depending: set[NodeId], variable: NodeId) -> NodeId:
    """Return what the outer function of `whole` is evaluated at."""
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
    """Return the only operand that contains the variable; None if there are several or none."""
    inner = [operand for operand in graph.operands[node] if operand in depending]
    return inner[0] if len(inner) == 1 else None


def _linear(graph: Graph, node: NodeId, inner: NodeId) -> bool:
    """Whether the node only adds constants to its inner operand, or multiplies it by constants."""
    match graph.op[node]:
        case Op.NEGATION | Op.SUM | Op.PRODUCT | Op.SYMBOL:
            return True
        case Op.QUOTIENT:
            return graph.operands[node][0] == inner
        case _:
            return False


def chain_links(calculus: Calculus, root: NodeId) -> tuple[Link, ...]:
    """Return the links as one-line formulas, the outer functions in a name that the function does not use."""
    writer = LinkFormatter(calculus, root)
    return tuple(writer.link(part, link) for part, link in linked_parts(calculus, root))


def linked_parts(calculus: Calculus, root: NodeId) -> list[LinkedPart]:
    """Return every link with the part whose chain it belongs to; a function that composes nothing is a single link."""
    graph, variable = calculus.graph, calculus.variable
    composed = [(part, link) for part, of_part in chains(graph, root, variable) for link in of_part]
    return composed or [(root, link) for link in chain(graph, root, variable)]


def link_index(
    calculus: Calculus, links: Sequence[LinkedPart], node: NodeId, inner: NodeId | None = None
) -> int | None:
    """Return the index of the only link whose outer function contains the node, else None.

    A node with a chain of its own is in that chain and in the link that it is a part of. With `inner`, the
    link's inner expression must be that node: (x³)⁷ seen as x²¹ is two links.
    """
    graph = calculus.graph
    having = [
        (i, link.inner)
        for i, (_, link) in enumerate(links)
        if graph.contains(link.whole, node)
        and (link.inner == calculus.variable or not graph.contains(link.inner, node))
    ]
    if len(having) != 1:
        return None
    index, inside = having[0]
    return index if inner in (None, inside) else None


def first_links(calculus: Calculus, root: NodeId, most: int) -> tuple[Link, ...]:
    """Return the first `most` links of the first chain, as `chain_links` gives them."""
    graph, variable = calculus.graph, calculus.variable
    nonempty = ((part, chain) for part, chain in chains(graph, root, variable) if chain)
    part, first = next(nonempty, (root, chain(graph, root, variable)))
    writer = LinkFormatter(calculus, root)
    return tuple(writer.link(part, link) for link in first[:most])


class LinkFormatter:
    """Turns links into formulas; shared parts are formatted once."""

    def __init__(self, calculus: Calculus, root: NodeId) -> None:
        self._calculus = calculus
        self._root = root
        self._tidy = Tidy(calculus.graph)
        self._line = LineWriter(calculus.graph).line
        self._untouched = frozenset(calculus.graph.reachable([root]))
        self.placeholder = free_name(calculus, root)

    def link(self, part: NodeId, link: ChainLink) -> Link:
        """Return the link as formulas; `part` is what its chain belongs to."""
        graph = self._calculus.graph
        outer = graph.replaced(link.whole, link.inner, graph.symbol(self.placeholder))
        return self.composed(outer, link.inner, "" if part == self._root else self._line(part))

    def composed(self, outer: NodeId, inner: NodeId, of: str = "") -> Link:
        """Return the link of an outer function, in the placeholder, and its inner one."""
        graph = self._calculus.graph
        slope = Calculus(graph, self.placeholder).derivative(outer)
        local = graph.replaced(slope, graph.symbol(self.placeholder), inner)
        derivative = factored(self._tidy, self._tidy.tidied(local), self._untouched)
        return Link(self._line(outer), self._line(inner), self._line(derivative), of, self.placeholder)


def free_name(calculus: Calculus, root: NodeId) -> str:
    """Return the first usual name for an inner function that neither the expression nor its variable uses."""
    graph = calculus.graph
    names_in_use = {graph.payload[node] for node in graph.reachable([root]) if graph.op[node] is Op.SYMBOL} | {
        calculus.name
    }
    numbered = (f"u{n}" for n in itertools.count(1))
    return next(name for name in itertools.chain(USUAL_NAMES, numbered) if name not in names_in_use)
