"""The year as text: one sign for each study day, fuller the more was done, a column for each week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from mnemosyne.progress.statistics import Day
from mnemosyne.scheduling.study_day import plus_days

SHADES: Final = "·░▒▓█"  # nothing, then quarters of the best day
WEEKS: Final = 53
LABEL: Final = 4  # cells before the first week
_WEEK: Final = ("Mon", "", "Wed", "", "Fri", "", "Sun")


def heatmap(days: Iterable[Day], until: date, width: int) -> list[str]:
    """As many weeks up to `until` as there is room for, at most a year; nothing if nothing was done."""
    counts = {each.day: each.done.answers for each in days}
    weeks = min(WEEKS, width - LABEL)
    most = max(counts.values(), default=0)
    if not most or weeks < 1:
        return []
    first = plus_days(until, -until.weekday() - len(_WEEK) * (weeks - 1))
    rows = []
    for weekday, name in enumerate(_WEEK):
        row = [plus_days(first, len(_WEEK) * week + weekday) for week in range(weeks)]
        rows.append(f"{name:{LABEL}}" + "".join(_sign(counts.get(day, 0), most) for day in row if day <= until))
    return rows


def _sign(count: int, most: int) -> str:
    return SHADES[-(-count * (len(SHADES) - 1) // most)]
