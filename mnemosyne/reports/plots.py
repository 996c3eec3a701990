"""Plots for a terminal, as plain lines of text that are readable without colour. Drawn by plotext.

Plotext is imported when the first plot is drawn. It draws on one figure of its own, so plots are drawn one at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

HEIGHT: Final = 9  # lines, the axis included
_GAP: Final = 4  # cells at least between the beginnings of two labels, beside their length
_EXACT: Final = 20

Labels = Sequence[tuple[float, str]]  # the place of a bar or point, from 0, and what stands under it


def bars(values: Sequence[float], labels: Labels, width: int, height: int = HEIGHT) -> list[str]:
    """A bar for each value; nothing where all are zero."""
    most = max(values, default=0)
    if most <= 0:
        return []
    margin = len(_tick(most))
    cells = max(1, (width - margin) // len(values))  # of each bar with its gap: whole ones, so that all are alike
    solid = max(1, cells - 1)
    columns = [(place * cells + cell, value) for place, value in enumerate(values) if value for cell in range(solid)]
    plot = _cleared(min(width, margin + cells * len(values)), height)
    plot.scatter([column for column, _ in columns], [value for _, value in columns], marker="█", fillx=True)
    plot.xlim(0, cells * len(values) - 1)
    return _drawn(plot, [(place * cells + (solid - 1) / 2, text) for place, text in labels], width, (0, most))


def line(
    points: Sequence[tuple[int, float]], count: int, labels: Labels, width: int, limits: tuple[float, float]
) -> list[str]:
    """A line through the points, whose places are from 0 to `count` - 1; nothing for fewer than two."""
    if len(points) < 2:
        return []
    plot = _cleared(width, HEIGHT)
    plot.plot([place for place, _ in points], [value for _, value in points], marker="braille")
    plot.xlim(-0.5, count - 0.5)
    return _drawn(plot, labels, width, limits)


def _tick(value: float) -> str:
    return f"{value:,.0f} "


def _cleared(width: int, height: int) -> Any:
    import plotext

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.limit_size(False, False)
    plotext.plotsize(width, height)
    plotext.frame(False)
    return plotext


def _drawn(plot: Any, labels: Labels, width: int, limits: tuple[float, float]) -> list[str]:
    low, high = limits
    middle = [(low + high) / 2] if high - low >= _EXACT else []  # half of a small number is none to write
    ticks = [low, *middle, high]
    plot.ylim(low, high)
    plot.yticks(ticks, [_tick(tick) for tick in ticks])
    shown = _with_room(labels, width)
    plot.xticks([place for place, _ in shown], [text for _, text in shown])
    text: str = plot.uncolorize(plot.build())
    return [row.rstrip() for row in text.splitlines()]


def _with_room(labels: Labels, width: int) -> Labels:
    """As many of the labels, evenly chosen, as can stand side by side."""
    widest = max((len(text) for _, text in labels), default=0) + _GAP
    step = max(1, -(-len(labels) * widest // width))
    return labels[::step]
