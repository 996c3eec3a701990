"""The heatmap: one sign for each study day of the last half year, fuller the more was done, a column for each week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, sized, words

if TYPE_CHECKING:
    from mnemosyne.store.counts import StudyDay

_SHADES = "·░▒▓█"  # nothing, then quarters of the best day; the signs differ without colour too
_DAYS = 7
_MOST = 26  # weeks: half a year
_LEAST = 8  # weeks; fewer are no picture of a habit
_LABEL = 4  # cells before the first week


def heatmap(done: Iterable[StudyDay], today: date, width: int) -> Picture:
    """As many weeks up to today as there is room for; nothing if there is none, or if nothing was ever done."""
    weeks = min(_MOST, width - _LABEL)
    counts = {day.day: day.reviews + day.drills for day in done}
    if weeks < _LEAST or not any(counts.values()):
        return EMPTY
    first = plus_days(today, -today.weekday() - _DAYS * (weeks - 1))
    most = max(counts.values())
    rows = []
    for weekday in range(_DAYS):
        days = [plus_days(first, _DAYS * week + weekday) for week in range(weeks)]
        row = [words(*_sign(counts.get(day, 0), most)) for day in days if day <= today]
        rows.append(beside([sized(words(f"{days[0]:%a}" if weekday % 2 == 0 else "", "$quiet"), _LABEL), *row]))
    return above([words(f"Last {weeks} weeks", "$quiet"), *rows])


def _sign(count: int, most: int) -> tuple[str, str]:
    """The sign of a day and its style."""
    return _SHADES[-(-count * (len(_SHADES) - 1) // most)], "$right" if count else "$line"
