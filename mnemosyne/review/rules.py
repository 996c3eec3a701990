"""Rules: what the learner has chosen about sessions. Plain data; the settings fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from mnemosyne.scheduling.fsrs import FsrsParameters
from mnemosyne.scheduling.scheduler import FsrsScheduler, Scheduler, Sm2Scheduler
from mnemosyne.scheduling.skills.skill import SkillsDay


class Order(StrEnum):
    """How new cards come among the due ones."""

    DUE_FIRST = "due-first"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class TopicLimits:
    """What holds for one topic: its limits per study day, within those of all (None leaves it to them), its exam."""

    new_per_day: int | None = None  # how many new cards
    reviews_per_day: int | None = None  # how many reviews of cards that were seen
    exam: date | None = None  # the day before which there is a final round


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits are per study day, over all sessions of it; `target` holds where a card states none of its own."""

    new_per_day: int = 10  # how many new cards
    reviews_per_day: int = 200  # how many reviews of cards that were seen
    order: Order = Order.DUE_FIRST  # whether new cards come after the due ones or among them
    shuffle: bool = True  # whether due cards are shuffled each study day
    second_try: bool = True  # whether a wrong answer may be corrected once
    leech_lapses: int = 8  # the number of lapses that makes a card a leech
    target: timedelta | None = None
    fuzz: bool = False  # whether intervals vary a little, to spread the cards
    topics: Mapping[str, TopicLimits] = field(default_factory=dict)  # the limits of single topics, by the topic's id
    fsrs: FsrsParameters | None = None  # the parameters of FSRS; None schedules by SM-2
    # the cards that the day asks for their skills; None: each card comes on its own day
    skills: SkillsDay | None = None

    @property
    def scheduler(self) -> Scheduler:
        """What decides when a card comes back: FSRS where its parameters are given, else SM-2."""
        return FsrsScheduler(self.fsrs, self.fuzz) if self.fsrs else Sm2Scheduler(self.fuzz)
