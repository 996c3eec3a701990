"""The statistics as tables, in the order of a report. `terms` of `progress` says what each figure counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from mnemosyne.calculus.misconceptions.catalogue import title_of
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import Activity, Bin, Rate, ReviewGroup, Statistics, Trend
from mnemosyne.progress.terms import MATURE
from mnemosyne.reports import words
from mnemosyne.reports.table import PERCENT, Cell, Table, TableHead, in_minutes, in_percent
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.text import pluralize

_DONE: Final = (
    TableHead("reviews", "reviews"),
    TableHead("first", "reviews"),
    TableHead("passed", PERCENT),
    TableHead("drills", "drills"),
    TableHead("time", "minutes"),
)
TRENDS: Final = {
    Trend.FADING: "fading",
    Trend.GONE: "gone",
    Trend.GROWING: "growing",
    Trend.STUBBORN: "as often as before",
    Trend.RARE: "too rare to tell",
}
LATELY: Final = (1, 7, 30, 365)  # days of the retentions that every report has


def all_tables(statistics: Statistics) -> tuple[Table, ...]:
    """All of them."""
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
    )


def activity_table(statistics: Statistics) -> Table:
    """Today and the whole period."""
    rows = (("today", *_done(statistics.done_today)), ("period", *_done(statistics.done)))
    about = (
        "Drills are same-day repeats: they take time, but are no reviews. A review is passed with quality 3 or more."
    )
    return Table("done", "Done", about, (TableHead("when"), *_DONE), rows)


def cards_table(statistics: Statistics) -> Table:
    """The cards by what they are now."""
    counts = statistics.cards
    about = f"A card is mature from an interval of {MATURE} days on; suspended ones are among the others."
    values = (("new", counts.new), ("young", counts.young), ("mature", counts.mature), ("suspended", counts.suspended))
    return Table("cards", "Cards", about, (TableHead("state"), TableHead("cards", "cards")), values)


def streak_table(statistics: Statistics) -> Table:
    """Days in a row."""
    rows = (("now", statistics.streak.current), ("longest", statistics.streak.longest))
    return Table("streak", "Streak", "Study days in a row.", (TableHead("streak"), TableHead("days", "days")), rows)


def days_table(statistics: Statistics) -> Table:
    """Every study day of the last year with an answer."""
    rows = tuple((day.day.isoformat(), *_done(day.done)) for day in statistics.year)
    return Table("days", "The year, day by day", "Study days with an answer.", (TableHead("day"), *_DONE), rows)


def spans_table(statistics: Statistics) -> Table:
    """The period in equal parts."""
    word = words.span_name(statistics.period)
    rows = tuple((span.period.since.isoformat(), *_done(span.done)) for span in statistics.spans)
    return Table(
        "spans", f"Reviews by the {word}", "", (TableHead(f"{word} from" if word != "day" else word), *_DONE), rows
    )


def forecast_table(statistics: Statistics) -> Table:
    """What comes due."""
    rows = tuple((plus_days(statistics.today, day).isoformat(), due) for day, due in enumerate(statistics.forecast))
    about = "Cards due on each coming day, as things stand; overdue ones are in the first."
    return Table("forecast", "What is coming", about, (TableHead("day"), TableHead("due", "cards")), rows)


def retention_table(statistics: Statistics) -> Table:
    """True retention of the last day, week, month and year, and of the period."""
    about = (
        "How many reviews were passed, of those that were the first of their day, of cards with an interval of a day "
        f"or more, in the last days of the period and in all. Young is an interval below {MATURE} days."
    )
    heads = [TableHead("period")]
    for name in ("young", "mature", "all"):
        heads += [TableHead(name, PERCENT), TableHead(f"{name} reviews", "reviews")]
    rows = []
    for part in statistics.retention:
        rates = (part.young, part.mature, part.all)
        rows.append((retention_name(statistics, part.period), *(cell for rate in rates for cell in _rate(rate))))
    return Table("retention", "True retention", about, tuple(heads), tuple(dict.fromkeys(rows)))


def retention_name(statistics: Statistics, period: Period) -> str:
    """What the period of a retention is called."""
    if period == statistics.period and period.days not in LATELY:
        return "in all"
    return pluralize(period.days, "day")


def qualities_table(statistics: Statistics) -> Table:
    """How often each quality was taken."""
    whole = sum(statistics.qualities)
    rows = tuple(
        (str(quality), count, in_percent(Rate(count, whole))) for quality, count in enumerate(statistics.qualities)
    )
    about = "0 nothing came, 3 with an effort, 5 at once."
    return Table(
        "qualities",
        "Qualities",
        about,
        (TableHead("quality"), TableHead("reviews", "reviews"), TableHead("share", PERCENT)),
        rows,
    )


def intervals_table(statistics: Statistics) -> Table:
    """The cards by interval."""
    rows = tuple((_range(interval, 1), interval.cards) for interval in statistics.intervals)
    about = "For how many days each card that was seen is put off."
    return Table("intervals", "Intervals", about, (TableHead("days"), TableHead("cards", "cards")), rows)


def eases_table(statistics: Statistics) -> Table:
    """The cards by ease factor."""
    rows = tuple((_range(ease, 100), ease.cards) for ease in statistics.eases)
    about = "By what factor an interval grows: 2.5 to begin with, never below 1.3."
    return Table("eases", "Ease factors", about, (TableHead("ease"), TableHead("cards", "cards")), rows)


def group_tables(statistics: Statistics) -> tuple[Table, Table, Table]:
    """Accuracy and time by tag, by kind and by the number of links."""
    return (
        _grouped("tags", "By tag", "tag", statistics.tags),
        _grouped("kinds", "By kind", "kind", statistics.kinds),
        _grouped("links", "By number of links", "links", statistics.links),
    )


def misconceptions_table(statistics: Statistics) -> Table:
    """The misconceptions, the one that costs the most time first."""
    heads = (
        TableHead("mistake"),
        TableHead("id"),
        TableHead("times", "answers"),
        TableHead("lapses", "reviews"),
        TableHead("time", "minutes"),
        TableHead("last"),
        TableHead("earlier half", PERCENT),
        TableHead("later half", PERCENT),
        TableHead("trend"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            title_of(history.misconception),
            history.misconception,
            history.times,
            history.lapses,
            in_minutes(history.spent),
            history.last,
            in_percent(history.early),
            in_percent(history.late),
            TRENDS[history.trend],
        )
        for history in statistics.slips
    )
    return Table(
        "slips", "Misconceptions", "How often in the earlier half of all answers, and in the later.", heads, rows
    )


def misconceptions_by_span_table(statistics: Statistics) -> Table:
    """How often each misconception was named in each part of the period."""
    heads = tuple(TableHead(title_of(history.misconception), "answers") for history in statistics.slips)
    counts = zip(statistics.spans, zip(*(history.counts for history in statistics.slips), strict=True), strict=False)
    rows = tuple((span.period.since.isoformat(), *cells) for span, cells in counts)
    word = words.span_name(statistics.period)
    return Table("slips-by-span", f"Misconceptions by the {word}", "", (TableHead(f"{word} from"), *heads), rows)


def calibration_table(statistics: Statistics) -> Table:
    """What was proposed, and what the learner took."""
    heads = (TableHead("proposed"), *(TableHead(f"took {quality}", "reviews") for quality in range(6)))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (str(proposed), *qualities_given) for proposed, qualities_given in enumerate(statistics.calibration.chosen)
    )
    return Table("calibration", "Proposed and taken", calibration_text(statistics), heads, rows)


def calibration_text(statistics: Statistics) -> str:
    """How often the proposal was taken, in a sentence."""
    calibration = statistics.calibration
    if not calibration.proposed:
        return "No quality was proposed yet."
    shares = [
        Rate(part, calibration.proposed) for part in (calibration.accepted, calibration.raised, calibration.lowered)
    ]
    accepted, raised, lowered = (words.share_text(share.share) for share in shares)
    return f"Of the proposed qualities {accepted} were taken, {raised} raised and {lowered} lowered."


def leeches_table(statistics: Statistics) -> Table:
    """The cards that lapse and lapse."""
    heads = (
        TableHead("card"),
        TableHead("topic"),
        TableHead("kind"),
        TableHead("lapses", "lapses"),
        TableHead("interval", "days"),
        TableHead("suspended"),
    )
    rows = tuple(
        (leech.card_id, leech.topic, leech.kind, leech.lapses, leech.interval, "yes" if leech.suspended else "no")
        for leech in statistics.leeches
    )
    return Table(
        "leeches", "Leeches", "Cards that lapse and lapse: reword them, split them, or suspend them.", heads, rows
    )


def _done(activity: Activity) -> tuple[Cell, ...]:
    return (
        activity.reviews,
        activity.first,
        in_percent(Rate(activity.passed, activity.reviews)),
        activity.drills,
        in_minutes(activity.spent),
    )


def _rate(rate: Rate) -> tuple[Cell, Cell]:
    return in_percent(rate), rate.reviews


def _range(value_range: Bin, scale: int) -> str:
    low, high = (f"{value / scale:g}" if value is not None else "" for value in (value_range.low, value_range.high))
    return low if low == high else f"{low}–{high}" if high else f"{low}+"


def _grouped(id_: str, title: str, word: str, review_groups: Iterable[ReviewGroup]) -> Table:
    heads = (
        TableHead(word),
        TableHead("cards", "cards"),
        TableHead("reviews", "reviews"),
        TableHead("passed", PERCENT),
        TableHead("mean", "seconds"),
    )
    rows = tuple(
        (group.name, group.cards, group.reviews, in_percent(group.rate), round(group.mean / timedelta(seconds=1), 1))
        for group in review_groups
    )
    return Table(id_, title, "How many reviews were passed, and how long one took.", heads, rows)
