"""Backlog: when more cards are due than a learner does on a usual day, how many of them to propose for today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from mnemosyne.text import calendar_day, pluralize

MANY = 60  # due cards: more than an hour for most, and a reason not to begin at all
SENSIBLE = 40  # cards that are proposed then
_ROUND = 10  # cards: nobody does 43 of them


@dataclass(frozen=True, slots=True)
class Backlog:
    """`due` cards wait; `proposed` of them are a sensible session, `half` a short one."""

    due: int
    proposed: int
    half: int

    @property
    def days(self) -> int:
        """Over how many study days to spread it, so that each has about the proposed number."""
        return max(2, -(-self.due // self.proposed))


def backlog_of(due: int, days: Sequence[int]) -> Backlog | None:
    """Return the backlog, if there is one.

    More due than `MANY`, and than twice the cards of a usual one of these days.
    """
    usual = round(median(days)) if days else 0
    if due <= max(MANY, 2 * usual):
        return None
    proposed = max(SENSIBLE, usual // _ROUND * _ROUND)
    return Backlog(due, proposed, proposed // 2)


def days_to_clear(due: Sequence[int], reviewed_today: int, per_day: int) -> int | None:
    """Return how many study days it takes until all that is due by then is asked; None if longer than is looked."""
    overdue, room = 0, max(0, per_day - reviewed_today)
    for day, count in enumerate(due, 1):
        overdue = max(0, overdue + count - room)
        room = per_day
        if not overdue:
            return day
    return None


def backlog_sentence(due: Sequence[int], reviewed_today: int, per_day: int, until: date | None) -> str:
    """Return how long what is due takes at so many cards a day; "" if today clears it. `until`: it is spread."""
    days = days_to_clear(due, reviewed_today, per_day)
    if days == 1:
        return ""
    takes = f"more than {len(due)} days" if days is None else f"{days} days"
    spread = f", spread until {calendar_day(until)}" if until else ""
    cards = f"{pluralize(due[0], 'card')} {'is' if due[0] == 1 else 'are'} due{spread}"
    return f"{cards}: at {per_day} a day it takes {takes} to catch up."
