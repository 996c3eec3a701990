"""The year of activity: which days belong to it, its weeks, and how dark each day is in every heatmap."""

from __future__ import annotations

from datetime import date

from mnemosyne.progress.activity_year import YEAR, is_in_year, level, mondays, shading
from mnemosyne.scheduling.study_day import plus_days

LAST = date(2026, 3, 10)  # a Tuesday


def test_the_year_has_366_days_up_to_its_last():
    within = [ago for ago in range(-2, 400) if is_in_year(plus_days(LAST, -ago), LAST)]
    assert within == [*range(YEAR)]


def test_weeks_begin_on_mondays():
    assert mondays(LAST, 3) == [date(2026, 2, 23), date(2026, 3, 2), date(2026, 3, 9)]


def test_the_darkest_shade_begins_where_nine_days_in_ten_stay_below():
    shades = shading([*range(1, 41)] * 10 + [1000])
    assert shades == (1, 10, 19, 28)
    assert [level(count, shades) for count in (0, 1, 9, 10, 28, 1000)] == [0, 1, 1, 2, 4, 4]


def test_few_reviews_are_shaded_too_and_days_without_any_do_not_count():
    assert [level(count, shading([1, 0, 0])) for count in (0, 1, 2, 4)] == [0, 1, 2, 4]
    assert shading([]) == shading([0])
