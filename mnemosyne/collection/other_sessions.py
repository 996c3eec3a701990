"""Other sessions: a session shows the others on the same deck that it is there, and tells its learner of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.store.repository import SqlRepository


def repository_for_session(collection: Collection) -> SqlRepository:
    """Return the repository, and begin to be present on the deck; a second session keeps no question in progress."""
    repository = collection.repository
    repository.keeps_pending = collection.presence.alone
    return repository


def other_session_notices(collection: Collection) -> tuple[str, ...]:
    """Return one sentence; none if no other session was on the deck when this one began."""
    if collection.presence.alone:
        return ()
    return ("Another session is open on this deck. You can continue; a card answered in both counts once.",)
