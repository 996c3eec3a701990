"""Rules: what the learner has chosen about sessions. Plain data; the settings fill it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from mnemosyne.scheduling.fsrs import FsrsParameters
from mnemosyne.scheduling.scheduler import FsrsScheduler, Scheduler, Sm2Scheduler


class Order(StrEnum):
    """How new cards come among the due ones."""

    DUE_FIRST = "due-first"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits are per study day, over all sessions of it; `target` holds where a card states none of its own."""

    new_per_day: int = 10
    reviews_per_day: int = 200
    order: Order = Order.DUE_FIRST
    shuffle: bool = True
    second_try: bool = True
    leech_lapses: int = 8
    target: timedelta | None = None
    fuzz: bool = False
    fsrs: FsrsParameters | None = None

    @property
    def scheduler(self) -> Scheduler:
        """What decides when a card comes back: FSRS where its parameters are given, else SM-2."""
        return FsrsScheduler(self.fsrs, self.fuzz) if self.fsrs else Sm2Scheduler(self.fuzz)
