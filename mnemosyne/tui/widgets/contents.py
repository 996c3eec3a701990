"""The contents of a lesson: a list of its headings, in which the one that is being read is marked."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from mnemosyne.cards.lesson import LessonSection
from mnemosyne.rich_text.plain_lines import text_on_one_line
from mnemosyne.tui.literal import literal


class ContentsList(OptionList):
    """Headings to choose from; says which by the number of the option, from 0."""

    BINDINGS = [  # noqa: RUF012 - Textual reads the class attribute
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
    ]

    def fill(self, sections: Sequence[LessonSection]) -> None:
        """List the headings of a lesson, those of deeper levels further to the right."""
        self.clear_options()
        top = min((section.level for section in sections), default=1)
        self.add_options(
            Option(literal("  " * (heading.level - top) + text_on_one_line(heading.title))) for heading in sections
        )

    def mark(self, number: int) -> None:
        """Follow the reader, unless he is choosing."""
        if not self.has_focus and number < self.option_count:
            self.highlighted = number
