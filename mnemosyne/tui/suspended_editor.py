"""Suspends the app while the learner's editor has the terminal."""

from __future__ import annotations

import os
from pathlib import Path

from textual.app import App, SuspendNotSupported

from mnemosyne.cards.card import Card
from mnemosyne.collection.card_changes import place_to_edit, problem_in
from mnemosyne.editor import editor_command, run_editor
from mnemosyne.errors import InputError
from mnemosyne.tui.notifications import NotifyingApp


async def edit_card(app: NotifyingApp, card: Card) -> None:
    """Open the card's place in its file, then reload the file; raise InputError if it is not valid afterwards."""
    place = await app.deck_thread.work(lambda collection: place_to_edit(collection, card, os.environ))
    await edit_within(app, Path(place.path), place.line)
    if problem := await app.deck_thread.work(lambda collection: problem_in(collection, card.id, place)):
        raise InputError(problem)


async def edit_within(app: App[None], path: Path, line: int) -> None:
    """Give the terminal to the editor; raise InputError if there is no editor or terminal, or if the editor failed.

    Nothing may be raised while the app is suspended: Textual would never take the terminal back.
    """
    command = editor_command(path, line, os.environ)
    try:
        with app.suspend():
            fault = run_editor(command)
    except SuspendNotSupported:
        raise InputError("no editor can be opened here", "edit the file in another window") from None
    if fault:
        raise InputError(fault, "the file is read as it is now")
