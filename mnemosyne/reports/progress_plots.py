"""The charts of progress for a terminal: what is plotted of the statistics, and what stands under it."""

from __future__ import annotations

from typing import Final

from mnemosyne.progress.statistics import Statistics
from mnemosyne.reports.phrases import short_day
from mnemosyne.reports.plots import Labels, bar_lines, line_plot
from mnemosyne.scheduling.study_day import plus_days

_LOWEST: Final = 50  # percent: true retention below is off the chart at its foot
_ENOUGH: Final = 5  # reviews of a span; the retention of fewer jumps up and down
_LEAST: Final = 40  # cells; a narrower chart says nothing


def reviews_chart(statistics: Statistics, width: int) -> list[str]:
    """Draw the reviews in each span of the period."""
    return _spans(statistics, [span.done.reviews for span in statistics.spans], width)


def time_chart(statistics: Statistics, width: int) -> list[str]:
    """Draw the minutes in each span of the period."""
    return _spans(statistics, [span.done.spent.total_seconds() / 60 for span in statistics.spans], width)


def retention_chart(statistics: Statistics, width: int) -> list[str]:
    """Draw the true retention of young and mature cards together over the spans of the period, in percent."""
    rates = [span.retention.all for span in statistics.spans]
    shares = [(place, rate.share) for place, rate in enumerate(rates) if rate.reviews >= _ENOUGH]
    points = [(place, max(_LOWEST, 100 * share)) for place, share in shares if share is not None]
    return line_plot(points, len(rates), _begins(statistics), width, (_LOWEST, 100)) if width >= _LEAST else []


def coming_chart(statistics: Statistics, width: int) -> list[str]:
    """Draw the cards that come on each of the coming days, due and new ones together."""
    days = [plus_days(statistics.today, ahead) for ahead in range(len(statistics.forecast))]
    labels = [(ahead, "today" if ahead == 0 else short_day(day)) for ahead, day in enumerate(days)]
    load = [due + new for due, new in zip(statistics.forecast, statistics.coming_new, strict=True)]
    return bar_lines(load, labels, width) if width >= _LEAST else []


def _spans(statistics: Statistics, values: list[float] | list[int], width: int) -> list[str]:
    return bar_lines(values, _begins(statistics), width) if len(values) > 1 and width >= _LEAST else []


def _begins(statistics: Statistics) -> Labels:
    return [(place, short_day(span.period.since)) for place, span in enumerate(statistics.spans)]
