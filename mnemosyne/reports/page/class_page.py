"""The page of a class, or of one learner in it, in the same layout and style as the progress page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from mnemosyne.progress.class_progress import ClassProgress
from mnemosyne.reports import class_tables, phrases
from mnemosyne.reports.page.page import Templates, Tile, counted_tile, generate
from mnemosyne.reports.page.sections import Section, bars_of, pictures_of
from mnemosyne.reports.table import Table, cell_text
from mnemosyne.text import pluralize

_MOST_BARS: Final = 10  # the table has more


def class_page(progress: ClassProgress, templates: Templates) -> Iterator[str]:
    """Yield the HTML, piece by piece."""
    scope = progress.scope
    content = {
        "title": scope.learner or f"Class {progress.name}",
        "topic": scope.topic_title,
        "period": phrases.period_text(scope.period),
        "week": phrases.period_text(scope.week),
        "until": phrases.long_day(scope.period.until),
        "tiles": class_tiles(progress),
        "sections": (_days(progress), _misconceptions(progress), _cards(progress)),
        "learners": class_tables.learners_table(progress),
    }
    return generate(templates, content)


def class_tiles(progress: ClassProgress) -> tuple[Tile, ...]:
    """Return the most important figures for a teacher; for one learner, his own."""
    week = sum(learner.week_answers for learner in progress.learners)
    answers = sum(learner.answers for learner in progress.learners)
    return (
        _presence(progress),
        counted_tile("This week", week, "answer"),
        counted_tile("In the period", answers, "answer"),
        Tile("Remembered", phrases.share_text(progress.retention.share), "true retention"),
        Tile("Misconceptions", cell_text(len(progress.misconceptions)), "named this week"),
    )


def _presence(progress: ClassProgress) -> Tile:
    if progress.scope.learner:
        return Tile("Days", cell_text(len(progress.days)), f"of {progress.scope.period.days} in the period")
    return Tile("At work", cell_text(progress.at_work), f"of {pluralize(len(progress.learners), 'learner')} this week")


def _days(progress: ClassProgress) -> Section:
    table = class_tables.days_of_class(progress)
    pictures = pictures_of(bars_of(table, ("answers",), "answers on each day"), "Answers, day by day")
    if not progress.scope.learner:
        pictures += pictures_of(bars_of(table, ("learners",), "learners at work on each day"), "Learners at work")
    return _section(table, pictures)


def _misconceptions(progress: ClassProgress) -> Section:
    table = class_tables.misconceptions_of_week(progress)
    bars = bars_of(
        table, ("this week" if progress.scope.learner else "learners",), "this week's misconceptions", lying=True
    )
    return _section(table, pictures_of(bars, "Times this week" if progress.scope.learner else "Learners with it"))


def _cards(progress: ClassProgress) -> Section:
    table = class_tables.hard_cards_table(progress)
    column, caption = (
        ("passed", "Reviews passed") if progress.scope.learner else ("failed by", "Learners who failed it")
    )
    worst = replace(table, rows=table.rows[:_MOST_BARS])
    bars = bars_of(worst, (column,), caption.lower(), 100, lying=True)
    return _section(table, pictures_of(replace(bars, unit="percent"), f"{caption}, in percent"))


def _section(table: Table, pictures: tuple[Any, ...]) -> Section:
    return Section(table.id, table.title, table.about, pictures, (replace(table, about=""),), wide=True)
