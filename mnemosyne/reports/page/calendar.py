"""A year of study days by month, each an SVG with a square for every day, shaded by the number of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from mnemosyne.progress.activity_year import WEEK, YEAR, level, shading
from mnemosyne.progress.statistics import Day
from mnemosyne.reports import phrases
from mnemosyne.scheduling.study_day import days_between, plus_days
from mnemosyne.text import pluralize

_CELL: Final = 12  # user units, including the gap
_SQUARE: Final = 10


@dataclass(frozen=True, slots=True)
class Month:
    """A month's name and its picture."""

    name: str
    svg: str  # the SVG element


def months(days: Sequence[Day], last: date, today: date) -> tuple[Month, ...]:
    """Draw the months of the year up to `last`, oldest first; today has a frame, if it is among the days."""
    answers = {day.day: day.done.answers for day in days}
    shade = shading(answers.values())
    every = (plus_days(last, ahead - YEAR + 1) for ahead in range(YEAR))
    return tuple(
        _month(list(month), answers, shade, today) for _, month in groupby(every, key=lambda day: (day.year, day.month))
    )


def _month(days: list[date], answers: Mapping[date, int], shade: Sequence[int], today: date) -> Month:
    """Draw a month; weeks are columns, starting with Monday."""
    monday = plus_days(days[0], -days[0].weekday())
    weeks = days_between(monday, days[-1]) // WEEK + 1
    squares = "".join(_squares(days, monday, answers, shade, today))
    box = f'viewBox="0 0 {weeks * _CELL} {WEEK * _CELL}" width="{weeks * _CELL}" height="{WEEK * _CELL}"'
    name = phrases.short_day(days[0]).split()[-1]
    return Month(f"{name} {days[0].year}" if days[0].month == 1 else name, f"<svg {box}>{squares}</svg>")


def _squares(
    days: list[date], monday: date, answers: Mapping[date, int], shade: Sequence[int], today: date
) -> Iterator[str]:
    for day in days:
        week, weekday = divmod(days_between(monday, day), WEEK)
        count = answers.get(day, 0)
        place = f'x="{week * _CELL}" y="{weekday * _CELL}" width="{_SQUARE}" height="{_SQUARE}" rx="2"'
        frame, name = (" today", f"today, {day}") if day == today else ("", f"{day}")
        tooltip = f"<title>{name}: {pluralize(count, 'answer')}</title>"
        yield f'<rect class="level-{level(count, shade)}{frame}" {place}>{tooltip}</rect>'
