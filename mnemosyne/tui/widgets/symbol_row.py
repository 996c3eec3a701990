"""The symbols that keyboards lack: a row below the reading, for the mouse, and for the keyboard once it is open.

While open it has the focus: digits or arrows and Enter choose, and any other key goes to the answer
line.
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
    """A row of symbols; reports the one that is chosen."""

    FOCUS_ON_CLICK = False  # a click leaves the focus in the line
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
        """A symbol was chosen; with None, the row was closed, by a character if `typed` is not empty."""

        def __init__(self, sign: InsertableSymbol | None, typed: str = "") -> None:
            super().__init__()
            self.sign = sign
            self.typed = typed

    def on_mount(self) -> None:
        """Name the key that opens the row whenever it opens it: not while a step is under way."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def offer(self, names: frozenset[str]) -> None:
        """Offer the symbols for a question with these names."""
        self.cursor = 0
        self.offered = insertable_symbols(names)

    def render(self) -> Content:
        """Return the symbols with gaps between them.

        While open each has its digit, and the one under the cursor is reversed.
        """
        parts: list[str | tuple[str, str]] = []
        for index, (label, sign) in enumerate(self._entries()):
            selected = self.has_focus and index == self.cursor
            parts += [(label, "bold $key"), (printable(sign.shown), "reverse" if selected else "$quiet"), " " * _GAP]
        if not self.has_focus and (key := self._key()):
            parts += [(key, "bold $key"), (" symbols", "$quiet")]
        return Content.assemble(*parts)

    def _entries(self) -> list[tuple[str, InsertableSymbol]]:
        """Return each symbol after its label."""
        labels = [f"{digit} " for digit in _DIGITS] if self.has_focus else []
        labels += [""] * (len(self.offered) - len(labels))
        return list(zip(labels, self.offered, strict=False))

    def _key(self) -> str:
        """Return the current name of the key that opens the row."""
        active = self.screen.active_bindings.items()
        return next((key_name(key) for key, bound in active if bound.binding.id == "signs"), "")

    def action_move(self, by: int) -> None:
        """Move along the row, wrapping around."""
        self.cursor = (self.cursor + by) % len(self.offered)

    def action_choose(self) -> None:
        """Choose the symbol under the cursor."""
        self.post_message(self.Chosen(self.offered[self.cursor]))

    def action_close(self) -> None:
        """Close the row without choosing."""
        self.post_message(self.Chosen(None))

    def on_key(self, event: events.Key) -> None:
        """Take a digit as a choice, and pass other characters to the line; none of them reach the screen."""
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
