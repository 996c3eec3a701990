"""A command as a value, the places where it can be given, and how its keys are written for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding


class Place(StrEnum):
    """Where a command can be given; a screen says which place it is at this moment."""

    HOME = "home"
    ASKING = "asking"  # the question waits for an answer
    GRADED = "graded"  # the answer is judged or revealed and waits for a quality
    WORKING = "working"  # the deck or the checker is busy
    SUMMARY = "summary"
    LESSON = "lesson"
    BROWSE = "browse"
    FINDING = "finding"  # the query of the browse screen is typed
    CARD = "card"
    DIALOG = "dialog"  # a choice is asked for
    HELP = "help"
    DAMAGED = "damaged"  # there is no deck to go on with, but a backup of one


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


_KEY_NAMES = {"question_mark": "?", "slash": "/", "escape": "Esc"}


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
