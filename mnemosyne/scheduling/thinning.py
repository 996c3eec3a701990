"""Which backups are worth keeping: all of two study days, then one for each day, then each week, then each month.

Days, weeks and months count only where there is a backup, so that a pause of half a year costs none of the past.
Pure: the moments of the backups, what their study days are, and today are parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from datetime import date, datetime
from typing import TypeAlias

from mnemosyne.scheduling.study_day import plus_days

DAYS_WHOLE = 2  # study days, today among them, of which every backup is kept
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
    """Return the moments of the backups to keep.

    The newest is always among them, and so is whatever lies in the future.
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
