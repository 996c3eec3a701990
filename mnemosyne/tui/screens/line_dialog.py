"""A dialog for one line of text: what to type, the line, and why the text is refused until it is valid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from mnemosyne.errors import InputError
from mnemosyne.text import capitalized
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import bindings_of
from mnemosyne.tui.picture import EMPTY, Picture, prose
from mnemosyne.tui.screens.dialog import DialogText, DialogTextView
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.tui.widgets.key_bar import KeyBar
from mnemosyne.tui.widgets.setting_entry import ValueLine

Value = TypeVar("Value")


class Fault(Drawing[str]):
    """Says why a text is refused."""

    def draw(self, subject: str, width: int) -> Picture:
        """Draw the reason, or nothing."""
        return prose(f"✗ {subject}.", width, "$wrong") if subject else EMPTY


class LineDialog(PlacedScreen, ModalScreen[None], Generic[Value]):
    """Asks; after `push_screen_wait`, look at `value`, which is None if the learner went back."""

    CSS_PATH = "line_dialog.tcss"
    PLACE = CommandPlace.CHANGING
    BINDINGS = bindings_of(CommandPlace.CHANGING)

    def __init__(self, title: str, advice: str, read: Callable[[str], Value]) -> None:
        super().__init__()
        self._saying = DialogText(title, (("", advice),))
        self._read = read  # raises InputError for a text that is not valid
        self.value: Value | None = None

    def compose(self) -> ComposeResult:
        """Yield the title and advice, the line, and below it the fault."""
        with Vertical():
            yield DialogTextView(self._saying)
            yield ValueLine(compact=True)
            yield Fault("")
        yield KeyBar()

    def on_mount(self) -> None:
        """Focus the line."""
        self.query_one(ValueLine).focus()

    @on(Input.Submitted)
    def action_keep(self) -> None:
        """Accept the text if it is valid."""
        try:
            self.value = self._read(self.query_one(ValueLine).value)
        except InputError as error:
            self.query_one(Fault).subject = capitalized(str(error))
        else:
            self.dismiss()
