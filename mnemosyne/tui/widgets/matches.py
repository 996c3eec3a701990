"""The matches of a search in a Markdown page: all of them highlighted, one of them the current one."""

from __future__ import annotations

from dataclasses import dataclass

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Markdown, Static

_MATCH = "bold $foreground on $panel"
_CURRENT = "bold $background on $key"


@dataclass(slots=True, eq=False)
class _Block:
    """A piece of the page with matches: what it showed before, what it shows now, and where the matches are."""

    widget: Static
    original: Content
    displayed: Content
    ranges: list[tuple[int, int]]


class Matches:
    """Highlights the matches of a text as long as they are not cleared."""

    def __init__(self, page: Markdown, text: str) -> None:
        self.text = text
        self._blocks = [block for widget in page.query(Static) if (block := _searched(widget, text)) is not None]
        self._places = [(block, place) for block in self._blocks for place in block.ranges]
        self._current = 0
        for block in self._blocks:
            self._draw(block)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._places)

    @property
    def number(self) -> int:
        """Which of them is the current one, from 1."""
        return self._current + 1

    def move(self, step: int) -> None:
        """Make another one the current one; the first follows the last."""
        left = self._places[self._current][0]
        self._current = (self._current + step) % self.count
        self._draw(left)
        self._draw(self._places[self._current][0])

    def _draw(self, block: _Block) -> None:
        content = block.original
        for place in block.ranges:
            content = content.stylize(_CURRENT if (block, place) == self._places[self._current] else _MATCH, *place)
        block.displayed = content
        block.widget.update(content, layout=False)

    def scroll_into_view(self, page: VerticalScroll) -> None:
        """Bring the line with the current one into the middle of the page."""
        block, _ = self._places[self._current]
        widget = block.widget
        lines = block.displayed.wrap(max(1, widget.content_size.width))
        line = next((row for row, text in enumerate(lines) if any(span.style == _CURRENT for span in text.spans)), 0)
        below = widget.content_region.y + line - page.region.y + round(page.scroll_y)
        page.scroll_to_region(Region(0, below, 1, 1), center=True, animate=False, immediate=True)

    def clear(self) -> None:
        """Show the page as it was; what shows something else by now, as code in another theme does, stays."""
        for block in self._blocks:
            if block.widget.content is block.displayed:
                block.widget.update(block.original, layout=False)


def _searched(widget: Static, text: str) -> _Block | None:
    content = widget.content
    ranges = occurrences(content.plain, text) if isinstance(content, Content) else []
    return _Block(widget, content, content, ranges) if ranges and isinstance(content, Content) else None


def occurrences(text: str, searched: str) -> list[tuple[int, int]]:
    """Return the half-open ranges of the text at which `searched` stands, none of them overlapping another.

    Letters that fold to several (`ß`) count as what they fold to; a match ends with the whole letter.
    """
    needle = searched.casefold()
    if not needle:
        return []
    places = [place for place, letter in enumerate(text) for _ in letter.casefold()]
    folded = text.casefold()
    ranges: list[tuple[int, int]] = []
    at = folded.find(needle)
    while at >= 0:
        end = at + len(needle)
        ranges.append((places[at], places[end - 1] + 1))
        while end < len(folded) and places[end] == places[end - 1]:
            end += 1  # the rest of a letter that the match ended in
        at = folded.find(needle, end)
    return ranges
