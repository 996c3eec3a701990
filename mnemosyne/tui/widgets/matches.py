"""The matches of a search in a Markdown page: all are highlighted, and one is current."""

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
    """A widget of the page with matches: its original content, its displayed content, and where the matches are."""

    widget: Static
    original: Content
    displayed: Content
    ranges: list[tuple[int, int]]


class Matches:
    """Highlights the matches of a text until they are cleared."""

    def __init__(self, page: Markdown, text: str) -> None:
        self.text = text
        self._blocks = [block for widget in page.query(Static) if (block := _searched(widget, text)) is not None]
        self._places = [(block, place) for block in self._blocks for place in block.ranges]
        self._current = 0
        for block in self._blocks:
            self._draw(block)

    @property
    def count(self) -> int:
        """The number of matches."""
        return len(self._places)

    @property
    def number(self) -> int:
        """The number of the current match, from 1."""
        return self._current + 1

    def move(self, step: int) -> None:
        """Make another match the current one, wrapping around."""
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
        """Scroll the line of the current match to the middle of the page."""
        block, _ = self._places[self._current]
        widget = block.widget
        lines = block.displayed.wrap(max(1, widget.content_size.width))
        line = next((row for row, text in enumerate(lines) if any(span.style == _CURRENT for span in text.spans)), 0)
        below = widget.content_region.y + line - page.region.y + round(page.scroll_y)
        page.scroll_to_region(Region(0, below, 1, 1), center=True, animate=False, immediate=True)

    def clear(self) -> None:
        """Remove the highlighting, except where the content has changed since, as code does in a new theme."""
        for block in self._blocks:
            if block.widget.content is block.displayed:
                block.widget.update(block.original, layout=False)


def _searched(widget: Static, text: str) -> _Block | None:
    content = widget.content
    ranges = occurrences(content.plain, text) if isinstance(content, Content) else []
    return _Block(widget, content, content, ranges) if ranges and isinstance(content, Content) else None


def occurrences(text: str, searched: str) -> list[tuple[int, int]]:
    """Return the half-open ranges of all occurrences of `searched`, ignoring case; they do not overlap.

    A letter that folds to several (`ß`) is compared as those; a match always ends with a whole
    letter.
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
            end += 1  # the rest of the letter in which the match ends
        at = folded.find(needle, end)
    return ranges
