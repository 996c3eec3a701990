"""The lines of the card table: columns that fit, cells of exact width, days as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mnemosyne.review.query import SortColumn, Sorting
from mnemosyne.tui.card_lines import GAP, LEAD, CardColumn, due_day, fitted, fitting_columns, heading


@pytest.mark.parametrize("width", [57, 66, 73, 77, 80, 100, 117, 157, 200])
def test_the_columns_fill_the_width(width):
    columns = fitting_columns(width)
    assert LEAD + sum(each.width for each in columns) + GAP * (len(columns) - 1) == width


def test_a_narrow_table_does_without_topic_and_ease():
    assert {each.column for each in fitting_columns(157)} - {each.column for each in fitting_columns(77)} == {
        SortColumn.TOPIC,
        SortColumn.EASE,
    }
    assert {each.column for each in fitting_columns(77)} - {each.column for each in fitting_columns(57)} == {
        SortColumn.KIND,
        SortColumn.LAPSES,
    }


@given(st.text(max_size=30), st.integers(0, 20), st.booleans())
def test_a_cell_is_as_wide_as_its_column(text, width, right):
    assert cell_len(fitted(text, width, right=right)) == width


def test_what_is_cut_ends_in_an_ellipsis():
    assert [fitted(text, 4) for text in ("abcd", "abcde", "漢字漢字")] == ["abcd", "abc…", "漢 …"]


@pytest.mark.parametrize("width", [77, 157])
def test_every_heading_has_room_for_the_direction(width):
    for each in fitting_columns(width):
        assert heading(each, Sorting(each.column)).strip().endswith("▲")
        assert heading(each, Sorting(each.column, backwards=True)).strip().endswith("▼")
        assert cell_len(heading(each, Sorting())) == each.width


def test_headings_stand_as_their_values_do():
    assert heading(CardColumn(SortColumn.INTERVAL, "days", 6, right=True), Sorting()) == "  days"


def test_days_are_short_where_there_is_little_room():
    today = date(2026, 3, 10)
    assert due_day(date(2026, 3, 12), today, short=False) == "12 Mar 2026"
    assert due_day(date(2026, 3, 2), today, short=True) == "2 Mar"
    assert due_day(date(2027, 3, 12), today, short=True) == "Mar 2027"
