"""The lesson: a topic's Markdown to read, opened at an anchor; Esc goes back to where the learner was.

Textual's Markdown knows no explicit anchors, so they are taken out of the text here and remembered as the number of the
heading that they name. Links are never followed out of the terminal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from mnemosyne.errors import MnemosyneError
from mnemosyne.tui.commands import Place, bindings_of
from mnemosyne.tui.literal import plain
from mnemosyne.tui.screens.placed import Placed
from mnemosyne.tui.widgets.key_bar import KeyBar

_FENCE = re.compile(r"^\s*(```|~~~)")
_HEADING = re.compile(r"^#{1,6}\s+(?P<title>.*?)\s*(?:\{#(?P<id>[\w-]+)\}\s*)?#*\s*$")
_ANCHOR = re.compile(r"<a\s+(?:id|name)=\"(?P<id>[\w-]+)\"\s*>\s*(?:</a>)?\s*")
_NOT_IN_SLUG = re.compile(r"[^\w\s-]")


@dataclass(frozen=True, slots=True)
class Lesson:
    """Markdown without explicit anchors, and for each anchor the heading, from 0, that it names."""

    markdown: str
    headings: dict[str, int]


def parse_lesson(text: str) -> Lesson:
    """Take anchors in all usual forms out of the text: `{#id}`, `<a id="id">`, and the heading's own words."""
    lines: list[str] = []
    headings: dict[str, int] = {}
    waiting: list[str] = []
    count = 0
    fenced = False
    for line in plain(text).split("\n"):
        fenced ^= bool(_FENCE.match(line))
        if fenced:
            lines.append(line)
            continue
        waiting += [match["id"] for match in _ANCHOR.finditer(line)]
        bare = _ANCHOR.sub("", line)
        if heading := _HEADING.match(bare):
            ids = [*waiting, *([heading["id"]] if heading["id"] else []), slug(heading["title"])]
            for anchor in ids:
                headings.setdefault(anchor, count)
            waiting = []
            count += 1
            bare = re.sub(r"\s*\{#[\w-]+\}", "", bare)
        lines.append(bare)
    return Lesson("\n".join(lines), headings)


def slug(title: str) -> str:
    """The anchor that a heading's words give: lower case, hyphens, no other signs."""
    return re.sub(r"\s+", "-", _NOT_IN_SLUG.sub("", title.lower()).strip())


class LessonScreen(Placed):
    """Opened over another screen, which keeps what was typed."""

    CSS_PATH = "lesson.tcss"
    BINDINGS = bindings_of(Place.LESSON)

    def __init__(self, topic: str, passage: str | None) -> None:
        super().__init__()
        self.topic = topic
        self.passage = passage

    @property
    def place(self) -> Place:
        """The lesson."""
        return Place.LESSON

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll(id="page"):
            yield Markdown(open_links=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the lesson once the empty page stands."""
        self.read()

    @work
    async def read(self) -> None:
        """Fill the page and go to the anchor."""
        try:
            text = await self.mnemosyne.desk.lesson(self.topic)
        except MnemosyneError as error:
            self.mnemosyne.tell(error)
            self.dismiss()
            return
        lesson = parse_lesson(text)
        document = self.query_one(Markdown)
        await document.update(lesson.markdown)
        if self.passage in lesson.headings:
            self.call_after_refresh(self.go_to, lesson.headings[self.passage])

    def go_to(self, heading: int) -> None:
        """Scroll the heading to the top."""
        contents = self.query_one(Markdown).table_of_contents
        if heading < len(contents):
            _, _, block_id = contents[heading]
            self.query_one("#page").scroll_to_widget(self.query_one(f"#{block_id}"), top=True, animate=False)

    def action_back(self) -> None:
        """Close."""
        self.dismiss()
