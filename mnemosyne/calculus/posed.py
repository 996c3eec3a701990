"""A question as it is posed: its graph, its derivative, and the names in it. Imports neither flint nor sympy.

What can be told of a question without judging an answer comes from here; `prepared` adds the points to compare at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.tidy import Tidy
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.assignments import known_names, read_assignments
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Node, symbols
from mnemosyne.expressions.vocabulary import symbol_name
from mnemosyne.verdict import Asks, Problem


class Posed:
    """One question: f, by which variable, and the names that stand for expressions.

    `derivative` is the node that an answer is compared with: the derivative of `f`, of the order asked for, or f itself
    where a formula is asked for. `primitive` is what it is the derivative of, if anything. `names` are all symbols that
    an answer may use.
    """

    def __init__(
        self,
        tree: Node,
        variable: str = "x",
        definitions: Mapping[str, Node] | None = None,
        *,
        asks: Asks = Asks.DERIVATIVE,
        order: int = 1,
        allowed: Iterable[str] = (),
    ) -> None:
        self.asks = asks
        self.order = order
        self.tree = tree
        self.variable = symbol_name(variable)
        self.graph = Graph()
        self.tidy = Tidy(self.graph)
        self.definitions = dict(definitions or {})
        for name, value in self.definitions.items():
            self.graph.define(name, to_graph(self.graph, value))
        self.calculus = Calculus(self.graph, self.variable)
        self.f = to_graph(self.graph, tree)
        self.primitive, self.derivative = self._compared()
        self.depending = self.graph.depending(self.f, self.calculus.variable)
        defined = frozenset(self.definitions)
        self.inputs = _symbols([tree, *self.definitions.values()]).union(self._more_names(allowed)) - defined
        self.names = self.inputs | defined

    @property
    def gradient(self) -> bool:
        """Whether the mistakes of computation graphs are to be looked for."""
        return self.asks is Asks.GRADIENT

    def _compared(self) -> tuple[NodeId | None, NodeId]:
        if self.asks in (Asks.FORMULA, Asks.ANTIDERIVATIVE):
            return None, self.f
        primitive = self.f
        for _ in range(self.order - 1):
            primitive = self.tidy.tidied(self.calculus.derivative(primitive))
        return primitive, self.calculus.derivative(primitive)

    def _more_names(self, allowed: Iterable[str]) -> Iterator[str]:
        yield from map(symbol_name, allowed)
        if self.asks is not Asks.FORMULA:
            yield self.variable

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
