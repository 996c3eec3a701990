"""Grading the field u of the Leibniz form: any expression that lies between the variable and f and determines f.

The verdict on an accepted u has one link: the outer function in u, u itself, and dy/du; so the fields after it are
graded for the learner's own u.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mnemosyne.calculus.chain_links import ChainLink, Telling, chain
from mnemosyne.calculus.decide import Comparison, Equality, by_balls, equal
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.prepared import Prepared
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read, read_printed
from mnemosyne.expressions.tree import Node
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
            return _right(tree, outcome, expected, _link(question, inner))
    multiple = _multiple(question, answer) if answer != question.calculus.variable else None
    if multiple is not None:
        return _right(tree, multiple[0], expected, multiple[1])
    message, misconception = _why_not(question, answer)
    word = Word.INCORRECT if misconception != _NEEDLESS else Word.UNREADABLE
    identity = misconception if misconception not in ("", _NEEDLESS) else None
    span = (0, len(typed)) if word is Word.UNREADABLE else None
    return Verdict(word, message, identity, expected=expected, read_as=to_line(tree), span=span)


def _right(tree: Node, outcome: Comparison, expected: str | None, link: Link) -> Verdict:
    return Verdict(
        Word.CORRECT,
        "Correct.",
        certainty=outcome.certainty,
        expected=expected,
        read_as=to_line(tree),
        links=(link,),
    )


def _multiple(question: Prepared, answer: NodeId) -> tuple[Comparison, Link] | None:
    """Return the comparison and the link of a u that is a multiple of an inner function, plus a constant; None if it is
    none: with u = 1 - 2x, (2x - 1)^4 is (-u)^4.
    """
    graph, calculus = question.graph, question.calculus
    slope = calculus.derivative(answer)
    for inner in _spine(question) if slope != graph.zero else ():
        inner_slope = calculus.derivative(inner)
        for x in _PLACES:
            if _at(question, inner_slope, x) == graph.zero:
                continue
            factor = _at(question, graph.quotient(slope, inner_slope), x)
            added = _at(question, graph.sum(answer, graph.negation(graph.product(factor, inner))), x)
            outcome = by_balls(question, answer, graph.sum(graph.product(factor, inner), added))
            if outcome.equality is Equality.EQUAL:
                return outcome, _through(question, inner, answer, factor, added)
            if outcome.equality is Equality.DIFFERENT:
                break  # elsewhere it may only be that the factor has no value there
    return None


def _at(question: Prepared, node: NodeId, x: Fraction) -> NodeId:
    """Return what a node is where the variable has this value."""
    graph = question.graph
    return question.tidy.tidied(graph.replaced(node, question.calculus.variable, graph.number(x)))


def _through(question: Prepared, inner: NodeId, answer: NodeId, factor: NodeId, added: NodeId) -> Link:
    """Return the link of u = factor * inner + added."""
    graph, writer = question.graph, Telling(question.calculus, question.f)
    u = graph.symbol(writer.placeholder)
    rest = u if question.prover.proves_equal(added, graph.zero) else graph.sum(u, graph.negation(added))
    in_u = question.tidy.tidied(graph.quotient(rest, factor))
    return writer.composed(graph.replaced(question.f, inner, in_u), answer)


_NEEDLESS = "needless"
_PLACES = tuple(Fraction(n, d) for n, d in ((1, 1), (2, 1), (1, 2), (-1, 1), (3, 1)))  # where a factor is looked for


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
    return "The function has no such inner part: u is the inner function.", ""


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
