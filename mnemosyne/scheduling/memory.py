"""Memory: what the scheduler knows of a card. Ease factors are integer hundredths: 2.5 is 250."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

INITIAL_EASE = 250  # hundredths; SM-2 begins every item at 2.5 (Wozniak 1990)


@dataclass(frozen=True, slots=True)
class Memory:
    """A card's state under SM-2: `interval` in days, `ease` in hundredths; a new card has no `due`, no `reviewed`."""

    repetitions: int = 0
    ease: int = INITIAL_EASE
    interval: int = 0
    lapses: int = 0
    due: date | None = None
    reviewed: date | None = None

    @property
    def new(self) -> bool:
        """Whether the card was never reviewed."""
        return self.reviewed is None
