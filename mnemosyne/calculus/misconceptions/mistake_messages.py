"""What the learner is told of a mistake: its message with this question's parts in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Formatter

from mnemosyne.calculus.chain_links import free_name
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.misconceptions.candidates import Candidate
from mnemosyne.calculus.misconceptions.site import composition
from mnemosyne.calculus.prepared import Prepared
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.expressions.tree import Negation, Node, Number, Quotient, fold, number, with_children


class Messages:
    """The messages of one question's mistakes."""

    def __init__(self, question: Prepared) -> None:
        self.question = question

    def of(self, candidate: Candidate) -> str:
        """Return the message of a candidate, which ends with a full stop."""
        template = candidate.wrong.message or candidate.misconception.message
        common: Mapping[str, Callable[[Candidate], str]] = {
            "part": lambda candidate: self._original(candidate, candidate.node),
            "inner": lambda candidate: self._original(candidate, candidate.inner),
            "seen": self._seen,
            "outer": self._outer,
            "x": lambda _: self.question.variable,
            "f": lambda _: self._shown(self.question.f),
        }
        names = {name for _, name, _, _ in Formatter().parse(template) if name}
        named_parts = candidate.wrong.parts
        values = {name: self._given(candidate, named_parts[name]) for name in names if name in named_parts}
        values |= {name: common[name](candidate) for name in names if name not in named_parts}
        return template.format(**values)

    def _given(self, candidate: Candidate, part: NodeId | str) -> str:
        return part if isinstance(part, str) else self._original(candidate, part)

    def _original(self, candidate: Candidate, node: NodeId) -> str:
        """Return a node as it stands in the question."""
        return self._shown(candidate.view.rewritten.get(node, node))

    def _seen(self, candidate: Candidate) -> str:
        """`(3x + 1)⁵`, or `√x = x^(1/2)` where the node was seen otherwise than it stands."""
        original = candidate.view.rewritten.get(candidate.node, candidate.node)
        original_text = self._shown(original)
        return original_text if original == candidate.node else f"{original_text} = {self._shown(candidate.node)}"

    def _outer(self, candidate: Candidate) -> str:
        """Return the outer function at the candidate's place, of u."""
        question, graph = self.question, self.question.graph
        place = composition(question.calculus, candidate.node)
        if place is None:
            return self._original(candidate, candidate.node)
        if place.is_bare:
            return self._shown(candidate.node)
        argument = graph.symbol(free_name(question.calculus, question.f))
        return self._shown(graph.replaced(place.template, place.hole, argument))

    def _shown(self, node: NodeId) -> str:
        return to_unicode_line(fold(to_tree(self.question.graph, node), _with_fractions))


def _with_fractions(node: Node, operands: tuple[Node, ...]) -> Node:
    """Return a number that is no whole one as a fraction: x^(1/8), where the printer writes x^0.125."""
    if isinstance(node, Number) and node.value.denominator > 1:
        above, below = number(abs(node.value.numerator)), number(node.value.denominator)
        return Negation(Quotient(above, below)) if node.value < 0 else Quotient(above, below)
    return with_children(node, operands)
