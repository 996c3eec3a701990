"""Plots for a terminal, as plain lines of text that are readable without colour.

Drawn by plotext, which is imported for the first plot. It has a single figure, so plots are drawn
one at a time. Labels are added here: plotext inconsistently drops some that are close together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from mnemosyne.progress.statistics import Statistics
from mnemosyne.reports.phrases import short_day
from mnemosyne.scheduling.study_day import plus_days

HEIGHT: Final = 9  # lines, including the labels
_FULL: Final = (3, 4)  # the share of the width to be filled by bars of equal width
_GAP: Final = 3  # least number of cells between two labels
_EXACT: Final = 20  # scales smaller than this have no middle tick

Labels = Sequence[tuple[int, str]]  # the index of a bar or point, from 0, and its label


def bar_lines(values: Sequence[float], labels: Labels, width: int, height: int = HEIGHT) -> list[str]:
    """Draw a bar for each value; return no lines if all are zero."""
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
    return _plot_lines(plot, under, width, (0, most))


def _bars(count: int, room: int) -> tuple[list[range], int]:
    """Return the cells of each bar, and how many there are in all: more than the room if bars share a cell.

    All bars have the same width and gap, unless that would leave too much of the room empty.
    """
    cells = max(1, room // count)
    if cells * count * _FULL[1] >= room * _FULL[0]:
        return [range(place * cells, (place + 1) * cells - (cells > 1)) for place in range(count)], cells * count
    return [range(place * room // count, (place + 1) * room // count) for place in range(count)], room


def line_plot(
    points: Sequence[tuple[int, float]], count: int, labels: Labels, width: int, limits: tuple[float, float]
) -> list[str]:
    """Draw a line through the points, at indices from 0 to `count` - 1; return no lines for fewer than two."""
    if len(points) < 2:
        return []
    margin = len(_tick(limits[1]))
    plot = _cleared(width, HEIGHT - 1)
    plot.plot([place for place, _ in points], [value for _, value in points], marker="braille")
    plot.xlim(-0.5, count - 0.5)
    under = [(margin + int((place + 0.5) * (width - margin) / count), text) for place, text in labels]
    return _plot_lines(plot, under, width, limits)


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


def _plot_lines(plot: Any, under: Iterable[tuple[int, str]], width: int, limits: tuple[float, float]) -> list[str]:
    low, high = limits
    middle = [(low + high) / 2] if high - low >= _EXACT else []
    ticks = [low, *middle, high]
    plot.ylim(low, high)
    plot.yticks(ticks, [_tick(tick) for tick in ticks])
    text: str = plot.uncolorize(plot.build())
    return [*(row.rstrip() for row in text.splitlines()), _labelled(under, width)]


def _labelled(under: Iterable[tuple[int, str]], width: int) -> str:
    """Put the labels on one line, each centred on its column, omitting those for which there is no room."""
    row = ""
    for column, text in under:
        begin = max(0, column - len(text) // 2)
        if begin >= len(row) + _GAP * bool(row) and begin + len(text) <= width:
            row = f"{row:{begin}}{text}"
    return row


_LOWEST: Final = 50  # percent: lower values are drawn at the bottom
_ENOUGH: Final = 5  # reviews in a span; the retention of fewer fluctuates too much
_LEAST: Final = 40  # cells; a narrower chart is useless


def reviews_chart(statistics: Statistics, width: int) -> list[str]:
    """Draw the reviews in each span of the period."""
    return _spans(statistics, [span.done.reviews for span in statistics.spans], width)


def time_chart(statistics: Statistics, width: int) -> list[str]:
    """Draw the minutes in each span of the period."""
    return _spans(statistics, [span.done.spent.total_seconds() / 60 for span in statistics.spans], width)


def retention_chart(statistics: Statistics, width: int) -> list[str]:
    """Draw true retention of all cards in each span of the period, in percent."""
    rates = [span.retention.all for span in statistics.spans]
    shares = [(place, rate.share) for place, rate in enumerate(rates) if rate.reviews >= _ENOUGH]
    points = [(place, max(_LOWEST, 100 * share)) for place, share in shares if share is not None]
    return line_plot(points, len(rates), _begins(statistics), width, (_LOWEST, 100)) if width >= _LEAST else []


def coming_chart(statistics: Statistics, width: int) -> list[str]:
    """Draw the cards due on each of the coming days, including new ones."""
    days = [plus_days(statistics.today, ahead) for ahead in range(len(statistics.forecast))]
    labels = [(ahead, "today" if ahead == 0 else short_day(day)) for ahead, day in enumerate(days)]
    load = [due + new for due, new in zip(statistics.forecast, statistics.coming_new, strict=True)]
    return bar_lines(load, labels, width) if width >= _LEAST else []


def _spans(statistics: Statistics, values: list[float] | list[int], width: int) -> list[str]:
    return bar_lines(values, _begins(statistics), width) if len(values) > 1 and width >= _LEAST else []


def _begins(statistics: Statistics) -> Labels:
    return [(place, short_day(span.period.since)) for place, span in enumerate(statistics.spans)]
