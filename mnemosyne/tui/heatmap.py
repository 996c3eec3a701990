"""The heatmap: one sign for each study day of the last year, fuller the more was done, a column for each week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, ends, indented, sized, words

if TYPE_CHECKING:
    from mnemosyne.progress.statistics import Day

_SHADES = "·░▒▓█"  # nothing, then quarters of the best day; the signs differ without colour too
_TODAY = "○●"  # nothing yet, and something done
_DAYS = 7
_MOST = 53  # weeks: a year, whatever weekday it begins on
_LEAST = 8  # weeks; fewer are no picture of a habit
_LABEL = 4  # cells before the first week
_MONTH = 4  # cells that a month's name needs

YEAR_WIDTH = _LABEL + _MOST  # cells of a year in its narrow form
WIDE_YEAR_WIDTH = _LABEL + 2 * _MOST - 1  # and with a gap between the weeks


def heatmap(done: Iterable[Day], today: date, width: int) -> Picture:
    """As many weeks up to today as there is room for, a year at most; nothing if nothing was ever done."""
    counts = {day.day: day.done.answers for day in done}
    cells = 2 if width >= WIDE_YEAR_WIDTH else 1
    weeks = min(_MOST, (width - _LABEL + cells - 1) // cells)
    if weeks < _LEAST or not any(counts.values()):
        return EMPTY
    first = plus_days(today, -today.weekday() - _DAYS * (weeks - 1))
    most = max((count for day, count in counts.items() if day >= first), default=0)
    mondays = [plus_days(first, _DAYS * week) for week in range(weeks)]
    rows = [_row(mondays, weekday, counts, most, today, cells) for weekday in range(_DAYS)]
    return above([_months(mondays, cells), *rows, _legend(_LABEL + weeks * cells - (cells - 1))])


def _row(mondays: Sequence[date], weekday: int, counts: dict[date, int], most: int, today: date, cells: int) -> Picture:
    """One weekday of all weeks."""
    days = [plus_days(monday, weekday) for monday in mondays]
    name = f"{days[0]:%a}" if weekday % 2 == 0 else ""
    signs = [words(*_sign(counts.get(day, 0), most, day == today)) for day in days if day <= today]
    return beside([sized(words(name, "$quiet"), _LABEL), beside(signs, cells - 1)])


def _sign(count: int, most: int, is_today: bool) -> tuple[str, str]:
    """The sign of a day and its style."""
    if is_today:
        return _TODAY[bool(count)], "bold $key"
    return _SHADES[-(-count * (len(_SHADES) - 1) // most) if most else 0], "$right" if count else "$line"


def _months(mondays: Sequence[date], cells: int) -> Picture:
    """The names of months above the weeks in which they begin; the first one's, if there is room, above the first."""
    begun = {week: plus_days(monday, _DAYS - 1) for week, monday in enumerate(mondays)}
    weeks = [week for week, last in begun.items() if last.day <= _DAYS]
    if weeks and weeks[0] * cells >= _MONTH:
        weeks.insert(0, 0)
    line = ""
    for week in weeks:
        if (len(mondays) - week) * cells >= _MONTH:
            line = f"{line.ljust(week * cells)}{begun[week]:%b}"
    return indented(words(line, "$quiet"), _LABEL)


def _legend(width: int) -> Picture:
    """What the signs mean, where there is room to say it."""
    shades = [words(shade, "$right" if index else "$line") for index, shade in enumerate(_SHADES)]
    scale = beside([words("less ", "$quiet"), beside(shades, 1), words(" more", "$quiet")])
    today = beside([words("●", "bold $key"), words(" today", "$quiet")])
    return ends(scale, today, width) if scale.width + today.width < width else EMPTY
