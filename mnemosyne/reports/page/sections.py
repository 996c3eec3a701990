"""The content of the page, in order: each section with its sentence, its charts and the tables behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Final

from mnemosyne.calculus.misconceptions.catalogue import title_of
from mnemosyne.progress.statistics import Frequency, MisconceptionHistory, Span, Statistics, Trend
from mnemosyne.reports import phrases, progress_tables
from mnemosyne.reports.page.bar_charts import Bars, Series, svg
from mnemosyne.reports.table import Cell, Table, cell_text, in_percent
from mnemosyne.text import pluralize

MOST_MISCONCEPTIONS: Final = 8  # charts; the table has all
MOST_GROUPS: Final = 12  # bars of the largest groups, and one for the rest; the table has all
MOST_LEECHES: Final = 20  # rows; the other formats and `cards list leech` have all
MARKS: Final = {Trend.FADING: "↓", Trend.GONE: "✓", Trend.GROWING: "↑", Trend.STUBBORN: "→", Trend.RARE: "·"}


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A chart as SVG, with a caption, and the names of its series if there are several."""

    svg: str  # the SVG element
    caption: str = ""
    series: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a sentence, charts, and the tables behind them; `wide` ones take the page's full width."""

    id: str  # the `id` of its HTML element
    title: str  # the heading
    about: str  # a sentence on the figures; may be empty
    pictures: tuple[ChartPicture, ...]
    tables: tuple[Table, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class MisconceptionLine:
    """A misconception in the list: its cost, its trend, and its share of answers over time."""

    title: str  # the misconception's title
    trend: str  # the value of its `Trend`, for the stylesheet
    word: str  # the trend in words
    mark: str  # the trend as one sign
    cost: str  # how many answers, and the time on them
    svg: str  # a chart of its share of the answers, span by span


def activity_section(statistics: Statistics) -> Section:
    """Return reviews and minutes in each span of the period."""
    table = progress_tables.spans_table(statistics)
    word = phrases.span_name(statistics.period)
    pictures = (
        *pictures_of(bars_of(table, ("reviews",), f"reviews per {word}"), f"Reviews per {word}"),
        *pictures_of(bars_of(table, ("time",), f"minutes per {word}"), f"Minutes per {word}"),
    )
    span = {"day": "a study day", "four weeks": word}.get(word, f"a {word}")
    about = f"Each bar covers {span}."
    return Section(
        "activity", "Activity", about, pictures, (table, progress_tables.activity_table(statistics)), wide=True
    )


def forecast_section(statistics: Statistics) -> Section:
    """Return the forecast."""
    return _section(progress_tables.forecast_table(statistics), ("due", "new"), "due and new cards on each coming day")


def retention_section(statistics: Statistics) -> Section:
    """Return true retention of young and of mature cards."""
    return _section(
        progress_tables.retention_table(statistics),
        ("young", "mature"),
        "true retention of young and mature cards",
        100,
    )


def qualities_section(statistics: Statistics) -> Section:
    """Return how often each grade was chosen."""
    return _section(progress_tables.qualities_table(statistics), ("reviews",), "reviews by grade")


def intervals_section(statistics: Statistics) -> Section:
    """Return the cards by interval, each bar named by its lower bound."""
    return _section_of_ranges(progress_tables.intervals_table(statistics), "cards by their interval in days")


def eases_section(statistics: Statistics) -> Section:
    """Return the cards by ease factor, each bar named by its lower bound."""
    return _section_of_ranges(progress_tables.eases_table(statistics), "cards by their ease factor")


def _section_of_ranges(table: Table, about: str) -> Section:
    bars = bars_of(table, ("cards",), f"{about}, each bar starting at the number below it")
    begins = tuple(label.partition("–")[0] for label in bars.labels)
    return Section(table.id, table.title, table.about, pictures_of(replace(bars, labels=begins)), (table,))


def accuracy_section(statistics: Statistics) -> Section:
    """Return the share of reviews passed by tag, by kind and by number of links."""
    groups = tuple(table for table in progress_tables.group_tables(statistics) if table.rows)
    pictures = [
        pictures_of(
            bars_of(heaviest(table), ("passed",), f"reviews passed {table.title.lower()}", 100, lying=True),
            table.title,
        )
        for table in groups
    ]
    about = "Share of reviews passed, in percent."
    return Section("accuracy", "Results", about, tuple(chain.from_iterable(pictures)), groups, wide=True)


def heaviest(table: Table) -> Table:
    """Return the table; if it has too many groups, those with the most reviews, and the rest as one."""
    if len(table.rows) <= MOST_GROUPS + 1:
        return table
    places = {head.name: place for place, head in enumerate(table.heads)}
    reviews, passed = places["reviews"], places["passed"]
    ordered = sorted(table.rows, key=lambda row: -(_number(row[reviews]) or 0))
    rest = ordered[MOST_GROUPS:]
    weights = [_number(row[reviews]) or 0 for row in rest]
    rates = [_number(row[passed]) or 0 for row in rest]
    share = sum(weight * rate for weight, rate in zip(weights, rates, strict=True)) / max(1, sum(weights))
    summed: list[Cell] = [None] * len(table.heads)
    summed[0], summed[reviews], summed[passed] = f"{len(rest)} others", int(sum(weights)), share
    return replace(table, rows=(*ordered[:MOST_GROUPS], tuple(summed)))


def topic_section(number: int, statistics: Statistics) -> Section:
    """Return the section of a topic, the `number`th: its activity and retention, with its mistakes in a table."""
    cards, word = statistics.cards, phrases.span_name(statistics.period)
    spans, passed = progress_tables.spans_table(statistics), statistics.retention[-1].all
    about = (
        f"{pluralize(cards.total, 'card')}: {cards.new:,} new, {cards.young:,} young, {cards.mature:,} mature;"
        f" {statistics.forecast[0]:,} due now. {pluralize(statistics.done.reviews, 'review')} in this period"
        f"{f'; true retention: {phrases.rate_text(passed)}' if passed.reviews else ''}."
    )
    pictures = (
        *pictures_of(bars_of(spans, ("reviews",), f"reviews per {word}"), f"Reviews per {word}"),
        *(replace(picture, caption="True retention") for picture in retention_section(statistics).pictures),
    )
    mistakes = progress_tables.misconceptions_table(statistics)
    retention = progress_tables.retention_table(statistics)
    tables = tuple(table for table in (spans, retention, mistakes) if table.rows)
    return Section(f"topic-{number}", statistics.topic_title, about, pictures, tables, wide=True)


def skills_sections(statistics: Statistics) -> tuple[Section, ...]:
    """Return the section on how well each skill is remembered; none if no skill was met."""
    if not statistics.skills:
        return ()
    table = progress_tables.skills_table(statistics)
    bars = bars_of(table, ("remembered",), "probability that each skill is remembered today", 100, lying=True)
    return (Section(table.id, table.title, table.about, pictures_of(bars), (table,)),)


def predictions_sections(statistics: Statistics) -> tuple[Section, ...]:
    """Return the section on how well each scheduler predicts the learner's answers; none without figures."""
    if statistics.predictions is None or not statistics.predictions.losses:
        return ()
    table = progress_tables.predictions_table(statistics.predictions)
    bars = bars_of(table, ("log loss",), "log loss of each scheduler on your answers", lying=True)
    return (Section(table.id, table.title, table.about, pictures_of(bars), (table,), wide=True),)


def worst_leeches(statistics: Statistics) -> tuple[Table, int]:
    """Return the table of the worst leeches, and how many more there are."""
    table = progress_tables.leeches_table(statistics)
    return replace(table, rows=table.rows[:MOST_LEECHES]), max(0, len(table.rows) - MOST_LEECHES)


def misconception_lines(statistics: Statistics) -> tuple[MisconceptionLine, ...]:
    """Return the misconceptions that cost the most time, each with its share of answers over time."""
    return tuple(
        _misconception_line(history, statistics.spans) for history in statistics.misconceptions[:MOST_MISCONCEPTIONS]
    )


def _misconception_line(history: MisconceptionHistory, spans: tuple[Span, ...]) -> MisconceptionLine:
    """Return a misconception's line; its bars are shares of answers, so that fewer answers alone do not lower them."""
    title = title_of(history.misconception)
    labels = tuple(span.period.since.isoformat() for span in spans)
    counted_spans = zip(history.counts, spans, strict=True)
    shares = tuple(in_percent(Frequency(count, span.done.answers)) for count, span in counted_spans)
    bars = Bars(f"share of answers with the mistake: {title}", labels, (Series("", shares),), "%", bare=True)
    cost = f"{cell_text(history.times)}×, {phrases.duration_text(history.spent)}"
    return MisconceptionLine(
        title, history.trend.value, phrases.TREND_WORDS[history.trend], MARKS[history.trend], cost, svg(bars)
    )


def _section(table: Table, names: tuple[str, ...], about: str, top: float | None = None) -> Section:
    return Section(table.id, table.title, table.about, pictures_of(bars_of(table, names, about, top)), (table,))


def bars_of(table: Table, names: tuple[str, ...], about: str, top: float | None = None, *, lying: bool = False) -> Bars:
    """Return the columns with these names as bars, labelled by the first column."""
    rows = tuple(reversed(table.rows)) if lying else table.rows  # drawn from the bottom up
    places = {head.name: place for place, head in enumerate(table.heads)}
    series = tuple(Series(name, tuple(_number(row[places[name]]) for row in rows)) for name in names)
    unit = table.heads[places[names[0]]].unit
    return Bars(about, tuple(_label(row[0]) for row in rows), series, unit, top, lying)


def _label(cell: object) -> str:
    """Return a bar's label: a day without its year, which is in the page's title, or a short word for the period."""
    if cell == progress_tables.WHOLE_PERIOD:
        return "all"
    try:
        return phrases.short_day(date.fromisoformat(str(cell)))
    except ValueError:
        return str(cell)


def pictures_of(bars: Bars, caption: str = "") -> tuple[ChartPicture, ...]:
    """Draw the chart; none if all values are 0 or missing."""
    if not any(value for series in bars.series for value in series.values):
        return ()
    names = tuple(series.name for series in bars.series)
    return (ChartPicture(svg(bars), caption, names if len(names) > 1 else ()),)


def _number(cell: object) -> float | None:
    return cell if isinstance(cell, int | float) else None
