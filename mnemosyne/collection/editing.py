"""Editing a card: where its text may be changed. What came with the program is never written to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mnemosyne.cards.card import Source
from mnemosyne.editor import editor_command
from mnemosyne.errors import InputError

if TYPE_CHECKING:
    from mnemosyne.cards.card import Card
    from mnemosyne.collection import Collection


def place_to_edit(collection: Collection, card: Card, environment: Mapping[str, str]) -> Source:
    """Return where the card is to be edited: in its own file, or, of a bundled one, in a copy among the learner's own.

    The copy is made now, and stands in the original's place: it keeps the history. DeckError or InputError, in one
    line, where that cannot be done. InputError, and no copy, if the environment has no editor that can open it.
    """
    if not card.source.path:
        raise InputError("this question belongs to no card", "exam questions are in no file")
    *own, last = collection.settings.card_folders
    original = Path(card.source.path)
    if not own or not original.is_relative_to(last):
        return card.source
    from mnemosyne.deckfiles.writer import copy_card

    target = own[0] / card.topic / original.name
    editor_command(target, card.source.line, environment)  # found before anything is copied
    line = copy_card(original, card.id, card.topic, target)
    collection.sync()
    return Source(str(target), line)


def problem_in(collection: Collection, place: Source) -> str:
    """Return the first problem of the file that was edited, with its place; empty if it can be taken as it is now."""
    collection.sync_if_changed()
    return next((str(problem) for problem in collection.problems if problem.path == Path(place.path)), "")
