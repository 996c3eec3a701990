"""Editing: the terminal is given to the learner's editor until it is left."""

from __future__ import annotations

import os
from pathlib import Path

from textual.app import App, SuspendNotSupported

from mnemosyne.cards.card import Card
from mnemosyne.collection.editing import place_to_edit, problem_in
from mnemosyne.editor import editor_command, run_editor
from mnemosyne.errors import InputError
from mnemosyne.tui.notifications import NotifyingApp


async def edit_card(app: NotifyingApp, card: Card) -> None:
    """Open the card's place in its file, and read the file again; InputError if it cannot be taken as it is now."""
    place = await app.deck_thread.work(lambda collection: place_to_edit(collection, card, os.environ))
    await edit_within(app, Path(place.path), place.line)
    if problem := await app.deck_thread.work(lambda collection: problem_in(collection, place)):
        raise InputError(problem)


async def edit_within(app: App[None], path: Path, line: int) -> None:
    """Give the terminal to the editor; InputError if there is none, if it failed, or without a terminal to give.

    Textual never takes the terminal back if anything is raised while it is given away: so nothing is.
    """
    command = editor_command(path, line, os.environ)
    try:
        with app.suspend():
            fault = run_editor(command)
    except SuspendNotSupported:
        raise InputError("no editor can be opened here", "edit the file in another window") from None
    if fault:
        raise InputError(fault, "the file is read as it now stands")
