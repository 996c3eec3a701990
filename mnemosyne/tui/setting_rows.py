"""The rows of the settings screen: every setting, the settings of each topic, and the keys of every command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mnemosyne.settings import BY_NAME, SETTINGS, TOPIC_SETTINGS, EntryForm, Setting, TakesEffect, as_toml, typed_value
from mnemosyne.tui.command import Command, keys_text
from mnemosyne.tui.commands import COMMANDS
from mnemosyne.tui.preferences import THEME_NAMES, keys_now, setting_fault

if TYPE_CHECKING:
    from mnemosyne.settings import Settings

_SPOKEN = {"true": "on", "false": "off"}


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One thing that can be set, in words.

    `line` is the line of the file that sets it; None if it has its default.
    """

    name: str  # the name in the file: new_per_day, topics.chain-rule.exam, or keys.undo
    value: str  # the value in the file, a string without its quotes
    default: str
    meaning: str  # the meaning, as a phrase
    takes_effect: TakesEffect  # when a change takes effect
    line: int | None
    form: EntryForm = EntryForm.TEXT  # how a new value is given
    choices: tuple[str, ...] = ()  # all values, if there are only a few
    table: str = ""  # the table that it belongs to, if any: keys, or topics.chain-rule

    @property
    def label(self) -> str:
        """Its name without its table."""
        return self.name.removeprefix(f"{self.table}.")

    def after(self, by: int) -> str:
        """Return the choice `by` places further, wrapping around."""
        return self.choices[(self.choices.index(self.value) + by) % len(self.choices)]


def all_settings(settings: Settings, lines: Mapping[str, int], topics: Iterable[str]) -> list[SettingRow]:
    """Return everything that can be set, with its current value; `topics` are the ids of all topics."""
    of_tables = (EntryForm.KEYS, EntryForm.TABLES)
    rows = [
        _row(setting, getattr(settings, setting.attribute), lines)
        for setting in SETTINGS
        if setting.value_type.form not in of_tables
    ]
    for topic in topics:
        values, table = settings.topics.get(topic, {}), f"topics.{topic}"
        rows += [_row(setting, values.get(name), lines, table) for name, setting in TOPIC_SETTINGS.items()]
    return rows + [_keys_row(command, settings, lines) for command in COMMANDS if not command.per_key]


def value_as_words(value: str) -> str:
    """Return a value as shown: a switch is on or off."""
    return _SPOKEN.get(value, value)


def wrong(row: SettingRow, text: str, settings: Settings) -> str:
    """Return what is wrong with a value or key entered for the row; empty if nothing is."""
    if row.form is EntryForm.KEYS:
        problem = setting_fault(settings.theme, {**settings.keys, row.name.partition(".")[2]: text})
        return f"{problem.message}; {problem.hint}" if problem else ""
    setting = TOPIC_SETTINGS[row.label] if row.table else BY_NAME[row.name]
    try:
        setting.read(typed_value(setting, text))
    except ValueError as error:
        return str(error)
    return ""


def _row(setting: Setting, value: Any, lines: Mapping[str, int], table: str = "") -> SettingRow:
    name = f"{table}.{setting.name}" if table else setting.name
    return SettingRow(
        name=name,
        value=as_toml(value).strip("'"),
        default=setting.default_text.strip("'"),
        meaning=setting.meaning,
        takes_effect=setting.takes_effect,
        line=lines.get(name),
        form=setting.value_type.form,
        choices=THEME_NAMES if name == "theme" else setting.value_type.choices,
        table=table,
    )


def _keys_row(command: Command, settings: Settings, lines: Mapping[str, int]) -> SettingRow:
    return SettingRow(
        name=f"keys.{command.id}",
        value=keys_text(command, keys_now(command, settings.keys)),
        default=keys_text(command),
        meaning=command.description,
        takes_effect=TakesEffect.NOW,
        line=lines.get(f"keys.{command.id}"),
        form=EntryForm.KEYS,
        table="keys",
    )
