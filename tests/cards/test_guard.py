"""A card that cannot be asked is one error that names it; wherever cards are listed, it stops no other."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mnemosyne.cards.card import Card, Source
from mnemosyne.cards.kinds.backprop import Backprop
from mnemosyne.cards.kinds.choice import Choice, Option
from mnemosyne.cards.kinds.cloze import Cloze
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.kinds.numeric import Numeric
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.cards.kinds.steps import Steps
from mnemosyne.cards.question import asked_line, links, make_question, question_with, variant_questions
from mnemosyne.cards.variants import draw, extremes, variants
from mnemosyne.errors import CardError, InputError

SMALL = tuple(Fraction(n) for n in range(1, 7))
HERE = Source("deck.yaml", 3)


def card(content):
    return Card("broken", "any", content, source=HERE)


BROKEN = [
    (
        card(Backprop((("z", "w*"),), "z", "w")),
        "deck.yaml:3: broken cannot be asked: Something is missing after “*”.",
    ),
    (
        card(Backprop((("z", "a*w"),), "z", "w", where={"a": SMALL}, rules=(("a", "a"),))),
        "deck.yaml:3: broken cannot be asked: the parameters' values rule each other out; widen the ranges in `where`",
    ),
    (
        card(Derivative("g(x)", where={"g": (Fraction(2),)})),
        "deck.yaml:3: broken cannot be asked: Write the functions out: g is not known here.",
    ),
    (
        card(Cloze(None)),
        "deck.yaml:3: broken cannot be asked: TypeError: expected string or bytes-like object, got 'NoneType'; "
        "change or remove the card",
    ),
]


@pytest.mark.parametrize(("broken", "message"), BROKEN, ids=[str(i) for i in range(len(BROKEN))])
def test_what_goes_wrong_with_a_card_names_the_card_and_its_place(broken, message):
    for attempt in (lambda: make_question(broken, 7), lambda: list(variant_questions(broken)), lambda: links(broken)):
        with pytest.raises(CardError) as caught:
            attempt()
        assert str(caught.value) == message
    assert asked_line(broken) == message


def test_a_graph_that_lacks_the_node_asked_for_is_an_error_of_the_card():
    broken = card(Backprop((("z", "a*w"),), "z", "z"))
    with pytest.raises(CardError) as caught:
        links(broken)
    assert str(caught.value) == "deck.yaml:3: broken cannot be asked: KeyError: 'z'; change or remove the card"


@pytest.mark.parametrize("seed", range(50))
def test_six_parameters_that_all_differ_can_be_drawn_with_every_seed(seed):
    names = "abcdef"
    unlike = tuple((first, second) for i, first in enumerate(names) for second in names[:i])
    values = draw(dict.fromkeys(names, SMALL), unlike, seed)
    assert sorted(values.values()) == list(SMALL)


def test_what_cannot_be_drawn_cannot_be_drawn_with_any_seed():
    names = "abcdefg"
    unlike = tuple((first, second) for i, first in enumerate(names) for second in names[:i])
    for seed in range(20):
        with pytest.raises(InputError, match="the parameters' values rule each other out"):
            draw(dict.fromkeys(names, SMALL), unlike, seed)


def test_all_variants_are_those_that_the_exclusions_leave():
    names = "abcde"
    unlike = tuple((first, second) for i, first in enumerate(names) for second in names[:i])
    assert len(variants(dict.fromkeys(names, SMALL[:5]), unlike)) == 120
    assert len(variants(dict.fromkeys(names, SMALL), unlike)) == 200


def test_extremes_contain_every_function_name_and_both_ends_of_every_range():
    rows = extremes({"F": ("sin", "cos", "ln"), "a": SMALL}, ())
    assert {row["F"] for row in rows} == {"sin", "cos", "ln"}
    assert {row["a"] for row in rows} == {1, 6}


def test_hints_get_the_values_of_the_question():
    numeric = Card("any", "any", Numeric("{a} + 1?", "a + 1", where={"a": SMALL}), hints=("Add 1 to {a}.",))
    assert [question_with(numeric, {"a": value}).hints for value in SMALL[:2]] == [("Add 1 to 1.",), ("Add 1 to 2.",)]


def test_every_kind_has_its_variants():
    for content, count in (
        (Derivative("sin(a x)", where={"a": SMALL}), 6),
        (Steps("sin(a x)", where={"a": SMALL}), 6),
        (Choice("Which?", (Option("a", True), Option("b"))), 1),
        (Recall("Say it.", "It."), 1),
    ):
        assert len(list(variant_questions(card(content)))) == count
