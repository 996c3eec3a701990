"""Grading the field u of the Leibniz form: any expression that lies between the variable and f and determines f.

The verdict on an accepted u has one link: the outer function in u, u itself, and dy/du; so the fields after it are
graded for the learner's own u.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mnemosyne.calculus.chain_links import ChainLink, LinkFormatter, chain
from mnemosyne.calculus.decide import Comparison, Equality, by_balls, equal
from mnemosyne.calculus.expression_graph import NodeId, Op
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.restrictions import all_poles
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read, read_printed
from mnemosyne.expressions.tree import Node
from mnemosyne.verdict import Link, Verdict, Word


def grade_inner(question: PreparedQuestion, typed: str) -> Verdict:
    """Return the verdict on a choice of u; raise ReadingError if it cannot be read."""
    expected = _expected(question)
    printed = typed in (to_line(question.tree), expected)  # typed by the program, to ask for the solution
    tree = (read_printed if printed else read)(typed, question.names)
    answer = question.node_of(tree)
    for inner in _inners(question):
        outcome = by_balls(question, answer, inner.node)
        if outcome.equality is Equality.EQUAL:
            return _right(tree, outcome, expected, _link(question, inner, answer))
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


def _multiple(question: PreparedQuestion, answer: NodeId) -> tuple[Comparison, Link] | None:
    """Return the comparison and the link of a u that is a multiple of an inner function, plus a constant; None if it is
    none: with u = 1 - 2x, (2x - 1)^4 is (-u)^4.
    """
    graph, calculus = question.graph, question.calculus
    slope = calculus.derivative(answer)
    for inner in _inners(question) if slope != graph.zero else ():
        inner_slope = calculus.derivative(inner.node)
        for x in _PLACES:
            if _at(question, inner_slope, x) == graph.zero:
                continue
            factor = _at(question, graph.quotient(slope, inner_slope), x)
            added = _at(question, graph.sum(answer, graph.negation(graph.product(factor, inner.node))), x)
            outcome = by_balls(question, answer, graph.sum(graph.product(factor, inner.node), added))
            if outcome.equality is Equality.EQUAL:
                return outcome, _through(question, inner, answer, factor, added)
            if outcome.equality is Equality.DIFFERENT:
                break  # elsewhere it may only be that the factor has no value there
    return None


def _at(question: PreparedQuestion, node: NodeId, x: Fraction) -> NodeId:
    """Return what a node is where the variable has this value."""
    graph = question.graph
    return question.tidy.tidied(graph.replaced(node, question.calculus.variable, graph.number(x)))


def _through(question: PreparedQuestion, inner: _Inner, answer: NodeId, factor: NodeId, added: NodeId) -> Link:
    """Return the link of u = factor * inner + added."""
    graph, writer = question.graph, LinkFormatter(question.calculus, question.f)
    u = graph.symbol(writer.placeholder)
    rest = u if question.prover.proves_equal(added, graph.zero) else graph.sum(u, graph.negation(added))
    in_u = graph.power(question.tidy.tidied(graph.quotient(rest, factor)), graph.number(inner.exponent))
    outer = graph.replaced(question.f, inner.whole, in_u)
    return writer.composed(question.tidy.tidied(outer) if inner.exponent != 1 else outer, answer)


_NEEDLESS = "needless"
_LARGEST_EXPONENT = 24
_PLACES = tuple(Fraction(n, d) for n, d in ((1, 1), (2, 1), (1, 2), (-1, 1), (3, 1)))  # where a factor is looked for


def _why_not(question: PreparedQuestion, answer: NodeId) -> tuple[str, str]:
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


def _links(question: PreparedQuestion) -> list[ChainLink]:
    return [
        link
        for link in chain(question.graph, question.f, question.calculus.variable)
        if link.inner != question.calculus.variable
    ]


@dataclass(frozen=True, slots=True)
class _Inner:
    """An inner function as a `node`, and what f has of it: its power `whole`, as (2x - 1)^4 of (2x - 1)^2."""

    node: NodeId
    whole: NodeId
    exponent: int = 1


def _inners(question: PreparedQuestion) -> Iterator[_Inner]:
    """Yield every inner function: the nodes through which f depends on the variable, and of what they are powers.

    A reciprocal is one only where f has no value at its pole either.
    """
    graph = question.graph
    spine = list(_spine(question))
    yield from (_Inner(node, node) for node in spine)
    divisors = all_poles(graph, [question.f])
    for node in (question.f, *spine):
        whole = _whole_exponent(question, node)
        base = graph.operands[node][0] if whole else node
        signs = (1, -1) if whole < 0 or {node, base} & divisors else (1,)
        for part in (sign * size for sign in signs for size in range(1, abs(whole)) if whole % size == 0):
            if part != 1:
                yield _Inner(graph.power(base, graph.number(part)), node, whole // part)


def _whole_exponent(question: PreparedQuestion, node: NodeId) -> int:
    """Return the exponent of a power with a small integer exponent, else 0."""
    graph = question.graph
    exponent = graph.rational(graph.operands[node][1]) if graph.op[node] is Op.POWER else None
    return int(exponent) if exponent and exponent.denominator == 1 and abs(exponent) <= _LARGEST_EXPONENT else 0


def _spine(question: PreparedQuestion) -> Iterator[NodeId]:
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


def _equal(question: PreparedQuestion, first: NodeId, second: NodeId) -> bool:
    return equal(question, second, first)


def _expected(question: PreparedQuestion) -> str | None:
    links = _links(question)
    return to_line(to_tree(question.graph, links[0].inner)) if links else None


def _link(question: PreparedQuestion, inner: _Inner, answer: NodeId) -> Link:
    if inner.exponent != 1:
        return _through(question, inner, answer, question.graph.one, question.graph.zero)
    return LinkFormatter(question.calculus, question.f).link(question.f, ChainLink(question.f, inner.node))
