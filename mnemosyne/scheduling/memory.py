"""Memory: what the schedulers know of a card. Ease factors are integer hundredths: 2.5 is 250."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mnemosyne.scheduling.study_day import plus_days

CLOCK_SLACK = 1  # days: whoever flies over the date line may have reviewed on a study day that is still to come
INITIAL_EASE = 250  # hundredths; SM-2 begins every item at 2.5 (Wozniak 1990)


@dataclass(frozen=True, slots=True)
class FsrsMemory:
    """What FSRS knows of a card, and what SM-2 would say meanwhile, so that going back to it loses nothing."""

    stability: float  # days
    difficulty: float  # 1 to 10
    seen: date  # study day of the last review or drill
    sm2_interval: int  # days
    sm2_due: date  # the study day on which SM-2 would ask it


@dataclass(frozen=True, slots=True)
class Memory:
    """A card's state; a new card has no `due` and no `reviewed`.

    `interval` (days) and `due` are of the scheduler that is set; `repetitions`, `ease` (hundredths) and `lapses` are
    those of SM-2, which every scheduler keeps.
    """

    repetitions: int = 0
    ease: int = INITIAL_EASE
    interval: int = 0
    lapses: int = 0
    due: date | None = None
    reviewed: date | None = None
    fsrs: FsrsMemory | None = None  # None where FSRS knows nothing of the card

    def by_sm2(self) -> Memory:
        """Return the state as it is under SM-2."""
        if self.fsrs is None:
            return self
        return replace(self, interval=self.fsrs.sm2_interval, due=self.fsrs.sm2_due, fsrs=None)

    def with_due(self, day: date) -> Memory:
        """Return the state with a due date that the learner sets: after the study day of its last review.

        A new card has no due date and stays as it is.
        """
        if self.reviewed is None:
            return self
        due = max(day, plus_days(self.reviewed, 1))
        return replace(self, due=due, fsrs=replace(self.fsrs, sm2_due=due) if self.fsrs else None)

    @property
    def due_by_hand(self) -> bool:
        """Whether the due date is another than its interval leads to: the learner has set it."""
        last = self.fsrs.seen if self.fsrs else self.reviewed
        return last is not None and self.due != plus_days(last, self.interval)

    @property
    def new(self) -> bool:
        """Whether the card was never reviewed."""
        return self.reviewed is None

    def due_on(self, day: date) -> bool:
        """Return whether the card is to be asked on a study day: new, due, or reviewed later than that.

        Only a clock that was wrong reviews on a day to come; when such a card is due is not known, so it is due now.
        """
        if self.due is None or self.reviewed is None:
            return True
        return self.due <= day or self.reviewed > plus_days(day, CLOCK_SLACK)
