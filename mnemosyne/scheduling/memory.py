"""Memory: a card's state in the schedulers. Ease factors are integer hundredths: 250 is 2.5."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mnemosyne.scheduling.study_day import plus_days

CLOCK_SLACK = 1  # days: someone who crossed the date line may have reviewed on a study day that is still to come
INITIAL_EASE = 250  # hundredths; SM-2 begins every item at 2.5 (Wozniak 1990)


@dataclass(frozen=True, slots=True)
class FsrsMemory:
    """FSRS's state of a card, and SM-2's interval meanwhile, so that switching back to it loses nothing."""

    stability: float  # days
    difficulty: float  # 1 to 10
    seen: date  # the study day of the last review or drill
    sm2_interval: int  # days
    sm2_due: date  # the study day on which it is due under SM-2


@dataclass(frozen=True, slots=True)
class Memory:
    """A card's state; a new card has no `due` and no `reviewed`.

    `interval` (days) and `due` are those of the current scheduler; `repetitions`, `ease` (hundredths) and
    `lapses` are SM-2's, which every scheduler keeps.
    """

    repetitions: int = 0
    ease: int = INITIAL_EASE
    interval: int = 0
    lapses: int = 0
    due: date | None = None
    reviewed: date | None = None
    fsrs: FsrsMemory | None = None  # None for a card not yet scheduled by FSRS

    def by_sm2(self) -> Memory:
        """Return the state under SM-2."""
        if self.fsrs is None:
            return self
        return replace(self, interval=self.fsrs.sm2_interval, due=self.fsrs.sm2_due, fsrs=None)

    def with_due(self, day: date) -> Memory:
        """Return the state with a due date set by the learner, at the earliest the day after its last review.

        A new card has no due date and is returned unchanged.
        """
        if self.reviewed is None:
            return self
        due = max(day, plus_days(self.reviewed, 1))
        return replace(self, due=due, fsrs=replace(self.fsrs, sm2_due=due) if self.fsrs else None)

    @property
    def due_by_hand(self) -> bool:
        """Whether the due date differs from that of its interval, having been set by the learner."""
        last = self.fsrs.seen if self.fsrs else self.reviewed
        return last is not None and self.due != plus_days(last, self.interval)

    @property
    def new(self) -> bool:
        """Whether the card was never reviewed."""
        return self.reviewed is None

    def due_on(self, day: date) -> bool:
        """Return whether the card should be asked on a study day: new, due, or reviewed later than that.

        A review in the future comes from a wrong clock; it is unknown when such a card is due, so it is due now.
        """
        if self.due is None or self.reviewed is None:
            return True
        return self.due <= day or self.reviewed > plus_days(day, CLOCK_SLACK)
