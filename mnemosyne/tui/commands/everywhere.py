"""Commands that several screens share, and those that work everywhere."""

from __future__ import annotations

from mnemosyne.tui.commands.command import EVERYWHERE, REVIEW, Command, Place

SHARED_COMMANDS = (
    Command("take", ("enter", "space"), "take", "Take the marked choice", (Place.DIALOG,), palette=False),
    Command("home", ("enter",), "home", "Go to the home screen", (Place.SUMMARY,)),
    Command(
        "back",
        ("escape",),
        "back",
        "Go back; a session goes on later where it stopped",
        (
            *REVIEW,
            Place.WORKING,
            Place.SUMMARY,
            Place.LESSON,
            Place.BROWSE,
            Place.FINDING,
            Place.CARD,
            Place.STATS,
            Place.HELP,
            Place.SETTINGS,
            Place.CHANGING,
            Place.DIALOG,
        ),
    ),
    Command(
        "scroll",
        ("j", "k", "g", "G", "ctrl+d", "ctrl+u"),
        "",
        "Scroll by a line, to the beginning or end, by half a page",
        (
            Place.HOME,
            *REVIEW,
            Place.SUMMARY,
            Place.LESSON,
            Place.BROWSE,
            Place.CARD,
            Place.STATS,
            Place.HELP,
            Place.SETTINGS,
        ),
        palette=False,
        per_key=True,
    ),
    Command("help", ("f1", "question_mark"), "help", "Show the keys", EVERYWHERE, app_wide=True),
    Command(
        "command-palette",
        ("ctrl+p",),
        "",
        "Find a command by its name, or a theme",
        EVERYWHERE,
        palette=False,
        app_wide=True,
    ),
    Command("theme", ("f8",), "", "Switch between the dark and the light theme", EVERYWHERE, app_wide=True),
    Command(
        "leave",
        ("q",),
        "quit",
        "Leave the program",
        (Place.HOME, Place.SUMMARY, Place.DAMAGED),
        palette=False,
        app_wide=True,
    ),
)
