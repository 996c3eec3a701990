"""A widget whose picture is a pure function of its subject and its width.

A subclass implements `draw(subject, width)`; setting `subject` redraws, and asks for a new layout
only if the height has changed, so that typing and a ticking clock cost little. Resizing needs no
other code.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from mnemosyne.tui.picture import EMPTY, Picture

Subject = TypeVar("Subject")


class Drawing(Widget, Generic[Subject]):
    """Shows `draw(subject, width)`; nothing, with no height, while the subject is None."""

    DEFAULT_CSS = """
    Drawing { height: auto; }
    """

    def __init__(self, subject: Subject | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._subject = subject
        self._drawn: tuple[tuple[int, ...], Picture] | None = None

    def draw(self, subject: Subject, width: int) -> Picture:
        """Return the picture of the subject, at most `width` cells wide."""
        raise NotImplementedError

    @property
    def subject(self) -> Subject | None:
        """What is drawn; setting it redraws."""
        return self._subject

    @subject.setter
    def subject(self, subject: Subject | None) -> None:
        self._subject = subject
        self.redraw()

    def redraw(self) -> None:
        """Draw the same subject again."""
        before, self._drawn = self._drawn, None
        width = 0 if before is None else before[0][0]
        self.refresh(layout=before is None or width <= 0 or self._moves(before[1], self.picture(width)))

    @property
    def least_height(self) -> int:
        """The lines that it always takes: up to this height its picture can grow without a new layout."""
        return 0

    def _moves(self, before: Picture, after: Picture) -> bool:
        """Whether replacing one picture by another moves what is below."""
        return max(before.height, self.least_height) != max(after.height, self.least_height)

    def picture(self, width: int) -> Picture:
        """Return the picture at the width, drawn once for each subject and `room`."""
        room = self.room(width)
        if self._drawn is None or self._drawn[0] != room:
            self._drawn = (room, EMPTY if self._subject is None else self.draw(self._subject, width))
        return self._drawn[1]

    def room(self, width: int) -> tuple[int, ...]:
        """Return the width and whatever else of the terminal's size the picture depends on."""
        return (width,)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """Return the width of the container: as wide as possible."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the height of the picture, in lines."""
        return self.picture(width).height

    def render(self) -> Content:
        """Return the picture at the current width."""
        return self.picture(self.content_size.width).content
