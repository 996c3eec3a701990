"""The year of activity for all heatmaps: which days it has, and how dark each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from mnemosyne.scheduling.study_day import days_between, plus_days

YEAR: Final = 366  # days, the last one included
WEEK: Final = 7  # days
LEVELS: Final = 4  # shades, besides that of a day without an answer
_USUAL: Final = 0.9  # the share of days below the darkest shade


def is_in_year(day: date, last: date) -> bool:
    """Return whether a day belongs to the year up to `last`."""
    return 0 <= days_between(day, last) < YEAR


def mondays(last: date, weeks: int) -> list[date]:
    """Return the Mondays of the last `weeks` weeks up to `last`."""
    monday = plus_days(last, -last.weekday())
    return [plus_days(monday, -WEEK * back) for back in range(weeks - 1, -1, -1)]


def shading(answers: Iterable[int]) -> tuple[int, ...]:
    """Return the least number of answers for each shade, in equal steps up to the 90th percentile.

    A single very long day therefore does not make all others look alike.
    """
    ordered = sorted(filter(None, answers)) or [1]
    top = max(LEVELS, ordered[int(_USUAL * (len(ordered) - 1))])
    return tuple(1 + top * step // LEVELS for step in range(LEVELS))


def level(answers: int, shades: Sequence[int]) -> int:
    """Return the shade of a day, 0 for one without an answer."""
    return sum(answers >= least for least in shades)
