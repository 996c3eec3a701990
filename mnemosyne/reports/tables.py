"""The statistics as tables, in the order of a report. `terms` of `progress` says what each figure counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from mnemosyne.calculus.misconceptions.catalogue import title_of
from mnemosyne.plural import counted
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import Bin, Done, Group, Rate, Statistics, Trend
from mnemosyne.progress.terms import MATURE
from mnemosyne.reports import words
from mnemosyne.reports.table import PERCENT, Cell, Head, Table, minutes, percent
from mnemosyne.scheduling.study_day import plus_days

_DONE: Final = (
    Head("reviews", "reviews"),
    Head("first", "reviews"),
    Head("passed", PERCENT),
    Head("drills", "drills"),
    Head("time", "minutes"),
)
TRENDS: Final = {
    Trend.FADING: "fading",
    Trend.GONE: "gone",
    Trend.GROWING: "growing",
    Trend.STUBBORN: "as often as before",
    Trend.RARE: "too rare to tell",
}
LATELY: Final = (1, 7, 30, 365)  # days of the retentions that every report has


def tables(statistics: Statistics) -> tuple[Table, ...]:
    """All of them."""
    return (
        done(statistics),
        cards(statistics),
        streak(statistics),
        days(statistics),
        spans(statistics),
        forecast(statistics),
        retention(statistics),
        qualities(statistics),
        intervals(statistics),
        eases(statistics),
        *groups(statistics),
        slips(statistics),
        slips_by_span(statistics),
        calibration(statistics),
        leeches(statistics),
    )


def done(statistics: Statistics) -> Table:
    """Today and the whole period."""
    rows = (("today", *_done(statistics.done_today)), ("period", *_done(statistics.done)))
    about = (
        "Drills are same-day repeats: they take time, but are no reviews. A review is passed with quality 3 or more."
    )
    return Table("done", "Done", about, (Head("when"), *_DONE), rows)


def cards(statistics: Statistics) -> Table:
    """The cards by what they are now."""
    found = statistics.cards
    about = f"A card is mature from an interval of {MATURE} days on; suspended ones are among the others."
    values = (("new", found.new), ("young", found.young), ("mature", found.mature), ("suspended", found.suspended))
    return Table("cards", "Cards", about, (Head("state"), Head("cards", "cards")), values)


def streak(statistics: Statistics) -> Table:
    """Days in a row."""
    found = (("now", statistics.streak.current), ("longest", statistics.streak.longest))
    return Table("streak", "Streak", "Study days in a row.", (Head("streak"), Head("days", "days")), found)


def days(statistics: Statistics) -> Table:
    """Every study day of the last year with an answer."""
    rows = tuple((each.day.isoformat(), *_done(each.done)) for each in statistics.year)
    return Table("days", "The year, day by day", "Study days with an answer.", (Head("day"), *_DONE), rows)


def spans(statistics: Statistics) -> Table:
    """The period in equal parts."""
    word = words.span_name(statistics.period)
    rows = tuple((each.period.since.isoformat(), *_done(each.done)) for each in statistics.spans)
    return Table("spans", f"Reviews by the {word}", "", (Head(f"{word} from" if word != "day" else word), *_DONE), rows)


def forecast(statistics: Statistics) -> Table:
    """What comes due."""
    rows = tuple((plus_days(statistics.today, day).isoformat(), due) for day, due in enumerate(statistics.forecast))
    about = "Cards due on each coming day, as things stand; overdue ones are in the first."
    return Table("forecast", "What is coming", about, (Head("day"), Head("due", "cards")), rows)


def retention(statistics: Statistics) -> Table:
    """True retention of the last day, week, month and year, and of the period."""
    about = (
        "How many reviews were passed, of those that were the first of their day, of cards with an interval of a day "
        f"or more, in the last days of the period and in all. Young is an interval below {MATURE} days."
    )
    heads = [Head("period")]
    for name in ("young", "mature", "all"):
        heads += [Head(name, PERCENT), Head(f"{name} reviews", "reviews")]
    rows = []
    for each in statistics.retention:
        rates = (each.young, each.mature, each.all)
        rows.append((retention_name(statistics, each.period), *(cell for rate in rates for cell in _rate(rate))))
    return Table("retention", "True retention", about, tuple(heads), tuple(dict.fromkeys(rows)))


def retention_name(statistics: Statistics, period: Period) -> str:
    """What the period of a retention is called."""
    if period == statistics.period and period.days not in LATELY:
        return "in all"
    return counted(period.days, "day")


def qualities(statistics: Statistics) -> Table:
    """How often each quality was taken."""
    whole = sum(statistics.qualities)
    rows = tuple(
        (str(quality), count, percent(Rate(count, whole))) for quality, count in enumerate(statistics.qualities)
    )
    about = "0 nothing came, 3 with an effort, 5 at once."
    return Table(
        "qualities", "Qualities", about, (Head("quality"), Head("reviews", "reviews"), Head("share", PERCENT)), rows
    )


def intervals(statistics: Statistics) -> Table:
    """The cards by interval."""
    rows = tuple((_range(each, 1), each.cards) for each in statistics.intervals)
    about = "For how many days each card that was seen is put off."
    return Table("intervals", "Intervals", about, (Head("days"), Head("cards", "cards")), rows)


def eases(statistics: Statistics) -> Table:
    """The cards by ease factor."""
    rows = tuple((_range(each, 100), each.cards) for each in statistics.eases)
    about = "By what factor an interval grows: 2.5 to begin with, never below 1.3."
    return Table("eases", "Ease factors", about, (Head("ease"), Head("cards", "cards")), rows)


def groups(statistics: Statistics) -> tuple[Table, Table, Table]:
    """Accuracy and time by tag, by kind and by the number of links."""
    return (
        _grouped("tags", "By tag", "tag", statistics.tags),
        _grouped("kinds", "By kind", "kind", statistics.kinds),
        _grouped("links", "By number of links", "links", statistics.links),
    )


def slips(statistics: Statistics) -> Table:
    """The misconceptions, the one that costs the most time first."""
    heads = (
        Head("mistake"),
        Head("id"),
        Head("times", "answers"),
        Head("lapses", "reviews"),
        Head("time", "minutes"),
        Head("last"),
        Head("earlier half", PERCENT),
        Head("later half", PERCENT),
        Head("trend"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            title_of(each.misconception),
            each.misconception,
            each.times,
            each.lapses,
            minutes(each.spent),
            each.last,
            percent(each.early),
            percent(each.late),
            TRENDS[each.trend],
        )
        for each in statistics.slips
    )
    return Table(
        "slips", "Misconceptions", "How often in the earlier half of all answers, and in the later.", heads, rows
    )


def slips_by_span(statistics: Statistics) -> Table:
    """How often each misconception was named in each part of the period."""
    heads = tuple(Head(title_of(each.misconception), "answers") for each in statistics.slips)
    counts = zip(statistics.spans, zip(*(each.counts for each in statistics.slips), strict=True), strict=False)
    rows = tuple((span.period.since.isoformat(), *named) for span, named in counts)
    word = words.span_name(statistics.period)
    return Table("slips-by-span", f"Misconceptions by the {word}", "", (Head(f"{word} from"), *heads), rows)


def calibration(statistics: Statistics) -> Table:
    """What was proposed, and what the learner took."""
    heads = (Head("proposed"), *(Head(f"took {quality}", "reviews") for quality in range(6)))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (str(proposed), *chosen) for proposed, chosen in enumerate(statistics.calibration.chosen)
    )
    return Table("calibration", "Proposed and taken", calibration_text(statistics), heads, rows)


def calibration_text(statistics: Statistics) -> str:
    """How often the proposal was taken, in a sentence."""
    found = statistics.calibration
    if not found.proposed:
        return "No quality was proposed yet."
    shares = [Rate(part, found.proposed) for part in (found.accepted, found.raised, found.lowered)]
    accepted, raised, lowered = (words.percent(share.share) for share in shares)
    return f"Of the proposed qualities {accepted} were taken, {raised} raised and {lowered} lowered."


def leeches(statistics: Statistics) -> Table:
    """The cards that lapse and lapse."""
    heads = (
        Head("card"),
        Head("topic"),
        Head("kind"),
        Head("lapses", "lapses"),
        Head("interval", "days"),
        Head("suspended"),
    )
    rows = tuple(
        (each.card_id, each.topic, each.kind, each.lapses, each.interval, "yes" if each.suspended else "no")
        for each in statistics.leeches
    )
    return Table(
        "leeches", "Leeches", "Cards that lapse and lapse: reword them, split them, or suspend them.", heads, rows
    )


def _done(done: Done) -> tuple[Cell, ...]:
    return done.reviews, done.first, percent(Rate(done.passed, done.reviews)), done.drills, minutes(done.spent)


def _rate(rate: Rate) -> tuple[Cell, Cell]:
    return percent(rate), rate.reviews


def _range(each: Bin, scale: int) -> str:
    low, high = (f"{value / scale:g}" if value is not None else "" for value in (each.low, each.high))
    return low if low == high else f"{low}–{high}" if high else f"{low}+"


def _grouped(id_: str, title: str, word: str, found: Iterable[Group]) -> Table:
    heads = (
        Head(word),
        Head("cards", "cards"),
        Head("reviews", "reviews"),
        Head("passed", PERCENT),
        Head("mean", "seconds"),
    )
    rows = tuple(
        (each.name, each.cards, each.reviews, percent(each.rate), round(each.mean / timedelta(seconds=1), 1))
        for each in found
    )
    return Table(id_, title, "How many reviews were passed, and how long one took.", heads, rows)
