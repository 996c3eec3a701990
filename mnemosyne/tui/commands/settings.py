"""Commands of the settings screen: choosing a setting, and typing a value or pressing a key for it."""

from __future__ import annotations

from mnemosyne.tui.commands.command import Command, Place

SETTINGS_COMMANDS = (
    Command(
        "settings",
        ("comma",),
        "settings",
        "Change the settings",
        (Place.HOME, Place.SUMMARY),
        minor=True,
        app_wide=True,
    ),
    Command("change", ("enter", "space"), "change", "Take the next value, or type one", (Place.SETTINGS,)),
    Command("keep", ("enter",), "keep", "Keep what was typed", (Place.CHANGING,)),
    Command("reset", ("r", "delete"), "reset", "Put the setting back to its default", (Place.SETTINGS,)),
    Command("open-file", ("o",), "open file", "Open the settings file in $EDITOR", (Place.SETTINGS,)),
)
