"""Card: what is learnt. One item of a topic's YAML, valid already, with its kind's own content.

Plain data: deckfiles makes cards from YAML and the store keeps their content; neither is known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from mnemosyne.cards.kinds.card_kind import Content

MOST_TAGS: Final = 50  # the most tags of a card itself, and also of the defaults of its file


@dataclass(frozen=True, slots=True)
class Source:
    """Where a card is written: the file's path and the line of its `id`, from 1."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Card:
    """What SM-2 schedules. `id` carries the history; wording does not. `lesson` is an anchor of the topic's lesson."""

    id: str
    topic: str  # the id of its topic
    content: Content  # what is asked, by the kind of card
    tags: tuple[str, ...] = ()  # words by which cards can be selected
    lesson: str | None = None
    hints: tuple[str, ...] = ()  # the author's, in the order in which they are shown
    target: timedelta | None = None  # time within which a right answer counts as quick; None: by the rules
    source: Source = Source("", 0)  # the file and the line

    @property
    def kind(self) -> str:
        """What the card asks for, as `kind:` says it."""
        return self.content.kind
