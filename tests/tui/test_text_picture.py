"""Authors' texts in the app: what is bold, what is a formula, what is code; and nothing wider than its room."""

from __future__ import annotations

import pytest
from author_texts import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.text import visible
from mnemosyne.tui.text_picture import drawn_statement, flow


def lines(picture):
    return [line.plain.rstrip() for line in picture.lines]


def styles(picture):
    """Return the style of each styled word."""
    return {line.plain[span.start : span.end]: str(span.style) for line in picture.lines for span in line.spans}


def test_text_flows_round_its_formulas():
    assert lines(flow("In $1/x$, what is the denominator?", 80)) == ["   1", "In ─, what is the denominator?", "   x"]


def test_an_equation_is_typeset_side_by_side():
    assert lines(flow("$dy/dx = 1/(2√u)$", 80)) == ["dy    1", "── = ───", "dx   2√u"]


def test_flat_text_keeps_its_formulas_on_the_line():
    assert lines(flow("In $1/x^2$, what is below?", 80, flat=True)) == ["In 1/x², what is below?"]


def test_a_comma_stays_with_the_formula_before_it():
    assert ["x²," in line for line in lines(flow("$x^2$, then $x^3$", 6, flat=True))] == [True, False, False]


def test_a_formula_that_cannot_be_read_is_shown_as_written():
    assert lines(flow(r"The sum $\sum_i x_i$ grows.", 80)) == [r"The sum \sum_i x_i grows."]


def test_a_formula_without_room_is_broken_at_its_operators():
    picture = drawn_statement("y = sin(x)+cos(x)+tan(x)", 12)
    assert lines(picture) == ["y = sin(x)", "    + cos(x)", "    + tan(x)"]


def test_several_lines_stay_several():
    assert lines(flow("one\ntwo\n\nthree", 20)) == ["one", "two", "", "three"]


def test_marks_become_styles_and_are_not_shown():
    picture = flow("**bold** *soft* `co de` $x$", 40)
    assert lines(picture) == ["bold soft co de x"]
    assert styles(picture) == {"bold": "bold", "soft": "italic", "co": "$key", "de": "$key", "x": "$formula"}


def test_lists_and_code_are_indented():
    text = "Steps:\n\n1. first the *inner* one\n2. then\n   - this\n   - that\n\n```\nx  = 1\n```"
    assert lines(flow(text, 20)) == [
        "Steps:",
        "",
        "1. first the",
        "   inner one",
        "2. then",
        "",
        "   • this",
        "   • that",
        "",
        "  x  = 1",
    ]


def test_an_unpaired_mark_is_a_character_like_any_other():
    assert lines(flow("a ` b ** c $ d", 20)) == ["a ` b ** c $ d"]


def test_an_empty_text_becomes_an_empty_picture():
    assert lines(flow("", 20)) == []


@pytest.mark.parametrize("width", [1, 5, 9, 14, 40])
def test_flowing_text_is_never_wider_than_its_room_and_loses_nothing(width):
    picture = flow("Derive $sin(x^2)$ by the chain rule, incomprehensibilities included.", width)
    assert picture.width <= max(width, 2)
    assert "".join("".join(lines(picture)).split()) == "Derivesin(x²)bythechainrule,incomprehensibilitiesincluded."


@given(TEXTS, st.integers(2, 40), st.booleans())
def test_no_text_is_wider_than_its_room_or_contains_what_a_terminal_executes(text, width, flat):
    picture = flow(text, width, flat=flat)
    assert picture.width <= max(width, 2)
    for line in picture.lines:
        assert visible(line.plain) == line.plain
        assert "\n" not in line.plain
        assert all(span.style for span in line.spans)
