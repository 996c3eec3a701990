"""Formulas as pictures: typeset where they fit, on one line where they do not, as written where they cannot be read."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.tui.formula import broken, draw_formula, drawn_line, on_one_line, readable_formula


def text(picture):
    return [line.plain.rstrip() for line in picture.lines]


def test_a_fraction_is_typeset_and_its_bar_is_the_baseline():
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


def test_on_one_line_the_names_of_a_graph_and_its_functions_are_written_as_people_write_them():
    assert [text(on_one_line(line)) for line in (
        "w2*(1 - sigmoid(z1))*sigmoid(z1)", "(w2*sigmoid(u) + b2) - t", "loss*relu(h12)", "theta*omega1", "2*pi*x",
        "w_1^2",
    )] == [
        ["w2·(1 − σ(z1))·σ(z1)"], ["w2·σ(u) + b2 − t"], ["loss·relu(h12)"], ["θ·ω1"], ["2πx"], ["w1²"],
    ]  # fmt: skip


def test_names_that_the_card_does_not_have_are_not_read():
    assert readable_formula("a*x", frozenset({"x"})) is None
    assert readable_formula("a*x", frozenset({"a", "x"})) is not None


def test_a_tree_is_drawn_in_the_style_that_is_asked_for():
    tree = readable_formula("x^2")
    assert tree is not None
    assert {str(span.style) for span in draw_formula(tree, 20, "bold $formula").lines[0].spans} == {"bold $formula"}


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
