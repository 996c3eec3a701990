"""Formulas as pictures: typeset where they fit, on one line where they do not, as written where they cannot be read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.tui.formula import broken, drawn, drawn_line, flow, on_one_line, readable_formula


def text(picture):
    return [line.plain.rstrip() for line in picture.lines]


def test_a_fraction_is_typeset_and_stands_on_its_bar():
    picture = drawn_line("1/(x+1)", 20)
    assert text(picture) == ["  1", "─────", "x + 1"]
    assert picture.baseline == 1


def test_a_formula_without_room_is_written_on_wrapped_lines():
    long = drawn_line("sin(x)+cos(x)+tan(x)", 12)
    assert long.width <= 12
    assert " ".join(text(long)) == "sin(x) + cos(x) + tan(x)"


def test_what_cannot_be_read_is_shown_as_written():
    assert text(drawn_line("2*x*cos(", 40)) == ["2*x*cos("]
    assert text(on_one_line("[/")) == ["[/"]
    assert readable_formula("2*x*cos(") is None


def test_on_one_line_a_formula_is_written_as_people_write_it():
    assert text(on_one_line("2*x*cos(x^2)")) == ["2x·cos(x²)"]


def test_names_that_the_card_does_not_have_are_not_read():
    assert readable_formula("a*x", frozenset({"x"})) is None
    assert readable_formula("a*x", frozenset({"a", "x"})) is not None


def test_a_tree_is_drawn_in_the_style_that_is_asked_for():
    tree = readable_formula("x^2")
    assert tree is not None
    assert {str(span.style) for span in drawn(tree, 20, "bold $formula").lines[0].spans} == {"bold $formula"}


def test_text_flows_round_its_formulas():
    picture = flow("In `1/x`, what is the denominator?", 80)
    assert text(picture) == ["   1", "In ─, what is the denominator?", "   x"]


def test_flat_text_keeps_its_formulas_on_the_line():
    assert text(flow("In `1/x^2`, what is below?", 80, flat=True)) == ["In 1/x², what is below?"]


@pytest.mark.parametrize("width", [1, 5, 9, 14, 40])
def test_flowing_text_is_never_wider_than_its_room_and_loses_nothing(width):
    picture = flow("Derive `sin(x^2)` by the chain rule, incomprehensibilities included.", width)
    assert picture.width <= max(width, 2)
    assert "".join("".join(text(picture)).split()).startswith("Derive")


def test_a_comma_stays_with_the_formula_before_it():
    assert ["x²," in line for line in text(flow("`x^2`, then `x^3`", 6, flat=True))] == [True, False, False]


def test_lines_of_a_prompt_are_one_paragraph():
    assert text(flow("one\ntwo", 20)) == ["one two"]


def test_an_open_backquote_is_a_sign_like_any_other():
    assert text(flow("a ` b", 20)) == ["a ` b"]


def test_nothing_flows_to_nothing():
    assert text(flow("", 20)) == []


LINES = st.recursive(
    st.sampled_from(["x", "12", "sin(x)"]),
    lambda inner: st.tuples(inner, st.sampled_from(["·", " + ", " − ", "/"]), inner).map("".join),
)


@given(LINES, st.integers(12, 40))
def test_a_long_formula_is_broken_at_operators_only(line, width):
    picture = broken(line, width)
    assert picture.width <= width
    texts = [part.plain.strip() for part in picture.lines]
    assert "".join("".join(texts).split()) == "".join(line.split()), "nothing is lost"
    assert all(before[-1] in "·/" or after[0] in "+−" for before, after in pairwise(texts))
