"""Where lines are broken: no word or symbol alone on the last one, and short formulas whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.tui.line_filling import filled_lines, unbroken_pieces
from mnemosyne.tui.picture import prose
from mnemosyne.tui.text_picture import flow


def lines(picture):
    return [line.plain.rstrip() for line in picture.lines]


@pytest.mark.parametrize("draw", [prose, flow], ids=["prose", "flow"])
def test_no_word_is_alone_on_the_last_line(draw):
    assert lines(draw("The derivative is wrong. What went wrong?", 36)) == [
        "The derivative is wrong. What",
        "went wrong?",
    ]
    assert lines(draw("one three", 6)) == ["one", "three"], "nothing is taken from a line of few words"
    assert lines(draw("one two six derivatives", 11)) == ["one two six", "derivatives"], "unless both fit on one line"


@pytest.mark.parametrize("width", range(12, 40))
def test_a_short_formula_and_a_symbol_stay_with_what_they_belong_to(width):
    text = "In sin(x) the inner one is x + 6; recall 99 % · default · takes effect"
    rows = lines(prose(text, width))
    assert " ".join(rows) == text
    assert any("x + 6;" in line for line in rows)
    assert all(line.split()[0] not in "%·" for line in rows)


def test_a_long_formula_is_broken_where_it_must_be():
    assert unbroken_pieces("a + b + c + d + e", 9) == ["a + b + c", "+ d + e"]


def test_the_full_stop_after_a_formula_is_not_alone():
    assert lines(flow("The inner one is $sin(x)$.", 23, flat=True)) == ["The inner one", "is sin(x)."]


@given(st.lists(st.integers(1, 30), max_size=40), st.integers(30, 60))
def test_every_piece_appears_once_in_order_and_fits(widths, room):
    filled = filled_lines(widths, room)
    assert [number for numbers in filled for number in numbers] == list(range(len(widths)))
    assert all(sum(widths[number] for number in numbers) + len(numbers) - 1 <= room for numbers in filled)
