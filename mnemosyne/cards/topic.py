"""Topic: a lesson and the decks that teach it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of cards; `folder` and `lesson` are paths, `order` is the place among the topics."""

    id: str
    title: str
    description: str
    folder: str
    lesson: str | None
    order: int = 0
