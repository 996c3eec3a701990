"""A dialog: a question with a few choices, answered by arrows, digits, Enter or the mouse.

Afterwards `chosen` is the number of the choice, from 0, or None if the learner went back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from mnemosyne.cards.kinds.choice import Option
from mnemosyne.rich_text.text_reader import as_rich_text
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import bindings_of
from mnemosyne.tui.picture import Picture, above, beside, prose, sized, words
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.type_ahead import KeyTarget
from mnemosyne.tui.widgets.choice_options import Options
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.tui.widgets.key_bar import KeyBar


@dataclass(frozen=True, slots=True)
class DialogText:
    """The text of a dialog: a title, and sentences below it, each after a label that may be empty."""

    title: str
    lines: tuple[tuple[str, str], ...] = ()  # pairs of a label and a text


class DialogTextView(Drawing[DialogText]):
    """Draws the text of a dialog."""

    def draw(self, subject: DialogText, width: int) -> Picture:
        """Return the title above the sentences."""
        column = max((len(label) + 2 for label, _ in subject.lines if label), default=0)
        lines = [_line(label, text, column, width) for label, text in subject.lines]
        return above([prose(subject.title, width, "bold"), above(lines)], gap=1)


def _line(label: str, text: str, column: int, width: int) -> Picture:
    explanation = prose(text, width - column, "$quiet")
    return beside([sized(words(label, "$key"), column), explanation]) if column else explanation


class Dialog(PlacedScreen, ModalScreen[None]):
    """Asks; after `push_screen_wait`, look at `chosen`."""

    CSS_PATH = "dialog.tcss"
    PLACE = CommandPlace.DIALOG
    BINDINGS = bindings_of(CommandPlace.DIALOG)

    def __init__(
        self, title: str, lines: str | Sequence[tuple[str, str]], choices: Sequence[str], *, first: int = 0
    ) -> None:
        super().__init__()
        self._saying = DialogText(title, (("", lines),) if isinstance(lines, str) else tuple(lines))
        self._choices = tuple(Option(as_rich_text(choice)) for choice in choices)
        self._first = first
        self.chosen: int | None = None
        self.gate_keys(hold=True)  # nobody chooses what he has not seen yet

    def compose(self) -> ComposeResult:
        """Yield the text above the choices."""
        with Vertical():
            yield DialogTextView(self._saying)
            yield Options()
        yield KeyBar()

    def on_mount(self) -> None:
        """Preselect the proposed choice."""
        options = self.query_one(Options)
        options.offer(self._choices)
        options.choose(self._first + 1)
        options.focus()
        self.call_after_refresh(self.count_as_seen_from_first_frame, KeyTarget.OTHER)

    def action_choose(self, key: str) -> None:
        """Move to a choice by its number."""
        self.query_one(Options).choose(int(key))

    @on(Options.Picked)
    def action_take(self) -> None:
        """Confirm the current choice."""
        self.chosen = self.query_one(Options).cursor
        self.dismiss()
