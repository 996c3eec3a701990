"""Commands that several screens share, and those that work everywhere."""

from __future__ import annotations

from mnemosyne.tui.commands.command import EVERYWHERE, REVIEW, Command, Place

SHARED_COMMANDS = (
    Command("home", ("enter",), "home", "Go to the home screen", (Place.SUMMARY,)),
    Command(
        "back",
        ("escape",),
        "back",
        "Go back; a session goes on later where it stopped",
        (*REVIEW, Place.WORKING, Place.SUMMARY, Place.LESSON, Place.HELP),
    ),
    Command("help", ("f1", "question_mark"), "help", "Show the keys", EVERYWHERE, app_wide=True),
    Command("theme", ("f8",), "", "Switch between the dark and the light theme", EVERYWHERE, app_wide=True),
    Command("leave", ("q",), "quit", "Leave the program", (Place.HOME, Place.SUMMARY, Place.DAMAGED), app_wide=True),
)
