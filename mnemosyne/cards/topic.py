"""Topic: a lesson and the decks that teach it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of cards; `lesson` is the path of its Markdown text, `order` its place among the topics."""

    id: str
    title: str
    description: str
    folder: PurePath
    lesson: PurePath | None
    order: int = 0
