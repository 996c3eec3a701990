"""A question as posed: its graph, its derivative, and the names in it. Imports neither flint nor sympy.

Whatever needs no sample points is here; `prepared_question` adds those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.tidy import Tidy
from mnemosyne.calculus.translate import to_graph
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.assignments import known_names, read_assignments
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Negation, Node, Sum, symbols
from mnemosyne.expressions.vocabulary import symbol_name
from mnemosyne.verdict import Asks, Problem


class PosedQuestion:
    """One question: f, its variable, and the names that stand for expressions.

    `derivative` is the node that an answer is compared with: the derivative of `f` of the requested order, or
    f itself if a formula is asked for. `primitive` is the function whose derivative that is, if any. `names`
    are all symbols that an answer may use.
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
        dependent: str = "",
    ) -> None:
        self.asks = asks
        self.dependent = symbol_name(dependent) if dependent else ""
        self.order = order
        self.tree = tree
        self.variable = symbol_name(variable)
        self.graph = Graph()
        self.tidy = Tidy(self.graph)
        self.definitions = dict(definitions or {})
        for name, value in self.definitions.items():
            self.graph.define(name, self.node_of(value))
        self.calculus = Calculus(self.graph, self.variable)
        self.f = self.node_of(tree)
        self.primitive, self.derivative = self._compared()
        self.depending = self.graph.depending(self.f, self.calculus.variable)
        defined = frozenset(self.definitions)
        self.inputs = _symbols([tree, *self.definitions.values()]).union(self._more_names(allowed)) - defined
        self.names = self.inputs | defined

    def node_of(self, tree: Node) -> NodeId:
        """Return the graph's node for a tree."""
        return to_graph(self.graph, tree)

    @property
    def gradient(self) -> bool:
        """Whether to look for the mistakes of computation graphs."""
        return self.asks is Asks.GRADIENT

    def _compared(self) -> tuple[NodeId | None, NodeId]:
        if self.asks in (Asks.FORMULA, Asks.ANTIDERIVATIVE):
            return None, self.f
        if self.asks is Asks.IMPLICIT:
            return None, self._slope()
        primitive = self.lower_derivatives[-1]
        return primitive, self.calculus.derivative(primitive)

    @cached_property
    def lower_derivatives(self) -> list[NodeId]:
        """f and its derivatives of every order below the one that is asked for."""
        derivatives = [self.f]
        while len(derivatives) < self.order:
            derivatives.append(self.tidy.tidied(self.calculus.derivative(derivatives[-1])))
        return derivatives

    def _slope(self) -> NodeId:
        """Return −F_x/F_y, the slope of the curve F = 0."""
        graph = self.graph
        by_x, by_y = (Calculus(graph, name).derivative(self.f) for name in (self.variable, self.dependent))
        return graph.negation(graph.quotient(by_x, by_y))

    def _more_names(self, allowed: Iterable[str]) -> Iterator[str]:
        yield from map(symbol_name, allowed)
        if self.asks is not Asks.FORMULA:
            yield self.variable
        if self.dependent:
            yield self.dependent

    def in_names(self, node: NodeId) -> NodeId:
        """Return the node in the form to show: a gradient in the graph's names, a derivative
        with the names expanded.
        """
        graph = self.graph
        symbols = [graph.symbol(name) for name in self.definitions]
        values = [graph.operands[symbol][0] for symbol in symbols]
        if self.gradient:
            return graph.renamed(node, dict(zip(values, symbols, strict=True)))
        if self.variable in self.inputs:
            return graph.renamed(node, dict(zip(symbols, values, strict=True)))
        return node


def formulas(problem: Problem) -> tuple[Node, dict[str, Node]]:
    """Return the problem's f and the expressions that its names stand for; raise ReadingError if one cannot be read.

    For an equation f is left side − right side, which is 0 on its curve.
    """
    if problem.asks is Asks.IMPLICIT:
        left, right = equation_sides(problem)
        return Sum((left, Negation(right))), {}
    if not problem.names:
        return read_printed(problem.f, besides=frozenset((symbol_name(problem.variable),))), {}
    texts = (problem.f, problem.variable, *(value for _, value in problem.names))
    names = known_names(texts, (*(name for name, _ in (*problem.names, *problem.at)), problem.variable))
    definitions = read_assignments(problem.names, names)
    return read_printed(problem.f, besides=names), dict(definitions)


def equation_sides(problem: Problem) -> tuple[Node, Node]:
    """Return the sides of a problem's equation; raise ReadingError if they cannot be read."""
    names = frozenset((symbol_name(problem.variable), symbol_name(problem.dependent)))
    sides = problem.f.split("=")
    if len(sides) != 2:
        raise ReadingError("Give an equation with one =, such as x^2 + y^2 = 25.", (0, len(problem.f)))
    left, right = (read_printed(side, besides=names) for side in sides)
    return left, right


def _symbols(trees: Iterable[Node]) -> frozenset[str]:
    return frozenset().union(*map(symbols, trees))
