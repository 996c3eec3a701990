"""A computation graph in order of evaluation: each name with its formula, its value, and its operands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mnemosyne.expressions import floats
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Node, symbols


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One name of the graph; an input has no formula.

    `value` is None if it does not follow from the inputs' values.
    """

    name: str
    formula: Node | None  # None for an input
    value: float | None
    feeds: tuple[str, ...]  # the names in its formula, sorted


def forward(graph: Iterable[tuple[str, Node]], at: Iterable[tuple[str, str]]) -> list[GraphNode]:
    """Return the nodes in order, each input just before the first formula that needs it; `at` has
    the values of inputs.
    """
    values = {name: value for name, text in at if (value := floats.value(read_printed(text), {})) is not None}
    nodes: list[GraphNode] = []
    introduced: set[str] = set()
    for name, formula in graph:
        feeds = tuple(sorted(symbols(formula)))
        nodes += [GraphNode(source, None, values.get(source), ()) for source in feeds if source not in introduced]
        value = floats.value(formula, values)
        if value is not None:
            values[name] = value
        nodes.append(GraphNode(name, formula, value, feeds))
        introduced |= {name, *feeds}
    return nodes


def node_line(node: GraphNode) -> str:
    """Return the node as text: ` a = sigmoid(z) = 0.5`, ` x = 2`, or ` x` for an input without a value."""
    formula = f" = {to_line(node.formula)}" if node.formula is not None else ""
    value = f" = {node.value:.6g}" if node.value is not None else ""
    return f"  {node.name}{formula}{value}"
