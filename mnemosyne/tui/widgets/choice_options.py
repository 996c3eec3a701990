"""The options of a choice, numbered, chosen with arrows, a digit or the mouse; after the verdict they are marked.

A question starts with nothing chosen, so that Enter alone never answers; a dialog starts with the
proposed choice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding
from textual.message import Message
from textual.reactive import var

from mnemosyne.cards.kinds.choice import Option
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, indented, prose, words
from mnemosyne.tui.text_picture import flow
from mnemosyne.tui.widgets.drawing import Drawing

_MARK = 6  # cells before an option's text


@dataclass(frozen=True, slots=True)
class OptionsState:
    """The options, which one was chosen, and whether the right one is shown."""

    options: tuple[Option, ...]
    chosen: int | None = None  # the chosen option, from 0
    revealed: bool = False  # whether the right option is marked
    hint: str = ""  # how to choose, below the options
    reminder: str = ""  # shown if Enter is pressed while nothing is chosen


class Options(Drawing[OptionsState], can_focus=True):
    """Moves a cursor over the options and reports the one that is clicked."""

    BINDINGS = [  # noqa: RUF012 - Textual reads the class attribute
        Binding("up,k", "move(-1)", "Previous option", show=False),
        Binding("down,j", "move(1)", "Next option", show=False),
    ]

    cursor: var[int | None] = var(None, init=False)

    class Picked(Message):
        """The learner clicked an option."""

    @property
    def answer(self) -> str:
        """The number of the chosen option, from 1; empty if none is chosen."""
        return "" if self.cursor is None else str(self.cursor + 1)

    def draw(self, subject: OptionsState, width: int) -> Picture:
        """Draw the options one below the other, each after its sign and number."""
        options = above([self._option(subject, index, width) for index in range(len(subject.options))])
        reminded = bool(subject.reminder) and self.cursor is None
        hint, style = (subject.reminder, "bold $unsure") if reminded else (subject.hint, "$quiet")
        return above([options, indented(prose(hint, width - _MARK, style), _MARK)], gap=1) if hint else options

    def offer(self, options: tuple[Option, ...], hint: str = "") -> None:
        """Offer new options, none of them chosen; the hint says how to choose."""
        self.cursor = None
        self.subject = OptionsState(options, hint=hint)

    def ask_for_choice(self, reminder: str) -> None:
        """Say that something has to be chosen first."""
        if self.subject is not None:
            self.subject = replace(self.subject, reminder=reminder)

    def reveal(self, options: tuple[Option, ...], answer: str) -> None:
        """Show the options with their marks; `answer` is the number of the chosen one, or empty."""
        self.subject = OptionsState(options, int(answer) - 1 if answer.isdecimal() else None, revealed=True)

    def _option(self, choosing: OptionsState, index: int, width: int) -> Picture:
        option = choosing.options[index]
        sign, style = self._sign(choosing, index)
        mark = beside([words(f" {sign} ", f"bold {style}"), words(f"{index + 1}  ", style or "$quiet")])
        text = flow(option.text, width - _MARK, style)
        feedback = choosing.revealed and (option.right or index == choosing.chosen) and option.why
        why = flow(option.why, width - _MARK, "$quiet") if feedback else EMPTY
        return beside([mark, above([text, why])])

    def _sign(self, choosing: OptionsState, index: int) -> tuple[str, str]:
        if choosing.revealed:
            if choosing.options[index].right:
                return "✓", "$right"
            return ("✗", "$wrong") if index == choosing.chosen else (" ", "$quiet")
        return ("▸", "$key") if index == self.cursor else (" ", "")

    def watch_cursor(self) -> None:
        """Redraw the cursor."""
        self.redraw()

    def action_move(self, by: int) -> None:
        """Move the cursor, wrapping around; raise SkipAction once the answer is shown."""
        if self.subject is not None and not self.subject.revealed:
            before = self.cursor if self.cursor is not None else -1 if by > 0 else 0
            self.cursor = (before + by) % len(self.subject.options)
        else:
            raise SkipAction  # so that the question view scrolls

    def choose(self, number: int) -> None:
        """Move the cursor to the option with this number, from 1, if there is one."""
        if self.subject is not None and 1 <= number <= len(self.subject.options):
            self.cursor = number - 1

    def on_click(self, event: events.Click) -> None:
        """Choose the option under the mouse, and report the click."""
        if self.subject is None or self.subject.revealed:
            return
        row = 0
        width = self.content_size.width
        for index in range(len(self.subject.options)):
            row += self._option(self.subject, index, width).height
            if event.y < row:
                self.cursor = index
                self.post_message(self.Picked())
                return
