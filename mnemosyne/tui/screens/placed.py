"""Placed: a screen that says at which place of `commands` it is, so that only the commands of that place work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen

from mnemosyne.tui.command import Place
from mnemosyne.tui.commands import available
from mnemosyne.tui.type_ahead import KeyGate

if TYPE_CHECKING:
    from mnemosyne.tui.app import MnemosyneApp


class Placed(Screen[None]):
    """What the screens of this app have in common."""

    # Where nothing that takes arrows has the focus, they scroll, as the letters do.
    BINDINGS = [  # noqa: RUF012 - Textual reads the class attribute
        Binding("down", "scroll('j')", show=False),
        Binding("up", "scroll('k')", show=False),
    ]

    gate: KeyGate | None = None  # where keys may have to wait

    @property
    def place(self) -> Place:
        """Where the learner is."""
        raise NotImplementedError

    @property
    def mnemosyne(self) -> MnemosyneApp:
        """The app, with its desk and its ways from screen to screen."""
        return cast("MnemosyneApp", self.app)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Commands of other places are off, and the footer does not show them."""
        return available(action, self.place)

    def action_stats(self) -> None:
        """How it goes."""
        self.mnemosyne.show_stats()

    def action_scroll(self, key: str) -> None:
        """Scroll what the screen is about."""
        body = self.query(VerticalScroll).first()
        half = max(1, body.size.height // 2)
        match key:
            case "g":
                body.scroll_home(animate=False)
            case "G":
                body.scroll_end(animate=False)
            case _:
                lines = {"j": 1, "k": -1, "ctrl+d": half, "ctrl+u": -half}[key]
                body.scroll_relative(y=lines, animate=False)
