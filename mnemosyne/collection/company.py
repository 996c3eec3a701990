"""Company: what a learner is told whose session is not the only one on the deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


def company(collection: Collection) -> tuple[str, ...]:
    """One sentence; none if no other session was on the deck when this one came."""
    if collection.presence.alone:
        return ()
    return ("Another session is open on this deck: go on if you like; a card answered in both counts once.",)
