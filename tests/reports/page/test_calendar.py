"""The year as months of squares."""

from __future__ import annotations

import re
from datetime import date

from mnemosyne.progress.statistics import Activity, Day
from mnemosyne.reports.page.calendar import months
from mnemosyne.scheduling.study_day import plus_days

LAST = date(2026, 3, 10)


def test_every_day_of_the_year_has_one_square_in_its_month():
    calendar_months = months((Day(LAST, Activity(reviews=3, drills=1)),), LAST, plus_days(LAST, 1))
    assert [month.name for month in calendar_months] == [
        "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan 2026", "Feb", "Mar",
    ]  # fmt: skip
    days = re.findall(r"<title>(\S+): (\S+ answers?)</title>", "".join(month.svg for month in calendar_months))
    assert len({day for day, _ in days}) == len(days) == 366
    assert (days[0], days[-1]) == (("2025-03-10", "0 answers"), ("2026-03-10", "4 answers"))


def test_columns_are_weeks_from_monday_down():
    (*_, march) = months((), LAST, LAST)
    squares = re.findall(r'x="(\d+)" y="(\d+)"', march.svg)
    assert squares[0] == ("0", "72")  # 1 March 2026 is a Sunday
    assert squares[1] == ("12", "0")


def test_today_has_a_frame_and_its_name_where_it_is_one_of_the_days():
    def framed(last: date) -> list[str]:
        return re.findall(r'today" [^>]*><title>(.*?)</title>', "".join(month.svg for month in months((), last, LAST)))

    for last in (LAST, plus_days(LAST, 1), plus_days(LAST, 365)):
        assert framed(last) == ["today, 2026-03-10: 0 answers"]
    for last in (plus_days(LAST, -1), plus_days(LAST, 366)):
        assert framed(last) == []
