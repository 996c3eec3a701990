"""Placed: a screen that says at which place of `commands` it is, so that only the commands of that place work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from mnemosyne.tui.commands import Place, available

if TYPE_CHECKING:
    from mnemosyne.tui.app import MnemosyneApp


class Placed(Screen[None]):
    """What the screens of this app have in common."""

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
