"""The statistics as tables: the figures are those of the statistics, and every table is complete and regular."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mnemosyne.reports import progress_tables
from mnemosyne.reports.page.sections import activity_section
from mnemosyne.scheduling.study_day import plus_days


@pytest.fixture(params=["year", "empty_progress"])
def statistics(request):
    """Return the statistics of a year, and of no day at all."""
    return request.getfixturevalue(request.param)


def test_every_row_has_a_cell_for_every_head(statistics):
    for table in progress_tables.all_tables(statistics):
        assert {len(row) for row in table.rows} <= {len(table.heads)}, table.id
        assert len(set(table.rows)) == len(table.rows), table.id


def test_tables_are_known_by_different_ids_and_titles(year):
    tables = progress_tables.all_tables(year)
    assert len({table.id for table in tables}) == len({table.title for table in tables}) == len(tables)


def test_what_was_done_adds_up(year):
    assert sum(row[1] for row in progress_tables.spans_table(year).rows) == year.done.reviews
    assert sum(row[1] for row in progress_tables.qualities_table(year).rows) == year.done.reviews
    assert sum(row[1] for row in progress_tables.days_table(year).rows) == year.done.reviews
    assert sum(sum(row[1:]) for row in progress_tables.calibration_table(year).rows) == year.calibration.proposed
    assert sum(row[1] for row in progress_tables.cards_table(year).rows[:3]) == year.cards.total


def test_bins_are_named_by_their_ends(year):
    assert [row[0] for row in progress_tables.intervals_table(year).rows] == [
        "1",
        "2–6",
        "7–20",
        "21–59",
        "60–179",
        "180–364",
        "365+",
    ]
    assert [row[0] for row in progress_tables.eases_table(year).rows][:2] == ["1.3–1.49", "1.5–1.69"]


def test_the_retention_of_the_whole_is_shown_once(progress, year):
    assert [row[0] for row in progress_tables.retention_table(year).rows] == ["1 day", "7 days", "30 days", "365 days"]
    part = progress(since=plus_days(year.today, -99))
    assert [row[0] for row in progress_tables.retention_table(part).rows] == [
        "1 day",
        "7 days",
        "30 days",
        "365 days",
        "whole period",
    ]


def test_misconceptions_have_their_names_and_what_becomes_of_them(year):
    table = progress_tables.misconceptions_table(year)
    row = next(row for row in table.rows if row[1] == "missing-inner-derivative")
    assert row[0] == "inner derivative missing"
    assert row[-1] == "fading"
    spans = progress_tables.misconceptions_by_span_table(year)
    assert [head.name for head in spans.heads[1:]] == [row[0] for row in table.rows]
    assert [sum(column) for column in zip(*(row[1:] for row in spans.rows), strict=True)] == [
        row[2] for row in table.rows
    ]


@pytest.mark.parametrize(("days", "word"), [(1, "day"), (53, "day"), (54, "week"), (371, "week"), (372, "four weeks")])
def test_the_parts_of_a_period_have_a_name(progress, year, days, word):
    statistics = progress(since=year.today - timedelta(days=days - 1))
    assert progress_tables.spans_table(statistics).title == f"Reviews per {word}"
    span = {"day": "a study day", "four weeks": "four weeks"}.get(word, f"a {word}")
    assert activity_section(statistics).about == f"Each bar covers {span}."


def test_without_a_proposed_grade_nothing_is_said_of_it(empty_progress):
    assert progress_tables.calibration_text(empty_progress) == "No grade has been proposed yet."
