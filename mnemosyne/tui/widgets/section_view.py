"""The section: one section of the lesson, beside the question on a wide screen and below it on a narrow one.

It never takes the focus from the answer line while an answer is typed: PgUp, PgDn and the wheel scroll it meanwhile.
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
        """Yield nothing but the text."""
        yield Markdown(open_links=False)

    async def show(self, text: str, *anchors: str | None) -> None:
        """Show the section that the first known anchor names; the whole lesson if it has none of them."""
        lesson = parse_lesson(formulas_as_code(printable(text)))
        number = lesson.number(*anchors)
        markdown = lesson.markdown if number is None else lesson.text(number)
        await self.query_one(Markdown).update(markdown.strip() or wording.NO_LESSON)
        self.scroll_home(animate=False)
