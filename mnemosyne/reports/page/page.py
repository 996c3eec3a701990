"""The page: the sections inserted into the template, everything escaped, under a policy that blocks everything else.

The policy (CSP) allows only the one stylesheet, by its hash: no script, image, font or connection.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from mnemosyne.progress.activity_year import LEVELS, is_in_year
from mnemosyne.progress.statistics import Statistics
from mnemosyne.reports import phrases, progress_tables
from mnemosyne.reports.page import sections
from mnemosyne.reports.page.calendar import months
from mnemosyne.reports.table import cell_text
from mnemosyne.text import pluralize, visible

MONTH: Final = 30  # days: the period of the retention at the top


@dataclass(frozen=True, slots=True)
class Templates:
    """The page's HTML, as Jinja templates, and its stylesheet."""

    html: str  # the main template
    macros: str  # the macros that it imports
    css: str  # the stylesheet


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure at the top of the page."""

    name: str  # the name of the figure
    value: str  # the figure as shown
    note: str  # the unit, and a figure for comparison


def counted_tile(name: str, count: int, thing: str, more: str = "") -> Tile:
    """Return a tile with a count, and its noun in the note."""
    value, noun = pluralize(count, thing).split()
    return Tile(name, value, f"{noun}{more}")


def page(statistics: Statistics, by_topic: Sequence[Statistics], templates: Templates) -> Iterator[str]:
    """Yield the HTML, piece by piece; `by_topic` are the statistics of topics with their own section."""
    topics = tuple(sections.topic_section(number, of_topic) for number, of_topic in enumerate(by_topic, 1))
    return generate(templates, {**_content(statistics), "topics": topics})


def generate(templates: Templates, content: dict[str, Any]) -> Iterator[str]:
    """Yield a page with this content, everything escaped, under the policy for its stylesheet."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.loader = DictLoader({"macros.html": templates.macros})
    environment.finalize = _visible_value
    environment.filters["drawn"] = Markup  # only for output of `charts` and `calendar`
    style = {"css": Markup(templates.css), "policy": policy(templates.css)}
    return environment.from_string(templates.html).generate({**content, **style})


def policy(css: str) -> str:
    """Return the page's Content-Security-Policy."""
    digest = b64encode(sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def tiles(statistics: Statistics) -> tuple[Tile, ...]:
    """Return the most important figures for a learner."""
    today, activity, cards, streak = statistics.done_today, statistics.done, statistics.cards, statistics.streak
    lately = next(
        (retention.all for retention in statistics.retention if retention.period.days == MONTH),
        statistics.retention[-1].all,
    )
    return (
        counted_tile("Today", today.reviews, "review", f", {phrases.duration_text(today.spent)}"),
        counted_tile("Streak", streak.current, "day", f"; longest {cell_text(streak.longest)}"),
        Tile("Remembered", phrases.share_text(lately.share), "true retention, 30 days"),
        Tile("Mature cards", cell_text(cards.mature), f"of {cell_text(cards.total)}"),
        counted_tile("In this period", activity.reviews, "review", f", {phrases.duration_text(activity.spent)}"),
    )


def _content(statistics: Statistics) -> dict[str, Any]:
    leeches, more_leeches = sections.worst_leeches(statistics)
    return {
        "statistics": statistics,
        "today": phrases.long_day(statistics.today),
        "period": phrases.period_text(statistics.period),
        "tiles": tiles(statistics),
        "months": months(statistics.year, statistics.period.until, statistics.today),
        "marks_today": is_in_year(statistics.today, statistics.period.until),
        "year": _year_sentence(statistics),
        "levels": range(LEVELS + 1),
        "days": progress_tables.days_table(statistics),
        "sections": _sections(statistics),
        "misconceptions": sections.misconception_lines(statistics),
        "misconception_tables": (
            progress_tables.misconceptions_table(statistics),
            progress_tables.misconceptions_by_span_table(statistics),
        ),
        "qualities": sections.qualities_section(statistics),
        "calibration": progress_tables.calibration_table(statistics),
        "shade": _shade,
        "leeches": leeches,
        "more_leeches": more_leeches,
    }


def _sections(statistics: Statistics) -> tuple[sections.Section, ...]:
    in_order = (
        sections.activity_section,
        sections.forecast_section,
        sections.retention_section,
        sections.intervals_section,
        sections.eases_section,
        sections.accuracy_section,
    )
    later = (*sections.skills_sections(statistics), *sections.predictions_sections(statistics))
    return (*(make(statistics) for make in in_order), *later)


def _year_sentence(statistics: Statistics) -> str:
    """Describe the heatmap in a sentence."""
    if not statistics.year:
        return "No study days in the last year."
    most = max(statistics.year, key=lambda day: day.done.answers)
    days = pluralize(len(statistics.year), "study day")
    answers = pluralize(most.done.answers, "answer")
    return f"{days} in the last year; the busiest was {phrases.long_day(most.day)}, with {answers}."


def _shade(count: int, row: tuple[object, ...]) -> int:
    """Return the shade of a calibration cell, 0 to 4, by its share of the row."""
    whole = sum(cell for cell in row if isinstance(cell, int))
    return -(-LEVELS * count // whole) if whole else 0


def _visible_value(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
