"""Judging an antiderivative: the answer is differentiated by our own rules and compared with f on f's domain.

Any constant may be added, a different one on each piece of the domain; where f is continuous the answer must not jump.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from flint import arb

from mnemosyne.calculus.balls import BITS, Place, Point, RationalInterval, RealValues, exactly, middle, precision
from mnemosyne.calculus.chain_links import chain_links, linked_parts
from mnemosyne.calculus.decide import Comparison, Equality, decide, exists, weaker
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.enclosures import Enclosures
from mnemosyne.calculus.equality import MOST_EXTRA, extra_bits, spread_of_sizes
from mnemosyne.calculus.evidence import evidence
from mnemosyne.calculus.existence import with_undefined_signs
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.integration import Integration
from mnemosyne.calculus.integration_constants import INTEGRATION_CONSTANTS, names_with_constants
from mnemosyne.calculus.intervals import interval_of
from mnemosyne.calculus.misconceptions.antiderivatives import diagnose_antiderivative
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.calculus.misconceptions.diagnose import Diagnosis
from mnemosyne.calculus.pieces import Pieces
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.restrictions import SIGNS
from mnemosyne.calculus.roots import proved_root
from mnemosyne.calculus.tasks import ParsedAnswer, Task
from mnemosyne.calculus.translate import to_tree
from mnemosyne.calculus.zeros import ZeroFinder
from mnemosyne.expressions import reading
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.tree import Node, symbols
from mnemosyne.verdict import SEE_VALUES, Certainty, Evidence, Link

OTHER_CONSTANT = 2
MOST_JUMP_LINES = 40  # cells of the other symbols in which a jump is looked for
CLOSE = 40  # bits: how close to a place a jump is looked for, relative to the place's distance from 0
CLOSER = 100  # bits, where no jump is seen at first; more where sizes differ, since a large f hides a small jump
SEEN = arb(2) ** -20  # relative: two values of f that differ by more show that f jumps


class AntiderivativeTask(Task):
    """A question whose answer, differentiated, must equal f."""

    undecided = "The checker could not decide: compare with the correct antiderivative."
    not_equal = f"The derivative of your answer is not f{SEE_VALUES}."

    def __init__(self, question: PreparedQuestion, *, constant_asked: bool, solution: str) -> None:
        super().__init__(question)
        self._constant_asked = constant_asked
        self._solution = solution

    def read(self, typed: str) -> Node:
        """Return the tree of the typed answer, which may contain a constant of integration."""
        return reading.read(typed, names_with_constants(typed, self.question.names))

    def second_readings(self, typed: str) -> Iterator[tuple[str, Node]]:
        """Yield the other readings of the text, each with an unambiguous way to type it."""
        return reading.second_readings(typed, names_with_constants(typed, self.question.names))

    def parsed_answer(self, tree: Node) -> ParsedAnswer:
        """Return an answer with its derivative."""
        return ParsedAnswer(tree, self._derivative(tree))

    def decide(self, answer: ParsedAnswer) -> Comparison:
        """Return how the derivative of an answer compares with f, and whether the answer exists and nowhere jumps."""
        outcome = decide(self.question, answer.node, derived=True)
        if outcome.equality is Equality.EQUAL and not self._any_constant(answer.tree):
            outcome = decide(self.question, self._derivative(answer.tree, OTHER_CONSTANT), derived=True)
            outcome = outcome if outcome.equality is Equality.DIFFERENT else Comparison(Equality.UNKNOWN)
        if outcome.equality is not Equality.EQUAL:
            return outcome
        node = self._in_graph(answer.tree)
        continuity = self._continuity(answer.tree)
        if continuity.equality is not Equality.EQUAL:
            return continuity
        return weaker(weaker(outcome, continuity), exists(self.question, node))

    def missing(self, answer: ParsedAnswer) -> Diagnosis | None:
        """Return the message that a required constant of integration is missing, else None."""
        tree = answer.tree
        if not self._constant_asked or any(self._varies(tree, name) for name in self._constants(tree)):
            return None
        return Diagnosis("constant-of-integration-missing", CATALOGUE["constant-of-integration-missing"].message)

    def mistake(self, answer: ParsedAnswer) -> Diagnosis | None:
        """Return the mistake that a wrong antiderivative shows."""
        node = self._solution_node
        links = [] if node is None else linked_parts(self.question.calculus, node)
        return diagnose_antiderivative(self.question, answer.node, links)

    def wrong(self, answer: ParsedAnswer) -> str:
        """Return the message for an answer that is wrong for no known reason; for C·F(x) that it is wrong."""
        return super().wrong(answer) if self._any_constant(answer.tree) else self.not_equal

    def narrowed(self, outcome: Comparison) -> str:
        """Return the message for an answer that has no value on a part of f's domain, or jumps there."""
        if outcome.jump is None:
            return super().narrowed(outcome)
        jump_text = f"{outcome.jump:.4g}".replace("-", "−")
        x = self.question.variable
        return f"Right on each side of {x} ≈ {jump_text}, but your answer jumps there and f does not."

    def evidence(self, answer: ParsedAnswer | None, at: Place | None, *, with_error: bool) -> Evidence | None:
        """Return the numeric check: the derivative of the answer, f, and the difference quotient of the answer."""
        node, primitive = (None, None) if answer is None else (answer.node, self._in_graph(answer.tree))
        values = evidence(self.question, node, at, with_error=with_error, primitive=primitive)
        return None if values is None else replace(values, own_label="derivative of your answer", right_label="f")

    def expected(self) -> str | None:
        """Return the author's antiderivative, else the one we find; None if neither is known."""
        constant = next((name for name in INTEGRATION_CONSTANTS if name not in self.question.names), "C")
        more = f" + {constant}" if self._constant_asked else ""
        if self._solution:
            return self._solution + ("" if self._constants(self._read_solution()) else more)
        node = self._own_antiderivative
        return None if node is None else to_line(to_tree(self.question.graph, node)) + more

    def links(self) -> tuple[Link, ...]:
        """Return the chain of the expected antiderivative: differentiated by the chain rule, it gives f."""
        question = self.question
        node = self._solution_node
        if node is None or node not in question.graph.depending(node, question.calculus.variable):
            return ()
        whole = to_line(to_tree(question.graph, node))
        return tuple(replace(link, of=link.of or whole) for link in chain_links(question.calculus, node))

    @cached_property
    def _solution_node(self) -> NodeId | None:
        """The antiderivative whose chain is shown: the author's without its constant, else the one we find."""
        return self._in_graph(self._read_solution(), 0) if self._solution else self._own_antiderivative

    @cached_property
    def _own_antiderivative(self) -> NodeId | None:
        """The antiderivative that our own rules find, if any."""
        return Integration(self.question).antiderivative()

    def _read_solution(self) -> Node:
        return reading.read_printed(self._solution, names_with_constants(self._solution, self.question.names))

    def _constants(self, tree: Node) -> frozenset[str]:
        return symbols(tree) - self.question.names

    def _derivative(self, tree: Node, constant: int = 1) -> NodeId:
        """Return the derivative of the answer, whose own signs may be undefined; that of |u| has a sign of its own."""
        question = self.question
        node = with_undefined_signs(question, question.derivative, self._in_graph(tree, constant))
        return question.calculus.derivative(node)

    def _in_graph(self, tree: Node, constant: int = 1, left: Collection[str] = ()) -> NodeId:
        """Return the answer in the graph, with a number for its constants of integration but those that are `left`."""
        graph = self.question.graph
        node = self.question.node_of(tree)
        for name in self._constants(tree).difference(left):
            node = graph.replaced(node, graph.symbol(name), graph.number(constant))
        return node

    def _any_constant(self, tree: Node) -> bool:
        """Whether the constants of integration are arbitrary: the derivative equals f whatever their values."""
        question = self.question
        graph = question.graph
        derivative = question.tidy.tidied(question.calculus.derivative(question.node_of(tree)))
        constants = {graph.symbol(name) for name in self._constants(tree)}
        if not constants & set(graph.reachable([derivative])):
            return True
        return question.prover.proves_equal(question.f, derivative)

    def _varies(self, tree: Node, name: str) -> bool:
        """Whether the answer depends on a constant of integration at all."""
        graph = self.question.graph
        return graph.symbol(name) in graph.reachable([self.question.tidy.tidied(self.question.node_of(tree))])

    def _continuity(self, tree: Node) -> Comparison:
        """Return whether the answer jumps where f does not, on a line from every cell of the other symbols.

        A constant of integration is one of them if it does more than to be added: (C − 1)·sign(x) jumps unless C is 1.
        """
        question, variable = self.question, self.question.domain.variable
        constants = [name for name in self._constants(tree) if self._may_do_more_than_add(tree, name)]
        answer = self._in_graph(tree, left=constants)
        names = sorted({*question.inputs - {variable}, *constants})
        outcome = Comparison(Equality.EQUAL, certainty=Certainty.PROVED)
        if not any(variable in leaf.symbols for leaf in question.switches.jumps((answer,))):
            return outcome
        pieces = Pieces(question.switches, variable, names, question.seed)
        cells = pieces.cells(question.switches.breaks((answer,)), [*names, variable])
        if len(cells) > MOST_JUMP_LINES:
            return Comparison(Equality.UNKNOWN)
        for values in cells:
            outcome = weaker(outcome, self._continuity_along(answer, values))
            if outcome.equality is not Equality.EQUAL:
                return outcome
        return outcome

    def _may_do_more_than_add(self, tree: Node, name: str) -> bool:
        """Whether a constant of integration may change more than the height of a graph: its effect depends on the
        variable, or it is inside a sign or a step.
        """
        question, graph = self.question, self.question.graph
        node = question.node_of(tree)
        slope = question.tidy.tidied(Calculus(graph, name).derivative(node))
        jumping = any(graph.payload[part] in SIGNS for part in graph.depending(node, graph.symbol(name)))
        return jumping or graph.contains(slope, question.calculus.variable)

    def _continuity_along(self, answer: NodeId, point: Point) -> Comparison:
        """Return NARROWED with the jump nearest to 0 if the answer is seen to jump where f does not, else EQUAL.

        Where the answer changes its formula without a visible jump, EQUAL is only COMPARED.
        """
        outcome = Comparison(Equality.EQUAL, certainty=Certainty.PROVED)
        zeros = self._zeros(answer, point)
        if any(math.isinf(low) or math.isinf(high) for low, high, _ in zeros):
            return Comparison(Equality.TOO_LARGE)
        for float_low, float_high, node in sorted(zeros, key=lambda zero: abs(zero[0])):
            low, high = Fraction(float_low), Fraction(float_high)
            more = self._more_bits(answer, point, low)
            closer = CLOSER + min(more, MOST_EXTRA)
            if self._jumps(answer, point, (low, high), CLOSE) or self._jumps(
                answer, point, self._closer_ends(node, point, low, high, closer), closer
            ):
                return Comparison(Equality.NARROWED, jump=float(high))
            outcome = Comparison(Equality.EQUAL, certainty=Certainty.COMPARED)
            if more > MOST_EXTRA:
                return Comparison(Equality.TOO_LARGE)
        return outcome

    def _zeros(self, answer: NodeId, point: Point) -> list[tuple[float, float, NodeId]]:
        """Return where the answer changes its formula and may jump, each place with the node that is zero there.

        Where f has no value, as 1/x at 0, or jumps itself, each side may have a constant of its own.
        """
        question, variable = self.question, self.question.domain.variable
        of_f = {leaf.node for leaf in question.switches.breaks((question.f,))}
        lines = ZeroFinder(question.switches)
        leaves = [leaf for leaf in question.switches.jumps((answer,)) if variable in leaf.symbols]
        zeros = [(low, high, leaf.node) for leaf in leaves for low, high in lines.zeros(leaf, variable, point).at]
        return [zero for zero in zeros if zero[2] not in of_f or self._goes_on(point, *zero)]

    def _goes_on(self, point: Point, float_low: float, float_high: float, node: NodeId) -> bool:
        """Whether f looks continuous where a node is zero: its values nearby and much nearer agree."""
        if math.isinf(float_low) or math.isinf(float_high):
            return False
        places = self._closer_ends(node, point, Fraction(float_low), Fraction(float_high), 3 * CLOSER)
        near = [
            value
            for close in (2 * CLOSER, 3 * CLOSER)
            for value in self._beside(self.question.f, point, *places, close)
        ]
        with precision(BITS + 6 * CLOSER):
            return all(bool(abs(value - near[0]) <= SEEN * (1 + abs(near[0]))) for value in near)

    def _beside(self, node: NodeId, point: Point, low: Fraction, high: Fraction, close: int) -> list[arb]:
        """Return the values of a node on both sides of a place."""
        variable, step = self.question.domain.variable, _step_beside(low, close)
        with precision(BITS + 2 * close):
            places = (low - step, high + step)
            return [RealValues(self.question.graph, {**point, variable: x}).value(node) for x in places]

    def _more_bits(self, answer: NodeId, point: Point, place: Fraction) -> int:
        """Return how many bits separate the largest from the smallest part of the answer beside a place."""
        graph = self.question.graph
        beside = place - _step_beside(place, CLOSE)
        with precision(BITS):
            sample = RealValues(graph, {**point, self.question.domain.variable: beside})
            sample.value(answer)
            return max(extra_bits(graph, answer), spread_of_sizes(sample, graph.reachable([answer])))

    def _jumps(self, answer: NodeId, point: Point, places: tuple[Fraction, Fraction], close: int) -> bool:
        """Whether the answer changes more between two places than f allows by the mean value theorem."""
        low, high = places
        before, after = self._beside(answer, point, low, high, close)
        step = _step_beside(low, close)
        steepest = self._steepest(point, low - step, high + step, close)
        with precision(BITS + 2 * close):
            allowed = steepest * exactly(high - low + 2 * step)
            return bool(steepest.is_finite() and abs(after - before) > allowed)

    def _steepest(self, point: Point, low: Fraction, high: Fraction, close: int) -> arb:
        """Return a bound of |f| between two places; not finite if none is known.

        The square root of a ball around 0 is NaN; an interval has one, that of its non-negative part.
        """
        f, graph, variable = self.question.f, self.question.graph, self.question.domain.variable
        across: Place = {**point, variable: RationalInterval(low, high)}
        with precision(BITS + 2 * close):
            slope = RealValues(graph, across).value(f)
        if slope.is_finite():
            return slope.abs_upper()
        inputs = {name: interval_of(value) for name, value in point.items()}
        values = Enclosures(graph, (f,), inputs).on({variable: (interval_of(low)[0], interval_of(high)[1])})[f]
        return arb.nan() if values is None else arb(max(-values[0], values[1]))

    def _closer_ends(
        self, node: NodeId, point: Point, low: Fraction, high: Fraction, close: int
    ) -> tuple[Fraction, Fraction]:
        """Return ends much closer to a node's zero between two places, if the node changes its sign there.

        Newton's method finds a simple zero in a few steps; halving, for any other, takes a step for each bit.
        """
        graph, variable = self.question.graph, self.question.domain.variable

        def sign(x: Fraction) -> int:
            value = RealValues(graph, {**point, variable: x}).value(node)
            return int(value > 0) - int(value < 0)

        with precision(BITS + 2 * close):
            root = proved_root(graph, node, variable, point, (float(low), float(high)))
            if root is not None:
                zero = root.ball()
                return middle(zero.lower()), middle(zero.upper())
            sign_low = sign(low)
            if not sign_low or sign_low * sign(high) >= 0:
                return low, high
            while high - low > Fraction(1, 2**close) and (sign_middle := sign((low + high) / 2)):
                low, high = ((low + high) / 2, high) if sign_middle == sign_low else (low, (low + high) / 2)
        return low, high


def _step_beside(place: Fraction, close: int) -> Fraction:
    return Fraction(1, 2**close) * max(Fraction(1), abs(place))
