"""Commands of the home screen."""

from __future__ import annotations

from mnemosyne.tui.commands.command import Command, Place

HOME_COMMANDS = (
    Command("start", ("enter",), "start", "Start a session with everything that is due, or go on", (Place.HOME,)),
    Command("lesson", ("f4", "l"), "lesson", "Read the lesson", (Place.HOME,)),
    Command(
        "mistake",
        tuple("123"),
        "",
        "Read the lesson's passage on a recent mistake",
        (Place.HOME,),
        palette=False,
        per_key=True,
    ),
)
