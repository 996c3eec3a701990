"""Notices: what a learner is told once, before a session, because it may spoil what he does in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mnemosyne.review.clock_doubt import clock_doubt

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


def notices(collection: Collection) -> tuple[str, ...]:
    """The sentences to say; none on most days."""
    from mnemosyne.store.counts import last_day

    doubt = clock_doubt(last_day(collection.deck), collection.clock.today())
    return (doubt,) if doubt else ()
