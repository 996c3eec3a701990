"""A question prepared for grading, with the points to compare at and the values there.

All that depends on the question alone is computed here once; answers are built into the same graph, so that
the parts they share with the question are not computed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

from flint import arb

from mnemosyne.calculus.balls import BITS, RealValues, precision
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.gaps import undefined_anywhere, undefined_at_all
from mnemosyne.calculus.integration_constants import INTEGRATION_CONSTANTS
from mnemosyne.calculus.pieces import Pieces
from mnemosyne.calculus.points import Domain
from mnemosyne.calculus.posed_question import PosedQuestion, formulas
from mnemosyne.calculus.proof.prover import Prover
from mnemosyne.calculus.solution import explanation
from mnemosyne.calculus.switches import Switches
from mnemosyne.calculus.translate import to_graph
from mnemosyne.calculus.whole_exponents import powers_by_symbols
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Node, Span, postorder
from mnemosyne.expressions.vocabulary import symbol_name
from mnemosyne.verdict import Asks, Explanation, Problem

CROWDED = 50_000  # nodes: a question is prepared again once graded answers have made its graph this large
LARGEST_DENOMINATOR = 100
LARGEST = 1_000  # larger exponents stay as written


class PreparedQuestion(PosedQuestion):
    """One question, with `samples`: values at points in the domain of `f` and of `derivative`.

    `foreseen` are the wrong answers that the author foresees, each with its message.
    """

    def __init__(
        self,
        tree: Node,
        variable: str = "x",
        seed: int = 0,
        definitions: Mapping[str, Node] | None = None,
        *,
        asks: Asks = Asks.DERIVATIVE,
        order: int = 1,
        allowed: Iterable[str] = (),
        wrong: Iterable[tuple[str, str]] = (),
        dependent: str = "",
    ) -> None:
        super().__init__(tree, variable, definitions, asks=asks, order=order, allowed=allowed, dependent=dependent)
        self.seed = seed
        main = self.variable if self.variable in self.inputs else self._first_symbol()
        names = sorted(self.inputs)
        self.switches = Switches(self.graph)
        self.pieces = Pieces(self.switches, main, names, seed)
        self._domain_of = partial(Domain, pieces=self.pieces, variable=main, names=names, seed=seed)
        self.domain = self._domain_of(self.graph, (self.f, self.derivative))
        self.samples = self.first_samples()
        self.kept: dict[object, Any] = {}  # results that depend on the question alone, cached for its next answer
        self.foreseen = [(self.read_foreseen(text), feedback) for text, feedback in wrong]

    def _first_symbol(self) -> str:
        """Return the symbol along which pieces are looked for if the variable does not occur: if possible none in an
        exponent, as a power of a negative number has values for single exponents only.
        """
        graph = self.graph
        exponents = [exponent for _, exponent in powers_by_symbols(graph, (self.f, self.derivative), self.variable)]
        raised = {str(graph.payload[node]) for node in graph.reachable(exponents) if graph.op[node] is Op.SYMBOL}
        return min(self.inputs, key=lambda name: (name in raised, name), default=self.variable)

    @cached_property
    def prover(self) -> Prover:
        """A prover for the nodes of the graph."""
        return Prover(self.graph)

    @cached_property
    def solution(self) -> Explanation:
        """The derivative and the chain, which are shown with each verdict."""
        return explanation(self)

    def node_of(self, tree: Node) -> NodeId:
        """Return the graph's node for a tree, with constant exponents replaced by numbers where that is proved."""
        return with_plain_exponents(self.graph, super().node_of(tree), self.prover)

    def refuse_undefined(self) -> None:
        """Raise ReadingError if the function is proved to have no real value, or none except at single points."""
        if self.samples:
            return
        part = undefined_anywhere(self.graph, self.f, self.prover)
        if part is not None:
            shown, span = self._place(part)
            if self._is_an_odd_root(part):
                raise ReadingError(f"{shown} has no value: for the real root, write cbrt(…) or root(…, n).", span)
            raise ReadingError(f"{shown} has no real value.", span)
        points = [piece.points[0] for piece in self.pieces.of((self.f,))]
        if self.pieces.complete and len(self.inputs) == 1 and undefined_at_all(self.graph, self.f, points):
            shown, span = self._place(self.f)
            raise ReadingError(f"{shown} is not defined on any interval.", span)

    def _is_an_odd_root(self, part: NodeId) -> bool:
        """Whether a part would have a value in an answer, where the odd roots of negative numbers are real."""
        with precision(BITS):
            return bool(RealValues(self.graph, {}, odd_roots=True).value(part).is_finite())

    def _place(self, part: NodeId) -> tuple[str, Span]:
        """Return how a part of the function is written, and its span."""
        tree = next((tree for tree in postorder(self.tree) if self.node_of(tree) == part), self.tree)
        return to_unicode_line(tree), tree.span

    def first_samples(self) -> list[RealValues]:
        """Return the values at points where both the function and its derivative have one."""
        return self.domain.samples()

    def read_foreseen(self, text: str) -> Node:
        """Return the tree of a wrong answer that the author foresees; an antiderivative may contain its + C."""
        more = frozenset(INTEGRATION_CONSTANTS) if self.asks is Asks.ANTIDERIVATIVE else frozenset()
        return read_printed(text, self.names | more)

    def samples_with(self, answer: NodeId) -> list[RealValues]:
        """Return values at drawn points where an answer with a smaller domain has a value too."""
        return self._domain_of(self.graph, (self.f, self.derivative, answer)).samples(search=False)

    @property
    def crowded(self) -> bool:
        """Whether so many answers were built into the graph that it should be replaced."""
        return len(self.graph.op) > CROWDED

    def balls(self, node: NodeId, most: int | None = None) -> list[arb]:
        """Return the values of a node at the sample points, or at the first `most` of them; NaN where it has none."""
        with precision(BITS):
            return [sample.value(node) for sample in self.samples[:most]]


def prepared(problem: Problem) -> PreparedQuestion:
    """Return the question of a problem; raise ReadingError if one of its formulas cannot be read."""
    tree, definitions = formulas(problem)
    return PreparedQuestion(
        tree,
        problem.variable,
        problem.seed,
        definitions,
        asks=problem.asks,
        order=problem.order,
        allowed=problem.allowed,
        wrong=problem.wrong,
    )


def values_at(problem: Problem) -> dict[str, Fraction]:
    """Return the values that a problem gives its inputs; raise ReadingError for one that is not a rational number."""
    graph = Graph()
    values: dict[str, Fraction] = {}
    for name, text in problem.at:
        value = graph.rational(to_graph(graph, read_printed(text, frozenset())))
        if value is None:
            raise ReadingError(f"Give {name} a plain number, such as 0.5 or 1/3, not {text}.", (0, len(text)))
        values[symbol_name(name)] = value
    return values


def with_plain_exponents(graph: Graph, root: NodeId, prover: Prover) -> NodeId:
    """Return a node with constant exponents replaced by the rationals that they are proved to equal.

    Thus x^ln(e²) has a value for x < 0 too, since the exponent is proved to be 2; a ball around ln(e²)
    could not show that.
    """
    for exponent in dict.fromkeys(_constant_exponents(graph, root)):
        number = _plain_number(graph, exponent, prover)
        if number is not None:
            root = _with_exponent(graph, root, exponent, number)
    return root


def _constant_exponents(graph: Graph, root: NodeId) -> list[NodeId]:
    exponents = [graph.operands[node][1] for node in graph.reachable([root]) if graph.op[node] is Op.POWER]
    return [
        exponent
        for exponent in exponents
        if graph.rational(exponent) is None
        and not any(graph.op[part] is Op.SYMBOL for part in graph.reachable([exponent]))
    ]


def _plain_number(graph: Graph, exponent: NodeId, prover: Prover) -> NodeId | None:
    with precision(BITS):
        ball = RealValues(graph, {}).value(exponent)
    if not ball.is_finite() or not abs(ball) < LARGEST:
        return None
    near = Fraction(float(ball.mid())).limit_denominator(LARGEST_DENOMINATOR)
    if not (ball * near.denominator).contains(near.numerator):
        return None
    number = graph.number(near)
    return number if prover.proves_equal(exponent, number) else None


def _with_exponent(graph: Graph, root: NodeId, exponent: NodeId, number: NodeId) -> NodeId:
    """Return the root with a number for an expression in exponents, which is left as written elsewhere."""
    replacement: dict[NodeId, NodeId] = {}
    for node in graph.reachable([root]):
        operands = tuple(replacement[operand] for operand in graph.operands[node])
        if graph.op[node] is Op.POWER and graph.operands[node][1] == exponent:
            operands = operands[0], number
        replacement[node] = graph.build(node, operands) if operands != graph.operands[node] else node
    return replacement[root]
