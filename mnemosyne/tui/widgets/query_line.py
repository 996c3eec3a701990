"""The query line: the input in which cards are looked for; the rest of a known word is offered while one is typed."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding
from textual.suggester import Suggester
from textual.widgets import Input

from mnemosyne.review.query import completion
from mnemosyne.tui.literal import printable

_LONGEST = 500  # characters


class Words(Suggester):
    """Offers the terms of the query language, and the tags and topics that cards have."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.tags: Iterable[str] = ()
        self.topics: Iterable[str] = ()

    async def get_suggestion(self, value: str) -> str | None:
        """Return the query with its last word completed."""
        return completion(value, self.tags, self.topics)


class QueryLine(Input):
    """An input with completion: Tab or → takes what is offered."""

    BINDINGS = [  # noqa: RUF012 - Textual reads the class attribute
        Binding("tab", "complete", "Complete", show=False),
        Binding("enter", "submit", "To the cards", id="list"),
    ]

    def __init__(self) -> None:
        super().__init__(
            placeholder="due  new  tag:…  kind:…  lapses>3  -suspended  words",
            suggester=(words := Words()),
            max_length=_LONGEST,
            select_on_focus=False,
        )
        self._words = words

    def know(self, tags: Iterable[str], topics: Iterable[str]) -> None:
        """Suggest these tags and topics too; leave out those with characters that a terminal would obey."""
        self._words.tags = [tag for tag in tags if printable(tag) == tag]
        self._words.topics = [topic for topic in topics if printable(topic) == topic]

    def action_complete(self) -> None:
        """Take what is offered."""
        if self._suggestion:
            self.cursor_position = len(self.value)
            self.action_cursor_right()
