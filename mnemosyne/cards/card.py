"""Card: the unit of learning. One entry of a topic's YAML, already validated, with the content of its kind.

Plain data: deckfiles makes cards from YAML and the store saves their content; neither is known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from mnemosyne.cards.kinds.card_kind import Content

MOST_TAGS: Final = 50  # the most tags in a card itself, and likewise in the defaults of its file


@dataclass(frozen=True, slots=True)
class Source:
    """Where a card is defined: the file's path and the line of its `id`, counted from 1."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Card:
    """The unit that is scheduled.

    The history belongs to `id`; the wording may change. `lesson` is an anchor of the topic's lesson.
    """

    id: str
    topic: str  # the id of its topic
    content: Content  # the content of its kind
    tags: tuple[str, ...] = ()  # words that queries can select cards by
    lesson: str | None = None
    hints: tuple[str, ...] = ()  # the author's hints, in the order in which they are shown
    target: timedelta | None = None  # time limit for a right answer to count as quick; None: by default
    source: Source = Source("", 0)  # the file and the line

    @property
    def kind(self) -> str:
        """The kind of the card, as in its `kind:`."""
        return self.content.kind
