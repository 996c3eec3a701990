"""Which first answers have a second try, and what is said before it: nothing that gives the answer away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from local_checker import LocalChecker

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.backprop import Backprop
from mnemosyne.cards.kinds.card_kind import Content
from mnemosyne.cards.kinds.cloze import Cloze
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.kinds.numeric import Numeric
from mnemosyne.cards.kinds.steps import Steps
from mnemosyne.cards.question import Question, make_question
from mnemosyne.review.record import GAVE_UP, Attempt
from mnemosyne.review.second_try import may_be_corrected, without_solution
from mnemosyne.verdict import FieldVerdict, Link, Verdict, Word

LAYERS = (("z", "w*x + b"), ("a", "sigmoid(z)"), ("L", "(a - t)^2"))
POINT = (("x", "2"), ("w", "0.5"), ("b", "-1"), ("t", "1"))
WRONG = Attempt("7", "incorrect", None)
NAMED = Attempt("7", "incorrect", "sign-flipped")
SINE = Derivative("sin(x^2)")


Ask = Callable[[Content], Question]


@pytest.fixture(scope="module")
def ask(make_card: Callable[..., Card]) -> Ask:
    return lambda content: make_question(make_card("a", content=content), 1)


@pytest.fixture(scope="module")
def verdict_before_retry(ask: Ask) -> Callable[[Content, str], Verdict]:
    """Return a function that gives the verdict on a wrong answer as it is shown before the second try."""

    def say(content: Content, answer: str) -> Verdict:
        question = ask(content)
        return without_solution(question, question.expected.judge(answer, 1, LocalChecker()))

    return say


@pytest.mark.parametrize(
    ("content", "unnamed"),
    [
        (SINE, True),
        (Steps("sin(x^2)"), True),
        (Backprop(LAYERS, "L", "w"), True),
        (Backprop(LAYERS, "L", "w", POINT), False),
        (Numeric("How many?", "12"), False),
        (Cloze("The {{outer}} function."), False),
    ],
)
def test_an_unnamed_mistake_is_corrected_where_a_formula_is_asked_for(
    ask: Ask, content: Content, unnamed: bool
) -> None:
    question = ask(content)
    assert (may_be_corrected(question, WRONG), may_be_corrected(question, NAMED)) == (unnamed, True)
    other_attempts = [Attempt("7", word, None) for word in ("correct", "undecided", GAVE_UP, None)]
    assert not any(may_be_corrected(question, attempt) for attempt in other_attempts)


def test_of_a_composition_the_values_and_the_functions_are_shown(verdict_before_retry: Callable[..., Verdict]) -> None:
    verdict = verdict_before_retry(SINE, "7")
    assert (verdict.word, verdict.message) == (Word.INCORRECT, "Not equal to the derivative (see the values below).")
    assert (verdict.expected, verdict.misconception, verdict.mistaken_link) == (None, None, None)
    assert verdict.links == (Link("sin(u)", "x^2", ""), Link("u^2", "x", ""))
    evidence = verdict.evidence
    assert evidence is not None
    assert (evidence.at, evidence.yours) == ({"x": 1.5}, 7.0)
    assert evidence.chain_rule == pytest.approx(-1.884520868)
    assert evidence.finite_difference == pytest.approx(-1.884520868)


def test_the_chains_of_the_parts_keep_their_names(verdict_before_retry: Callable[..., Verdict]) -> None:
    verdict = verdict_before_retry(Derivative("x sin(x^2)"), "7")
    assert [(link.of, link.outer, link.inner, link.derivative) for link in verdict.links] == [
        ("sin(x^2)", "sin(u)", "x^2", ""),
        ("sin(x^2)", "u^2", "x", ""),
    ]


def test_of_a_named_mistake_only_its_message_is_shown(verdict_before_retry: Callable[..., Verdict]) -> None:
    verdict = verdict_before_retry(SINE, "cos(x^2)")
    assert verdict.misconception == "missing-inner-derivative"
    assert verdict.message == "In sin(x²) the inner function is x²; multiply by its derivative too."
    assert (verdict.expected, verdict.evidence, verdict.links, verdict.mistaken_link) == (None, None, (), None)


@pytest.mark.parametrize(("f", "answer"), [("3x + 2", "7x"), ("ln(e^(5x))", "7x^2")])
def test_a_derivative_that_is_one_number_is_not_given_away_by_its_value(
    verdict_before_retry: Callable[..., Verdict], f: str, answer: str
) -> None:
    verdict = verdict_before_retry(Derivative(f), answer)
    assert (verdict.evidence, verdict.message) == (None, "Not equal to the derivative.")


def test_where_nothing_is_composed_there_are_no_links(verdict_before_retry: Callable[..., Verdict]) -> None:
    verdict = verdict_before_retry(Derivative("x^3 + 2x"), "7")
    assert verdict.links == ()
    assert verdict.evidence is not None


def test_of_a_computation_graph_the_values_are_shown(verdict_before_retry: Callable[..., Verdict]) -> None:
    verdict = verdict_before_retry(Backprop(LAYERS, "L", "w"), "7x^3 + b")
    assert verdict.misconception is None
    assert verdict.evidence is not None
    assert {link.derivative for link in verdict.links} == {""}


def test_in_leibniz_form_the_links_are_what_is_asked_for(verdict_before_retry: Callable[..., Verdict]) -> None:
    verdict = verdict_before_retry(Steps("sin(x^2)"), "x^2; cos(u); 2x; 7")
    assert verdict.links == ()
    assert verdict.evidence is not None
    assert verdict.evidence.yours == 7
    assert verdict.message == "3 of 4 fields are right."
    assert [(field.word.value, field.message) for field in verdict.fields] == [
        ("correct", ""),
        ("correct", ""),
        ("correct", ""),
        ("incorrect", "Not equal to the derivative."),
    ]
    assert {field.expected for field in verdict.fields} == {""}


def test_in_leibniz_form_a_last_field_that_is_right_has_no_difference_to_show(
    verdict_before_retry: Callable[..., Verdict],
) -> None:
    verdict = verdict_before_retry(Steps("sin(x^2)"), "x^2; 7; 2x; 2x cos(x^2)")
    assert (verdict.evidence, verdict.links) == (None, ())
    assert verdict.message == "3 of 4 fields are right."
    assert verdict.fields[1] == FieldVerdict("dy/du", Word.INCORRECT, "7", "", "Not equal to the derivative.")


def test_an_answer_of_several_fields_is_corrected(ask: Ask) -> None:
    question = ask(Cloze("From {{outer}} to {{inner}}."))
    assert may_be_corrected(question, Attempt("outer; other", "incorrect", None, 0, 2, 1))


def test_of_several_blanks_the_words_are_not_shown(verdict_before_retry: Callable[..., Verdict]) -> None:
    verdict = verdict_before_retry(Cloze("From {{outer}} to {{inner}}."), "outer; other")
    assert (verdict.message, verdict.expected) == ("1 of 2 blanks is right.", None)
    assert verdict.fields == (
        FieldVerdict("blank 1", Word.CORRECT, "outer", ""),
        FieldVerdict("blank 2", Word.INCORRECT, "other", ""),
    )


LINES = st.recursive(
    st.sampled_from(["x", "3*x + 2", "x^2"]),
    lambda inner: st.sampled_from(["sin(%s)", "ln(%s)", "(%s)^3", "x*cos(%s)", "%s + e^x"]).flatmap(
        lambda outer: inner.map(lambda line: outer % line)
    ),
    max_leaves=4,
)


@given(LINES, st.sampled_from(["7", "x^5 + 7", "sin(7x)"]))
def test_no_derivative_of_the_question_is_ever_shown(make_card: Callable[..., Card], f: str, answer: str) -> None:
    question = make_question(make_card("a", content=Derivative(f)), 1)
    verdict = question.expected.judge(answer, 1, LocalChecker())
    verdict_before_retry = without_solution(question, verdict)
    assert verdict_before_retry.expected is None
    assert not any(link.derivative for link in verdict_before_retry.links)
    assert verdict_before_retry.evidence is None or not verdict_before_retry.evidence.agrees
    assert [(link.outer, link.inner) for link in verdict_before_retry.links] in (
        [],
        [(link.outer, link.inner) for link in verdict.links],
    )
