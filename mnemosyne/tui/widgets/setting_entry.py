"""A setting on the screen: its name, its value with the widget that changes it, and its meaning below.

Choices are stepped through, texts are typed on a line of their own, keys are pressed. A new value
is posted as a message; it is validated elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from mnemosyne.settings import EntryForm
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, indented, prose, sized, words
from mnemosyne.tui.setting_rows import SettingRow, value_as_words
from mnemosyne.tui.widgets.drawing import Drawing

NAME_WIDTH = 24
_FEW = 3  # most choices shown side by side
_GAP = 2
_INDENT = 2


@dataclass(frozen=True, slots=True)
class SettingRowState:
    """A row and its state: under the cursor, waiting for a text or a key, or with a value that was refused."""

    row: SettingRow
    here: bool = False  # whether the cursor is on it
    waiting: bool = False
    fault: str = ""  # why the value was refused; empty if it was not


class EntryText(Drawing[SettingRowState]):
    """The name, the value unless it is being typed, and the meaning below; a click on the name changes the value."""

    class Pressed(Message):
        """The learner clicked the name or value."""

    def draw(self, subject: SettingRowState, width: int) -> Picture:
        """Draw the name and value, the fault, the meaning, the default, the source, and when a change takes effect."""
        fault = prose(f"✗ {subject.fault}", width - _INDENT, "$wrong") if subject.fault else EMPTY
        foot = above([fault, prose(_about(subject.row), width - _INDENT, "$quiet")])
        return above([_head(subject, width), indented(foot, _INDENT)])

    def on_click(self, event: events.Click) -> None:
        """Report a click on the name or value."""
        if self.subject is not None and event.y < _head(self.subject, self.size.width).height:
            self.post_message(self.Pressed())


def _head(looks: SettingRowState, width: int) -> Picture:
    """Draw the name and value: one line, or more for a long list of keys."""
    row = looks.row
    sign = words("▸ ", "bold $key") if looks.here else words("  ")
    name = words(row.label, "bold" if looks.here else "")
    value = _value(looks, max(width - NAME_WIDTH, _FEW))
    return beside([sized(beside([sign, name]), NAME_WIDTH), value])


def _about(row: SettingRow) -> str:
    default = f"default {value_as_words(row.default)}"
    if row.line is not None:
        source = f"line {row.line} of the file, {default}"
    else:  # a file that broke while the app runs sets nothing, and earlier values stay
        source = "default" if row.value == row.default else f"unchanged, {default}"
    if row.form is EntryForm.KEYS:
        return row.meaning if row.line is None else f"{row.meaning} · {source}"
    return f"{row.meaning} · {source} · {row.takes_effect}"


def _value(looks: SettingRowState, width: int) -> Picture:
    row = looks.row
    if looks.waiting and row.form is EntryForm.TEXT:
        return EMPTY
    if looks.waiting:
        return words("press the new key (Esc cancels)", "$unsure")
    style = "bold $key" if row.line is not None else "bold"
    if row.form is not EntryForm.CHOICE:
        return prose(row.value, width, style)
    if len(row.choices) <= _FEW:
        choices = [_choice(choice, style, is_current=choice == row.value) for choice in row.choices]
        return beside(choices, _GAP)
    place = f"{row.choices.index(row.value) + 1} of {len(row.choices)}"
    return beside([words("◂ ", "$quiet"), words(row.value, style), words(f" ▸  {place}", "$quiet")])


def _choice(choice: str, style: str, *, is_current: bool) -> Picture:
    return words(f"● {value_as_words(choice)}", style) if is_current else words(f"○ {value_as_words(choice)}", "$quiet")


class ValueLine(Input):
    """The input for a value."""

    # The input's own Enter, under the id of the command, so that the key bar shows it.
    BINDINGS = [Binding("enter", "submit", "Set", id="keep")]  # noqa: RUF012 - Textual reads the class attribute


class SettingEntry(Vertical, can_focus=True):
    """One row; while the cursor is on it, it or its input has the focus."""

    BINDINGS = [  # noqa: RUF012 - Textual reads the class attribute
        Binding("right", "step(1)", show=False),
        Binding("left", "step(-1)", show=False),
        Binding("down", "screen.scroll('j')", show=False),
        Binding("up", "screen.scroll('k')", show=False),
    ]

    class Given(Message):
        """The learner entered this value."""

        def __init__(self, entry: SettingEntry, text: str) -> None:
            super().__init__()
            self.entry = entry
            self.text = text

    class Turned(Message):
        """The entry has started or stopped waiting for a value."""

    def __init__(self, row: SettingRow) -> None:
        super().__init__()
        self.row = row
        self.changing = False  # whether it waits for a value
        self._fault = ""

    def compose(self) -> ComposeResult:
        """Yield the text only: the input is added when a value is typed, so that many entries open fast."""
        yield EntryText()

    def on_mount(self) -> None:
        """Show the row."""
        self._draw()

    def show(self, row: SettingRow) -> None:
        """Show the row's new state."""
        self.row = row
        self.leave()

    async def begin(self) -> None:
        """Take the next choice, or wait for a text or a key; the input has the focus on return."""
        if self.row.form is EntryForm.CHOICE:
            self.action_step(1)
            return
        self.changing = True
        self._draw()
        if self.row.form is EntryForm.TEXT:
            line = ValueLine("" if self.row.value == "unset" else self.row.value, compact=True)
            await self.mount(line)
            self.screen.set_focus(line)
        self.post_message(self.Turned())

    def leave(self, fault: str = "") -> None:
        """Stop waiting for a value; but if the typed text has a fault, show it and keep waiting."""
        stays = bool(fault) and self.changing and self.row.form is EntryForm.TEXT
        if self.changing and not stays:
            self.changing = False
            if self.has_focus_within:
                self.screen.set_focus(self)
            self.query(ValueLine).remove()
            self.post_message(self.Turned())
        self._fault = fault
        self._draw()

    def action_step(self, by: int) -> None:
        """Take the next or the previous choice."""
        if self.row.form is EntryForm.CHOICE and len(self.row.choices) > 1:
            self.post_message(self.Given(self, self.row.after(by)))

    def submit(self) -> None:
        """Report the typed value."""
        if self.changing and self.row.form is EntryForm.TEXT:
            self.post_message(self.Given(self, self.query_one(ValueLine).value))

    def on_key(self, event: events.Key) -> None:
        """Take the awaited key."""
        if self.changing and self.row.form is EntryForm.KEYS:
            event.stop()
            event.prevent_default()
            if event.key == "escape":
                self.leave()
            else:
                self.post_message(self.Given(self, event.key))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.submit()

    @on(EntryText.Pressed)
    async def _pressed(self) -> None:
        if not self.changing:
            self.screen.set_focus(self)
            await self.begin()

    def on_descendant_blur(self) -> None:
        """Discard the typed value when the focus leaves."""
        if self.changing and not self.has_focus_within:
            self.leave()

    def on_focus(self) -> None:
        """Draw the cursor."""
        self._draw()

    def on_blur(self) -> None:
        """Remove the cursor, and stop waiting for a key."""
        if self.changing and self.row.form is EntryForm.KEYS:
            self.leave()
        self._draw()

    def _draw(self) -> None:
        for text in self.query(EntryText):
            text.subject = SettingRowState(self.row, self.has_focus_within, self.changing, self._fault)
