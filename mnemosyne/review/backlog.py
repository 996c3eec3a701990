"""Backlog: when more cards are due than a learner does on a usual day, how many of them to propose for today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

MANY = 60  # due cards: more than an hour for most, and a reason not to begin at all
SENSIBLE = 40  # cards that are proposed then
_ROUND = 10  # cards: nobody does 43 of them


@dataclass(frozen=True, slots=True)
class Backlog:
    """`due` cards wait; `proposed` of them are a sensible session, `half` a short one."""

    due: int
    proposed: int
    half: int


def backlog_of(due: int, days: Sequence[int]) -> Backlog | None:
    """Return the backlog, if there is one.

    More due than `MANY`, and than twice the cards of a usual one of these days.
    """
    usual = round(median(days)) if days else 0
    if due <= max(MANY, 2 * usual):
        return None
    proposed = max(SENSIBLE, usual // _ROUND * _ROUND)
    return Backlog(due, proposed, proposed // 2)
