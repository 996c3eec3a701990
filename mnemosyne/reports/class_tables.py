"""The figures of a class as tables, the same for the page, CSV and JSON; and as CSV for Moodle's gradebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import compress
from typing import Any, Final

from mnemosyne.calculus.misconceptions.catalogue import title_of
from mnemosyne.progress.class_progress import CardDifficulty, ClassProgress, LearnerProgress, MisconceptionSpread
from mnemosyne.progress.statistics import Rate
from mnemosyne.reports import phrases
from mnemosyne.reports.csv_lines import CsvStyle, table_lines
from mnemosyne.reports.table import PERCENT, Cell, ColumnHead, Table, in_minutes, in_percent

MOST_NAMES: Final = 8  # learners named beside a misconception on the page
FORMAT: Final = 1  # the version of the JSON document
_OF_SEVERAL: Final = ("learners", "who", "failed by")  # columns left out for a single learner
# Moodle identifies users by their username; numbers are whole, so that no locale's decimal sign matters, and at most
# 100, the default maximum of a grade item.
_MOODLE: Final = ("username", "Mnemosyne: days worked (%)", "Mnemosyne: retention (%)")


def class_tables(progress: ClassProgress) -> tuple[Table, ...]:
    """Return all tables of a class."""
    return (
        learners_table(progress),
        misconceptions_of_week(progress),
        hard_cards_table(progress),
        days_of_class(progress),
    )


def learners_table(progress: ClassProgress) -> Table:
    """Return the table of how much each learner works, and retains."""
    heads = (
        ColumnHead("learner"), ColumnHead("this week", "answers"), ColumnHead("in the period", "answers"),
        ColumnHead("days", "days"), ColumnHead("last day"), ColumnHead("time", "minutes"),
        ColumnHead("passed", PERCENT), ColumnHead("retention", PERCENT), ColumnHead("tests", "reviews"),
    )  # fmt: skip
    rows = tuple(_learner_row(learner) for learner in progress.learners)
    about = "Retention: share passed of the reviews of cards seen on an earlier day."
    return Table("learners", "Learners", about, heads, rows)


def _learner_row(learner: LearnerProgress) -> tuple[Cell, ...]:
    return (
        learner.name,
        learner.week_answers,
        learner.answers,
        learner.days,
        learner.last_day,
        in_minutes(learner.spent),
        in_percent(learner.reviews),
        in_percent(learner.retention),
        learner.retention.reviews,
    )


def misconceptions_of_week(progress: ClassProgress) -> Table:
    """Return the table of the misconceptions named this week, and of whom."""
    heads = (
        ColumnHead("misconception"), ColumnHead("learners", "learners"), ColumnHead("this week", "times"),
        ColumnHead("before", "per 100 answers"), ColumnHead("now", "per 100 answers"), ColumnHead("trend"),
        ColumnHead("who"),
    )  # fmt: skip
    rows = tuple(
        (
            title_of(spread.misconception),
            len(spread.learners),
            spread.week.times,
            in_percent(spread.before),
            in_percent(spread.week),
            phrases.TREND_WORDS[spread.trend],
            _names(spread),
        )
        for spread in progress.misconceptions
    )
    table = Table("misconceptions", "Misconceptions this week", "The most widespread first.", heads, rows)
    return _in_scope(progress, table, "The most frequent first.")


def _names(spread: MisconceptionSpread) -> str:
    names = [f"{name} {times}×" if times > 1 else name for name, times in spread.learners[:MOST_NAMES]]
    more = len(spread.learners) - MOST_NAMES
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")


def hard_cards_table(progress: ClassProgress) -> Table:
    """Return the table of the cards that the largest share of their learners failed."""
    heads = (
        ColumnHead("card"), ColumnHead("failed by", PERCENT), ColumnHead("learners", "learners"),
        ColumnHead("reviews", "reviews"), ColumnHead("passed", PERCENT),
    )  # fmt: skip
    rows = tuple(_card_row(card) for card in progress.cards)
    about = "Share of a card's learners who failed a review of it; a card that few have seen ranks lower."
    table = Table("cards", "Hard cards", about, heads, rows)
    return _in_scope(progress, table, "Cards with failed reviews, the least often passed first.")


def _card_row(card: CardDifficulty) -> tuple[Cell, ...]:
    failing = in_percent(Rate(card.failing, card.learners))
    return card.card, failing, card.learners, card.reviews.reviews, in_percent(card.reviews)


def days_of_class(progress: ClassProgress) -> Table:
    """Return the table of how many learners worked on each day, and how much."""
    heads = (ColumnHead("day"), ColumnHead("learners", "learners"), ColumnHead("answers", "answers"))
    rows = tuple((day.day, day.learners, day.answers) for day in progress.days)
    table = Table("days", "Days", "Study days with an answer.", heads, rows)
    return _in_scope(progress, table, table.about)


def _in_scope(progress: ClassProgress, table: Table, about_one: str) -> Table:
    """Return the table; for one learner, with another description and without the columns on several."""
    if not progress.scope.learner:
        return table
    fitting = [head.name not in _OF_SEVERAL for head in table.heads]
    rows = tuple(tuple(compress(row, fitting)) for row in table.rows)
    return replace(table, about=about_one, heads=tuple(compress(table.heads, fitting)), rows=rows)


def class_document(progress: ClassProgress) -> dict[str, Any]:
    """Return everything as one JSON document: rates as counts, times in seconds."""
    scope = progress.scope
    return {
        "format": FORMAT,
        "class": progress.name,
        "since": scope.period.since.isoformat(),
        "until": scope.period.until.isoformat(),
        "week_since": scope.week.since.isoformat(),
        "topic": scope.topic or None,
        "learner": scope.learner or None,
        "learners": [_learner_document(learner) for learner in progress.learners],
        "misconceptions": [_misconception_document(spread) for spread in progress.misconceptions],
        "cards": [
            {"card": card.card, "learners": card.learners, "failing": card.failing, "reviews": _rate(card.reviews)}
            for card in progress.cards
        ],
        "days": [
            {"day": day.day.isoformat(), "learners": day.learners, "answers": day.answers} for day in progress.days
        ],
    }


def _learner_document(learner: LearnerProgress) -> dict[str, Any]:
    return {
        "name": learner.name,
        "joined": learner.joined.isoformat(),
        "last_day": learner.last_day and learner.last_day.isoformat(),
        "days": learner.days,
        "answers": learner.answers,
        "week_answers": learner.week_answers,
        "reviews": _rate(learner.reviews),
        "retention": _rate(learner.retention),
        "spent_s": learner.spent.total_seconds(),
    }


def _misconception_document(spread: MisconceptionSpread) -> dict[str, Any]:
    return {
        "misconception": spread.misconception,
        "title": title_of(spread.misconception),
        "trend": spread.trend.value,
        "week": {"times": spread.week.times, "answers": spread.week.answers},
        "before": {"times": spread.before.times, "answers": spread.before.answers},
        "learners": [{"name": name, "times": times} for name, times in spread.learners],
    }


def _rate(rate: Rate) -> dict[str, int]:
    return {"passed": rate.passed, "of": rate.reviews}


def moodle_lines(progress: ClassProgress, style: CsvStyle) -> Iterator[str]:
    """Yield CSV for Moodle's grade import: a line for each learner, whose name is the username."""
    days = progress.scope.period.days
    rows = (
        (learner.name, round(100 * learner.days / days), _grade(learner.retention)) for learner in progress.learners
    )
    return table_lines(_MOODLE, rows, style)


def _grade(rate: Rate) -> int | None:
    """Return a share in whole percent, or None, an empty cell that Moodle takes for no grade."""
    share = in_percent(rate)
    return None if share is None else round(share)
