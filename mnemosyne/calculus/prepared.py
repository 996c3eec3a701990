"""A question made ready for grading: its graph, its derivative, the points to compare at, and the values there.

All that depends on the question alone is done here once, before an answer comes; answers are built into the same graph,
so that what they share with the question is not computed again.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb

from mnemosyne.calculus.balls import BITS, RealValues, precision
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.graph import Graph, NodeId
from mnemosyne.calculus.points import Domain, one_per_piece, piecewise
from mnemosyne.calculus.translate import to_graph
from mnemosyne.calculus.verdict import Problem
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node, symbols

CROWDED = 50_000  # nodes: a question graded so often that its graph is this large is prepared anew


class Prepared:
    """One derivative question. `samples` hold values at points in the domain of `f` and of `derivative`."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.tree: Node = read(problem.f)
        self.names = symbols(self.tree) | {problem.variable}
        self.graph = Graph()
        self.calculus = Calculus(self.graph, problem.variable)
        self.f = to_graph(self.graph, self.tree)
        self.derivative = self.calculus.derivative(self.f)
        self.depending = self.graph.depending(self.f, self.calculus.variable)
        names = sorted(self.names)
        self.domain = Domain(self.graph, (self.f, self.derivative), problem.variable, names, problem.seed)
        self.samples: list[RealValues] = self.domain.samples()

    @property
    def crowded(self) -> bool:
        """Whether so many answers were built into the graph that it should be given up."""
        return len(self.graph.op) > CROWDED

    def with_pieces_of(self, answer: NodeId) -> Sequence[RealValues]:
        """The samples, and one for each piece that the kinks of the question and of the answer make."""
        switches = piecewise(self.graph, (self.f, self.derivative, answer))
        return [*self.samples, *one_per_piece(self.domain, switches)] if switches else self.samples

    def balls(self, node: NodeId) -> list[arb]:
        """The values of a node at the question's points; NaN where it has none."""
        with precision(BITS):
            return [sample.value(node) for sample in self.samples]
