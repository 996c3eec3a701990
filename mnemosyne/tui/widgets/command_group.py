"""The commands of one place with their keys, as they are now; a click on one that can be given does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from textual import events
from textual.message import Message

from mnemosyne.tui.command import Command, keys_text
from mnemosyne.tui.picture import Picture, above, beside, prose, sized, words
from mnemosyne.tui.preferences import keys_now
from mnemosyne.tui.widgets.drawing import Drawing

_KEYS_WIDTH = 17


@dataclass(frozen=True, slots=True)
class Group:
    """Commands under a title; `keys` are those that the learner gave, `live` whether a click does something."""

    title: str
    commands: tuple[Command, ...]  # in the order in which they are listed
    keys: Mapping[str, str] = field(default_factory=dict)
    live: bool = False


class CommandGroup(Drawing[Group]):
    """A row for each command."""

    class Clicked(Message):
        """The learner wants this command."""

        def __init__(self, command: Command) -> None:
            super().__init__()
            self.command = command

    def draw(self, subject: Group, width: int) -> Picture:
        """Return the title, and the rows."""
        rows = [_row(command, subject.keys, width) for command in subject.commands]
        return above([words(subject.title, "bold"), *rows])

    def on_click(self, event: events.Click) -> None:
        """Find the row under the mouse."""
        if self.subject is None or not self.subject.live:
            return
        bottom = 1  # the title
        for command in self.subject.commands:
            top, bottom = bottom, bottom + _row(command, self.subject.keys, self.content_size.width).height
            if top <= event.y < bottom and not command.per_key:
                self.post_message(self.Clicked(command))


def _row(command: Command, keys: Mapping[str, str], width: int) -> Picture:
    key_names = prose(keys_text(command, keys_now(command, keys)), _KEYS_WIDTH - 3, "bold $key")
    return beside([words("  "), sized(key_names, _KEYS_WIDTH - 2), prose(command.description, width - _KEYS_WIDTH)])
