"""The steps of judging one kind of question: reading, comparing, naming the mistake, showing.

This is the common case, a formula compared with the expected one; other kinds override some of the steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mnemosyne.calculus.balls import BITS, Place, precision
from mnemosyne.calculus.decide import Comparison, Equality, by_balls, decide
from mnemosyne.calculus.evidence import evidence
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.misconceptions.answer_matching import Matching
from mnemosyne.calculus.misconceptions.constants import CONSTANT_ADDED, constant_added
from mnemosyne.calculus.misconceptions.diagnose import Diagnosis, diagnose, right_but_for_constant
from mnemosyne.calculus.misconceptions.misconception import WrongDerivative
from mnemosyne.calculus.misconceptions.orders import diagnose_order
from mnemosyne.calculus.narrowed_domain import how_narrowed, right_in_part
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.expressions import reading
from mnemosyne.expressions.tree import Node
from mnemosyne.verdict import COMPARED, NOT_EQUAL, NOT_THE_FORMULA, RIGHT_IN_PART, Asks, Evidence, Link


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """An answer as parsed, and the `node` that is compared: the answer itself, or what the question derives from it."""

    tree: Node  # the answer as parsed
    node: NodeId


class Task:
    """A question whose answer must equal its derivative, or the formula asked for."""

    compared = COMPARED  # the message for an answer that is right but not proved
    undecided = "The checker could not decide: compare with the correct derivative."

    def __init__(self, question: PreparedQuestion) -> None:
        self.question = question

    @property
    def not_equal(self) -> str:
        """The message for an answer that is wrong for no known reason, and right at no sample point."""
        return NOT_THE_FORMULA if self.question.asks is Asks.FORMULA else NOT_EQUAL

    def read(self, typed: str) -> Node:
        """Return the tree of a typed answer; raise ReadingError if it cannot be read."""
        return reading.read(typed, self.question.names)

    def second_readings(self, typed: str) -> Iterator[tuple[str, Node]]:
        """Yield the other readings of the text, each with an unambiguous way to type it."""
        return reading.second_readings(typed, self.question.names)

    @property
    def foreseen(self) -> Sequence[tuple[NodeId, str]]:
        """The wrong answers that the author foresees, each as the node to compare and its message."""
        return [(self.parsed_answer(tree).node, feedback) for tree, feedback in self.question.foreseen]

    def parsed_answer(self, tree: Node) -> ParsedAnswer:
        """Return an answer with the node to compare."""
        return ParsedAnswer(tree, self.question.node_of(tree))

    def decide(self, answer: ParsedAnswer) -> Comparison:
        """Return how the answer compares with the expected one."""
        return decide(self.question, answer.node)

    def is_right(self, tree: Node) -> bool:
        """Return whether another answer is right, decided without sympy."""
        return self.equals(self.parsed_answer(tree).node, self.question.derivative)

    def equals(self, node: NodeId, other: NodeId) -> bool:
        """Return whether two compared nodes are equal, decided without sympy."""
        return by_balls(self.question, node, other).equality is Equality.EQUAL

    def missing(self, answer: ParsedAnswer) -> Diagnosis | None:  # noqa: ARG002 - of an antiderivative the + C may be missing
        """Return what is missing from an otherwise right answer, or None."""
        return None

    def mistake(self, answer: ParsedAnswer) -> Diagnosis | None:
        """Return the mistake that a wrong answer shows, or None."""
        if self.question.asks is Asks.FORMULA:
            return _in_formula(self.question, answer.node)
        of_order = diagnose if self.question.order == 1 else diagnose_order
        return of_order(self.question, answer.node)

    def wrong(self, answer: ParsedAnswer) -> str:
        """Return the message for an answer that is wrong for no known reason, and perhaps right in part."""
        of_points = self.question.asks in (Asks.GRADIENT, Asks.INNER, Asks.NUMBER)
        in_part = not of_points and right_in_part(self.question, answer.node)
        return RIGHT_IN_PART if in_part else self.not_equal

    def narrowed(self, outcome: Comparison) -> str:
        """Return the message for an answer that has no value on a part of the domain."""
        return how_narrowed(self.question, outcome)

    def evidence(self, answer: ParsedAnswer | None, at: Place | None, *, with_error: bool) -> Evidence | None:
        """Return the numeric check, of the question alone if no answer is given."""
        return evidence(self.question, None if answer is None else answer.node, at, with_error=with_error)

    def expected(self) -> str | None:
        """Return the expected answer as one line; None if there is none to show."""
        return self.question.solution.derivative

    def links(self) -> tuple[Link, ...]:
        """Return the chain of the question, outer to inner; empty if nothing is composed."""
        return self.question.solution.links


def _in_formula(question: PreparedQuestion, answer: NodeId) -> Diagnosis | None:
    """Return a diagnosis of a wrong sign, constant factor or constant term in a formula, or None."""
    with precision(BITS):
        matching = Matching(question, answer)
        if not matching.possible or not question.inputs:
            return None
        constant = right_but_for_constant(matching)
        if constant is not None:
            return constant
        for value in constant_added(matching):
            assert isinstance(value, WrongDerivative)
            return Diagnosis(CONSTANT_ADDED.id, CONSTANT_ADDED.message.format(**value.parts))
    return None
