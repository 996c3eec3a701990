"""CSV: what is written reads back, and nothing of it is run by a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.reports.column import Column
from mnemosyne.reports.csv_lines import csv_cell, csv_lines, table_lines

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", '"', "'", "\u200b", "\ufeff", ' "', "\x00"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(sign, before):
    text = f"{before}{sign}cmd|' /C calc'!A0"
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["\tx", "\rx", "\nx"])
def test_a_text_that_would_begin_another_cell_gets_an_apostrophe(text):
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", [-1, -1.5, 0, 2.5, None, "2x", "x-1", "1-x", "", "  x = 1"])
def test_numbers_and_other_texts_stay_as_they_are(value):
    assert csv_cell(value) == value


def test_booleans_are_written_as_in_json_and_a_list_with_spaces():
    assert (csv_cell(True), csv_cell(False), csv_cell(["a", "b"]), csv_cell(["=a"])) == ("true", "false", "a b", "'=a")


def test_a_header_then_the_rows():
    columns = (Column("id", "text", "", lambda row: row[0]), Column("n", "count", "", lambda row: row[1]))
    assert list(csv_lines(columns, [("a", 1), ("b,c", -1), ("=d", None)])) == [
        "id,n\n", "a,1\n", '"b,c",-1\n', "'=d,\n",
    ]  # fmt: skip


@given(st.lists(st.text(), min_size=2))
def test_every_text_reads_back(texts):
    (_heads, row) = csv.reader(io.StringIO("".join(table_lines(["h"] * len(texts), [texts])), newline=""))
    assert row == [csv_cell(text) for text in texts]


@given(st.text(alphabet=st.sampled_from("=+-@ \t\r\n'\"\x00a1\u200b\u202e")))
def test_no_text_of_a_cell_begins_with_a_sign_that_makes_it_run(text):
    cell = str(csv_cell(text))
    assert not cell.lstrip('\x00\u200b\u202e"\t\r\n ').startswith(SIGNS)
