"""What a screen with cards can do to them: suspend, bury, flag, reset, edit, and take the last of these changes back.

Every change is a step on the deck thread, after which the screen shows the deck as it is then. What can
be undone is a stack of what was done; an edit of a file is not on it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from mnemosyne.collection.editing import place_to_edit
from mnemosyne.errors import MnemosyneError
from mnemosyne.review.record import Mark
from mnemosyne.text import pluralize
from mnemosyne.tui import finding, wording
from mnemosyne.tui.screens.dialog import Dialog
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.suspended_editor import edit_within
from mnemosyne.tui.undoable_changes import reset_to_new, toggle

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.collection.browsing import Row


class CardChangesScreen(PlacedScreen):
    """Carries changes out; which cards are meant, and what is to be shown anew, is the screen's to say."""

    def targets(self) -> tuple[str, ...]:
        """Return the ids of the cards that a command is about."""
        raise NotImplementedError

    def changed(self) -> None:
        """Take in that the deck was changed."""
        raise NotImplementedError

    def action_suspend_cards(self) -> None:
        """Take the cards out of all sessions, or back in."""
        self._turn(Mark.SUSPENDED)

    def action_bury_cards(self) -> None:
        """Put off until tomorrow, or no longer."""
        self._turn(Mark.BURIED)

    def action_flag_cards(self) -> None:
        """Mark, or unmark."""
        self._turn(Mark.FLAGGED)

    def action_reset_cards(self) -> None:
        """Forget what was learned, after a question."""
        if ids := self.targets():
            self._carry_out(self._reset(ids))

    def undone(self) -> None:
        """Show the list as it is after an undo."""
        self.changed()

    def edit(self, row: Row) -> None:
        """Open the card in the learner's own editor."""
        self._carry_out(self._edit(row))

    def _turn(self, mark: Mark) -> None:
        if ids := self.targets():
            self._carry_out(self._say_of(partial(toggle, mark=mark, ids=ids)))

    @work
    async def _carry_out(self, step: Coroutine[None, None, None]) -> None:
        """One change of the deck, and the list as it is after it."""
        try:
            await step
        except MnemosyneError as error:
            self.mnemosyne.tell(error)
        self.changed()

    async def _say_of(self, step: Callable[[Collection], str]) -> None:
        self.mnemosyne.say(await self.mnemosyne.deck_thread.work(step))

    async def _edit(self, row: Row) -> None:
        finding.source(row)  # refused where no file has the card
        place = await self.mnemosyne.deck_thread.work(
            lambda collection: place_to_edit(collection, row.card, os.environ)
        )
        await edit_within(self.app, Path(place.path), place.line)

    async def _reset(self, ids: tuple[str, ...]) -> None:
        title = f"Reset {pluralize(len(ids), 'card')} to new?"
        dialog = Dialog(title, wording.RESET_ADVICE, wording.RESET_CHOICES)
        await self.app.push_screen_wait(dialog)
        if dialog.chosen == 1:
            await self._say_of(partial(reset_to_new, ids=ids))
