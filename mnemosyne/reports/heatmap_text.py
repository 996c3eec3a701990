"""The year as text: one sign for each study day, darker for more answers, and a column for each week.

A terminal's report prints the `Heatmap`; the screens draw it in colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from mnemosyne.progress.activity_year import WEEK, is_in_year, level, mondays, shading
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.text import MONTHS

if TYPE_CHECKING:
    from mnemosyne.progress.statistics import Day

SHADES: Final = "·░▒▓█"  # no answer, then the levels of activity; distinct without colour
WEEKS: Final = 53  # a year, whatever weekday it begins on
LABEL: Final = 4  # cells before the first week
_TODAY: Final = "○●"  # today, without and with an answer
_MONTH: Final = 4  # cells needed for a month's name
_WEEKDAYS: Final = ("Mon", "", "Wed", "", "Fri", "", "Sun")


@dataclass(frozen=True, slots=True)
class HeatmapDay:
    """A day of a heatmap."""

    sign: str  # a blank before the year begins
    done: bool = False  # whether it has an answer
    is_today: bool = False  # whether it is the present study day


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Weeks of a year from left to right, so that each weekday has a row."""

    months: str  # the names of the months, each above the week in which it begins
    rows: tuple[tuple[str, tuple[HeatmapDay, ...]], ...]  # a label, "" for every other weekday, and the weekday's days
    today: HeatmapDay | None  # the present study day, if it is among the days


def heatmap_of(days: Iterable[Day], last: date, today: date, weeks: int, cells: int = 1) -> Heatmap | None:
    """Return so many weeks of the year up to `last`, each `cells` wide; None if there are no answers."""
    counts = {entry.day: entry.done.answers for entry in days}
    if weeks < 1 or not any(counts.values()):
        return None
    begins = mondays(last, weeks)
    shades = shading(count for day, count in counts.items() if day >= begins[0])
    rows = []
    for weekday, name in enumerate(_WEEKDAYS):
        row = [plus_days(monday, weekday) for monday in begins]
        marked = (_day(day, counts.get(day, 0), last, today, shades) for day in row if day <= last)
        rows.append((name, tuple(marked)))
    present = next((day for _, row in rows for day in row if day.is_today), None)
    return Heatmap(_month_names(begins, cells), tuple(rows), present)


def _day(day: date, count: int, last: date, today: date, shades: Sequence[int]) -> HeatmapDay:
    if day == today:
        return HeatmapDay(_TODAY[bool(count)], bool(count), is_today=True)
    return HeatmapDay(SHADES[level(count, shades)] if is_in_year(day, last) else " ", bool(count))


def heatmap_lines(days: Iterable[Day], last: date, today: date, width: int) -> list[str]:
    """Return as many weeks up to `last` as fit, at most a year; no lines if there are no answers.

    The months are above them, the meaning of the signs below.
    """
    weeks = min(WEEKS, width - LABEL)
    heatmap = heatmap_of(days, last, today, weeks)
    if heatmap is None:
        return []
    rows = [f"{name:{LABEL}}{''.join(day.sign for day in row)}" for name, row in heatmap.rows]
    legend = f"less {' '.join(SHADES)} more"
    if heatmap.today:
        legend += f"{f'{heatmap.today.sign} today':>{max(0, LABEL + weeks - len(legend))}}"
    return [f"{'':{LABEL}}{heatmap.months}", *rows, legend]


def _month_names(begins: Sequence[date], cells: int) -> str:
    """Return month names, each above the week in which the month begins; a week takes `cells`.

    The first week has its month's name too, if there is room.
    """
    last_days = {week: plus_days(monday, WEEK - 1) for week, monday in enumerate(begins)}
    weeks = [week for week, last in last_days.items() if last.day <= WEEK]
    if weeks and weeks[0] * cells >= _MONTH:
        weeks.insert(0, 0)
    line = ""
    for week in weeks:
        if (len(begins) - week) * cells >= _MONTH:
            line = f"{line.ljust(week * cells)}{MONTHS[last_days[week].month - 1]}"
    return line
