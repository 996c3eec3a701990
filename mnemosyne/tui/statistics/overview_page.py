"""The first page: today, the period, how much was done when, the year, and what comes."""

from __future__ import annotations

from collections.abc import Iterator

from mnemosyne.progress.statistics import Activity, Statistics
from mnemosyne.reports.phrases import duration_text, span_name
from mnemosyne.reports.plots import coming_chart, reviews_chart, time_chart
from mnemosyne.text import pluralize
from mnemosyne.tui.heatmap import heatmap
from mnemosyne.tui.picture import Picture, above
from mnemosyne.tui.statistics.blocks import block, colored_plot, facts, half, two_columns


def overview_page(statistics: Statistics, width: int) -> Picture:
    """Return the page."""
    column = half(width)
    step = span_name(statistics.period)
    reviews = block(f"Reviews per {step}", colored_plot(reviews_chart(statistics, column)))
    minutes = block(f"Minutes per {step}", colored_plot(time_chart(statistics, column), "$new"))
    year = block("Answers per day", heatmap(statistics.year, statistics.today, column))
    coming = colored_plot(coming_chart(statistics, column), "$drill")
    forecast = block("Forecast: due and new cards, at grade 4", coming)
    return above(
        [facts(_facts(statistics)), two_columns(reviews, minutes, width), two_columns(year, forecast, width)],
        gap=1,
    )


def _facts(statistics: Statistics) -> Iterator[tuple[str, str]]:
    cards, streak, days = statistics.cards, statistics.streak, len(statistics.days)
    yield "Today", _done(statistics.done_today)
    yield "Streak", f"{pluralize(streak.current, 'day')}, the longest {pluralize(streak.longest, 'day')}"
    yield "Period", _done(statistics.done)
    if days:
        mean = duration_text(statistics.done.spent / days)
        yield "", f"on {days} of {pluralize(statistics.period.days, 'day')}, {mean} on each"
    suspended = f", {cards.suspended:,} of them suspended" if cards.suspended else ""
    yield "Cards", f"{cards.total:,}: {cards.new:,} new, {cards.young:,} young, {cards.mature:,} mature{suspended}"


def _done(activity: Activity) -> str:
    if not activity.answers:
        return "nothing yet"
    first = f" ({activity.first:,} new)" if activity.first else ""
    drills = f", {pluralize(activity.drills, 'drill')}" if activity.drills else ""
    practised = f", {activity.practised:,} practised" if activity.practised else ""
    return f"{pluralize(activity.reviews, 'review')}{first}{drills}{practised}, {duration_text(activity.spent)}"
