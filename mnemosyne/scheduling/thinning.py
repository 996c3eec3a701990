"""Which backups to keep: all of two study days, then one for each day, then each week, then each month.

Only days, weeks and months with a backup count, so a pause of half a year removes nothing older. Pure: the
times of the backups, their study days, and today are parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from datetime import date, datetime
from typing import TypeAlias

from mnemosyne.scheduling.study_day import plus_days

DAYS_WHOLE = 2  # study days, including today, of which every backup is kept
DAILY, WEEKLY, MONTHLY = 12, 10, 9  # how many days, weeks and months keep their newest

_Period: TypeAlias = Callable[[date], Hashable]
_PERIODS: tuple[tuple[_Period, int], ...] = (
    (lambda day: day, DAILY),
    (lambda day: day.isocalendar()[:2], WEEKLY),
    (lambda day: (day.year, day.month), MONTHLY),
)


def worth_keeping(
    moments: Collection[datetime], day_of: Callable[[datetime], date], today: date
) -> frozenset[datetime]:
    """Return the times of the backups to keep.

    The newest is always among them, and so are any in the future.
    """
    newest_first = sorted(moments, reverse=True)
    since = plus_days(today, 1 - DAYS_WHOLE)
    recent = {moment for moment in newest_first if day_of(moment) >= since}
    for period, many in _PERIODS:
        newest_of: dict[Hashable, datetime] = {}
        for moment in newest_first:
            newest_of.setdefault(period(day_of(moment)), moment)
        recent.update(list(newest_of.values())[:many])
    return frozenset(recent)
