"""Company: a session's sign to others on the same deck, and what a learner is told who is not alone there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.store.shelf import SqlShelf


def shelf_for_session(collection: Collection) -> SqlShelf:
    """The shelf, from now on as one who has a session on it; a second session keeps no question in progress."""
    shelf = collection.shelf
    shelf.keeps_pending = collection.presence.alone
    return shelf


def company(collection: Collection) -> tuple[str, ...]:
    """One sentence; none if no other session was on the deck when this one came."""
    if collection.presence.alone:
        return ()
    return ("Another session is open on this deck: go on if you like; a card answered in both counts once.",)
