"""The heatmap: one sign for each study day of the last year, darker for more answers, and a column for each week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mnemosyne.reports.heatmap_text import LABEL, SHADES, TODAY, WEEK, WEEKS, mondays, month_names, shade
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, ends, indented, sized, words

if TYPE_CHECKING:
    from mnemosyne.progress.statistics import Day

_LEAST = 8  # weeks; fewer do not show a habit

YEAR_WIDTH = LABEL + WEEKS  # cells of a year in its narrow form
WIDE_YEAR_WIDTH = LABEL + 2 * WEEKS - 1  # cells of a year with a gap between the weeks


def heatmap(days: Iterable[Day], today: date, width: int) -> Picture:
    """Draw as many weeks up to today as fit, at most a year; nothing if there was never an answer."""
    counts = {day.day: day.done.answers for day in days}
    cells = 2 if width >= WIDE_YEAR_WIDTH else 1
    weeks = min(WEEKS, (width - LABEL + cells - 1) // cells)
    if weeks < _LEAST or not any(counts.values()):
        return EMPTY
    begins = mondays(today, weeks)
    most = max((count for day, count in counts.items() if day >= begins[0]), default=0)
    rows = [_row(begins, weekday, counts, most, today, cells) for weekday in range(WEEK)]
    legend = _legend(counts.get(today, 0), LABEL + weeks * cells - (cells - 1))
    months = indented(words(month_names(begins, cells), "$quiet"), LABEL)
    return above([months, *rows, legend])


def _row(begins: Sequence[date], weekday: int, counts: dict[date, int], most: int, today: date, cells: int) -> Picture:
    """Return the row of one weekday."""
    days = [plus_days(monday, weekday) for monday in begins]
    name = f"{days[0]:%a}" if weekday % 2 == 0 else ""
    signs = [words(*_sign(counts.get(day, 0), most, is_today=day == today)) for day in days if day <= today]
    return beside([sized(words(name, "$quiet"), LABEL), beside(signs, cells - 1)])


def _sign(count: int, most: int, *, is_today: bool) -> tuple[str, str]:
    """Return the sign of a day and its style."""
    if is_today:
        return TODAY[bool(count)], "bold $key"
    return shade(count, most), "$right" if count else "$line"


def _legend(done_today: int, width: int) -> Picture:
    """Return what the signs mean, with today's as it appears above; empty if there is no room."""
    shades = [words(sign, "$right" if index else "$line") for index, sign in enumerate(SHADES)]
    scale = beside([words("less ", "$quiet"), beside(shades, 1), words(" more", "$quiet")])
    today = beside([words(TODAY[bool(done_today)], "bold $key"), words(" today", "$quiet")])
    return ends(scale, today, width) if scale.width + today.width < width else EMPTY
