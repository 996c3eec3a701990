"""Commands of the home screen."""

from __future__ import annotations

from mnemosyne.tui.commands.command import Command, Place

HOME_COMMANDS = (Command("start", ("enter",), "start", "Start a session with everything that is due", (Place.HOME,)),)
