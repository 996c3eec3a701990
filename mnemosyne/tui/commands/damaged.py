"""Commands of the dialog that offers a backup in the place of a damaged deck."""

from __future__ import annotations

from mnemosyne.tui.commands.command import Command, Place

DAMAGED_COMMANDS = (
    Command("put-back", ("enter",), "put it back", "Put the backup in the place of the damaged deck", (Place.DAMAGED,)),
)
