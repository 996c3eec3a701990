"""The head of the card table: the columns' titles, with the direction of the one that is sorted by; a click sorts."""

from __future__ import annotations

from textual import events
from textual.message import Message

from mnemosyne.review.query import SortColumn, Sorting
from mnemosyne.tui.card_lines import GAP, LEAD, fitting_columns, heading
from mnemosyne.tui.picture import Picture, beside, words
from mnemosyne.tui.widgets.drawing import Drawing

_SCROLLBAR = 1  # the table's lines are as much narrower


class CardTableHead(Drawing[Sorting]):
    """One line above the table."""

    class Picked(Message):
        """A column was clicked."""

        def __init__(self, column: SortColumn) -> None:
            super().__init__()
            self.column = column

    def draw(self, subject: Sorting, width: int) -> Picture:
        """Return the titles; the one that is sorted by stands out."""
        titles = [
            words(heading(column, subject), "bold $key" if column.column is subject.column else "$quiet")
            for column in fitting_columns(width - _SCROLLBAR)
        ]
        return beside([words(" " * LEAD), beside(titles, GAP)])

    def columns(self) -> list[SortColumn]:
        """Return the columns that are shown, from left to right."""
        return [column.column for column in fitting_columns(self.content_size.width - _SCROLLBAR)]

    def on_click(self, event: events.Click) -> None:
        """Sort by the column under the mouse."""
        left = LEAD
        for column in fitting_columns(self.content_size.width - _SCROLLBAR):
            left += column.width + GAP
            if event.x < left:
                self.post_message(self.Picked(column.column))
                return
