"""A card's interval over time as a picture: columns on a logarithmic scale, since intervals multiply.

An interval lasts from the review that set it until the next one; a lapse shows as a drop. A pure
function, as wide as asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from mnemosyne.text import calendar_day
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, pushed, words

HEIGHT = 7  # lines of the plot itself
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_TICKS = (1, 6, 30, 100, 365, 1000, 3650, 10000)  # days, labelled up to the longest interval


@dataclass(frozen=True, slots=True)
class Point:
    """A change of the interval."""

    day: date
    interval: int  # days


def interval_plot(points: Sequence[Point], until: date, width: int) -> Picture:
    """Return the plot of the intervals from the first point's day to `until`, with scales; empty without points."""
    if not points:
        return EMPTY
    top = max(_TICKS[1], *(point.interval for point in points))
    labels = {_eighths(days, top) // 8: f"{days:,} d" for days in _TICKS if days <= top}
    margin = max(len(label) for label in labels.values())
    heights = [_eighths(interval, top) for interval in _over_time(points, until, max(8, width - margin - 1))]
    lines = [_line(row, labels.get(row, ""), heights, margin) for row in reversed(range(HEIGHT))]
    return above([*lines, _days(points[0].day, until, margin, len(heights))])


def _eighths(days: int, top: int) -> int:
    """Return the height of an interval, in eighths of a line."""
    return round((HEIGHT * 8 - 1) * log(1 + max(days, 0)) / log(1 + top))


def _over_time(points: Sequence[Point], until: date, columns: int) -> Iterator[int]:
    """Yield the interval in each column; the last change of a day or column counts."""
    first = points[0].day
    span = max(1, (until - first).days)
    at = 0
    for column in range(columns):
        day = column * span / (columns - 1)
        while at + 1 < len(points) and (points[at + 1].day - first).days <= day:
            at += 1
        yield points[at].interval


def _line(row: int, label: str, heights: Sequence[int], margin: int) -> Picture:
    columns = "".join(_EIGHTHS[min(8, max(0, height - row * 8))] for height in heights)
    edge = words("┤" if label else "│", "$line")
    return beside([pushed(words(label, "$quiet"), margin), edge, words(columns, "$key")])


def _days(first: date, until: date, margin: int, across: int) -> Picture:
    """Return the axis, with the first and the last day below it."""
    begin, end = words(calendar_day(first), "$quiet"), words(calendar_day(until), "$quiet")
    axis = beside([words(" " * margin), words("└" + "─" * across, "$line")])
    gap = across - begin.width - end.width
    labels = beside([words(" " * (margin + 1)), begin, words(" " * max(1, gap)), end if gap > 0 else EMPTY])
    return above([axis, labels])
