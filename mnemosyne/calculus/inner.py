"""Grading the field u of the Leibniz form: any expression that lies between the variable and f and determines f.

The verdict on an accepted u has one link: the outer function in u, u itself, and dy/du; so the fields after it are
graded for the learner's own u.
"""

from __future__ import annotations

from collections.abc import Iterator

from mnemosyne.calculus.chain_links import ChainLink, Telling, chain
from mnemosyne.calculus.decide import Equality, by_balls, equal
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.prepared import Prepared
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read, read_printed
from mnemosyne.verdict import Link, Verdict, Word


def grade_inner(question: Prepared, typed: str) -> Verdict:
    """Return the verdict on a choice of u; raise ReadingError if it cannot be read."""
    expected = _expected(question)
    printed = typed in (to_line(question.tree), expected)  # typed by the program, to ask for the solution
    tree = (read_printed if printed else read)(typed, question.names)
    answer = question.node_of(tree)
    for inner in _spine(question):
        outcome = by_balls(question, answer, inner)
        if outcome.equality is Equality.EQUAL:
            return Verdict(
                Word.CORRECT,
                "Correct.",
                certainty=outcome.certainty,
                expected=expected,
                read_as=to_line(tree),
                links=(_link(question, inner),),
            )
    message, misconception = _why_not(question, answer)
    word = Word.INCORRECT if misconception != _NEEDLESS else Word.UNREADABLE
    identity = misconception if misconception not in ("", _NEEDLESS) else None
    span = (0, len(typed)) if word is Word.UNREADABLE else None
    return Verdict(word, message, identity, expected=expected, read_as=to_line(tree), span=span)


_NEEDLESS = "needless"


def _why_not(question: Prepared, answer: NodeId) -> tuple[str, str]:
    graph, calculus = question.graph, question.calculus
    if _equal(question, question.f, answer):
        return "That is the whole function: u is the inner one.", ""
    if _equal(question, calculus.variable, answer):
        return f"u = {question.variable} changes nothing: choose the inner function.", _NEEDLESS
    for link in _links(question):
        inner = link.inner
        if _equal(question, calculus.derivative(inner), answer):
            return "That is a derivative: u is the inner function itself.", "inner-replaced-by-its-derivative"
        if _equal(question, graph.replaced(link.whole, inner, calculus.variable), answer):
            return "That is the outer function: u is the inner one.", "swapped-inside-outside"
    if calculus.variable not in graph.reachable([answer]):
        return "u must depend on the variable: it is the inner function.", ""
    return "The function cannot be written in terms of that alone: u is the inner function.", ""


def _links(question: Prepared) -> list[ChainLink]:
    return [
        link
        for link in chain(question.graph, question.f, question.calculus.variable)
        if link.inner != question.calculus.variable
    ]


def _spine(question: Prepared) -> Iterator[NodeId]:
    """Yield every node between f and the variable through which all of f depends on it, the links' own inners first."""
    graph, variable = question.graph, question.calculus.variable
    links = _links(question)
    yield from (link.inner for link in links)
    for link in links:
        node = link.inner
        while node != variable:
            varying = [operand for operand in graph.operands[node] if operand in question.depending]
            if len(varying) != 1 or varying[0] == variable:
                break
            node = varying[0]
            yield node


def _equal(question: Prepared, first: NodeId, second: NodeId) -> bool:
    return equal(question, second, first)


def _expected(question: Prepared) -> str | None:
    links = _links(question)
    return to_line(to_tree(question.graph, links[0].inner)) if links else None


def _link(question: Prepared, inner: NodeId) -> Link:
    return Telling(question.calculus, question.f).link(question.f, ChainLink(question.f, inner))
