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
from mnemosyne.text import pluralize
from mnemosyne.tui import finding, wording
from mnemosyne.tui.screens.dialog import Dialog
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.suspended_editor import edit_within
from mnemosyne.tui.undoable_changes import Change, Verb, reset_to_new, toggle, undo_change

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.collection.browsing import Row


class CardChangesScreen(PlacedScreen):
    """Carries changes out; which cards are meant, and what is to be shown anew, is the screen's to say."""

    def __init__(self) -> None:
        super().__init__()
        self._changes: list[Change] = []

    def targets(self) -> tuple[str, ...]:
        """Ids of the cards that a command is about."""
        raise NotImplementedError

    def changed(self) -> None:
        """Take in that the deck was changed."""
        raise NotImplementedError

    def action_suspend_cards(self) -> None:
        """Out of all sessions, or back in."""
        self._turn(Verb.SUSPEND)

    def action_bury_cards(self) -> None:
        """Put off until tomorrow, or no longer."""
        self._turn(Verb.BURY)

    def action_flag_cards(self) -> None:
        """Mark, or unmark."""
        self._turn(Verb.FLAG)

    def action_reset_cards(self) -> None:
        """Forget what was learned, after a question."""
        if ids := self.targets():
            self._carry_out(self._reset(ids))

    def action_undo_change(self) -> None:
        """Undo the last change."""
        self._carry_out(self._undo())

    def edit(self, row: Row) -> None:
        """Open the card in the learner's own editor."""
        self._carry_out(self._edit(row))

    def _turn(self, verb: Verb) -> None:
        if ids := self.targets():
            self._carry_out(self._change(partial(toggle, verb=verb, ids=ids)))

    @work
    async def _carry_out(self, step: Coroutine[None, None, None]) -> None:
        """One change of the deck, and the list as it is after it."""
        try:
            await step
        except MnemosyneError as error:
            self.mnemosyne.tell(error)
        self.changed()

    async def _change(self, step: Callable[[Collection], Change | None]) -> None:
        undo_step = await self.mnemosyne.deck_thread.work(step)
        if undo_step is None:
            self.mnemosyne.say("There is nothing to reset: these cards are new already.")
        else:
            self._changes.append(undo_step)
            self.mnemosyne.say(wording.changed(undo_step, await self._cards_of(undo_step)))

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
            await self._change(partial(reset_to_new, ids=ids))

    async def _undo(self) -> None:
        if not self._changes:
            self.mnemosyne.say("There is nothing to undo here.")
            return
        last = self._changes.pop()
        await self.mnemosyne.deck_thread.work(partial(undo_change, change=last))
        self.mnemosyne.say(wording.change_undone(last, await self._cards_of(last)))

    async def _cards_of(self, change: Change) -> str:
        return await self.mnemosyne.deck_thread.work(partial(finding.cards_named, ids=change.ids))
