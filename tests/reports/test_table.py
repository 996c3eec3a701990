"""Figures in words and in cells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mnemosyne.progress.statistics import Rate
from mnemosyne.reports import phrases
from mnemosyne.reports.table import ColumnHead, Table, cell_text, in_minutes, in_percent, long_lines

TABLE = Table(
    "tags",
    "By tag",
    "",
    (ColumnHead("tag"), ColumnHead("passed", "%"), ColumnHead("last")),
    (("=a", 87.5, date(2026, 3, 10)), ("b", None, "")),
)


@pytest.mark.parametrize(
    ("cell", "unit", "text"),
    [
        (None, "%", "–"), ("", "", "–"), (0, "cards", "0"), (1200, "cards", "1,200"), (87.5, "%", "88 %"),
        (100.0, "%", "100 %"), (12.34, "minutes", "12.3"), ("a tag", "", "a tag"),
        (date(2026, 3, 10), "", "2026-03-10"),
    ],
)  # fmt: skip
def test_a_cell_as_people_read_it(cell, unit, text):
    assert cell_text(cell, unit) == text


def test_rows_as_people_read_them():
    assert list(TABLE.texts()) == [("=a", "88 %", "2026-03-10"), ("b", "–", "–")]


def test_a_long_table_has_one_figure_on_a_line_and_runs_nothing():
    assert "".join(long_lines((TABLE,))) == (
        "section,name,measure,value,unit\n"
        "tags,'=a,passed,87.5,%\ntags,'=a,last,2026-03-10,\ntags,b,passed,,%\ntags,b,last,,\n"
    )


def test_shares_and_times_are_written_to_a_tenth():
    table = Table("t", "T", "", (ColumnHead("tag"), ColumnHead("passed", "%")), (("a", in_percent(Rate(2, 3))),))
    assert list(long_lines((table,)))[1] == "t,a,passed,66.7,%\n"
    assert (in_percent(Rate(0, 0)), in_minutes(timedelta(seconds=100))) == (None, 1.7)


def test_a_share_is_rounded_once_and_is_the_same_everywhere():
    assert cell_text(in_percent(Rate(187, 200)), "%") == phrases.share_text(Rate(187, 200).share) == "94 %"
    assert cell_text(in_percent(Rate(315, 337)), "%") == phrases.share_text(Rate(315, 337).share) == "93 %", (
        "not 93.5 %, then 94 %"
    )
    rates = [Rate(passed, reviews) for reviews in range(1, 400) for passed in range(reviews + 1)]
    assert [rate for rate in rates if cell_text(in_percent(rate), "%") != phrases.share_text(rate.share)] == []
