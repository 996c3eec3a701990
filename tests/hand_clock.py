"""A clock for collections in tests, which stands still until it is turned by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from mnemosyne.scheduling.study_day import study_day


@dataclass
class HandClock:
    """Seven in the morning of 10 March 2026 at Greenwich, until it is turned; the seeds count up."""

    moment: datetime = datetime(2026, 3, 10, 7, tzinfo=UTC)
    day_start: time = time(4)
    seeds: int = 0

    def now(self) -> datetime:
        return self.moment

    def zone(self) -> tzinfo:
        return UTC

    def today(self) -> date:
        return study_day(self.moment, UTC, self.day_start)

    def new_seed(self, card_id: str) -> int:
        self.seeds += 1
        return self.seeds

    def turn(self, **span: float) -> None:
        self.moment += timedelta(**span)
