"""The year as text: one sign for each study day, darker for more answers, and a column for each week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final

from mnemosyne.scheduling.study_day import plus_days

if TYPE_CHECKING:
    from mnemosyne.progress.statistics import Day

SHADES: Final = "·░▒▓█"  # no answer, then quarters of the best day; distinct without colour
WEEKS: Final = 53  # a year, whatever weekday it begins on
WEEK: Final = 7  # days
LABEL: Final = 4  # cells before the first week
TODAY: Final = "○●"  # today, without and with an answer
_MONTH: Final = 4  # cells needed for a month's name
_NAMES: Final = ("Mon", "", "Wed", "", "Fri", "", "Sun")


def heatmap_lines(days: Iterable[Day], until: date, today: date, width: int) -> list[str]:
    """Return as many weeks up to `until` as fit, at most a year; no lines if there are no answers.

    The months are above them, the meaning of the signs below.
    """
    counts = {entry.day: entry.done.answers for entry in days}
    weeks = min(WEEKS, width - LABEL)
    most = max(counts.values(), default=0)
    if not most or weeks < 1:
        return []
    begins = mondays(until, weeks)
    rows = []
    for weekday, name in enumerate(_NAMES):
        row = [plus_days(monday, weekday) for monday in begins]
        signs = (TODAY[bool(counts.get(day))] if day == today else shade(counts.get(day, 0), most) for day in row)
        rows.append(f"{name:{LABEL}}{''.join(islice(signs, sum(day <= until for day in row)))}")
    scale, today_legend = f"less {' '.join(SHADES)} more", f"{TODAY[bool(counts.get(today))]} today"
    legend = f"{scale}{today_legend:>{max(0, LABEL + weeks - len(scale))}}"
    return [f"{'':{LABEL}}{month_names(begins)}", *rows, legend if begins[0] <= today <= until else scale]


def month_names(begins: Sequence[date], cells: int = 1) -> str:
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
            line = f"{line.ljust(week * cells)}{last_days[week]:%b}"
    return line


def mondays(until: date, weeks: int) -> list[date]:
    """Return the Mondays of the last `weeks` weeks up to `until`."""
    last = plus_days(until, -until.weekday())
    return [plus_days(last, -WEEK * back) for back in range(weeks - 1, -1, -1)]


def shade(count: int, most: int) -> str:
    """Return the sign for a day with `count` answers if the best day has `most`."""
    return SHADES[-(-count * (len(SHADES) - 1) // most) if most else 0]
