"""The plot of a card's interval: higher for longer, a fall for a lapse, as wide as asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.tui.interval_plot import HEIGHT, Point, interval_plot

DAY = date(2026, 1, 1)


def plot_lines(*steps, until=100, width=60):
    points = [Point(DAY + timedelta(days=ahead), interval) for ahead, interval in steps]
    return [line.plain for line in interval_plot(points, DAY + timedelta(days=until), width).lines]


def test_intervals_that_multiply_climb_evenly():
    assert plot_lines((0, 1), (1, 6), (7, 15), (22, 40), (62, 100))[:HEIGHT] == [
        "100 d┤                                 ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇",
        " 30 d┤            ▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄█████████████████████",
        "     │    ▁▁▁▁▁▁▁▁██████████████████████████████████████████",
        "     │    ██████████████████████████████████████████████████",
        "  6 d┤ ▇▇▇██████████████████████████████████████████████████",
        "  1 d┤ █████████████████████████████████████████████████████",
        "     │██████████████████████████████████████████████████████",
    ]


def test_a_lapse_falls():
    lines = plot_lines((0, 1), (10, 30), (50, 0))
    assert [sum(line[5 + column] != " " for line in lines[:HEIGHT]) for column in (2, 20, 45)] == [2, HEIGHT, 0]


def test_the_dates_are_below():
    assert plot_lines((0, 1), width=40)[-1].split("  ")[-1].strip() == "11 Apr 2026"


def test_without_a_point_there_is_no_plot():
    assert interval_plot([], DAY, 60).lines == ()


@given(
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 40_000)), min_size=1, max_size=30),
    st.integers(30, 200),
)
def test_it_is_as_wide_and_as_high_as_asked_for(steps, width):
    steps = sorted(steps)
    points = [Point(DAY + timedelta(days=ahead), interval) for ahead, interval in steps]
    picture = interval_plot(points, points[-1].day, width)
    assert picture.width == width
    assert picture.height == HEIGHT + 2


@pytest.mark.parametrize("width", [1, 5, 12])
def test_hardly_any_room_is_no_error(width):
    assert plot_lines((0, 5), width=width)
