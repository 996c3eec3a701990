"""The heatmap: a year of study days where there is room, today marked, months named."""

from __future__ import annotations

from datetime import date

import pytest

from mnemosyne.progress.statistics import Activity, Day
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.tui.heatmap import WIDE_YEAR_WIDTH, YEAR_WIDTH, heatmap

TODAY = date(2026, 3, 10)  # a Tuesday


def study_day(ago: int, reviews: int) -> Day:
    return Day(plus_days(TODAY, -ago), Activity(reviews, passed=reviews))


def lines(*days: Day, width: int = YEAR_WIDTH) -> list[str]:
    return [line.plain.rstrip() for line in heatmap(days, TODAY, width).lines]


def test_a_year_has_fifty_three_weeks_and_today_is_in_the_last():
    _, monday, tuesday, *rest, legend = lines(study_day(1, 4))
    assert monday == "Mon " + "·" * 52 + "█"
    assert tuesday == "    " + "·" * 52 + "○"
    assert [len(row) for row in rest] == [56] * 5, "the coming days are not shown"
    assert legend == "less · ░ ▒ ▓ █ more" + " " * 31 + "○ today"


def test_the_legend_has_the_mark_of_today():
    assert [line[-1] for line in lines(study_day(1, 4), study_day(0, 2))[2:3]] == ["●"]
    assert lines(study_day(1, 4), study_day(0, 2))[-1].endswith("● today")


def test_shades_are_those_of_every_heatmap():
    """One long day does not make all the others look alike."""
    tuesday = lines(
        study_day(7, 1), study_day(14, 2), study_day(21, 3), study_day(28, 4), study_day(35, 80), study_day(0, 1)
    )[2]
    assert tuesday.endswith("██▓▒░●")


def test_the_year_begins_where_counting_begins_and_what_lies_before_is_blank():
    sunday = plus_days(TODAY, 5)
    days = [Day(plus_days(sunday, -ago), Activity(3, passed=3)) for ago in range(366)]
    rows = [line.plain for line in heatmap(days, sunday, YEAR_WIDTH).lines[1:8]]
    assert [row[4] for row in rows] == [" "] * 5 + ["▓", "▓"], "a day before the count is blank, not empty"


def test_what_lies_before_the_first_week_does_not_count_for_the_shades():
    assert lines(study_day(7, 4), study_day(300, 100), width=20)[2].endswith("█○")


def test_months_stand_above_the_weeks_in_which_they_begin():
    months = lines(study_day(1, 1))[0]
    assert months == "       Apr May Jun  Jul Aug  Sep Oct Nov  Dec Jan Feb"
    column = months.index("Jan") - 4
    monday = plus_days(TODAY, -TODAY.weekday() - 7 * (52 - column))
    assert monday <= date(2026, 1, 1) <= plus_days(monday, 6)


def test_a_wide_heatmap_has_a_gap_between_the_weeks():
    monday = lines(study_day(1, 1), width=WIDE_YEAR_WIDTH)[1]
    assert monday == "Mon " + "· " * 52 + "░"


@pytest.mark.parametrize("width", range(12, WIDE_YEAR_WIDTH + 2))
def test_it_fits_every_width(width):
    assert heatmap([study_day(1, 1)], TODAY, width).width <= width


@pytest.mark.parametrize(("days", "width"), [([], 80), ([study_day(1, 0)], 80), ([study_day(1, 1)], 11)])
def test_without_reviews_or_room_there_is_no_picture(days, width):
    assert heatmap(days, TODAY, width).lines == ()
