"""A computation graph in the order in which it is worked out: each name with its formula, value, and what feeds it."""

from __future__ import annotations

from dataclasses import dataclass

from mnemosyne.cards.question import ExpectsGradient
from mnemosyne.expressions import floats
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Node, symbols


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One name; an input has no formula. `value` is None where none was given, or where it is not to be told."""

    name: str
    formula: Node | None
    value: float | None
    feeds: tuple[str, ...]


def forward(expected: ExpectsGradient) -> list[GraphNode]:
    """The nodes in order, each input just before the first that needs it."""
    values = {name: value for name, text in expected.at if (value := floats.value(read_printed(text), {})) is not None}
    nodes: list[GraphNode] = []
    introduced: set[str] = set()
    for name, formula in expected.graph:
        feeds = tuple(sorted(symbols(formula)))
        nodes += [GraphNode(source, None, values.get(source), ()) for source in feeds if source not in introduced]
        value = floats.value(formula, values)
        if value is not None:
            values[name] = value
        nodes.append(GraphNode(name, formula, value, feeds))
        introduced |= {name, *feeds}
    return nodes
