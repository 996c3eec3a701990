"""Stopwatch: the time spent on answering, as the sum of stretches between two moments that the session reported.

Invariants: a stretch is never negative (the clock may be set back) and never longer than `LONGEST_STRETCH`: whoever
does nothing for longer has left the terminal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_STRETCH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """`spent` is what is counted already, `since` when the present stretch began; None if it does not run."""

    spent: timedelta = timedelta()
    since: datetime | None = None

    def started(self, now: datetime) -> Stopwatch:
        """Return a stopwatch that runs from now; this one if it runs already."""
        return self if self.since is not None else Stopwatch(self.spent, now)

    def stopped(self, now: datetime) -> Stopwatch:
        """Return the watch standing still, with the present stretch counted."""
        if self.since is None:
            return self
        stretch = min(max(now - self.since, timedelta()), LONGEST_STRETCH)
        return Stopwatch(self.spent + stretch)

    def idle(self, now: datetime) -> bool:
        """Return whether the present stretch is over: it runs, but no longer counts."""
        return self.since is not None and now - self.since >= LONGEST_STRETCH
