"""The exercise of an answer, to text and back; every kind of card that has one writes it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.antiderivative import Antiderivative
from mnemosyne.cards.kinds.backprop import Backprop
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.kinds.implicit import Implicit
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.cards.kinds.steps import Steps
from mnemosyne.cards.question import make_question
from mnemosyne.expressions.exercise import Exercise, ExerciseKind, exercise_in

GRAPH = (("z", "w*x"), ("L", "(z-t)^2"))
TEXTS = [
    (Derivative("sin(a*x^2)", where={"a": (Fraction(3),)}), '{"kind":"derivative","f":"sin(3*x^2)","by":"x"}'),
    (
        Derivative("exp(k*t)", "t", order=2, at=(("k", "2"), ("t", "0"))),
        '{"kind":"derivative","f":"exp(k*t)","by":"t","order":2,"at":[["k","2"],["t","0"]]}',
    ),
    (Steps("ln(x^2 + 1)"), '{"kind":"steps","f":"ln(x^2 + 1)","by":"x"}'),
    (
        Backprop(GRAPH, "L", "w"),
        '{"kind":"backprop","f":"L","by":"w","graph":[["z","w*x"],["L","(z - t)^2"]]}',
    ),
    (Implicit("x^2 + y^2 = 25"), '{"kind":"implicit","f":"x^2 + y^2 = 25","by":"x","dependent":"y"}'),
]
NONE = [
    "", "x", "[]", "{}", "null", '{"kind":"derivative"}', '{"kind":"integral","f":"x","by":"x"}',
    '{"kind":"derivative","f":"x","by":"x","order":true}', '{"kind":"derivative","f":"x","by":"x","order":0}',
    '{"kind":"derivative","f":"","by":"x"}', '{"kind":"derivative","f":"x","by":2}', '{"f":"x","by":"x"}',
    '{"kind":"derivative","f":"x","by":"x","at":[1]}', '{"kind":"derivative","f":"x","by":"x","graph":[["z",1]]}',
    '{"kind":"derivative","f":"x","by":"x","later":1}', "[" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize(("content", "text"), TEXTS)
def test_the_exercise_of_a_card_is_one_line(content, text):
    exercise = make_question(Card("c", "t", content), 0).expected.exercise
    assert exercise.text == text
    assert exercise_in(text) == exercise


@pytest.mark.parametrize("content", [Antiderivative("cos(x)"), Recall("Why?", "So.")])
def test_other_cards_have_none(content):
    assert make_question(Card("c", "t", content), 0).expected.exercise is None


@pytest.mark.parametrize("text", NONE)
def test_what_is_not_an_exercise_is_refused(text):
    assert exercise_in(text) is None


names, pairs = st.text(min_size=1), st.lists(st.tuples(st.text(), st.text())).map(tuple)


@given(
    st.builds(
        Exercise, st.sampled_from(ExerciseKind), names, names, st.integers(1, 9), at=pairs, graph=pairs, dependent=names
    )
)
def test_every_exercise_comes_back_equal(exercise):
    assert exercise_in(exercise.text) == exercise
