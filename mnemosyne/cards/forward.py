"""A computation graph in the order in which it is worked out: each name with its formula, value, and what feeds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mnemosyne.expressions import floats
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Node, symbols


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One name; an input has no formula. `value` is None where none was given, or where it is not to be told."""

    name: str
    formula: Node | None  # None of an input
    value: float | None
    feeds: tuple[str, ...]  # the names that its formula has, sorted


def forward(graph: Iterable[tuple[str, Node]], at: Iterable[tuple[str, str]]) -> list[GraphNode]:
    """Return the nodes in order, each input just before the first that needs it; `at` are values of inputs."""
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
    """Return `  a = sigmoid(z) = 0.5`, `  x = 2`, or for an input without a value `  x`."""
    formula = f" = {to_line(node.formula)}" if node.formula is not None else ""
    value = f" = {node.value:.6g}" if node.value is not None else ""
    return f"  {node.name}{formula}{value}"
