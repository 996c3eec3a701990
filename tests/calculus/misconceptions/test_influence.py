"""The predicted effect of a wrong derivative at a node is the value of the derivative that is built with it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from compositions import function
from sample_size import sample_size

from mnemosyne.calculus.balls import BITS, precision
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.misconceptions.influence import Influence, Partials
from mnemosyne.calculus.misconceptions.site import varies
from mnemosyne.calculus.prepared_question import PreparedQuestion

FUNCTIONS = sample_size(20, 400)

pytestmark = pytest.mark.sampled


def questions(source: random.Random) -> Iterator[tuple[PreparedQuestion, Partials, list[NodeId]]]:
    """Yield random functions with their varying nodes."""
    for _ in range(FUNCTIONS):
        question = PreparedQuestion(function(source))
        nodes = [node for node in question.graph.reachable([question.f]) if varies(question.calculus, node)]
        yield question, Partials(question.calculus), nodes


def test_the_effect_of_another_derivative_at_a_node_is_predicted() -> None:
    source = random.Random(8)
    compared = 0
    for question, partials, nodes in questions(source):
        graph, calculus = question.graph, question.calculus
        with precision(BITS):
            for sample in question.samples:
                influence = Influence(calculus, question.f, partials, sample)
                for node in nodes:
                    local = source.choice(nodes)
                    without, factor = influence.around(node)
                    built = sample.value(Calculus(graph, "x", {node: local}).derivative(question.f))
                    value = without + factor * sample.value(local)
                    assert not built.is_finite() or not value.is_finite() or value.overlaps(built)
                    compared += built.is_finite() and value.is_finite()
    assert compared > 30 * FUNCTIONS


def test_the_effect_of_several_other_derivatives_at_once_is_predicted() -> None:
    source = random.Random(8)
    compared = 0
    for question, partials, nodes in questions(source):
        with precision(BITS):
            for sample in question.samples:
                wrong = _wrong(source, question, nodes)
                mistaken = Calculus(question.graph, "x")
                for node, (local, beside) in sorted(wrong.items()):
                    factor = question.graph.one if beside is None else mistaken.derivative(beside)
                    mistaken.know(node, question.graph.product(local, factor))
                built = sample.value(mistaken.derivative(question.f))
                value = Influence(question.calculus, question.f, partials, sample).with_all(wrong)
                assert not built.is_finite() or not value.is_finite() or value.overlaps(built)
                compared += built.is_finite() and value.is_finite()
    assert compared > 6 * FUNCTIONS


def _wrong(
    source: random.Random, question: PreparedQuestion, nodes: list[NodeId]
) -> dict[NodeId, tuple[NodeId, NodeId | None]]:
    """Return other derivatives for some nodes, each with or without an operand whose derivative multiplies it."""
    places = [node for node in nodes if question.graph.operands[node]] or nodes
    wrong = {}
    for node in source.sample(places, min(len(places), 3)):
        operands = [operand for operand in question.graph.operands[node] if operand in nodes]
        wrong[node] = source.choice(nodes), source.choice([None, *operands])
    return wrong
