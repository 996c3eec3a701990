"""Settings: each is changed in place, checked like the file, and written to it at once.

Comments in the file are kept. Changes take effect at once if possible; each entry says when.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from mnemosyne.settings import EntryForm
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import bindings_of
from mnemosyne.tui.picture import Picture, above, prose, words
from mnemosyne.tui.preferences import approve
from mnemosyne.tui.screen_messages import SettingsRead
from mnemosyne.tui.screens.dialog import Dialog
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.setting_rows import SettingRow, all_settings, wrong
from mnemosyne.tui.suspended_editor import edit_within
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.tui.widgets.key_bar import KeyBar
from mnemosyne.tui.widgets.setting_entry import SettingEntry

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.collection.setting_changes import CurrentSettings, Switch

_HALF_PAGE = 4  # entries
_ABOUT_KEYS = "your own key for a command; keys for a single grade or option are set in the file"
_ABOUT_TOPIC = "limits of this topic, within the overall ones, and the day of its exam"


class Title(Drawing[tuple[str, str]]):
    """A heading, and a line about what follows."""

    def draw(self, subject: tuple[str, str], width: int) -> Picture:
        """Return the heading above the line."""
        return above([words(subject[0], "bold"), prose(subject[1], width, "$quiet")])


class SettingsScreen(PlacedScreen):
    """Opened over another screen; Esc goes back to it."""

    CSS_PATH = "settings.tcss"
    BINDINGS = bindings_of(CommandPlace.SETTINGS, CommandPlace.CHANGING)

    def __init__(self) -> None:
        super().__init__()
        self._current: CurrentSettings | None = None
        self._entries: list[SettingEntry] = []
        self.gate_keys(hold=False)
        self._at = 0  # the current entry, already moved for keys that follow quickly

    @property
    def place(self) -> CommandPlace:
        """The place: changing while a value is typed."""
        return CommandPlace.SETTINGS if self._changing is None else CommandPlace.CHANGING

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable Enter's command while a key is being recorded: Enter may be that key."""
        if action == "keep" and self._changing is not None and self._changing.row.form is EntryForm.KEYS:
            return False
        return super().check_action(action, parameters)

    def compose(self) -> ComposeResult:
        """Yield an empty page; entries are added once the file is read."""
        yield VerticalScroll(id="page", can_focus=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the file after the first paint."""
        self.load()

    @work(exclusive=True)
    async def load(self) -> None:
        """Fill the page, or refresh its values."""
        await self._go_by(await self.mnemosyne.deck_thread.work(_current_settings))

    async def _go_by(self, current: CurrentSettings) -> None:
        if current.fault is not None:
            self.mnemosyne.notify_error(current.fault)
        self._current = current
        self.app.post_message(SettingsRead(current.settings))
        now = all_settings(current.settings, current.lines, current.topics)
        if [entry.row.name for entry in self._entries] == [row.name for row in now]:
            for entry, row in zip(self._entries, now, strict=True):
                entry.show(row)
        else:
            await self._fill(now, current)
        self.refresh_bindings()

    async def _fill(self, now: list[SettingRow], current: CurrentSettings) -> None:
        """Replace the entries, each table below its heading."""
        titles = {
            "": Title(("Settings", f"Stored in {current.settings.config_file}; press o to open it.")),
            "keys": Title(("Keys", _ABOUT_KEYS)),
            **{f"topics.{topic}": Title((f"Topic: {title}", _ABOUT_TOPIC)) for topic, title in current.topics.items()},
        }
        self._entries = [SettingEntry(row) for row in now]
        self._at = min(self._at, len(now) - 1)
        tables = groupby(self._entries, key=lambda entry: entry.row.table)
        page = self.query_one("#page")
        await page.remove_children()
        await page.mount_all([widget for table, entries in tables for widget in (titles[table], *entries)])
        # Textual would scroll before the layout is done, and scroll the heading out of sight.
        self.set_focus(self._entries[self._at], scroll_visible=False)
        self.call_after_refresh(self._entries[self._at].scroll_visible, animate=False)

    @property
    def _entry(self) -> SettingEntry | None:
        """The current entry."""
        return self._entries[self._at] if self._entries else None

    def on_descendant_focus(self) -> None:
        """Make the focused entry current, since Tab and the mouse move the focus too."""
        self._at = next((at for at, entry in enumerate(self._entries) if entry.has_focus_within), self._at)

    @property
    def _changing(self) -> SettingEntry | None:
        """The entry that is being changed, if any."""
        return next((entry for entry in self._entries if entry.changing), None)

    # Commands.

    async def action_change(self) -> None:
        """Take the next choice, or open a line for a value."""
        if self._entry is not None:
            await self._entry.begin()

    @on(SettingEntry.Turned)
    def _turned(self) -> None:
        self._let_next_key_in()
        self.refresh_bindings()

    def _let_next_key_in(self) -> None:
        """Let the next key in: one that an entry has recorded goes no further, so that the app never sees it again."""
        if self.gate is not None:
            self.gate.handled()

    @on(SettingEntry.Given)
    def _take_value(self, event: SettingEntry.Given) -> None:
        self._let_next_key_in()
        entry, row = event.entry, event.entry.row
        text = event.text.strip() or ("unset" if row.default == "unset" else "")
        fault = (
            "" if text == "unset" == row.default or self._current is None else wrong(row, text, self._current.settings)
        )
        if fault:
            entry.leave(fault)
        else:
            self._write(row.name, f"'{text}'" if row.form is EntryForm.KEYS else text)

    def action_reset(self) -> None:
        """Reset the setting to its default."""
        if self._entry is not None and self._entry.row.line is not None:
            self._write(self._entry.row.name, "unset")

    @work
    async def _write(self, name: str, text: str) -> None:
        with self.mnemosyne.notifying_errors():
            switch = await self.mnemosyne.deck_thread.work(_preview(name, text))
            if switch is not None and not await self._is_wanted(switch):
                return
            current = await self.mnemosyne.deck_thread.work(_change(name, text))
            await self._go_by(current)

    async def _is_wanted(self, switch: Switch) -> bool:
        """Ask for confirmation before a change that reschedules cards."""
        dialog = Dialog(
            "Change the due dates of cards?", f"{switch}.", ("Change them", "Leave them as they are"), first=1
        )
        await self.app.push_screen_wait(dialog)
        return dialog.chosen == 0

    def action_keep(self) -> None:
        """Submit the line as Enter does, for the mouse and the palette."""
        if self._entry is not None:
            self._entry.submit()

    @work
    async def action_open_file(self) -> None:
        """Open the file in the learner's editor, then read it again."""
        if self._current is None:
            return
        path = self._current.settings.config_file
        with self.mnemosyne.notifying_errors():
            await self.mnemosyne.deck_thread.work(lambda _: _make_folder(path))
            await edit_within(self.app, path, 1)
        self.load()

    def action_back(self) -> None:
        """Leave the value for the list; from there close the screen."""
        if self._changing is not None:
            self._changing.leave()
        else:
            self.dismiss()

    def action_scroll(self, key: str) -> None:
        """Move between entries."""
        if not self._entries:
            return
        last = len(self._entries) - 1
        steps = {"j": 1, "k": -1, "g": -last, "G": last, "ctrl+d": _HALF_PAGE, "ctrl+u": -_HALF_PAGE}
        self._at = min(max(self._at + steps[key], 0), last)
        self.set_focus(self._entries[self._at])


def _current_settings(collection: Collection) -> CurrentSettings:
    from mnemosyne.collection.setting_changes import current_settings

    return current_settings(collection)


def _make_folder(path: Path) -> None:
    """Create the settings file's folder; if that fails, the editor will report it."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)


def _preview(name: str, text: str) -> Callable[[Collection], Switch | None]:
    from mnemosyne.collection.setting_changes import preview_change

    return partial(preview_change, name=name, toml=text)


def _change(name: str, text: str) -> Callable[[Collection], CurrentSettings]:
    from mnemosyne.collection.setting_changes import change

    return partial(change, name=name, text=text, approve=approve)
