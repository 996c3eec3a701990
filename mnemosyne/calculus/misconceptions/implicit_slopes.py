"""Mistakes in the slope of a curve: in differentiating the equation, or in solving it for dy/dx.

The equation is differentiated with y′ as an unknown; every mistake in the rules of differentiation gives
another equation for y′, and so another slope. A mistake in solving gives one of the quotients of F_x and F_y.
"""

from __future__ import annotations

from collections.abc import Iterator

from mnemosyne.calculus.balls import BITS, precision
from mnemosyne.calculus.curve_links import linked_curve_parts
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.misconceptions.answer_matching import Matching
from mnemosyne.calculus.misconceptions.candidates import Candidate, Candidates
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.calculus.misconceptions.diagnose import Diagnosis, mistaken_link, right_but_for_constant
from mnemosyne.calculus.misconceptions.misconception import AtLink, Factor
from mnemosyne.calculus.misconceptions.mistake_messages import Messages
from mnemosyne.calculus.misconceptions.views import FunctionView
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_unicode_line

AT_SLOPE = ("dependent-held-constant", "dependent-derivative-forgotten")  # dy/dx is missing at the link of y
UNKNOWN_SLOPE = "y′"  # the symbol for dy/dx in the differentiated equation; nobody can type it


class SlopeSearch:
    """The search for the mistake in one answer."""

    def __init__(self, question: PreparedQuestion, answer: NodeId) -> None:
        x, y = question.variable, question.dependent
        self.question = question
        self.graph: Graph = question.graph
        self.x, self.y = self.graph.symbol(x), self.graph.symbol(y)
        self.names = {"x": x, "y": y}
        self.matching = Matching(question, answer)
        self.unknown = self.graph.symbol(UNKNOWN_SLOPE)
        self.calculus = Calculus(self.graph, x, {self.y: self.unknown})
        self._by_unknown = Calculus(self.graph, UNKNOWN_SLOPE)

    def finding(self) -> Diagnosis | None:
        """Return the mistake that explains the answer, or None."""
        if not self.matching.possible or self.matching.agrees_at_points(self.question.derivative):
            return None  # what is right at all of these points shows no mistake there
        mistake = self._in_solving() or self._in_terms() or self._in_differentiating()
        return mistake or right_but_for_constant(self.matching)

    def _in_solving(self) -> Diagnosis | None:
        graph = self.graph
        by_x, by_y = self._parts(self.calculus.derivative(self.question.f))
        wrong = {
            "slope-sign": [graph.quotient(by_x, by_y)],
            "slope-inverted": [
                graph.quotient(by_y, by_x),
                graph.negation(graph.quotient(by_y, by_x)),
                graph.negation(graph.product(by_x, by_y)),
            ],
            "dependent-held-constant": [by_x, graph.negation(by_x)],
        }
        for name, slopes in wrong.items():
            if any(self.matching.agrees(slope) for slope in slopes):
                return self._diagnosis(name)
        return None

    def _in_terms(self) -> Diagnosis | None:
        """Return a mistake in a single term: dy/dx forgotten, dy/dx on a term in x alone, or a constant kept."""
        for name, term, equation in self._wrong_equations():
            if self._gives(equation):
                return self._diagnosis(name, term)
        return None

    def _wrong_equations(self) -> Iterator[tuple[str, NodeId, NodeId]]:
        graph, unknown = self.graph, self.unknown
        terms = list(self._terms(self.question.f))
        derivatives = [self.calculus.derivative(term) for term in terms]
        for i, (term, derivative) in enumerate(zip(terms, derivatives, strict=True)):
            rest = derivatives[:i] + derivatives[i + 1 :]
            symbols = set(graph.reachable([term]))
            if self.y in symbols:
                by_x, by_y = self._parts(derivative)
                yield "dependent-held-constant", term, graph.sum(*rest, by_x)
                yield "dependent-derivative-forgotten", term, graph.sum(*rest, by_x, by_y)
            elif self.x in symbols:
                yield "slope-on-independent-term", term, graph.sum(*rest, graph.product(derivative, unknown))
            else:
                yield "equation-constant-kept", term, graph.sum(*rest, term)
                yield "equation-constant-kept", term, graph.sum(*rest, graph.one)
                yield "equation-constant-kept", term, graph.sum(*rest, graph.negation(graph.one))

    def _terms(self, node: NodeId) -> Iterator[NodeId]:
        graph = self.graph
        match graph.op[node]:
            case Op.SUM:
                for operand in graph.operands[node]:
                    yield from self._terms(operand)
            case Op.NEGATION:
                for term in self._terms(graph.operands[node][0]):
                    yield graph.negation(term)
            case _:
                yield node

    def _in_differentiating(self) -> Diagnosis | None:
        """Return a mistake in the rules of differentiation somewhere in the equation; None for a number.

        A number agrees with too many mistakes by chance: at a corner of |x| + |y| = 1, with all of them.
        """
        if not any(self.graph.op[node] is Op.SYMBOL for node in self.graph.reachable([self.matching.answer])):
            return None
        candidates = Candidates(self.question, FunctionView(self.question.f), self.calculus)
        for entry in CATALOGUE.values():
            for candidate in candidates.of(entry):
                if not candidate.wrong.whole and self._gives(candidates.answer_of(candidate)):
                    return self._of(candidate)
        return None

    def _of(self, candidate: Candidate) -> Diagnosis:
        name = candidate.misconception.id
        link, inside = mistaken_link(candidate, self.calculus, linked_curve_parts(self.question))
        left_out = isinstance(candidate.rule, AtLink) and candidate.rule.mistaken is Factor.OUTER
        if name == "missing-inner-derivative" and candidate.inner == self.y and not left_out:
            return self._diagnosis("dependent-derivative-forgotten", candidate.node)
        if name == "power-of-derivative" and candidate.inner == self.y:  # n·1ⁿ⁻¹: the power itself is missing
            part = to_unicode_line(to_tree(self.graph, candidate.node))
            message = f"In {part} the exponent goes down by one: the remaining power of {self.names['y']} is missing."
            return Diagnosis("power-lowered-twice", message, link, inside=inside)
        return Diagnosis(name, Messages(self.question, self.matching.answer).of(candidate), link, inside=inside)

    def _gives(self, equation: NodeId) -> bool:
        """Whether the differentiated equation, solved for y′, gives the answer."""
        by_x, by_y = self._parts(equation)
        if by_y == self.graph.zero:
            return False
        return self.matching.agrees(self.graph.negation(self.graph.quotient(by_x, by_y)))

    def _parts(self, equation: NodeId) -> tuple[NodeId, NodeId]:
        """Return the terms without y′, and the coefficient of y′."""
        graph = self.graph
        without = graph.replaced(equation, self.unknown, graph.zero)
        if without == equation:
            return equation, graph.zero
        return without, graph.replaced(self._by_unknown.derivative(equation), self.unknown, graph.zero)

    def _diagnosis(self, name: str, term: NodeId | None = None) -> Diagnosis:
        text = "" if term is None else to_unicode_line(to_tree(self.graph, self._plain(term)))
        link = self._slope_link(self.question.f if term is None else term) if name in AT_SLOPE else None
        return Diagnosis(name, CATALOGUE[name].message.format(term=text, **self.names), link)

    def _slope_link(self, term: NodeId) -> int | None:
        """Return the index of the only link with the derivative dy/dx in a term's chains; None if there
        is not exactly one.
        """
        within = set(self.graph.reachable([term]))
        links = enumerate(linked_curve_parts(self.question))
        last = [i for i, (part, link) in links if part in within and link.inner == self.x]
        return last[0] if len(last) == 1 else None

    def _plain(self, term: NodeId) -> NodeId:
        """Return the term without its minus sign."""
        value = self.graph.rational(term)
        if value is not None:
            return self.graph.number(abs(value))
        return self.graph.operands[term][0] if self.graph.op[term] is Op.NEGATION else term


def diagnose_slope(question: PreparedQuestion, answer: NodeId) -> Diagnosis | None:
    """Return the mistake that a wrong slope shows, or None."""
    with precision(BITS):
        return SlopeSearch(question, answer).finding()
