"""The days on which cards come back if every answer is graded 4: the load that the cards of a forecast cause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Graded, Scheduler
from mnemosyne.scheduling.sm2 import DRILL_BELOW


def coming_reviews(scheduler: Scheduler, memory: Memory, day: date, end: date) -> Iterator[date]:
    """Yield the study days before `end` on which a card comes back that is asked on `day`, each time graded 4."""
    while day < end:
        memory = scheduler.review("", memory, Graded(DRILL_BELOW, day, DRILL_BELOW))
        if memory.due is None or memory.due >= end:
            return
        day = memory.due
        yield day
