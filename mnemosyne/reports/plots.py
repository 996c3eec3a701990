"""Plots for a terminal, as plain lines of text that are readable without colour. Drawn by plotext.

Plotext is imported when the first plot is drawn. It draws on one figure of its own, so plots are drawn one at a time.
The labels below are written here: plotext leaves out some that are near each other, and not always the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

HEIGHT: Final = 9  # lines, the labels included
_FULL: Final = (3, 4)  # the share of the width that bars of one width have to fill
_GAP: Final = 3  # cells at least between two labels
_EXACT: Final = 20  # a scale that ends below has no middle: half of a small number is none to write

Labels = Sequence[tuple[int, str]]  # the place of a bar or point, from 0, and what stands under it


def bar_lines(values: Sequence[float], labels: Labels, width: int, height: int = HEIGHT) -> list[str]:
    """Draw a bar for each value; return no lines where all are zero."""
    most = max(values, default=0)
    if most <= 0:
        return []
    margin = len(_tick(most))
    bars, cells = _bars(len(values), width - margin)
    columns = [(cell, value) for bar, value in zip(bars, values, strict=True) if value for cell in bar]
    across = min(width - margin, cells)
    plot = _cleared(margin + across, height - 1)
    plot.scatter([column for column, _ in columns], [value for _, value in columns], marker="█", fillx=True)
    plot.xlim(0, cells - 1)
    under = [
        (margin + int((bars[place].start + bars[place].stop) / 2 * across / cells), text) for place, text in labels
    ]
    return _drawn(plot, under, width, (0, most))


def _bars(count: int, room: int) -> tuple[list[range], int]:
    """Return the cells of each bar, and how many there are in all: more than the room where bars share a cell.

    All bars are alike, with gaps between them, unless that would leave much of the room empty.
    """
    cells = max(1, room // count)
    if cells * count * _FULL[1] >= room * _FULL[0]:
        return [range(place * cells, (place + 1) * cells - (cells > 1)) for place in range(count)], cells * count
    return [range(place * room // count, (place + 1) * room // count) for place in range(count)], room


def line_plot(
    points: Sequence[tuple[int, float]], count: int, labels: Labels, width: int, limits: tuple[float, float]
) -> list[str]:
    """Draw a line through the points, whose places are from 0 to `count` - 1; return no lines for fewer than two."""
    if len(points) < 2:
        return []
    margin = len(_tick(limits[1]))
    plot = _cleared(width, HEIGHT - 1)
    plot.plot([place for place, _ in points], [value for _, value in points], marker="braille")
    plot.xlim(-0.5, count - 0.5)
    under = [(margin + int((place + 0.5) * (width - margin) / count), text) for place, text in labels]
    return _drawn(plot, under, width, limits)


def _tick(value: float) -> str:
    return f"{value:,.0f} "


def _cleared(width: int, height: int) -> Any:
    import plotext

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.limit_size(False, False)
    plotext.plotsize(width, height)
    plotext.frame(False)
    plotext.xticks([])
    return plotext


def _drawn(plot: Any, under: Iterable[tuple[int, str]], width: int, limits: tuple[float, float]) -> list[str]:
    low, high = limits
    middle = [(low + high) / 2] if high - low >= _EXACT else []
    ticks = [low, *middle, high]
    plot.ylim(low, high)
    plot.yticks(ticks, [_tick(tick) for tick in ticks])
    text: str = plot.uncolorize(plot.build())
    return [*(row.rstrip() for row in text.splitlines()), _labelled(under, width)]


def _labelled(under: Iterable[tuple[int, str]], width: int) -> str:
    """Put the labels on one line, each centred on its column; leave out those for which there is no room."""
    row = ""
    for column, text in under:
        begin = max(0, column - len(text) // 2)
        if begin >= len(row) + _GAP * bool(row) and begin + len(text) <= width:
            row = f"{row:{begin}}{text}"
    return row
