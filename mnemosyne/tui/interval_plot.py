"""A card's interval over time as a picture: a line in Braille dots over a logarithmic scale, since intervals multiply.

An interval holds from the review that gave it until the next one; a lapse is a fall. Pure, and as wide as it is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from mnemosyne.tui.picture import EMPTY, Picture, above, beside, pushed, words

HEIGHT = 8  # lines of the plot itself
_DOTS_ACROSS, _DOTS_DOWN = 2, 4  # of one Braille character
_BRAILLE = 0x2800
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # by row and column of the dot
_TICKS = (1, 6, 30, 100, 365, 1000, 3650, 10000)  # days on the scale, as far as they are reached


@dataclass(frozen=True, slots=True)
class Point:
    """From this day on the interval is so many days."""

    day: date
    interval: int


def interval_plot(points: Sequence[Point], until: date, width: int) -> Picture:
    """The line from the first point to `until`, with its scales; nothing without a point."""
    if not points:
        return EMPTY
    top = max(_TICKS[1], *(point.interval for point in points))
    labels = _scale(top)
    margin = max(label.width for label in labels.values())
    across = max(8, width - margin - 1)
    rows = _line(points, until, across, top)
    lines = [
        beside(
            [
                pushed(labels.get(row, EMPTY) if row in labels else words(""), margin),
                words("┤" if row in labels else "│", "$line"),
                words(text, "$key"),
            ]
        )
        for row, text in enumerate(rows)
    ]
    return above([*lines, _days(points[0].day, until, margin, across)])


def _scale(top: int) -> dict[int, Picture]:
    """The labelled rows of the plot."""
    return {_row(days, top): words(f"{days:,} d", "$quiet") for days in _TICKS if days <= top}


def _row(days: int, top: int) -> int:
    return HEIGHT - 1 - _dot(days, top) // _DOTS_DOWN


def _dot(days: int, top: int) -> int:
    """How many dots above the lowest one an interval stands."""
    dots = HEIGHT * _DOTS_DOWN - 1
    return round(dots * log(1 + max(days, 0)) / log(1 + top))


def _line(points: Sequence[Point], until: date, across: int, top: int) -> list[str]:
    """The plot's lines as Braille text."""
    cells = [[0] * across for _ in range(HEIGHT)]
    heights = _heights(points, until, across * _DOTS_ACROSS, top)
    before = heights[0]
    for column, height in enumerate(heights):
        for dot in range(min(before, height), max(before, height) + 1):
            down = HEIGHT * _DOTS_DOWN - 1 - dot
            cells[down // _DOTS_DOWN][column // _DOTS_ACROSS] |= _BITS[down % _DOTS_DOWN][column % _DOTS_ACROSS]
        before = height
    return ["".join(chr(_BRAILLE | cell) if cell else " " for cell in row) for row in cells]


def _heights(points: Sequence[Point], until: date, columns: int, top: int) -> list[int]:
    """The dot of the line in each column of dots."""
    first = points[0].day
    span = max(1, (until - first).days)
    heights: list[int] = []
    at = 0
    for column in range(columns):
        day = column * span / max(1, columns - 1)
        while at + 1 < len(points) and (points[at + 1].day - first).days <= day:
            at += 1
        heights.append(_dot(points[at].interval, top))
    return heights


def _days(first: date, until: date, margin: int, across: int) -> Picture:
    """The first and the last day under the line."""
    begin, end = words(first.isoformat(), "$quiet"), words(until.isoformat(), "$quiet")
    axis = beside([words(" " * margin), words("└" + "─" * across, "$line")])
    gap = across - begin.width - end.width
    named = beside([words(" " * (margin + 1)), begin, words(" " * max(1, gap)), end if gap > 0 else EMPTY])
    return above([axis, named])
