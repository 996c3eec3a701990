"""What skills make of a study day, as sessions need it: with nothing that has to be imported for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SkillsDay:
    """Of the cards that skills schedule a day asks only some, whether they are due or not."""

    cards: frozenset[str]  # ids of the cards that skills schedule
    asked: tuple[str, ...]  # ids of those that the day asks, in order
