"""A stopwatch for the time on a question, as the sum of stretches between moments reported by the session.

Invariants: a stretch is never negative (the clock may be set back) and never longer than
`LONGEST_STRETCH`, since a learner inactive for longer has left the terminal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_STRETCH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """`spent` is the time counted so far, `since` the start of the current stretch; None if stopped."""

    spent: timedelta = timedelta()
    since: datetime | None = None

    def started(self, now: datetime) -> Stopwatch:
        """Return the watch running from now on; unchanged if it is running."""
        return self if self.since is not None else Stopwatch(self.spent, now)

    def stopped(self, now: datetime) -> Stopwatch:
        """Return the watch stopped, with the current stretch counted."""
        if self.since is None:
            return self
        stretch = min(max(now - self.since, timedelta()), LONGEST_STRETCH)
        return Stopwatch(self.spent + stretch)

    def idle(self, now: datetime) -> bool:
        """Return whether it is running, but the current stretch has reached its maximum length."""
        return self.since is not None and now - self.since >= LONGEST_STRETCH
