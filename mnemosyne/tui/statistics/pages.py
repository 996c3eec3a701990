"""The pages of the statistics, each a picture: the overview, memory, mistakes and cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from mnemosyne.progress.statistics import Activity, MisconceptionHistory, ReviewGroup, Statistics, Trend
from mnemosyne.reports.phrases import (
    NOTHING,
    cost_text,
    duration_text,
    ease_bin,
    interval_bin,
    leech_text,
    one_or_two_spans,
    predictions_text,
    proposals_text,
    rate_text,
    share_text,
    span_name,
    sparkline,
    trend_text,
)
from mnemosyne.reports.plots import coming_chart, retention_chart, reviews_chart, time_chart
from mnemosyne.reports.terminal import RETENTIONS
from mnemosyne.scheduling.prediction import PredictionLosses
from mnemosyne.text import pluralize
from mnemosyne.tui import wording
from mnemosyne.tui.heatmap import heatmap
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, indented, prose, sized, words
from mnemosyne.tui.skill_bars import skill_bar
from mnemosyne.tui.statistics.blocks import bars, block, colored_plot, facts, figure_table, half, two_columns

_NAME: Final = 20  # cells of a name
_HEADS: Final = ("", "cards", "reviews", "passed", "mean")
_SIGNS: Final = {
    Trend.GONE: ("✓", "$right"),
    Trend.FADING: ("↘", "$right"),
    Trend.STUBBORN: ("→", "$unsure"),
    Trend.GROWING: ("↗", "$wrong"),
    Trend.RARE: ("·", "$quiet"),
}
_MARGIN: Final = 3  # cells before the text on a misconception
_COST: Final = 36
_BARS: Final = 53  # most bars of a sparkline
_WHY = "Share of reviews passed (interval ≥ 1 day). Mature: interval ≥ 21 days."


def overview_page(statistics: Statistics, width: int) -> Picture:
    """Draw the overview page."""
    column = half(width)
    step = span_name(statistics.period)
    reviews = block(f"Reviews per {step}", colored_plot(reviews_chart(statistics, column)))
    minutes = block(f"Minutes per {step}", colored_plot(time_chart(statistics, column), "$new"))
    year = block("Answers per day", heatmap(statistics.year, statistics.today, column))
    coming = colored_plot(coming_chart(statistics, column), "$drill")
    forecast = block("Forecast: due and new cards, if graded 4", coming)
    return above(
        [facts(_facts(statistics)), two_columns(reviews, minutes, width), two_columns(year, forecast, width)],
        gap=1,
    )


def _facts(statistics: Statistics) -> Iterator[tuple[str, str]]:
    cards, streak, days = statistics.cards, statistics.streak, len(statistics.days)
    yield "Today", _done_line(statistics.done_today)
    yield "Streak", f"{pluralize(streak.current, 'day')}, longest {pluralize(streak.longest, 'day')}"
    yield "Period", _done_line(statistics.done)
    if days:
        mean = duration_text(statistics.done.spent / days)
        yield "", f"on {days} of {pluralize(statistics.period.days, 'day')}, {mean} on each"
    suspended = f", {cards.suspended:,} of them suspended" if cards.suspended else ""
    yield "Cards", f"{cards.total:,}: {cards.new:,} new, {cards.young:,} young, {cards.mature:,} mature{suspended}"


def _done_line(activity: Activity) -> str:
    if not activity.answers:
        return "nothing yet"
    first = f" ({activity.first:,} new)" if activity.first else ""
    drills = f", {pluralize(activity.drills, 'drill')}" if activity.drills else ""
    practised = f", {activity.practised:,} practised" if activity.practised else ""
    return f"{pluralize(activity.reviews, 'review')}{first}{drills}{practised}, {duration_text(activity.spent)}"


def cards_page(statistics: Statistics, width: int) -> Picture:
    """Draw the cards page."""
    column = half(width)
    kinds = block("By kind", _groups(statistics.kinds))
    links = block("By number of links", _groups(statistics.links))
    tags = block("By tag", _groups(sorted(statistics.tags, key=lambda group: -group.reviews)))
    intervals = [(interval_bin(ease_group), ease_group.cards, "") for ease_group in statistics.intervals]
    eases = [(ease_bin(ease_group), ease_group.cards, "") for ease_group in statistics.eases]
    sizes = above([block("Intervals", bars(intervals, column)), block("Ease factors", bars(eases, column))], gap=1)
    leeches = block("Leeches", *(prose(leech_text(leech), column) for leech in statistics.leeches))
    return above([two_columns(kinds, links, width), two_columns(tags, above([sizes, leeches], gap=1), width)], gap=1)


def _groups(groups: Sequence[ReviewGroup]) -> Picture:
    return figure_table(_HEADS, [_row(group) for group in groups])


def _row(group: ReviewGroup) -> tuple[str, ...]:
    name = group.name if len(group.name) <= _NAME else f"{group.name[: _NAME - 1]}…"
    passed = share_text(group.rate.share)
    return name, f"{group.cards:,}", f"{group.reviews:,}", passed, duration_text(group.mean)


def mistakes_page(statistics: Statistics, width: int) -> Picture:
    """Draw the mistakes page."""
    if not statistics.misconceptions:
        return prose("No named mistakes in this period.", width, "$quiet")
    answers = [span.done.answers for span in statistics.spans]
    about = f"Mistakes by time lost. Bars: share of answers with the mistake, every {_step(statistics)}."
    head = prose(about, width, "$quiet")
    return above([head, *(_misconception(history, answers, width) for history in statistics.misconceptions)], gap=1)


def _step(statistics: Statistics) -> str:
    """Return the period that one bar covers; on narrow screens two of them may share a bar."""
    period = statistics.period
    return one_or_two_spans(period) if len(statistics.spans) > _BARS // 2 else span_name(period)


def _misconception(history: MisconceptionHistory, answers: list[int], width: int) -> Picture:
    sign, style = _SIGNS[history.trend]
    title = beside(
        [sized(words(sign, f"bold {style}"), _MARGIN), prose(wording.mistake(history.misconception), width - _MARGIN)]
    )
    room = width - _MARGIN - _COST
    line = sparkline(history.counts, answers, min(_BARS, room))
    bars = words("".join(bar * max(1, room // len(line)) for bar in line), style)
    trend = prose(trend_text(history), width - _MARGIN, style)
    return above(
        [title, indented(beside([sized(words(cost_text(history)), _COST), bars]), _MARGIN), indented(trend, _MARGIN)]
    )


def memory_page(statistics: Statistics, width: int) -> Picture:
    """Draw the memory page."""
    column = half(width)
    rates = _retention(statistics)
    retention = block("True retention", rates, prose(_WHY, column, "$quiet")) if rates.lines else EMPTY
    over_time = block("Over the period, in percent", colored_plot(retention_chart(statistics, column), "$right"))
    qualities = block("Grades", _qualities(statistics, column))
    calibration = block("Proposed and chosen grades", _calibration(statistics, column))
    figures = [two_columns(retention, over_time, width), two_columns(qualities, calibration, width)]
    if not any(picture.lines for picture in figures):
        return EMPTY
    skills = block("Skills, weakest first", _skills(statistics, width))
    return above(
        [*figures, skills, block("Schedulers on your log", *_predictions(statistics.predictions, width))], gap=1
    )


def _skills(statistics: Statistics, width: int) -> Picture:
    return above([skill_bar(skill, width) for skill in statistics.skills])


def _predictions(predictions: PredictionLosses | None, width: int) -> Iterator[Picture]:
    if predictions is None:
        yield words("comparing …", "$quiet")
        return
    yield prose(predictions_text(predictions), width)
    losses = [
        (
            loss.predictor.value,
            f"{loss.log_loss:.4f}",
            f"{loss.rmse_bins:.4f}",
            NOTHING if loss.auc is None else f"{loss.auc:.4f}",
        )
        for loss in predictions.losses
    ]
    yield figure_table(("", "log loss", "RMSE (bins)", "AUC"), losses)


def _retention(statistics: Statistics) -> Picture:
    if not any(retention.all.reviews for retention in statistics.retention):
        return EMPTY
    rows = [
        (name, rate_text(retention.young), rate_text(retention.mature), rate_text(retention.all))
        for name, retention in zip(RETENTIONS, statistics.retention, strict=True)
    ]
    return figure_table(("", "young", "mature", "all"), rows)


def _qualities(statistics: Statistics, width: int) -> Picture:
    total = sum(statistics.qualities)
    counts = reversed(list(enumerate(statistics.qualities)))
    return bars([(str(quality), count, share_text(count / total)) for quality, count in counts if total], width)


def _calibration(statistics: Statistics, width: int) -> Picture:
    calibration = statistics.calibration
    if not calibration.proposed:
        return EMPTY
    rows = [
        (f"proposed {proposed}", *(f"{count:,}" if count else NOTHING for count in row))
        for proposed, row in reversed(list(enumerate(calibration.chosen)))
        if any(row)
    ]
    return above(
        [prose(proposals_text(calibration), width), figure_table(("", *(f"→ {quality}" for quality in range(6))), rows)]
    )
