"""The heatmap: the year of `reports.heatmap_text` in colour, with a gap between the weeks if there is room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from mnemosyne.reports.heatmap_text import LABEL, SHADES, WEEKS, Heatmap, HeatmapDay, heatmap_of
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, ends, indented, sized, words

if TYPE_CHECKING:
    from mnemosyne.progress.statistics import Day

_LEAST = 8  # weeks; fewer do not show a habit

YEAR_WIDTH = LABEL + WEEKS  # cells of a year in its narrow form
WIDE_YEAR_WIDTH = LABEL + 2 * WEEKS - 1  # cells of a year with a gap between the weeks


def heatmap(days: Iterable[Day], today: date, width: int) -> Picture:
    """Draw as many weeks up to today as fit, at most a year; nothing if there was never an answer."""
    cells = 2 if width >= WIDE_YEAR_WIDTH else 1
    weeks = min(WEEKS, (width - LABEL + cells - 1) // cells)
    year = heatmap_of(days, today, today, weeks, cells) if weeks >= _LEAST else None
    if year is None:
        return EMPTY
    months = indented(words(year.months, "$quiet"), LABEL)
    rows = [
        beside([sized(words(name, "$quiet"), LABEL), beside([_sign(day) for day in row], cells - 1)])
        for name, row in year.rows
    ]
    return above([months, *rows, _legend(year, LABEL + weeks * cells - (cells - 1))])


def _sign(day: HeatmapDay) -> Picture:
    """Return the sign of a day in its colour."""
    if day.is_today:
        return words(day.sign, "bold $key")
    return words(day.sign, "$right" if day.done else "$line")


def _legend(year: Heatmap, width: int) -> Picture:
    """Return what the signs mean, with today's as it appears above; empty if there is no room."""
    shades = [words(sign, "$right" if index else "$line") for index, sign in enumerate(SHADES)]
    scale = beside([words("less ", "$quiet"), beside(shades, 1), words(" more", "$quiet")])
    today = beside([_sign(year.today), words(" today", "$quiet")]) if year.today else EMPTY
    return ends(scale, today, width) if scale.width + today.width < width else EMPTY
