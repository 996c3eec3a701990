"""A card and a seed make a question, the same one on every machine."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from bundled_deck import bundled_deck
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.card_kind import Content
from mnemosyne.cards.kinds.choice import Choice, Option
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.kinds.numeric import Numeric
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.cards.question import ANY_SEED, card_name, make_question, question_name
from mnemosyne.cards.template import formula, sentence
from mnemosyne.cards.variants import draw, variants
from mnemosyne.errors import InputError
from mnemosyne.expressions.line import to_line

RANGE = tuple(Fraction(n) for n in range(2, 10))
SEEDS = st.integers(0, 2**63 - 1)


def card(content: Content) -> Card:
    return Card("any", "any", content)


def test_a_question_depends_on_the_seed_alone():
    parametric = card(Derivative("sin(a x^b)", "x", {"a": RANGE, "b": RANGE}, (("a", "b"),)))
    prompts = [make_question(parametric, seed).prompt for seed in range(8)]
    assert [make_question(parametric, seed).prompt for seed in range(8)] == prompts
    assert len(set(prompts)) > 1
    assert make_question(parametric, 0).names == {"x"}


@pytest.mark.parametrize(
    ("f", "values", "line"),
    [
        ("sin(a x^b)", {"a": 1, "b": 2}, "sin(x²)"),
        ("a x^b + c", {"a": -1, "b": 1, "c": 0}, "-x"),
        ("(x + a)^b", {"a": -3, "b": 2}, "(x - 3)²"),
        ("F(a x)", {"F": "cos", "a": 4}, "cos(4x)"),
        ("x/a", {"a": 1}, "x"),
    ],
)
def test_a_formula_is_simplified_as_a_textbook_prints_it(f, values, line):
    where = {name: (value if isinstance(value, str) else Fraction(value),) for name, value in values.items()}
    question = make_question(card(Derivative(f, "x", where, ())), 0)
    assert question.prompt.replace("·", "").replace("−", "-") == f"Differentiate ${line}$."


@given(SEEDS)
def test_parameters_that_exclude_each_other_are_never_equal(seed):
    values = draw({"a": RANGE, "b": RANGE}, (("a", "b"),), seed)
    assert values["a"] != values["b"]


def test_parameters_that_leave_nothing_are_refused():
    with pytest.raises(InputError) as caught:
        draw({"a": (Fraction(1),), "b": (Fraction(1),)}, (("a", "b"),), 0)
    assert str(caught.value) == "the parameters' values rule each other out; widen the ranges in `where`"


def test_every_variant_comes_once():
    combinations = [tuple(values.values()) for values in variants({"a": RANGE, "b": RANGE}, (("a", "b"),))]
    assert len(combinations) == len(set(combinations)) == 56


def test_sentences_get_values_and_leave_other_braces_alone():
    assert sentence("{a} and {b} and {{c}}", {"a": Fraction(1, 2)}) == "1/2 and {b} and {{c}}"
    numeric = card(Numeric("What is {a} + 1?", "a + 1", "", "", {"a": (Fraction(4),)}, ()))
    assert make_question(numeric, 0).prompt == "What is 4 + 1?"


@given(SEEDS)
def test_options_are_shuffled_and_none_is_lost(seed):
    options = tuple(Option(text, text == "a", "") for text in "abcd")
    expected = make_question(card(Choice("Which?", options)), seed).expected
    assert sorted(option.text for option in expected.options) == list("abcd")


def test_recall_shows_its_answer():
    assert make_question(card(Recall("Say it.", "It.")), 0).expected.answer == "It."


def test_a_parameter_may_be_the_name_of_a_function_before_its_bracket():
    assert to_line(formula("F(x) + Fx", {"F": "sin"})) == "sin(x) + F*x"


@pytest.mark.parametrize(
    ("card", "name"),
    [
        ("slope-at-a-point", "“… (6x + 1)² at x = 1?”"),
        ("linear-power", "“Differentiate (3x + 1)⁵”"),
        ("backwards-inner-square", "“… x·sin(4x²), with its constant”"),
        ("backprop-linear-neuron-weight", "“∂/∂w (w·x + b − t)²”"),
        ("direction", "“The chain rule takes a composition …”"),
    ],
)
def test_a_message_names_a_question_by_what_tells_it_apart(card: str, name: str) -> None:
    (bundled_card,) = (candidate for candidate in bundled_deck().cards if candidate.id == card)
    assert card_name(bundled_card) == name
    assert question_name(make_question(bundled_card, ANY_SEED)) == name


def test_few_questions_of_the_bundled_deck_share_a_name() -> None:
    """Many open with the same words; a message on one of them has to say which."""
    names = Counter(card_name(card) for card in bundled_deck().cards)
    assert sum(often for often in names.values() if often > 1) <= len(names) / 40
