"""The year as text: one sign for each study day, fuller the more was done, a column for each week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

from mnemosyne.scheduling.study_day import plus_days

if TYPE_CHECKING:
    from mnemosyne.progress.statistics import Day

SHADES: Final = "·░▒▓█"  # nothing, then quarters of the best day; the signs differ without colour too
WEEKS: Final = 53  # a year, whatever weekday it begins on
WEEK: Final = 7  # days
LABEL: Final = 4  # cells before the first week
_NAMES: Final = ("Mon", "", "Wed", "", "Fri", "", "Sun")


def heatmap_lines(days: Iterable[Day], until: date, width: int) -> list[str]:
    """Return as many weeks up to `until` as there is room for, at most a year; no lines if nothing was done."""
    counts = {entry.day: entry.done.answers for entry in days}
    weeks = min(WEEKS, width - LABEL)
    most = max(counts.values(), default=0)
    if not most or weeks < 1:
        return []
    rows = []
    for weekday, name in enumerate(_NAMES):
        row = [plus_days(monday, weekday) for monday in mondays(until, weeks)]
        rows.append(f"{name:{LABEL}}" + "".join(shade(counts.get(day, 0), most) for day in row if day <= until))
    return rows


def mondays(until: date, weeks: int) -> list[date]:
    """Return the days with which the weeks up to `until`, so many of them, begin."""
    last = plus_days(until, -until.weekday())
    return [plus_days(last, -WEEK * back) for back in range(weeks - 1, -1, -1)]


def shade(count: int, most: int) -> str:
    """Return the sign of a day with `count` answers where the best day has `most`."""
    return SHADES[-(-count * (len(SHADES) - 1) // most) if most else 0]
