"""A card's details: its history with a plot of its interval; opened over the table, Esc goes back to it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from mnemosyne.collection.browsing import Row
from mnemosyne.tui import browse_tasks
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import bindings_of
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.skill_loading import known_skills_on
from mnemosyne.tui.suspended_editor import edit_card
from mnemosyne.tui.widgets.card_history import CardHistory
from mnemosyne.tui.widgets.key_bar import KeyBar


class CardScreen(PlacedScreen):
    """Shows what is known of a card."""

    CSS_PATH = "card.tcss"
    PLACE = CommandPlace.CARD
    BINDINGS = bindings_of(CommandPlace.CARD)

    def __init__(self, row: Row) -> None:
        super().__init__()
        self._row = row

    def compose(self) -> ComposeResult:
        """Yield one scrolling page and the keys."""
        with VerticalScroll(id="page"):
            yield CardHistory()
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the log once the empty page is painted."""
        self.read()

    @work(exclusive=True, group="read")
    async def read(self) -> None:
        """Read the card and its events as they are now."""
        with self.mnemosyne.notifying_errors():
            card = await self.mnemosyne.deck_thread.work(partial(browse_tasks.logged_card, row=self._row))
            self._row = card.row
            self.query_one(CardHistory).subject = card
            skills = browse_tasks.skills_of_card(card.row.card, await known_skills_on(self.mnemosyne.deck_thread))
            self.query_one(CardHistory).subject = replace(card, skills=skills)

    @work
    async def action_edit_card(self) -> None:
        """Open the learner's editor, then show the edited card."""
        with self.mnemosyne.notifying_errors():
            browse_tasks.source(self._row)  # raises if no file has the card
            await edit_card(self.mnemosyne, self._row.card)
        self.read()

    def undone(self) -> None:
        """Show the card after an undo."""
        self.read()
