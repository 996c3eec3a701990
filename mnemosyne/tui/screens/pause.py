"""The pause: the question is hidden and its clock stopped until a key is pressed or the mouse clicked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from textual import events
from textual.app import ComposeResult

from mnemosyne.review.stopwatch import LONGEST_STRETCH
from mnemosyne.text import pluralize
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.numbers import stopwatch
from mnemosyne.tui.picture import EMPTY, Picture, above, prose, words
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.widgets.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Pause:
    """The time on the question so far, and whether the pause was automatic."""

    spent: timedelta  # the time on the question before the pause
    by_itself: bool  # whether the pause is due to a long time without a key


class Notice(Drawing[Pause]):
    """Draws the pause."""

    def draw(self, subject: Pause, width: int) -> Picture:
        """Return what is paused, and how to resume."""
        minutes = pluralize(int(LONGEST_STRETCH / timedelta(minutes=1)), "minute")
        why = prose(f"Nothing was typed for {minutes}; the time after that is not counted.", width)
        return above(
            [
                words(f"Paused at {stopwatch(subject.spent)}", "bold $key"),
                why if subject.by_itself else EMPTY,
                prose("What you typed is kept.", width, "$quiet"),
                words("Press any key to continue.", "bold"),
            ],
            gap=1,
        )


class PauseScreen(PlacedScreen):
    """Opened over a review."""

    CSS_PATH = "pause.tcss"
    PLACE = CommandPlace.PAUSED

    def __init__(self, spent: timedelta, *, by_itself: bool) -> None:
        super().__init__()
        self._pause = Pause(spent, by_itself)

    def compose(self) -> ComposeResult:
        """Yield the notice."""
        yield Notice(self._pause)

    def on_key(self, event: events.Key) -> None:
        """Resume at any key, which does nothing else."""
        event.stop()
        event.prevent_default()
        self.dismiss()

    def on_click(self) -> None:
        """Resume at a click."""
        self.dismiss()
