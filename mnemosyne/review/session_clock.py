"""What a session is told about time and chance, so that it reads neither a clock nor a random generator itself."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from typing import Protocol


class Clock(Protocol):
    """Time, place and chance; the wiring provides it, and tests set it."""

    @property
    def day_start(self) -> time:
        """The time of day at which a study day begins."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""

    def zone(self) -> tzinfo:
        """Return the learner's time zone at present; it may change while a session runs."""

    def today(self) -> date:
        """Return the study day of the present moment."""

    def new_seed(self, card_id: str) -> int:
        """Return a seed for the card's next question, not the one that it gave for this card before."""
