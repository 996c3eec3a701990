"""Right answers written in other forms are proved, and wrong ones never."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from compositions import function
from identities import RULES
from partial_identities import point
from rewriting import TEMPLATES, rewritten
from sample_size import sample_size

from mnemosyne.calculus.balls import RealValues, precision
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.misconceptions.candidates import Candidates
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.calculus.misconceptions.views import FunctionView
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.proof.prover import Prover
from mnemosyne.calculus.translate import to_graph, to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node

NAMES = frozenset("xyabn")
ANSWERS = 120
PROVED = 95  # per cent


def functions(source: random.Random) -> Iterator[Node]:
    """Yield random compositions and textbook functions, by turns."""
    while True:
        yield function(source)
        yield read(source.choice(TEMPLATES), NAMES)


@pytest.mark.parametrize("seed", range(3))
def test_nearly_all_right_answers_are_proved(seed: int) -> None:
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    for tree in functions(source):
        graph = Graph()
        derivative = Calculus(graph, "x").derivative(to_graph(graph, tree))
        answer, used = rewritten(source, to_tree(graph, derivative), RULES, source.choice((0.1, 0.2, 0.35)))
        if used:
            counts["answers"] += 1
            counts["proved"] += Prover(graph).proves_equal(derivative, to_graph(graph, answer))
        if counts["answers"] == ANSWERS:
            break
    assert counts["proved"] * 100 >= PROVED * ANSWERS


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(1, 3)))
def test_no_misconception_is_proved_right(seed: int) -> None:
    source = random.Random(seed)
    count = 0
    for tree, _ in zip(functions(source), range(12), strict=False):
        question = PreparedQuestion(tree)
        prover = Prover(question.graph)
        for answer in wrong_answers(question):
            count += 1
            if prover.proves_equal(question.derivative, answer):
                assert agrees(source, question, answer), (to_line(tree), to_line(to_tree(question.graph, answer)))
    assert count > 300


def wrong_answers(question: PreparedQuestion) -> Iterator[NodeId]:
    """Yield what every misconception gives at every place; some happen to be right."""
    candidates = Candidates(question, FunctionView(question.f), question.calculus)
    for misconception in CATALOGUE.values():
        for candidate in candidates.of(misconception):
            wrong = candidate.wrong
            yield wrong.value if wrong.whole else candidates.answer(candidate.node, wrong.value)


def agrees(source: random.Random, question: PreparedQuestion, answer: NodeId) -> bool:
    """Return whether an answer meets the derivative at points of all sizes, where both have a value."""
    points = [sample.point for sample in question.samples]
    for _ in range(20):
        coordinates = list(point(source).values())
        points.append({name: source.choice(coordinates) for name in NAMES})
    with precision(400):
        for at in points:
            values = RealValues(question.graph, at)
            slope, answer_value = values.value(question.derivative), values.value(answer)
            if slope.is_finite() and answer_value.is_finite() and not slope.overlaps(answer_value):
                return False
    return True
