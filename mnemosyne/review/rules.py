"""The rules that the learner has chosen for sessions. Plain data, filled in from the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from mnemosyne.scheduling.fsrs import FsrsParameters
from mnemosyne.scheduling.scheduler import FsrsScheduler, Scheduler, Sm2Scheduler
from mnemosyne.scheduling.skills.skill import SkillsDay


class Order(StrEnum):
    """Where new cards come among the due ones."""

    DUE_FIRST = "due-first"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class TopicLimits:
    """Limits of one topic per study day, in addition to the overall ones (None: no limit of its own), and its exam."""

    new_per_day: int | None = None  # most new cards
    reviews_per_day: int | None = None  # most reviews of seen cards
    exam: date | None = None  # the day of the exam, before which there is a final round


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits are per study day, over all its sessions; `target` applies to cards that state no target time."""

    new_per_day: int = 10  # most new cards
    reviews_per_day: int = 200  # most reviews of seen cards
    order: Order = Order.DUE_FIRST  # whether new cards come after the due ones or among them
    shuffle: bool = True  # whether due cards are shuffled each study day
    second_try: bool = True  # whether a wrong answer may be corrected once
    leech_lapses: int = 8  # the number of lapses that makes a card a leech
    target: timedelta | None = None
    fuzz: bool = False  # whether intervals vary a little, to spread the cards
    topics: Mapping[str, TopicLimits] = field(default_factory=dict)  # the limits of single topics, by the topic's id
    fsrs: FsrsParameters | None = None  # the parameters of FSRS; None for SM-2
    # the cards to ask today for their skills; None if every card has its own due date
    skills: SkillsDay | None = None

    @property
    def scheduler(self) -> Scheduler:
        """The scheduler: FSRS if it has parameters, else SM-2."""
        return FsrsScheduler(self.fsrs, self.fuzz) if self.fsrs else Sm2Scheduler(self.fuzz)
