"""The chains in the equation of a curve that contain the dependent variable, with its derivative as the last link.

In x² + y² = 25 the y² is a chain, since y is a function of x: u² at y, then y at x, with derivative dy/dx.
"""

from __future__ import annotations

from mnemosyne.calculus.chain_links import ChainLink, LinkedPart, LinkFormatter, chains_among
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.posed_question import PosedQuestion
from mnemosyne.calculus.translate import LineWriter, to_graph
from mnemosyne.expressions.tree import Negation, Sum
from mnemosyne.expressions.vocabulary import ascii_name
from mnemosyne.verdict import Link


def curve_links(question: PosedQuestion) -> tuple[Link, ...]:
    """Return the links of every chain in the equation that contains the dependent variable, the left side's first."""
    writer = LinkFormatter(question.calculus, question.f)
    with_y = question.graph.depending(question.f, question.graph.symbol(question.dependent))
    x = question.calculus.variable
    return tuple(
        _last(question, part, link) if link.inner == x and link.whole in with_y else writer.link(part, link)
        for part, link in linked_curve_parts(question)
    )


def linked_curve_parts(question: PosedQuestion) -> list[LinkedPart]:
    """Return the links of `curve_links`, each with the part of the equation whose chain it belongs to."""
    assert isinstance(question.tree, Sum)  # left side − right side
    left, negated = question.tree.terms
    assert isinstance(negated, Negation)
    sides = (to_graph(question.graph, side) for side in (left, negated.operand))
    return [linked for side in sides for linked in _linked_parts_of(question, side)]


def _linked_parts_of(question: PosedQuestion, side: NodeId) -> list[LinkedPart]:
    graph, x = question.graph, question.calculus.variable
    with_y = graph.depending(side, graph.symbol(question.dependent))
    chains = chains_among(graph, side, x, graph.depending(side, x) | with_y)
    return [(part, link) for part, chain in chains if part in with_y and len(chain) > 1 for link in chain]


def _last(question: PosedQuestion, part: NodeId, link: ChainLink) -> Link:
    """Return the link whose inner expression is the variable, differentiated with y as a function of it."""
    line = LineWriter(question.graph).line
    derivative = line(_derivative(question, link.whole))
    return Link(line(link.whole), ascii_name(question.variable), derivative, line(part))


def _derivative(question: PosedQuestion, whole: NodeId) -> NodeId:
    graph: Graph = question.graph
    x, y = question.variable, question.dependent
    slope = graph.symbol(f"d{ascii_name(y)}/d{ascii_name(x)}")
    by_x, by_y = (Calculus(graph, name).derivative(whole) for name in (x, y))
    by_x, by_y = question.tidy.tidied(by_x), question.tidy.tidied(by_y)
    return graph.sum(by_x, graph.product(by_y, slope))
