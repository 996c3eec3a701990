"""A command as a value, the places where it is available, and how its keys are written for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding
from textual.keys import key_to_character


class CommandPlace(StrEnum):
    """Where a command is available; a screen says which place it is at the moment."""

    HOME = "home"
    ASKING = "asking"  # the question waits for an answer
    JUDGED = "judged"  # the answer is judged or revealed and waits for a grade
    WORKING = "working"  # the deck or the checker is busy
    SUMMARY = "summary"
    LESSON = "lesson"
    BROWSE = "browse"
    FINDING = "finding"  # the query of the browse screen is typed
    CARD = "card"
    STATS = "stats"
    PAUSED = "paused"  # the question is hidden and the clock stopped
    DIALOG = "dialog"  # a dialog waits for a choice
    HELP = "help"
    SETTINGS = "settings"
    CHANGING = "changing"  # a setting or a dialog waits for typed text
    DAMAGED = "damaged"  # the deck cannot be used, but there is a backup

    @property
    def heading(self) -> str:
        """The heading of the place in the help."""
        return _HEADINGS.get(self.value, self.value.capitalize())


_HEADINGS = {
    "asking": "While answering",
    "judged": "After the verdict",
    "finding": "While a query is typed",
    "card": "A card",
    "dialog": "A choice",
    "changing": "While typing a value",
    "damaged": "With a damaged deck",
}
REVIEW = (CommandPlace.ASKING, CommandPlace.JUDGED)
EVERYWHERE = tuple(CommandPlace)


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the learner can do.

    `keys` are Textual's key names; the first of each kind is the one shown.
    """

    id: str  # the name of its action, and of its keys in the settings file
    keys: tuple[str, ...]
    label: str  # the text in the footer; empty if it is not shown there
    description: str  # the text in the help and the palette
    places: tuple[CommandPlace, ...]  # the places where it can be used
    palette: bool = True  # whether the command palette offers it
    per_key: bool = False  # whether the action is passed the key
    minor: bool = False  # whether it is dropped first from a narrow footer
    app_wide: bool = False  # whether it is an action of the app, not of a screen
    name: str = ""  # its name in the palette, if not the id, which settings files may know as an older word

    @property
    def action(self) -> str:
        """The name of the method `action_...` that runs it."""
        return self.id.replace("-", "_")

    @property
    def title(self) -> str:
        """Its name in the palette."""
        return self.name or self.id.replace("-", " ").capitalize()

    def bindings(self) -> Iterator[Binding]:
        """Yield its key bindings; their ids let a keymap change the keys."""
        if self.per_key:
            for key in self.keys:
                yield Binding(key, f"{self.action}({key!r})", self.description, show=False, id=f"{self.id}-{key}")
        else:
            yield Binding(",".join(self.keys), self.action, self.label or self.description, id=self.id)


_KEY_NAMES = {"escape": "Esc", "pagedown": "PgDn", "pageup": "PgUp", "slash": "/"}


def key_name(key: str) -> str:
    """Return a key as it is written for people: `F2`, `Ctrl+Z`, `?`."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    character = key_to_character(key)
    if character is not None and character.isprintable() and not character.isspace():
        return character
    return "+".join(part.capitalize() for part in key.split("+"))


def keys_text(command: Command, keys: tuple[str, ...] | None = None) -> str:
    """Return a command's own keys, or those given, as text: `F2, h`, and `0-5` for a row of digits."""
    keys = command.keys if keys is None else keys
    if not command.per_key:
        return ", ".join(map(key_name, keys))
    if all(key.isdecimal() for key in keys):
        return f"{keys[0]}-{keys[-1]}"
    return " ".join(map(key_name, keys)).replace("Ctrl+", "^")
