"""The query line: the input for the search, and the line below it.

A word that is being typed is completed to a known one. Below: where the query cannot be read and
why, or how many cards match and how many are selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.suggester import Suggester
from textual.widgets import Input

from mnemosyne.errors import QueryError
from mnemosyne.review.query import completion
from mnemosyne.text import pluralize
from mnemosyne.tui import wording
from mnemosyne.tui.literal import printable
from mnemosyne.tui.picture import Picture, beside, ends, indented, prose, words
from mnemosyne.tui.widgets.drawing import Drawing

_LONGEST = 500  # characters


class Words(Suggester):
    """Suggests the terms of the query language, and the tags, topics and units of the deck."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.tags: Iterable[str] = ()
        self.topics: Iterable[str] = ()
        self.units: Sequence[str] = ()

    async def get_suggestion(self, value: str) -> str | None:
        """Return the query with its last word completed."""
        return completion(value, self.tags, self.topics, self.units)


class QueryLine(Input):
    """An input with completion: Tab or → accepts the suggestion."""

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

    def know(self, tags: Iterable[str], topics: Iterable[str], units: Sequence[str]) -> None:
        """Suggest these tags, topics and units too, except those with control characters."""
        self._words.units = units
        self._words.tags = [tag for tag in tags if printable(tag) == tag]
        self._words.topics = [topic for topic in topics if printable(topic) == topic]

    def action_complete(self) -> None:
        """Accept the suggestion."""
        if self._suggestion:
            self.cursor_position = len(self.value)
            self.action_cursor_right()


@dataclass(frozen=True, slots=True)
class QueryState:
    """The result of a query.

    `meant` is a known word similar to a searched one, if nothing matches.
    """

    text: str = ""  # the query as typed
    found: int = 0  # how many cards match
    of: int = 0  # how many cards the deck has
    chosen: int = 0  # how many cards are selected
    missing: bool = False  # whether the query asks for cards that are in no file
    meant: str = ""
    error: QueryError | None = None  # why the query cannot be read
    caret_at: int = 0  # the column of the query's first character, from the widget's left edge


class QueryNote(Drawing[QueryState]):
    """One line; more if an error does not fit."""

    def draw(self, subject: QueryState, width: int) -> Picture:
        """Draw the error, with a caret if it fits, or the counts."""
        if subject.error is not None:
            return _wrong(subject, subject.error, width)
        counts = [words(_match_text(subject), "$quiet")]
        if not subject.found and subject.of:
            advice = f"did you mean {subject.meant}?" if subject.meant else wording.QUERY_ADVICE
            counts.append(words(f"  {advice}", "$unsure"))
        selection = words(f"● {subject.chosen:,} selected" if subject.chosen else "", "bold $key")
        return ends(beside(counts), selection, width)


def _match_text(subject: QueryState) -> str:
    if subject.missing:
        return f"{pluralize(subject.found, 'card')} not in any file"
    if subject.found == subject.of:
        return pluralize(subject.found, "card")
    return f"{subject.found:,} of {pluralize(subject.of, 'card')}" if subject.found else "no cards match"


def _wrong(subject: QueryState, error: QueryError, width: int) -> Picture:
    start, end = error.span
    column = subject.caret_at + words(printable(subject.text[:start])).width
    carets = words("^" * max(1, words(printable(subject.text[start:end])).width), "bold $unsure")
    message = words(f" {error}", "$unsure")
    if column + carets.width + message.width <= width:
        return indented(beside([carets, message]), column)
    return prose(f"? {error}", width, "$unsure")
