"""The statistics as tables, in the order of a report. `progress.terms` defines each figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from mnemosyne.calculus.misconceptions.catalogue import title_of
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import Bin, Rate, ReviewGroup, Statistics
from mnemosyne.progress.terms import MATURE
from mnemosyne.reports import phrases
from mnemosyne.reports.document_fields import Field, column_heads, columns_of, table_rows
from mnemosyne.reports.progress_fields import (
    CARDS,
    DAY,
    DONE,
    FORECAST,
    GROUP,
    LEECH,
    MISCONCEPTION,
    PREDICTION,
    SKILL,
    SPAN,
    load_by_day,
)
from mnemosyne.reports.table import PERCENT, Cell, ColumnHead, Table, in_percent
from mnemosyne.scheduling.prediction import PredictionLosses
from mnemosyne.text import pluralize

LATELY: Final = (1, 7, 30, 365)  # days of the retentions shown in every report

WHOLE_PERIOD: Final = "whole period"


def all_tables(statistics: Statistics) -> tuple[Table, ...]:
    """Return all tables of the statistics."""
    return (
        activity_table(statistics),
        cards_table(statistics),
        streak_table(statistics),
        days_table(statistics),
        spans_table(statistics),
        forecast_table(statistics),
        retention_table(statistics),
        qualities_table(statistics),
        intervals_table(statistics),
        eases_table(statistics),
        *group_tables(statistics),
        misconceptions_table(statistics),
        misconceptions_by_span_table(statistics),
        calibration_table(statistics),
        leeches_table(statistics),
        *((skills_table(statistics),) if statistics.skills else ()),
        *((predictions_table(statistics.predictions),) if statistics.predictions else ()),
    )


def activity_table(statistics: Statistics) -> Table:
    """Return the table of today and the whole period."""
    rows = zip(("today", "period"), table_rows(DONE, (statistics.done_today, statistics.done)), strict=True)
    about = (
        "Drills are same-day repeats; they and practice are not reviews. A review is passed with a grade of 3 or more."
    )
    heads = (ColumnHead("when"), *column_heads(DONE))
    return Table("done", "Activity", about, heads, tuple((name, *cells) for name, cells in rows))


def cards_table(statistics: Statistics) -> Table:
    """Return the table of the cards by their present state."""
    about = f"A card is mature once its interval reaches {MATURE} days. Suspended cards are counted too."
    rows = tuple((state.name, state.cell_of(statistics.cards)) for state in columns_of(CARDS))
    return Table("cards", "Cards", about, (ColumnHead("state"), ColumnHead("cards", "cards")), rows)


def streak_table(statistics: Statistics) -> Table:
    """Return the table of the streaks."""
    rows = (("now", statistics.streak.current), ("longest", statistics.streak.longest))
    return Table("streak", "Streak", "Study days in a row.", (ColumnHead("streak"), ColumnHead("days", "days")), rows)


def days_table(statistics: Statistics) -> Table:
    """Return the table of every study day with an answer in the last year."""
    return _listed("days", "The year, day by day", "Study days with an answer.", DAY, statistics.year)


def spans_table(statistics: Statistics) -> Table:
    """Return the table of the period's spans."""
    word = phrases.span_name(statistics.period)
    table = _listed("spans", f"Reviews per {word}", "", SPAN, statistics.spans)
    return _named_by(f"{word} from" if word != "day" else word, table)


def forecast_table(statistics: Statistics) -> Table:
    """Return the table of the cards coming due, and of new ones."""
    about = (
        "Cards due on each coming day if you grade every answer 4, overdue ones on the first, and new ones within your"
        " limits. A question about skills counts once: when it comes back also depends on your answers to other"
        " questions."
    )
    return _listed("forecast", "Forecast", about, FORECAST, load_by_day(statistics))


def retention_table(statistics: Statistics) -> Table:
    """Return the table of true retention over the last day, week, month and year, and over the period."""
    about = f"Share of reviews passed (interval ≥ 1 day, first of the day). Mature: interval ≥ {MATURE} days."
    heads = [ColumnHead("period")]
    for name in ("young", "mature", "all"):
        heads += [ColumnHead(name, PERCENT), ColumnHead(f"{name} reviews", "reviews")]
    rows = []
    for part in statistics.retention:
        rates = (part.young, part.mature, part.all)
        rows.append((retention_name(statistics, part.period), *(cell for rate in rates for cell in _rate(rate))))
    return Table("retention", "True retention", about, tuple(heads), tuple(dict.fromkeys(rows)))


def retention_name(statistics: Statistics, period: Period) -> str:
    """Return the name of a retention's period."""
    if period == statistics.period and period.days not in LATELY:
        return WHOLE_PERIOD
    return pluralize(period.days, "day")


def qualities_table(statistics: Statistics) -> Table:
    """Return the table of how often each grade was chosen."""
    whole = sum(statistics.qualities)
    rows = tuple(
        (str(quality), count, in_percent(Rate(count, whole))) for quality, count in enumerate(statistics.qualities)
    )
    about = "0 blank, 3 with effort, 5 instantly."
    return Table(
        "qualities",
        "Grades",
        about,
        (ColumnHead("grade"), ColumnHead("reviews", "reviews"), ColumnHead("share", PERCENT)),
        rows,
    )


def intervals_table(statistics: Statistics) -> Table:
    """Return the table of the cards by interval."""
    rows = tuple((_range(interval, 1), interval.cards) for interval in statistics.intervals)
    about = "Current interval of every card seen."
    return Table("intervals", "Intervals", about, (ColumnHead("days"), ColumnHead("cards", "cards")), rows)


def eases_table(statistics: Statistics) -> Table:
    """Return the table of the cards by ease factor."""
    rows = tuple((_range(ease, 100), ease.cards) for ease in statistics.eases)
    about = "The factor by which an interval grows: it starts at 2.5 and never falls below 1.3."
    return Table("eases", "Ease factors", about, (ColumnHead("ease"), ColumnHead("cards", "cards")), rows)


def group_tables(statistics: Statistics) -> tuple[Table, Table, Table]:
    """Return the tables of accuracy and time by tag, by kind and by the number of links."""
    return (
        _grouped("tags", "By tag", "tag", statistics.tags),
        _grouped("kinds", "By kind", "kind", statistics.kinds),
        _grouped("links", "By number of links", "links", statistics.links),
    )


def misconceptions_table(statistics: Statistics) -> Table:
    """Return the table of the misconceptions, those that cost the most time first."""
    about = "Share of answers with the mistake, in the first and the second half of the period."
    by_id, title, *others = MISCONCEPTION
    return _listed("misconceptions", "Misconceptions", about, (title, by_id, *others), statistics.misconceptions)


def misconceptions_by_span_table(statistics: Statistics) -> Table:
    """Return the table of how often each misconception was named in each span of the period."""
    heads = tuple(ColumnHead(title_of(history.misconception), "answers") for history in statistics.misconceptions)
    counts = zip(
        statistics.spans, zip(*(history.counts for history in statistics.misconceptions), strict=True), strict=False
    )
    rows = tuple((span.period.since.isoformat(), *cells) for span, cells in counts)
    word = phrases.span_name(statistics.period)
    return Table("misconceptions-by-span", f"Misconceptions per {word}", "", (ColumnHead(f"{word} from"), *heads), rows)


def calibration_table(statistics: Statistics) -> Table:
    """Return the table of proposed against chosen grades."""
    heads = (ColumnHead("proposed"), *(ColumnHead(f"chose {quality}", "reviews") for quality in range(6)))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (str(proposed), *qualities_given) for proposed, qualities_given in enumerate(statistics.calibration.chosen)
    )
    return Table("calibration", "Proposed and chosen grades", calibration_text(statistics), heads, rows)


def calibration_text(statistics: Statistics) -> str:
    """Return a sentence on how often the proposed grade was kept."""
    calibration = statistics.calibration
    if not calibration.proposed:
        return "No grade has been proposed yet."
    shares = [
        Rate(part, calibration.proposed) for part in (calibration.accepted, calibration.raised, calibration.lowered)
    ]
    accepted, raised, lowered = (phrases.share_text(share.share) for share in shares)
    return f"Of the proposed grades, {accepted} were accepted, {raised} raised and {lowered} lowered."


def skills_table(statistics: Statistics) -> Table:
    """Return the table of the skills met so far, least remembered first."""
    about = "Skills that your exercises needed, and the probability that you remember each of them today."
    return _listed("skills", "Skills", about, SKILL, statistics.skills)


def predictions_table(predictions: PredictionLosses) -> Table:
    """Return the table of how well each scheduler predicts the learner's answers."""
    about = phrases.predictions_text(predictions)
    return _listed("predictions", "Schedulers on your log", about, PREDICTION, predictions.losses)


def leeches_table(statistics: Statistics) -> Table:
    """Return the table of the leeches."""
    about = "Cards you keep forgetting: reword, split or suspend them."
    return _listed("leeches", "Leeches", about, LEECH, statistics.leeches)


def _rate(rate: Rate) -> tuple[Cell, Cell]:
    return in_percent(rate), rate.reviews


def _range(value_range: Bin, scale: int) -> str:
    low, high = (f"{value / scale:g}" if value is not None else "" for value in (value_range.low, value_range.high))
    return low if low == high else f"{low}–{high}" if high else f"{low}+"


def _grouped(id_: str, title: str, word: str, review_groups: Iterable[ReviewGroup]) -> Table:
    return _named_by(
        word, _listed(id_, title, "Share of reviews passed, and mean time per review.", GROUP, review_groups)
    )


def _listed(id_: str, title: str, about: str, fields: Iterable[Field], items: Iterable[Any]) -> Table:
    """Return a row for each item, with the fields that have a column."""
    columns = columns_of(fields)
    return Table(id_, title, about, column_heads(columns), table_rows(columns, items))


def _named_by(word: str, table: Table) -> Table:
    """Return the table with another head for its first column."""
    return replace(table, heads=(ColumnHead(word), *table.heads[1:]))
