"""Syncing with the learner's other devices: what comes in and goes out, in one line.

Runs on a connection of its own, so that it may run beside a session.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from mnemosyne.collection.repair import lost_card
from mnemosyne.errors import MnemosyneError
from mnemosyne.text import pluralize

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.store.folder import FolderSync

_UNNAMED = "an earlier version"  # of reviews from before devices had names


def sync_folder(collection: Collection, folder: Path) -> FolderSync:
    """Exchange events with a folder; StoreError if it cannot be read or written."""
    from mnemosyne.store.engine import open_deck
    from mnemosyne.store.folder import sync_with_folder

    deck = open_deck(collection.settings.deck_path)
    try:
        return sync_with_folder(deck, folder, collection.rules.scheduler, lost_card)
    finally:
        deck.dispose()


def outcome_text(outcome: FolderSync) -> str:
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


def sync_quietly(collection: Collection) -> tuple[str, ...]:
    """Sync with the folder that is set, if any; return what the learner has to know, a line each."""
    folder = collection.settings.sync_folder
    if folder is None:
        return ()
    try:
        return tuple(sync_folder(collection, folder).faults)
    except MnemosyneError as error:
        return (str(error),)


@contextmanager
def syncing_meanwhile(collection: Collection) -> Iterator[list[str]]:
    """Sync with the folder that is set, in the background as a session begins, and again at its end.

    What the learner has to know is in the list once the block has ended.
    """
    messages: list[str] = []
    if collection.settings.sync_folder is None:
        yield messages
        return
    thread = Thread(target=lambda: messages.extend(sync_quietly(collection)), name="sync", daemon=True)
    thread.start()
    try:
        yield messages
    finally:
        thread.join()
        messages.extend(sync_quietly(collection))
