"""A question as it is posed: its graph, its derivative, and the names in it. Imports neither flint nor sympy.

What can be told of a question without judging an answer comes from here; `prepared` adds the points to compare at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.tidy import Tidy
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.assignments import known_names, read_assignments
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Node, symbols
from mnemosyne.expressions.vocabulary import symbol_name
from mnemosyne.verdict import Problem


class Posed:
    """One question: f, by which variable, and the names that stand for expressions.

    `names` are all symbols that an answer may use; `gradient` says that the mistakes of computation graphs are to be
    looked for.
    """

    def __init__(
        self, tree: Node, variable: str = "x", definitions: Mapping[str, Node] | None = None, *, gradient: bool = False
    ) -> None:
        self.gradient = gradient
        self.tree = tree
        self.variable = symbol_name(variable)
        self.graph = Graph()
        self.tidy = Tidy(self.graph)
        self.definitions = dict(definitions or {})
        for name, value in self.definitions.items():
            self.graph.define(name, to_graph(self.graph, value))
        self.calculus = Calculus(self.graph, self.variable)
        self.f = to_graph(self.graph, tree)
        self.derivative = self.calculus.derivative(self.f)
        self.depending = self.graph.depending(self.f, self.calculus.variable)
        defined = frozenset(self.definitions)
        self.inputs = _symbols([tree, *self.definitions.values()]).union([self.variable]) - defined
        self.names = self.inputs | defined

    def in_names(self, node: NodeId) -> NodeId:
        """Return the node as it is shown: a gradient in the graph's names, a derivative with the names put back."""
        graph = self.graph
        for name in self.definitions:
            symbol = graph.symbol(name)
            value = graph.operands[symbol][0]
            if self.gradient:
                node = graph.replaced(node, value, symbol)
            elif self.variable in self.inputs:
                node = graph.replaced(node, symbol, value)
        return node


def formulas(problem: Problem) -> tuple[Node, dict[str, Node]]:
    """Return the problem's f, and what its names stand for; ReadingError if one of them cannot be read."""
    if not problem.names:
        return read_printed(problem.f, besides=frozenset((symbol_name(problem.variable),))), {}
    texts = (problem.f, problem.variable, *(value for _, value in problem.names))
    names = known_names(texts, (*(name for name, _ in (*problem.names, *problem.at)), problem.variable))
    definitions = read_assignments(problem.names, names, printed=True)
    return read_printed(problem.f, besides=names), dict(definitions)


def _symbols(trees: Iterable[Node]) -> frozenset[str]:
    return frozenset().union(*map(symbols, trees))
