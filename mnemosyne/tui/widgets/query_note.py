"""What stands under a query: where it cannot be read and why, or how many cards it finds and how many are chosen."""

from __future__ import annotations

from dataclasses import dataclass

from mnemosyne.errors import QueryError
from mnemosyne.text import pluralize
from mnemosyne.tui import wording
from mnemosyne.tui.literal import printable
from mnemosyne.tui.picture import Picture, beside, ends, indented, prose, words
from mnemosyne.tui.widgets.drawing import Drawing


@dataclass(frozen=True, slots=True)
class QueryState:
    """A query's outcome. `meant` is a known word that a searched one may be a slip of, where nothing was found."""

    text: str = ""  # the query as it is typed
    found: int = 0  # how many cards it finds
    of: int = 0  # how many cards the deck has
    chosen: int = 0  # how many cards are selected
    missing: bool = False  # cards in no file were asked for
    meant: str = ""
    error: QueryError | None = None  # why the query cannot be read
    caret_at: int = 0  # the column of the query's first character, from the widget's left edge


class QueryNote(Drawing[QueryState]):
    """One line; two where an error is longer than the line."""

    def draw(self, subject: QueryState, width: int) -> Picture:
        """Return the error with a caret under its place, or the counts."""
        if subject.error is not None:
            return _wrong(subject, subject.error, width)
        counts = [words(_found(subject), "$quiet")]
        if not subject.found and subject.of:
            advice = f"did you mean {subject.meant}?" if subject.meant else wording.QUERY_ADVICE
            counts.append(words(f"  {advice}", "$unsure"))
        selection = words(f"● {subject.chosen:,} selected" if subject.chosen else "", "bold $key")
        return ends(beside(counts), selection, width)


def _found(subject: QueryState) -> str:
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
