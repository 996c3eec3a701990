"""The answer line: the input in which an answer is typed. While the checker works it is locked, but keeps the focus."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.reactive import var
from textual.widgets import Input

_LONGEST = 2_000  # characters; the reader takes no more either


class AnswerLine(Input):
    """An input that can be locked without losing the keys to the screen's bindings."""

    # The input's own Enter, under the id of the command that it gives, so that the key bar knows it.
    BINDINGS = [Binding("enter", "submit", "Check", id="check")]  # noqa: RUF012 - Textual reads the class attribute

    locked: var[bool] = var(False, init=False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, max_length=_LONGEST, select_on_focus=False)

    def on_key(self, event: events.Key) -> None:
        """Swallow text while locked; the input's own handler comes after this one."""
        if self.locked and event.is_printable:
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Swallow pasted text while locked."""
        if self.locked:
            event.stop()
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """No editing while locked."""
        return not self.locked

    def offer(self, text: str, placeholder: str) -> None:
        """A fresh question: its placeholder, and what was typed already."""
        self.placeholder = placeholder
        self.value = text
        self.cursor_position = len(text)
        self.locked = False
