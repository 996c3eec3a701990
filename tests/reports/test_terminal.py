"""Progress as text: the sentences, in 80 columns, with plots and without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import empty_statistics, sample

from mnemosyne.reports.plots import bar_lines, line_plot
from mnemosyne.reports.terminal import progress_lines


def text(statistics, width: int = 80, *, plots: bool) -> str:
    return "\n".join(progress_lines(statistics, width, plots=plots))


def test_the_sentences():
    report = text(sample("chains"), plots=False)
    assert report.startswith("Progress in Chains, 4 March 2026 to 10 March 2026\n")
    for part in (
        "Today             4 reviews (1 new), 2 drills, 4 min",
        "Streak            2 days, longest 2 days",
        "on 4 of 7 days, 7 min per day",
        "Cards             10: 5 new, 4 young, 1 mature",
        "1 of them suspended",
        "last day          100 % of 2          100 % of 1          100 % of 3",
        "    5 times, 2 lapses, 4 min",
        "Proposed grades: 89 % accepted, 0 % raised, 11 % lowered",
        "derivative              5       28    86 %        28 min       60 s",
        "Next 30 days: 3 due and 2 new today, 5 and 5 within a week, 5 and 5 in total",
        "  stubborn-one: 9 lapses, 1 day",
    ):
        assert part in report, part


@pytest.mark.parametrize("plots", [True, False])
@pytest.mark.parametrize("build", [sample, empty_statistics], ids=["week", "nothing"])
def test_it_fits_in_eighty_columns_and_has_no_colour(build, plots: bool):
    for row in text(build(), plots=plots).splitlines():
        assert len(row) <= 80, row
        assert "\x1b" not in row
        assert row == row.rstrip()


def test_whoever_has_not_started_is_told_so_in_a_few_lines():
    assert text(empty_statistics(), plots=True).splitlines() == [
        "Progress in all topics, 10 March 2026",
        "",
        "Today             0 reviews (0 new), 0 drills, 0 s",
        "Streak            0 days, longest 0 days",
        "Period            0 reviews (0 new), 0 drills, 0 s in total",
        "                  on 0 of 1 day",
        "Cards             0: 0 new, 0 young, 0 mature",
    ]


def test_plots_are_for_a_terminal_only():
    assert "Reviews per day\n10 " in text(sample(), plots=True)
    assert "Reviews per day" not in text(sample(), plots=False)


def test_every_bar_is_as_wide_as_every_other():
    assert bar_lines([4, 0, 8, 2], [(0, "a"), (2, "c")], 22, 6) == [
        "8           ████",
        "            ████",
        "  ████      ████",
        "  ████      ████ ████",
        "0 ████      ████ ████",
        "    a         c",
    ]


def test_bars_that_would_leave_a_quarter_of_the_width_empty_have_no_gaps():
    assert bar_lines([4, 0, 8, 2], [(0, "a"), (2, "c")], 9, 4) == ["8    ██", "  █  ████", "0 █  ████", "  a   c"]


@given(st.integers(1, 120), st.integers(20, 200))
def test_bars_fill_the_width(count: int, width: int):
    widest = max(map(len, bar_lines([5] * count, [], width)[:-1]))
    assert 0.75 * (width - 2) - 1 <= widest - 2 <= width - 2


def test_the_year_has_its_months_and_says_what_its_marks_mean():
    year = text(sample("chains"), plots=True).partition("Answers on each day of the year\n")[2].splitlines()
    assert " ".join(year[0].split()) == "Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb"
    assert year[8].split() == ["less", "·", "░", "▒", "▓", "█", "more", "●", "today"]


def test_there_is_no_plot_of_nothing():
    assert bar_lines([0, 0], [], 40) == []
    assert bar_lines([], [], 40) == []
    assert line_plot([(0, 90.0)], 1, [], 40, (50, 100)) == []
