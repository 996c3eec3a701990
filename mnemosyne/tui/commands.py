"""Commands: one declaration each, from which its key binding, footer text, palette entry, help row and README row come.

A command is offered in places. The review screen is two places, since an Input takes every printable key: while an
answer is typed only function keys and control keys work, and a graded answer has the letters and digits too.
Imports nothing but Textual's Binding; what a command does is the action of the same name on a screen or the app.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding, BindingType


class Place(StrEnum):
    """Where a command can be given; a screen says which place it is at this moment."""

    HOME = "home"
    ASKING = "asking"  # the question waits for an answer
    GRADED = "graded"  # the answer is judged or revealed and waits for a quality
    WORKING = "working"  # the deck or the checker is busy
    SUMMARY = "summary"
    LESSON = "lesson"
    HELP = "help"


REVIEW = (Place.ASKING, Place.GRADED)
EVERYWHERE = tuple(Place)


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the learner can do. `keys` are Textual's key names, the one to show first in each kind first."""

    id: str
    keys: tuple[str, ...]
    label: str  # in the footer; empty: not shown there
    description: str
    places: tuple[Place, ...]
    palette: bool = True
    per_key: bool = False  # the action is told which key it was
    minor: bool = False  # the first to leave a narrow footer
    app_wide: bool = False  # an action of the app, not of a screen

    @property
    def action(self) -> str:
        """The name of the method `action_...` that carries it out."""
        return self.id.replace("-", "_")

    @property
    def title(self) -> str:
        """Its name in the palette."""
        return self.id.capitalize()

    def bindings(self) -> Iterator[Binding]:
        """Its key bindings; the id lets a keymap put other keys in their place."""
        if self.per_key:
            for key in self.keys:
                yield Binding(key, f"{self.action}({key!r})", self.description, show=False, id=f"{self.id}-{key}")
        else:
            yield Binding(",".join(self.keys), self.action, self.label or self.description, id=self.id)


COMMANDS = (
    Command("start", ("enter",), "start", "Start a session with everything that is due", (Place.HOME,)),
    Command(
        "check", ("enter", "space"), "check", "Check the answer, or reveal it where you grade yourself", (Place.ASKING,)
    ),
    Command("accept", ("enter", "space"), "accept", "Accept the proposed quality", (Place.GRADED,)),
    Command(
        "choose",
        tuple("123456789"),
        "",
        "Move to an option by its number",
        (Place.ASKING,),
        palette=False,
        per_key=True,
    ),
    Command(
        "grade",
        tuple("012345"),
        "",
        "Grade yourself: 0 nothing came, 3 with an effort, 5 at once",
        (Place.GRADED,),
        palette=False,
        per_key=True,
    ),
    Command("hint", ("f2",), "hint", "Show the next hint", (Place.ASKING,)),
    Command("show", ("f3",), "show", "Give up and show the answer", (Place.ASKING,)),
    Command(
        "lesson",
        ("f4", "l"),
        "lesson",
        "Read the lesson, at the passage that belongs to the card or the mistake",
        (Place.HOME, *REVIEW),
    ),
    Command("skip", ("f5",), "skip", "Skip: put the card off until tomorrow", (Place.ASKING,)),
    Command("suspend", ("f6",), "suspend", "Take the card out of all sessions", (Place.ASKING,), minor=True),
    Command("flag", ("f7", "f"), "flag", "Mark the card for a later look, or take the mark away", REVIEW, minor=True),
    Command("edit", ("f9", "e"), "", "Edit the card in $EDITOR, at its line; it is read again afterwards", REVIEW),
    Command(
        "undo",
        ("u", "ctrl+z"),
        "undo",
        "Take the last grade back, also one of an earlier session",
        (Place.HOME, *REVIEW, Place.SUMMARY),
    ),
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
    Command("leave", ("q",), "quit", "Leave the program", (Place.HOME, Place.SUMMARY), app_wide=True),
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


_KEY_NAMES = {"question_mark": "?", "escape": "Esc"}


def key_name(key: str) -> str:
    """A key as it is written for people: `F2`, `Ctrl+Z`, `?`."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    return key if len(key) == 1 else "+".join(part.capitalize() for part in key.split("+"))


def keys_text(command: Command) -> str:
    """All keys of a command in one text: `F2, h`, and `0-5` for a row of digits."""
    names = [key_name(key) for key in command.keys]
    if command.per_key:
        return f"{names[0]}-{names[-1]}"
    return ", ".join(names)
