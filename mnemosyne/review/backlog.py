"""Backlog: how many cards to propose for today when more are due than usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from mnemosyne.text import calendar_day, pluralize

MANY = 60  # due cards: more than an hour for most learners, and a reason not to start at all
SENSIBLE = 40  # cards proposed then
_ROUND = 10  # cards: proposals are rounded to this


@dataclass(frozen=True, slots=True)
class Backlog:
    """`due` cards are waiting; `proposed` of them make a sensible session, `half` a short one."""

    due: int
    proposed: int
    half: int

    @property
    def days(self) -> int:
        """Over how many study days to spread it, with about the proposed number on each."""
        return max(2, -(-self.due // self.proposed))


def backlog_of(due: int, days: Sequence[int]) -> Backlog | None:
    """Return the backlog, or None unless more cards are due than `MANY` and twice the usual number.

    `days` are the numbers of cards reviewed on recent days.
    """
    usual = round(median(days)) if days else 0
    if due <= max(MANY, 2 * usual):
        return None
    proposed = max(SENSIBLE, usual // _ROUND * _ROUND)
    return Backlog(due, proposed, proposed // 2)


def days_to_clear(due: Sequence[int], reviewed_today: int, per_day: int) -> int | None:
    """Return after how many study days no due cards are left; None if after the days given."""
    overdue, room = 0, max(0, per_day - reviewed_today)
    for day, count in enumerate(due, 1):
        overdue = max(0, overdue + count - room)
        room = per_day
        if not overdue:
            return day
    return None


def backlog_sentence(due: Sequence[int], reviewed_today: int, per_day: int, until: date | None) -> str:
    """Return how long it takes to clear the due cards at `per_day`; "" if today does.

    `until` is the last day of a spread.
    """
    days = days_to_clear(due, reviewed_today, per_day)
    if days == 1:
        return ""
    spread = f", spread until {calendar_day(until)}" if until else ""
    cards = f"{pluralize(due[0], 'card')} {'is' if due[0] == 1 else 'are'} due{spread}"
    if not per_day:
        return f"{cards}: at 0 a day you will never catch up; raise the limit on reviews."
    takes = f"more than {len(due)} days" if days is None else f"{days} days"
    return f"{cards}: at {per_day} a day it takes {takes} to catch up."
