"""Hints: the card's own first, then steps generated from its function or its computation graph."""

from __future__ import annotations

from fractions import Fraction

import pytest
from bundled_deck import bundled_deck
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.calculus.chain_links import chain_links
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.factored import factored
from mnemosyne.calculus.tidy import Tidy
from mnemosyne.calculus.translate import LineWriter, to_graph
from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.backprop import Backprop
from mnemosyne.cards.kinds.card_kind import Content
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.kinds.numeric import Numeric
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.cards.kinds.steps import Steps
from mnemosyne.cards.question import Question, make_question
from mnemosyne.review.hints import has_hints, hints_for


def question(content: Content, *hints: str) -> Question:
    return make_question(Card("card", "topic", content, hints=hints), 0)


def hints(f: str, *own: str, variable: str = "x") -> tuple[str, ...]:
    return hints_for(question(Derivative(f, variable), *own))


def test_the_outer_function_then_the_inner_one_then_its_derivative() -> None:
    assert hints("sin(x^2)") == (
        "The outer function is $sin(u)$. What is u?",
        "The inner function is u = $x^2$.",
        "The derivative of $x^2$ is $2*x$. The outer derivative is yours to find.",
    )


def test_of_an_inner_chain_only_the_first_factor_is_given() -> None:
    assert hints("sqrt(1 + sin(x)^2)")[2] == (
        "$sin(x)^2 + 1$ is itself a composition: $u^2 + 1$ with $sin(x)$ inside. "
        "The first factor of its derivative is $2*sin(x)$."
    )


def test_a_cards_own_hints_replace_the_first_steps() -> None:
    assert hints("sin(x^2)", "Look outside.", "Look inside.") == (
        "Look outside.",
        "Look inside.",
        "The derivative of $x^2$ is $2*x$. The outer derivative is yours to find.",
    )
    own = ("One.", "Two.", "Three.", "Four.")
    assert hints("sin(x^2)", *own) == own


@pytest.mark.parametrize(
    ("f", "first"),
    [
        (
            "x^2*sin(3x)",
            "A product: one term for each factor that varies; differentiate that factor and keep the others.",
        ),
        ("-3*sin(x)/x", "A quotient u/v: (u′v − uv′)/v²."),
        ("x^2 + 3x", "A sum: differentiate term by term."),
        ("x^x", "Base and exponent both vary: rewrite $u^v$ as $e^(v·ln(u))$."),
        ("3x^2", "Nothing is nested here: the table of derivatives is enough."),
        ("-sin(x)", "Nothing is nested here: the table of derivatives is enough."),
        ("7", "Nothing here depends on x."),
    ],
)
def test_where_the_outermost_part_is_no_chain_its_own_rule_comes_first(f: str, first: str) -> None:
    assert hints(f)[0].startswith(first)


def test_the_chain_of_a_part_comes_after_the_rule_for_the_whole() -> None:
    assert hints("x^2*sin(3x)")[1:] == (
        "In $sin(3*x)$, u = $3*x$ is inside $sin(u)$.",
        "The derivative of $3*x$ is $3$. The outer derivative is yours to find.",
    )


def test_another_name_where_u_is_the_variable() -> None:
    assert hints("sin(u^2)", variable="u")[:2] == (
        "The outer function is $sin(v)$. What is v?",
        "The inner function is v = $u^2$.",
    )


def test_the_leibniz_form_has_the_same_steps() -> None:
    assert hints_for(question(Steps("sin(x^2)"))) == hints("sin(x^2)")


def test_a_computation_graph_has_the_path_and_its_factors() -> None:
    graph = Backprop((("z", "w*x + b"), ("a", "sigmoid(z)"), ("L", "(a - t)^2")), "L", "w")
    assert hints_for(question(graph)) == (
        "Which nodes does a change in w pass through on its way to L?",
        "It goes w → z → a → L.",
        "One factor for each step: ∂L/∂a·∂a/∂z·∂z/∂w.",
    )


def test_two_paths_through_a_graph_are_added() -> None:
    graph = Backprop((("p", "2*x"), ("q", "x^2"), ("s", "p*q")), "s", "x")
    assert hints_for(question(graph))[1:] == (
        "It goes x → p → s and x → q → s.",
        "One factor for each step: ∂s/∂p·∂p/∂x + ∂s/∂q·∂q/∂x.",
    )


@pytest.mark.parametrize("own", [(), ("Think.",)])
@pytest.mark.parametrize("content", [Recall("Why?", "So."), Numeric("Two?", "2")])
def test_other_kinds_have_what_their_author_wrote(content: Content, own: tuple[str, ...]) -> None:
    card_question = question(content, *own)
    assert hints_for(card_question) == own
    assert has_hints(card_question) is bool(own)


def test_a_long_chain_has_no_more_steps_than_a_short_one() -> None:
    assert hints("sin(" * 40 + "x" + ")" * 40)[0] == "The outer function is $sin(u)$. What is u?"


DERIVATIVES = [card for card in bundled_deck().cards if isinstance(card.content, Derivative)]


@given(st.sampled_from(DERIVATIVES), st.integers(0, 1000))
def test_no_hint_of_a_bundled_card_is_its_answer(card: Card, seed: int) -> None:
    bare = make_question(Card(card.id, card.topic, card.content), seed)
    hints = hints_for(bare)
    assert has_hints(bare)
    steps_after = (bare.expected.order > 1) + bool(bare.expected.at)  # differentiating again, substituting the numbers
    assert 1 <= len(hints) <= 3 + steps_after
    graph = Graph()
    calculus = Calculus(graph, bare.expected.variable)
    f = to_graph(graph, bare.expected.f)
    answer = LineWriter(graph).line(
        factored(Tidy(graph), Tidy(graph).tidied(calculus.derivative(f)), frozenset(graph.reachable([f])))
    )
    composed = len({link.inner for link in chain_links(calculus, f)}) > 1
    if composed and answer != "0":
        assert not any(f"is ${answer}$" in hint for hint in hints)


def test_parameters_are_drawn_before_the_hints_are_generated() -> None:
    card = Derivative("sin(a*x)", where={"a": (Fraction(7),)})
    assert hints_for(question(card))[1] == "The inner function is u = $7*x$."
