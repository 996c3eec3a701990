"""What skills make of a study day, as sessions need it: with nothing that has to be imported for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SkillsDay:
    """Of the cards that skills schedule a day asks only some, whether they are due or not."""

    cards: frozenset[str]  # ids of the cards that skills schedule
    met_by: Mapping[str, tuple[str, ...]]  # those that the day asks, in order, each with the due skills it is to meet

    @property
    def asked(self) -> tuple[str, ...]:
        """The ids of the cards that the day asks, in order."""
        return tuple(self.met_by)
