"""Loads the skills for the screens, in parts, on the deck thread, after the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.scheduling.skills.known_skill import KnownSkill
    from mnemosyne.tui.deck_thread import DeckThread


async def known_skills_on(deck_thread: DeckThread) -> tuple[KnownSkill, ...]:
    """Return the skills met so far, weakest first; a long log is processed in parts, so that keys work in between."""
    while not await deck_thread.work(_fold_part):
        pass
    return await deck_thread.work(_skills_so_far)


def _fold_part(collection: Collection) -> bool:
    from mnemosyne.collection.skills import fold_part  # late: after the first paint

    return fold_part(collection)


def _skills_so_far(collection: Collection) -> tuple[KnownSkill, ...]:
    from mnemosyne.collection.skills import skills_so_far

    return skills_so_far(collection)
