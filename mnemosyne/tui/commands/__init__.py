"""Commands: one declaration each, from which its key binding, footer text, palette entry, help row and README row come.

A command is offered in places. The review screen is two places, since an Input takes every printable key: while an
answer is typed only function keys and control keys work, and a graded answer has the letters and digits too.
A file for each screen's commands; nothing but Textual's Binding is imported. What a command does is the action of the
same name on a screen or the app.
"""

from __future__ import annotations

from textual.binding import BindingType

from mnemosyne.tui.commands.browse import BROWSE_COMMANDS
from mnemosyne.tui.commands.command import EVERYWHERE, REVIEW, Command, Place, key_name, keys_text
from mnemosyne.tui.commands.damaged import DAMAGED_COMMANDS
from mnemosyne.tui.commands.everywhere import SHARED_COMMANDS
from mnemosyne.tui.commands.home import HOME_COMMANDS
from mnemosyne.tui.commands.lesson import LESSON_COMMANDS
from mnemosyne.tui.commands.review import REVIEW_COMMANDS
from mnemosyne.tui.commands.settings import SETTINGS_COMMANDS
from mnemosyne.tui.commands.stats import STATS_COMMANDS

__all__ = [
    "BY_ACTION",
    "BY_ID",
    "COMMANDS",
    "EVERYWHERE",
    "REVIEW",
    "Command",
    "Place",
    "app_bindings",
    "available",
    "bindings_of",
    "key_name",
    "keys_text",
]

COMMANDS = (
    *HOME_COMMANDS,
    *REVIEW_COMMANDS,
    *LESSON_COMMANDS,
    *BROWSE_COMMANDS,
    *STATS_COMMANDS,
    *SETTINGS_COMMANDS,
    *DAMAGED_COMMANDS,
    *SHARED_COMMANDS,
)
BY_ACTION = {command.action: command for command in COMMANDS}
BY_ID = {command.id: command for command in COMMANDS}


def bindings_of(*places: Place) -> list[BindingType]:
    """The bindings of a screen that is at one of the places, without the app's own."""
    return [
        binding
        for command in COMMANDS
        if not command.app_wide and set(command.places) & set(places)
        for binding in command.bindings()
    ]


def app_bindings() -> list[BindingType]:
    """The bindings that work on every screen."""
    return [binding for command in COMMANDS if command.app_wide for binding in command.bindings()]


def available(action: str, place: Place) -> bool:
    """Whether the action may run at the place; actions that are no command of ours are not restricted."""
    command = BY_ACTION.get(action)
    return command is None or place in command.places
