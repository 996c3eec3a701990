"""The lines of the card table: columns that fit, cells of exact width, dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from bundled_deck import bundled_deck
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mnemosyne.cards.question import list_text
from mnemosyne.review.query import SortColumn, Sorting
from mnemosyne.tui.card_lines import GAP, LEAD, CardColumn, due_day, fitted, fitting_columns, heading, prompt_pieces


@pytest.mark.parametrize("width", [57, 66, 73, 77, 80, 100, 117, 157, 200])
def test_the_columns_fill_the_width(width):
    columns = fitting_columns(width)
    assert LEAD + sum(column.width for column in columns) + GAP * (len(columns) - 1) == width


def test_a_narrow_table_does_without_topic_ease_and_id():
    """A learner knows a card by its question, which gets the room instead."""
    assert {column.column for column in fitting_columns(157)} - {column.column for column in fitting_columns(77)} == {
        SortColumn.TOPIC,
        SortColumn.EASE,
        SortColumn.ID,
    }
    assert {column.column for column in fitting_columns(77)} - {column.column for column in fitting_columns(57)} == {
        SortColumn.KIND,
        SortColumn.LAPSES,
    }


@given(st.text(max_size=30), st.integers(0, 20), st.booleans())
def test_a_cell_is_as_wide_as_its_column(text, width, right):
    assert cell_len(fitted(text, width, right=right)) == width


@pytest.mark.parametrize(
    ("text", "width", "line"),
    [
        ("Differentiate $(3x + 1)^5$.", 24, "Differentiate (3x + 1)⁵."),
        ("Gear $A_1$ makes $sin(x^2) + cos(x)$ turn", 21, "Gear A_1 makes …     "),
        ("$sin(x^2) + cos(x)$ is", 11, "sin(x²) + …"),
        ("Gear A makes gear B turn", 18, "Gear A makes …    "),
    ],
)
def test_a_question_is_cut_between_words_and_operators_but_in_no_bracket(text, width, line):
    pieces = prompt_pieces(text, width)
    assert "".join(piece for piece, _ in pieces) == line
    assert not any("…" in piece for piece, is_formula in pieces if is_formula)


@pytest.mark.parametrize(
    ("text", "width", "line"),
    [
        ("Differentiate $(3x + 1)^5$.", 24, "Differentiate (3x + 1)⁵."),
        ("Differentiate $(3x + 1)^5$.", 23, "… (3x + 1)⁵.           "),
        ("Which of these is the derivative of $sin(x^2) + cos(x)$ at $x = 0$?", 26, "… sin(x²) + cos(x) at x … "),
        ("Which of these is the derivative of $sin(x^2) + cos(x)$?", 14, "… sin(x²) + … "),
        ("The integral of $f$ from 0 to 5 is 17.", 12, "The …       "),
        ("∂/∂w $sin(w·x) + cos(w·x)$ at w = 2", 20, "∂/∂w sin(w·x) + …   "),
        ("A cone stands on its tip; the water in it rises by $1/(3x + 1)$ a second.", 24, "A cone stands on its …  "),
    ],
)
def test_a_common_opening_is_cut_rather_than_the_formula_that_identifies_the_card(text, width, line):
    assert "".join(piece for piece, _ in prompt_pieces(text, width)) == line


def test_rows_of_the_bundled_graphs_differ_in_thirty_cells():
    """All of them ask for ∂L/∂w or the like: the formula, and whether a value is asked, tell them apart."""
    cards = [card for card in bundled_deck().cards if card.content.kind == "backprop"]
    rows = {"".join(piece for piece, _ in prompt_pieces(list_text(card), 30)) for card in cards}
    assert len(rows) == len(cards) > 20


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_question_fills_its_cells(text, width):
    assert sum(cell_len(piece) for piece, _ in prompt_pieces(text, width)) == width


def test_what_is_cut_ends_in_an_ellipsis():
    assert [fitted(text, 4) for text in ("abcd", "abcde", "漢字漢字")] == ["abcd", "abc…", "漢 …"]


@pytest.mark.parametrize("width", [77, 157])
def test_every_heading_has_room_for_the_sort_direction(width):
    for column in fitting_columns(width):
        assert heading(column, Sorting(column.column)).strip().endswith("▲")
        assert heading(column, Sorting(column.column, backwards=True)).strip().endswith("▼")
        assert cell_len(heading(column, Sorting())) == column.width


def test_headings_are_aligned_as_their_values_are():
    assert heading(CardColumn(SortColumn.INTERVAL, "days", 6, right=True), Sorting()) == "  days"


def test_dates_are_short_where_there_is_little_room():
    today = date(2026, 3, 10)
    assert due_day(date(2026, 3, 12), today, short=False) == "12 Mar 2026"
    assert due_day(date(2026, 3, 2), today, short=True) == "2 Mar"
    assert due_day(date(2027, 3, 12), today, short=True) == "Mar 2027"
