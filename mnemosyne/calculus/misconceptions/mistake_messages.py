"""The message about a mistake, with this question's parts filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from functools import lru_cache
from string import Formatter

from mnemosyne.calculus.chain_links import free_name
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.misconceptions.candidates import Candidate
from mnemosyne.calculus.misconceptions.misconception import AtNode
from mnemosyne.calculus.misconceptions.site import composition
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.expressions.tree import Negation, Node, Number, Quotient, fold, number, with_children


class Messages:
    """The messages of the mistakes in one answer to a question."""

    def __init__(self, question: PreparedQuestion, answer: NodeId) -> None:
        self.question = question
        self.answer = answer

    def of(self, candidate: Candidate) -> str:
        """Return the message of a candidate, which ends with a full stop."""
        template = candidate.wrong.message or candidate.misconception.message
        names = _names(template)
        return self._other_form(candidate, names) + template.format(**self._values(candidate, names))

    def _values(self, candidate: Candidate, names: Set[str]) -> dict[str, str]:
        """Return the values for the fields of a template."""
        common: Mapping[str, Callable[[Candidate], str]] = {
            "part": lambda candidate: self._original(candidate, candidate.node),
            "inner": lambda candidate: self._original(candidate, candidate.inner),
            "seen": self._as_seen,
            "outer": self._outer,
            "x": lambda _: self.question.variable,
            "f": lambda _: self.line_of(self.question.f),
        }
        named_parts = candidate.wrong.parts
        values = {name: self._text_of_part(candidate, named_parts[name]) for name in names if name in named_parts}
        return values | {name: common[name](candidate) for name in names if name not in named_parts}

    def _other_form(self, candidate: Candidate, names: Set[str]) -> str:
        """Return "Here tan(x) = sin(x)/cos(x).

        " if the message names a part of that form, which the learner never saw.
        """
        rewritten, graph = candidate.view.rewritten, self.question.graph
        if not rewritten:
            return ""
        in_question, in_answer = ({*graph.reachable([root])} for root in (self.question.f, self.answer))
        unknown = (
            {part for part in self._parts(candidate, names, in_question) if graph.operands[part]}
            - in_question
            - in_answer
        )
        for form in sorted(rewritten):
            if not unknown.isdisjoint(graph.reachable([form])):
                return f"Here {self.line_of(rewritten[form])} = {self.line_of(form)}. "
        return ""

    def _parts(self, candidate: Candidate, names: Set[str], in_question: Set[NodeId]) -> Iterator[NodeId]:
        """Yield the parts that a learner must have seen for a message to be clear, as they are in the view.

        A link between two of the question's own nodes is clear however its function is written.
        """
        rewritten = candidate.view.rewritten
        own_link = not isinstance(candidate.rule, AtNode) and (
            candidate.inner in in_question or candidate.inner in rewritten
        )
        introduces_itself = "seen" in names and candidate.node in rewritten
        if not (introduces_itself or (own_link and candidate.node in rewritten and "outer" not in names)):
            yield candidate.node
        named_parts = {"inner": candidate.inner, **candidate.wrong.parts}
        for name in names & named_parts.keys():
            part = named_parts[name]
            if not isinstance(part, str) and part not in rewritten:
                yield part

    def _text_of_part(self, candidate: Candidate, part: NodeId | str) -> str:
        return part if isinstance(part, str) else self._original(candidate, part)

    def _original(self, candidate: Candidate, node: NodeId) -> str:
        """Return a node in its original form in the question."""
        return self.line_of(candidate.view.rewritten.get(node, node))

    def _as_seen(self, candidate: Candidate) -> str:
        """Return `(3x + 1)⁵`, or `√x = x^(1/2)` if the node was seen in another form than its own."""
        original = candidate.view.rewritten.get(candidate.node, candidate.node)
        original_text = self.line_of(original)
        return original_text if original == candidate.node else f"{original_text} = {self.line_of(candidate.node)}"

    def _outer(self, candidate: Candidate) -> str:
        """Return the outer function at the candidate's place, in u."""
        question, graph = self.question, self.question.graph
        place = composition(question.calculus, candidate.node)
        if place is None:
            return self._original(candidate, candidate.node)
        if place.is_bare:
            return self.line_of(candidate.node)
        argument = graph.symbol(free_name(question.calculus, question.f))
        return self.line_of(graph.replaced(place.template, place.hole, argument))

    def line_of(self, node: NodeId) -> str:
        """Return a node as one line, its numbers as fractions."""
        return to_unicode_line(fold(to_tree(self.question.graph, node), _with_fractions))


@lru_cache(maxsize=256)
def _names(template: str) -> frozenset[str]:
    """Return the names of the fields in a template."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def _with_fractions(node: Node, operands: tuple[Node, ...]) -> Node:
    """Return a non-integer number as a fraction: x^(1/8), where the printer writes x^0.125."""
    if isinstance(node, Number) and node.value.denominator > 1:
        above, below = number(abs(node.value.numerator)), number(node.value.denominator)
        return Negation(Quotient(above, below)) if node.value < 0 else Quotient(above, below)
    return with_children(node, operands)
