"""JSON: valid whatever the text, in ASCII, with the columns in their order."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.reports.column import Column, json_array, json_lines

COLUMNS = (Column("text", "text", "", lambda row: row), Column("length", "count", "", len))


@given(st.lists(st.text(st.characters())))
def test_every_text_reads_back(texts):
    lines = list(json_lines(COLUMNS, texts))
    assert [json.loads(line) for line in lines] == [{"text": text, "length": len(text)} for text in texts]
    assert json.loads("".join(json_array(COLUMNS, texts))) == [json.loads(line) for line in lines]
    assert all(line.isascii() and line.count("\n") == 1 for line in lines)


def test_a_line_keeps_the_order_of_the_columns():
    assert list(json_lines(COLUMNS, ["\ud800"])) == ['{"text": "\\ud800", "length": 1}\n']


def test_no_rows_are_an_empty_array():
    assert "".join(json_array(COLUMNS, [])) == "[]\n"
