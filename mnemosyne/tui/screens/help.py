"""Help: every command with its current keys, those of the place it was opened from first, and a short guide.

It is drawn from the declared commands, so new places and commands appear without a change here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message

from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.expressions.reading import read
from mnemosyne.tui.command import EVERYWHERE, Command, CommandPlace, keys_text
from mnemosyne.tui.commands import COMMANDS, bindings_of
from mnemosyne.tui.picture import Picture, above, beside, indented, prose, sized, words
from mnemosyne.tui.preferences import keys_now
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.tui.widgets.key_bar import KeyBar
from mnemosyne.tui.widgets.qualities import NAMES

_KEYS_WIDTH = 17
_TYPING = (
    "While you type an answer, letters and digits go into it: use the function keys and Ctrl combinations then. "
    "A session that you leave resumes where it stopped. Ctrl+P finds any command by name; click a row here to run it."
)
TYPED = (
    ("2x cos(x^2)", "multiplication needs no sign, and spaces are optional"),
    ("x^(1/2)", "powers: ^, ** or a raised digit (x²); put a fraction in parentheses"),
    ("sin^2 x", "a power of a function, as written by hand"),
    ("sin 2x", "parentheses may be left out around a short argument"),
    ("sqrt(x) + |x|", "√ works too; bars mean absolute value"),
    ("e^(-x) ln x", "exp(x) is e^x, log is the natural logarithm, arcsin is the inverse sine"),
    ("pi/2", "Greek letters, by name"),
    ("\\frac{1}{2} \\sin{x}", "LaTeX can be pasted"),
)
MEANINGS = (
    "nothing came to mind",
    "wrong, but you recognised the answer",
    "wrong, but the answer seemed easy once you saw it",
    "right, with serious effort",
    "right, after some hesitation",
    "right, instantly",
)
_AFTER = "Below 3, a card starts over tomorrow; below 4, it also comes back today until it reaches 4."
_TYPED_WIDTH = 22
_READ_WIDTH = 24
_NAME_WIDTH = 16


def typing(width: int) -> Picture:
    """Return what may be typed, how it is read, and the rule behind it."""
    return above([words("How to type mathematics", "bold"), *(_example(text, why, width) for text, why in TYPED)])


def _example(text: str, why: str, width: int) -> Picture:
    typed = sized(words(f"  {text}", "bold $key"), _TYPED_WIDTH)
    formula = sized(words(to_unicode_line(read(text)), "$formula"), _READ_WIDTH)
    return beside([typed, formula, prose(why, width - _TYPED_WIDTH - _READ_WIDTH, "$quiet")])


def qualities(width: int) -> Picture:
    """Describe SM-2's six grades in words, best first."""
    rows = [_quality(quality, width) for quality in range(len(NAMES) - 1, -1, -1)]
    return above([words("What the grades mean", "bold"), *rows, indented(prose(_AFTER, width - 2, "$quiet"), 2)])


def _quality(quality: int, width: int) -> Picture:
    name = beside([words(f"  {quality}", "bold $key"), words(f"  {NAMES[quality]}")])
    return beside([sized(name, _NAME_WIDTH), prose(MEANINGS[quality], width - _NAME_WIDTH)])


def groups(opened_from: CommandPlace) -> Iterator[tuple[str, tuple[Command, ...]]]:
    """Yield titles with their commands: of the current place, of all places, then of the other places."""
    everywhere = tuple(command for command in COMMANDS if command.places == EVERYWHERE)
    yield opened_from.heading, _only(opened_from)
    yield "Everywhere", everywhere
    for place in CommandPlace:
        if place not in (opened_from, CommandPlace.WORKING) and (commands := _only(place)):
            yield place.heading, commands


def _only(place: CommandPlace) -> tuple[Command, ...]:
    return tuple(command for command in COMMANDS if place in command.places and command.places != EVERYWHERE)


class HelpNote(Drawing[str]):
    """A remark above the commands."""

    def draw(self, subject: str, width: int) -> Picture:
        """Return the text, wrapped."""
        return prose(subject, width, "$quiet")


class Guide(Drawing[tuple[Callable[[int], Picture], ...]]):
    """How to type answers, and what the grades mean."""

    def draw(self, subject: tuple[Callable[[int], Picture], ...], width: int) -> Picture:
        """Draw the two parts, one above the other."""
        return above([part(width) for part in subject], gap=1)


@dataclass(frozen=True, slots=True)
class Group:
    """Commands under a title; `keys` are the learner's own, `live` says whether a click runs a command."""

    title: str
    commands: tuple[Command, ...]  # the commands, in the order in which they are listed
    keys: Mapping[str, str] = field(default_factory=dict)
    live: bool = False


class CommandGroup(Drawing[Group]):
    """A title with a row for each of its commands."""

    class Clicked(Message):
        """The learner clicked this command."""

        def __init__(self, command: Command) -> None:
            super().__init__()
            self.command = command

    def draw(self, subject: Group, width: int) -> Picture:
        """Return the title, and the rows."""
        rows = [_row(command, subject.keys, width) for command in subject.commands]
        return above([words(subject.title, "bold"), *rows])

    def on_click(self, event: events.Click) -> None:
        """Post the command under the mouse."""
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


class HelpScreen(PlacedScreen):
    """Opened over another screen; Esc goes back to it."""

    CSS_PATH = "help.tcss"
    PLACE = CommandPlace.HELP
    BINDINGS = bindings_of(CommandPlace.HELP)

    def __init__(self, opened_from: CommandPlace) -> None:
        super().__init__()
        self.opened_from = opened_from

    def compose(self) -> ComposeResult:
        """Yield one scrolling page: the commands of this place, the guide, and the rest."""
        here, everywhere, *more_groups = groups(self.opened_from)
        with VerticalScroll(id="page"):
            yield HelpNote(_TYPING)
            yield self._group(here, live=True)
            yield self._group(everywhere, live=True)
            yield Guide((typing, qualities))
            for group in more_groups:
                yield self._group(group)
        yield KeyBar()

    def _group(self, titled: tuple[str, tuple[Command, ...]], *, live: bool = False) -> CommandGroup:
        return CommandGroup(Group(*titled, self.mnemosyne.keys, live))

    @on(CommandGroup.Clicked)
    def _give(self, event: CommandGroup.Clicked) -> None:
        """Close the help, and run the command on the screen behind."""
        command = event.command
        node = self.app if command.app_wide else self.app.screen_stack[-2]
        self.dismiss()
        if command.id != "help":
            self.app.call_later(self.app.run_action, command.action, node)
