"""The page: the sections put into the template, everything escaped, and a policy that lets nothing in or out.

The policy (CSP) allows the one stylesheet, by its hash, and nothing else: no script, picture, font or connection.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from mnemosyne.plural import counted
from mnemosyne.progress.statistics import Statistics
from mnemosyne.reports import tables, words
from mnemosyne.reports.page import sections
from mnemosyne.reports.page.calendar import LEVELS, months
from mnemosyne.reports.table import text
from mnemosyne.text import visible

MONTH: Final = 30  # days: the retention that stands at the top


@dataclass(frozen=True, slots=True)
class Templates:
    """The page's HTML, in Jinja's language, and its stylesheet."""

    html: str
    css: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure at the top of the page."""

    name: str
    value: str
    note: str


def page(statistics: Statistics, templates: Templates) -> Iterator[str]:
    """The HTML, piece by piece."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.finalize = _seen
    environment.filters["drawn"] = Markup  # only for what `charts` and `calendar` drew
    return environment.from_string(templates.html).generate(_content(statistics, templates.css))


def policy(css: str) -> str:
    """The page's Content-Security-Policy."""
    digest = b64encode(sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def tiles(statistics: Statistics) -> tuple[Tile, ...]:
    """What a learner wants to know first."""
    today, done, cards = statistics.done_today, statistics.done, statistics.cards
    lately = next(
        (each.all for each in statistics.retention if each.period.days == MONTH), statistics.retention[-1].all
    )
    return (
        Tile("Today", text(today.reviews), f"reviews, {words.duration(today.spent)}"),
        Tile("Streak", text(statistics.streak.current), f"days; the longest {text(statistics.streak.longest)}"),
        Tile("Remembered", words.percent(lately.share), "true retention, 30 days"),
        Tile("Mature cards", text(cards.mature), f"of {text(cards.total)}"),
        Tile("In this time", text(done.reviews), f"reviews, {words.duration(done.spent)}"),
    )


def _content(statistics: Statistics, css: str) -> dict[str, Any]:
    leeches, more_leeches = sections.leeches(statistics)
    return {
        "statistics": statistics,
        "today": words.day(statistics.today),
        "period": words.period(statistics.period),
        "tiles": tiles(statistics),
        "css": Markup(css),
        "policy": policy(css),
        "months": months(statistics.year, statistics.period.until),
        "year": _year_told(statistics),
        "levels": range(LEVELS + 1),
        "days": tables.days(statistics),
        "sections": _sections(statistics),
        "slips": sections.slips(statistics),
        "slip_tables": (tables.slips(statistics), tables.slips_by_span(statistics)),
        "qualities": sections.qualities(statistics),
        "calibration": tables.calibration(statistics),
        "shade": _shade,
        "leeches": leeches,
        "more_leeches": more_leeches,
    }


def _sections(statistics: Statistics) -> tuple[sections.Section, ...]:
    made = (
        sections.activity,
        sections.coming,
        sections.retention,
        sections.intervals,
        sections.eases,
        sections.accuracy,
    )
    return tuple(make(statistics) for make in made)


def _year_told(statistics: Statistics) -> str:
    """The heatmap in a sentence."""
    if not statistics.year:
        return "No study day in the last year."
    most = max(statistics.year, key=lambda day: day.done.answers)
    days = counted(len(statistics.year), "study day")
    return f"{days} in the last year; most on {words.day(most.day)}, with {counted(most.done.answers, 'answer')}."


def _shade(count: int, row: tuple[object, ...]) -> int:
    """How dark a cell of the calibration is: its share of the row, from 0 to 4."""
    whole = sum(each for each in row if isinstance(each, int))
    return -(-LEVELS * count // whole) if whole else 0


def _seen(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
