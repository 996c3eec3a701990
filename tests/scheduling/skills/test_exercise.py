"""Exercises: one line of JSON that says nothing twice, and a line of any other kind is no exercise."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.scheduling.skills.exercise import Exercise, exercise_in, exercise_text

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
EXERCISES = st.builds(
    Exercise,
    f=TEXTS,
    variable=TEXTS,
    order=st.integers(1, 9),
    graph=st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple),
    dependent=st.text(max_size=1),
    at_point=st.booleans(),
    steps=st.booleans(),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(("f", "variable", "order", "graph", "steps", "more")), inside, max_size=4)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("exercise", "text"),
    [
        (Exercise("sin(x^2)"), '{"f":"sin(x^2)"}'),
        (Exercise("sin(t^2)", "t", order=2), '{"f":"sin(t^2)","variable":"t","order":2}'),
        (Exercise("L", "w", graph=(("L", "w^2"),)), '{"f":"L","variable":"w","graph":[["L","w^2"]]}'),
        (Exercise("x^2 + y^2 = 25", dependent="y"), '{"f":"x^2 + y^2 = 25","dependent":"y"}'),
    ],
)
def test_an_exercise_is_a_line_of_what_is_not_as_usual(exercise: Exercise, text: str):
    assert exercise_text(exercise) == text
    assert exercise_in(text) == exercise


@given(EXERCISES)
def test_every_exercise_comes_back_from_its_line(exercise: Exercise):
    assert exercise_in(exercise_text(exercise)) == exercise


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", "{}", '{"f":""}', '{"f":1}', '{"f":"x","order":0}', '{"f":"x","order":true}'),
        *('{"f":"x","graph":[["a"]]}', '{"f":"x","graph":"ab"}', '{"f":"x","of_later_days":1}', "[" * 100_000),
    ],
)
def test_what_is_no_exercise_of_this_version_is_none(text: str):
    assert exercise_in(text) is None


@given(JSON)
def test_any_json_is_an_exercise_or_none(value: object):
    exercise = exercise_in(json.dumps(value))
    assert exercise is None or exercise_in(exercise_text(exercise)) == exercise
