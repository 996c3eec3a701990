"""The view of one section of the lesson, beside the question on a wide screen and below it on a narrow one.

While an answer is typed it never takes the focus; PgUp, PgDn and the wheel scroll it.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from mnemosyne.cards.lesson import parse_lesson
from mnemosyne.rich_text.lesson_formulas import formulas_as_code
from mnemosyne.tui import wording
from mnemosyne.tui.literal import printable


class SectionView(VerticalScroll):
    """Shows a section as Markdown."""

    def compose(self) -> ComposeResult:
        """Yield the text."""
        yield Markdown(open_links=False)

    async def show(self, text: str, *anchors: str | None) -> None:
        """Show the section at the first known anchor, or the whole lesson if none is known."""
        lesson = parse_lesson(formulas_as_code(printable(text)))
        number = lesson.number(*anchors)
        markdown = lesson.markdown if number is None else lesson.text(number)
        await self.query_one(Markdown).update(markdown.strip() or wording.NO_LESSON)
        self.scroll_home(animate=False)
