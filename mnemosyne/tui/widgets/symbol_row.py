"""The signs: a row under the reading with what keyboards lack, for the mouse, and for the keyboard once it is open.

Opened, it has the focus: digits or arrows and Enter choose, and whatever else is typed goes to the line again.
"""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from mnemosyne.expressions.insertable_symbols import SIGNS, InsertableSymbol, insertable_symbols
from mnemosyne.tui.command import key_name
from mnemosyne.tui.literal import printable

_GAP = 2
_DIGITS = "1234567890"


class SymbolRow(Widget, can_focus=True):
    """A row of signs; reports the one that is chosen."""

    FOCUS_ON_CLICK = False  # a click leaves the cursor in the line
    BINDINGS = [  # noqa: RUF012 - Textual reads the class attribute
        Binding("left", "move(-1)", "Previous symbol", show=False),
        Binding("right", "move(1)", "Next symbol", show=False),
        Binding("enter,space", "choose", "Insert the symbol", show=False),
        Binding("escape,tab", "close", "Back to the answer", show=False),
    ]

    DEFAULT_CSS = """
    SymbolRow { height: 1; }
    """

    cursor: reactive[int] = reactive(0, init=False)
    offered: reactive[tuple[InsertableSymbol, ...]] = reactive(SIGNS, init=False)

    class Chosen(Message):
        """A sign goes into the line; None: back to the line without one, with what was typed instead."""

        def __init__(self, sign: InsertableSymbol | None, typed: str = "") -> None:
            super().__init__()
            self.sign = sign
            self.typed = typed

    def offer(self, names: frozenset[str]) -> None:
        """Offer the symbols for a question with these names."""
        self.cursor = 0
        self.offered = insertable_symbols(names)

    def render(self) -> Content:
        """Return the signs with a gap between them.

        While it is open with their digits, the one that Enter takes reversed.
        """
        parts: list[str | tuple[str, str]] = []
        for index, (label, sign) in enumerate(self._entries()):
            selected = self.has_focus and index == self.cursor
            parts += [(label, "bold $key"), (printable(sign.shown), "reverse" if selected else "$quiet"), " " * _GAP]
        if not self.has_focus and (key := self._key()):
            parts += [(key, "bold $key"), (" symbols", "$quiet")]
        return Content.assemble(*parts)

    def _entries(self) -> list[tuple[str, InsertableSymbol]]:
        """Return each sign with what stands before it."""
        labels = [f"{digit} " for digit in _DIGITS] if self.has_focus else []
        labels += [""] * (len(self.offered) - len(labels))
        return list(zip(labels, self.offered, strict=False))

    def _key(self) -> str:
        """Return the key that opens the row at this moment."""
        active = self.screen.active_bindings.items()
        return next((key_name(key) for key, bound in active if bound.binding.id == "signs"), "")

    def action_move(self, by: int) -> None:
        """Move along the row, round at the ends."""
        self.cursor = (self.cursor + by) % len(self.offered)

    def action_choose(self) -> None:
        """Take the sign under the cursor."""
        self.post_message(self.Chosen(self.offered[self.cursor]))

    def action_close(self) -> None:
        """Take none."""
        self.post_message(self.Chosen(None))

    def on_key(self, event: events.Key) -> None:
        """Take a digit as a choice; other characters are meant for the line, and none for the screen."""
        if event.character is None or not event.is_printable or event.key == "space":
            return
        event.stop()
        index = _DIGITS.find(event.character)
        if 0 <= index < len(self.offered):
            self.post_message(self.Chosen(self.offered[index]))
        else:
            self.post_message(self.Chosen(None, event.character))

    def on_click(self, event: events.Click) -> None:
        """Choose the symbol under the mouse."""
        column = event.x - self.styles.padding.left
        for label, sign in self._entries():
            width = Content(label + printable(sign.shown)).cell_length
            if 0 <= column < width:
                self.post_message(self.Chosen(sign))
            column -= width + _GAP
