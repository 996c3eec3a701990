"""Help: every command with its keys, those of the place it was opened from first; drawn from the declarations alone."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from mnemosyne.tui.commands import COMMANDS, EVERYWHERE, Command, Place, bindings_of, keys_text
from mnemosyne.tui.picture import Picture, above, prose, sized, words
from mnemosyne.tui.picture import beside as side_by_side
from mnemosyne.tui.screens.placed import Placed
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.tui.widgets.key_bar import KeyBar

_TITLES = {
    Place.HOME: "Home",
    Place.ASKING: "While answering",
    Place.GRADED: "After the verdict",
    Place.SUMMARY: "Summary",
    Place.BROWSE: "Browse",
    Place.CARD: "A card",
}
_KEYS_WIDTH = 16


class KeyTable(Drawing[Place]):
    """The help rows, one group per place."""

    def draw(self, subject: Place, width: int) -> Picture:
        """The present place first, what works everywhere last."""
        order = [subject, *(place for place in _TITLES if place is not subject)]
        groups = [(_TITLES[place], _only(place)) for place in order if place in _TITLES]
        groups.append(("Everywhere", [command for command in COMMANDS if command.places == EVERYWHERE]))
        typing = prose(_TYPING, width, "$quiet")
        return above([typing, *(_group(title, commands, width) for title, commands in groups)], gap=1)


_TYPING = (
    "While you type an answer, letters and digits go into it: use the function keys and Ctrl then. "
    "Ctrl+P finds every command by name; the mouse works everywhere. "
    "In a list j, k, g, G, Ctrl+D and Ctrl+U move as in vi."
)


def _only(place: Place) -> list[Command]:
    return [command for command in COMMANDS if place in command.places and command.places != EVERYWHERE]


def _group(title: str, commands: list[Command], width: int) -> Picture:
    return above([words(title, "bold"), *(_row(command, width) for command in commands)])


def _row(command: Command, width: int) -> Picture:
    keys = sized(words(f"  {keys_text(command)}", "bold $key"), _KEYS_WIDTH)
    return side_by_side([keys, prose(command.description, width - _KEYS_WIDTH)])


class HelpScreen(Placed):
    """Opened over another screen; Esc goes back to it."""

    CSS_PATH = "help.tcss"
    BINDINGS = bindings_of(Place.HELP)

    def __init__(self, opened_from: Place) -> None:
        super().__init__()
        self.opened_from = opened_from

    @property
    def place(self) -> Place:
        """Help."""
        return Place.HELP

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll(id="page"):
            yield KeyTable(self.opened_from)
        yield KeyBar()

    def action_back(self) -> None:
        """Close."""
        self.dismiss()
