"""The screen for a damaged deck, which offers to restore the newest good backup.

It replaces the screens that were open; after a restore the app starts again at home. Without a
backup the app ends with the fault as its message.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from mnemosyne.errors import DamagedError, MnemosyneError
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import bindings_of
from mnemosyne.tui.picture import Picture, above, beside, prose, rule, words
from mnemosyne.tui.screen_messages import ShowHome
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


@dataclass(frozen=True, slots=True)
class Offer:
    """The fault, the backup to restore and its contents; `failed` is why the restore failed."""

    fault: DamagedError
    backup: Path
    made: str  # when the backup was made, in words
    within: str  # the contents of the backup, in words
    failed: str = ""


class OfferText(Drawing[Offer]):
    """Says what is wrong, what is offered, and what happens to the damaged file."""

    def draw(self, subject: Offer, width: int) -> Picture:
        """Draw the fault first, then the ways out."""
        body = above([words("The deck is damaged", "bold $wrong"), rule(width), prose(subject.fault.message, width)])
        offered = above(
            [
                prose(f"The newest good backup was made on {subject.made}.", width),
                prose(f"Contents: {subject.within}.", width),
            ]
        )
        way = beside([words(" Enter ", "bold $background on $key"), words("  restores it", "$quiet")])
        footnote = prose("The damaged file is kept. `mnemosyne restore` lists all backups.", width, "$quiet")
        failed = [prose(subject.failed, width, "$wrong")] if subject.failed else []
        return above([body, offered, way, footnote, *failed], gap=1)


def offer_of(collection: Collection, fault: DamagedError) -> Offer | None:
    """Return the newest good backup as an offer, or None."""
    from mnemosyne.collection.safety import contents_text, minute_text, newest_good

    candidate = newest_good(collection)
    if candidate is None or candidate.contents is None:
        return None
    date = minute_text(collection, candidate.backup.made_at)
    return Offer(fault, candidate.backup.path, date, contents_text(candidate.contents))


def last_word(collection: Collection, fault: DamagedError) -> DamagedError:
    """Return the error to end with if nothing is restored."""
    from mnemosyne.collection.safety import with_offer

    return with_offer(collection, fault)


def put_backup_in_place(collection: Collection, backup: Path) -> str:
    """Restore the backup; return a sentence that says where the damaged file is kept."""
    from mnemosyne.collection.safety import restore_backup

    restored = restore_backup(collection, backup)
    return (
        f"The deck has been restored; the damaged file is kept as {restored.damaged.name}."
        if restored.damaged
        else "The deck has been restored."
    )


class DamagedScreen(PlacedScreen):
    """Shown in place of any screen that needed the deck."""

    CSS_PATH = "damaged.tcss"
    PLACE = CommandPlace.DAMAGED
    BINDINGS = bindings_of(CommandPlace.DAMAGED)

    def __init__(self, fault: DamagedError) -> None:
        super().__init__()
        self._fault = fault

    def compose(self) -> ComposeResult:
        """Yield the offer and the keys."""
        with VerticalScroll(can_focus=False):
            yield OfferText()
        yield KeyBar()

    def on_mount(self) -> None:
        """Look for a backup after the first paint."""
        self.load()

    @work(exclusive=True)
    async def load(self) -> None:
        """Fill in the offer; without a backup end the app."""
        fault, deck_thread = self._fault, self.mnemosyne.deck_thread
        self.mnemosyne.failure = await deck_thread.mend(lambda collection: last_word(collection, fault))
        offer = await deck_thread.mend(lambda collection: offer_of(collection, fault))
        if offer is None:
            self.mnemosyne.exit()
        else:
            self.query_one(OfferText).subject = offer

    @work(exclusive=True)
    async def action_put_back(self) -> None:
        """Restore the backup, and go home."""
        text = self.query_one(OfferText)
        offer = text.subject
        if offer is None:
            return
        try:
            message = await self.mnemosyne.deck_thread.mend(
                lambda collection: put_backup_in_place(collection, offer.backup)
            )
        except MnemosyneError as error:
            text.subject = replace(offer, failed=str(error))
            return
        self.mnemosyne.failure = None
        self.mnemosyne.say(message)
        self.app.post_message(ShowHome())
