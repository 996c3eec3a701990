"""A name is true: a mistake made at any place of random functions is named as itself or as one with the same answer.

Each named mistake is then looked for again at other points, in a question of its own, and its message names
only parts of the question.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from sample_size import sample_size

from mnemosyne.calculus.balls import BITS, precision
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.misconceptions.answer_matching import Matching
from mnemosyne.calculus.misconceptions.candidates import Candidate, Candidates
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.calculus.misconceptions.diagnose import diagnose
from mnemosyne.calculus.misconceptions.misconception import OfAnswer, WrongDerivative
from mnemosyne.calculus.misconceptions.views import views
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.translate import to_graph, to_tree
from mnemosyne.expressions.reading import read

INNER = ("3x", "x^2", "x^2 + 5", "2x - 7", "x^3 + x", "ln(x)", "e^(2x)", "sqrt(x)", "1 - x^2", "x")
OUTER = (
    *("sin({})", "cos({})", "tan({})", "arctan({})", "ln({})", "sqrt({})", "e^({})", "2^({})", "({})^4", "1/({})"),
    *("({})^(-3)", "1/sqrt({})", "sigmoid({})", "log10({})", "x^2*({})", "x/({})", "5({}) + 3", "({})/x", "({}) - x^3"),
)
FUNCTIONS = sample_size(6, 30)
MISTAKES = 40  # of each function


def random_function(source: random.Random) -> str:
    f = source.choice(INNER)
    for _ in range(source.randint(1, 3)):
        f = source.choice(OUTER).format(f)
    return f


def all_candidates(question: PreparedQuestion) -> Iterator[tuple[Candidates, Candidate]]:
    for view in views(question.graph, question.f, question.depending):
        candidates = Candidates(question, view, question.calculus, rewritten_only=True)
        for entry in CATALOGUE.values():
            yield from ((candidates, candidate) for candidate in candidates.of(entry))


def gives(question: PreparedQuestion, name: str, answer: NodeId) -> bool:
    """Return whether the misconception's rules give the answer at the question's own points."""
    matching = Matching(question, answer)
    if name in ("constant-factor", "constant-added"):
        return (matching.ratio() if name == "constant-factor" else matching.difference()) is not None
    for rule in CATALOGUE[name].rules:
        if isinstance(rule, OfAnswer):
            values = (value.value if isinstance(value, WrongDerivative) else value for value in rule.wrong(matching))
            if any(matching.agrees(value) for value in values):
                return True
    for candidates, candidate in all_candidates(question):
        if candidate.misconception.id == name:
            same_way = [
                sibling
                for sibling in candidates.of(candidate.misconception)
                if (sibling.rule, sibling.variant) == (candidate.rule, candidate.variant)
            ]
            everywhere = candidates.everywhere(same_way, matching) if not candidate.wrong.whole else None
            if candidates.agrees(candidate, matching) is not None:
                return True
            if everywhere is not None and matching.agrees(everywhere):
                return True
    return False


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(FUNCTIONS))
def test_each_mistake_at_each_place_gets_a_true_name(seed: int) -> None:
    source = random.Random(seed)
    f = random_function(source)
    question, again = PreparedQuestion(read(f), seed=1), PreparedQuestion(read(f), seed=2)
    if len(question.samples) < 8 or len(again.samples) < 8:
        pytest.skip(f"{f} has too few points")
    with precision(BITS):
        mistakes = list(all_candidates(question))
        for candidates, candidate in source.sample(mistakes, min(MISTAKES, len(mistakes))):
            answer = candidates.answer_of(candidate)
            matching = Matching(question, answer)
            if not matching.possible or matching.agrees(question.derivative):
                continue  # not a mistake here: it leads to the right answer
            finding = diagnose(question, answer)
            assert finding is not None, (f, candidate.misconception.id)
            assert not finding.message.startswith("Two mistakes"), (f, finding)
            tree = to_tree(question.graph, answer)
            assert gives(again, finding.id, to_graph(again.graph, tree)), (f, candidate.misconception.id, finding)


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(FUNCTIONS))
def test_every_mistake_is_at_a_part_of_the_question_in_one_of_its_views(seed: int) -> None:
    question = PreparedQuestion(read(random_function(random.Random(seed))))
    graph = question.graph
    question_parts = set(graph.reachable([question.f]))
    for view in views(graph, question.f, question.depending):
        parts = question_parts | set(graph.reachable([view.root]))
        for node, original in view.rewritten.items():
            assert original in question_parts
            assert _symbols(graph, node) == _symbols(graph, original)
        candidates = Candidates(question, view, question.calculus, rewritten_only=True)
        for entry in CATALOGUE.values():
            for candidate in candidates.of(entry):
                assert {candidate.node, candidate.inner} <= parts, entry.id


def _symbols(graph: Graph, node: NodeId) -> set[object]:
    return {graph.payload[part] for part in graph.reachable([node]) if graph.op[part] is Op.SYMBOL}
