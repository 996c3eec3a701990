"""Syncing with the learner's other devices: what comes in and goes out, in one line.

Runs on a connection of its own, so that it may run beside a session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from mnemosyne.collection.repair import lost_card
from mnemosyne.errors import MnemosyneError
from mnemosyne.hub_address import HubAddress, read_hub_address
from mnemosyne.text import pluralize

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.store.engine import Deck
    from mnemosyne.store.merging import Exchanged

_UNNAMED = "an earlier version"  # of reviews from before devices had names


@dataclass(frozen=True, slots=True)
class QuietSync:
    """What an exchange in the background did, as far as the learner has to know."""

    messages: tuple[str, ...] = ()  # what went wrong, a line each
    events: int = 0  # how many came that the deck did not know


def sync_folder(collection: Collection, folder: Path) -> Exchanged:
    """Exchange events with a folder; StoreError if it cannot be read or written."""
    from mnemosyne.store.folder import sync_with_folder

    with _own_connection(collection) as deck:
        return sync_with_folder(deck, folder, collection.rules.scheduler, lost_card)


def sync_hub(collection: Collection, address: HubAddress) -> Exchanged:
    """Exchange events with a hub; HubError if it is away, or refuses."""
    from mnemosyne.collection.hub_sync import sync_with_hub

    with _own_connection(collection) as deck:
        return sync_with_hub(deck, address, collection.rules.scheduler, lost_card)


@contextmanager
def _own_connection(collection: Collection) -> Iterator[Deck]:
    """Give the deck by a connection that nobody else uses."""
    from mnemosyne.store.engine import open_deck

    deck = open_deck(collection.settings.deck_path)
    try:
        yield deck
    finally:
        deck.dispose()


def exchanges(collection: Collection) -> Iterator[Callable[[], Exchanged]]:
    """Yield what exchanges events with each carrier that the settings name."""
    settings = collection.settings
    if settings.sync_folder is not None:
        yield partial(sync_folder, collection, settings.sync_folder)
    if settings.sync_hub is not None:
        yield partial(sync_hub, collection, read_hub_address(settings.sync_hub))


def outcome_text(outcome: Exchanged) -> str:
    """Return what an exchange did, such as "12 reviews from laptop, 3 sent; 9 cards moved"."""
    incoming = outcome.incoming
    reviews = [
        f"{pluralize(count, 'review')} from {device or _UNNAMED}" for device, count in sorted(incoming.reviews.items())
    ]
    without_grade = incoming.events - sum(incoming.reviews.values())
    changes = [pluralize(without_grade, "other change")] if without_grade else []
    parts = [*reviews, *changes, *([f"{outcome.sent} sent"] if outcome.sent else [])]
    if not parts:
        return "nothing new, and nothing to send"
    moved = f"; {pluralize(len(incoming.moved), 'card')} moved" if incoming.events else ""
    return f"{', '.join(parts)}{moved}"


def sync_quietly(collection: Collection) -> QuietSync:
    """Sync with the folder and the hub that are set, if any; what fails is in the result."""
    messages: list[str] = []
    events = 0
    for exchange in exchanges(collection):
        try:
            outcome = exchange()
        except MnemosyneError as error:
            messages.append(str(error))
        else:
            messages += outcome.faults
            events += outcome.incoming.events
    return QuietSync(tuple(messages), events)


@contextmanager
def syncing_meanwhile(collection: Collection) -> Iterator[list[str]]:
    """Sync with the folder and the hub that are set, in the background as a session begins, and again at its end.

    What the learner has to know is in the list once the block has ended.
    """
    messages: list[str] = []
    if not collection.settings.syncs:
        yield messages
        return
    thread = Thread(target=lambda: messages.extend(sync_quietly(collection).messages), name="sync", daemon=True)
    thread.start()
    try:
        yield messages
    finally:
        thread.join()
        messages.extend(sync_quietly(collection).messages)
