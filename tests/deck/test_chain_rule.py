"""The bundled deck: it loads without a problem, and every answer it states is what the checker and mpmath find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bundled_deck import bundled_deck
from sample_size import sample, sample_size

from mnemosyne.calculus.check import check
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.calculus.prepared_question import prepared
from mnemosyne.calculus.symbolic import to_sympy
from mnemosyne.calculus.translate import to_graph
from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.choice import Choice
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.kinds.numeric import Numeric
from mnemosyne.cards.lesson import parse_lesson
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import variants
from mnemosyne.expressions.line import to_line
from mnemosyne.verdict import Asks, Problem, Word

LOADED = bundled_deck()
TRIED = sample_size(1, 6)  # variants of each card; `cards check` tries up to 200
pytestmark = pytest.mark.sampled
JUDGED = 3  # one in so many answers is judged


def of(kind: str) -> list[Card]:
    return [card for card in LOADED.cards if card.kind is kind]


def test_it_loads_without_a_problem() -> None:
    assert [str(problem) for problem in LOADED.problems] == []


def test_it_is_large_enough_and_has_every_kind() -> None:
    kinds = Counter(card.kind for card in LOADED.cards)
    assert kinds.total() >= 40
    assert set(kinds) >= {"derivative", "steps", "backprop", "numeric", "choice", "cloze", "recall"}
    assert set(kinds) >= {"formula", "implicit", "antiderivative"}


@pytest.mark.parametrize(
    ("tag", "least"),
    [
        ("second-derivatives", 8),
        ("tangents", 8),
        ("implicit", 12),
        ("inverse-functions", 4),
        ("logarithmic-differentiation", 5),
        ("related-rates", 8),
        ("several-variables", 10),
        ("backwards", 16),
    ],
)
def test_the_unit_on_the_rule_at_work_is_covered(tag: str, least: int) -> None:
    assert sum(tag in card.tags for card in LOADED.cards) >= least


def lines(card: Card) -> list[str]:
    content = card.content
    assert isinstance(content, Derivative)
    value_sets = variants(content.where, content.rules)
    return [to_line(formula(content.f, values)) for values in value_sets[:: max(1, len(value_sets) // TRIED)]]


@pytest.mark.thorough
@pytest.mark.parametrize("card", of("derivative"), ids=lambda card: card.id)
def test_a_derivative_is_the_limit_of_difference_quotients(card: Card) -> None:
    """Compare with mpmath, which knows no rule of differentiation: it divides tiny differences at high precision."""
    mpmath, sympy = pytest.importorskip("mpmath"), pytest.importorskip("sympy")
    by, order = card.content.variable, card.content.order
    for line in lines(card):
        question, graph = prepared(Problem(line, by, order=order)), Graph()
        names = sorted(question.samples[0].point)
        symbols = [sympy.Symbol(name, real=True) for name in names]
        f = sympy.lambdify(symbols, to_sympy(graph, to_graph(graph, question.tree)).doit(), "mpmath")
        derivative = sympy.lambdify(symbols, to_sympy(question.graph, question.derivative).doit(), "mpmath")
        with mpmath.workdps(60):
            for point in [sample.point for sample in question.samples[:3]]:
                at = {name: mpmath.mpf(point[name].numerator) / point[name].denominator for name in names}
                section = partial(of_one_variable, f, at, by)
                slope = mpmath.diff(section, at[by], order)
                assert mpmath.almosteq(derivative(*at.values()), slope, rel_eps=1e-25, abs_eps=1e-25)


def of_one_variable(f: Callable[..., Any], at: Mapping[str, Any], by: str, value: Any) -> Any:
    """Return the value of f at a point whose `by` is replaced."""
    return f(*{**at, by: value}.values())


@pytest.mark.sampled
@pytest.mark.parametrize("card", sample(of("derivative"), 20), ids=lambda card: card.id)
def test_a_derivative_is_accepted_and_the_function_itself_is_not(card: Card) -> None:
    for f in lines(card)[::JUDGED]:
        problem = Problem(f, card.content.variable, order=card.content.order)
        derivative = check(problem, "0").expected
        assert derivative is not None
        assert check(problem, derivative).word is Word.CORRECT
        assert check(problem, f).word is Word.INCORRECT
        assert check(problem, "1").word is Word.INCORRECT


@pytest.mark.parametrize("card", of("numeric"), ids=lambda card: card.id)
def test_the_answer_of_a_number_card_is_a_real_number(card: Card) -> None:
    content = card.content
    assert isinstance(content, Numeric)
    for values in variants(content.where, content.rules):
        answer = to_line(formula(content.answer, values))
        problem = Problem(answer, asks=Asks.NUMBER, tolerance=content.tolerance)
        assert check(problem, answer).word is Word.CORRECT


@pytest.mark.parametrize("card", of("choice"), ids=lambda card: card.id)
def test_every_option_of_a_choice_says_why(card: Card) -> None:
    assert isinstance(card.content, Choice)
    assert all(option.why for option in card.content.options)


def test_every_misconception_has_its_section_in_the_lesson() -> None:
    topic = LOADED.topics[0]
    assert topic.lesson is not None
    anchors = parse_lesson(Path(topic.lesson).read_text(encoding="utf-8")).anchors
    assert {misconception.anchor for misconception in CATALOGUE.values()} <= anchors
