"""The theme and keys from the settings, checked against what the interface has.

The settings file is read without the interface, so only here is it known which themes, commands and
keys exist, and whether two commands of one place have the same key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.keys import KEY_NAME_REPLACEMENTS, KEY_TO_UNICODE_NAME, Keys, key_to_character
from textual.theme import BUILTIN_THEMES

from mnemosyne.errors import SettingsError
from mnemosyne.text import suggestion
from mnemosyne.tui.command import Command, CommandPlace, key_name
from mnemosyne.tui.commands import COMMANDS
from mnemosyne.tui.theme import DARK, THEMES

if TYPE_CHECKING:
    from pathlib import Path

    from mnemosyne.settings import Settings

THEME_NAMES = (*(theme.name for theme in THEMES), *sorted(BUILTIN_THEMES))
_NEVER_SENT = {"return", "ctrl-at"}  # Textual's names for keys that arrive under another name
_KEYS = {key.value for key in Keys if "<" not in key.value} - _NEVER_SENT | KEY_TO_UNICODE_NAME.keys()
_COMMANDS = "press F1 in `mnemosyne` to list them"
_SUCH = "keys are written like f5, ctrl+t or u"
_MODIFIERS = ("ctrl", "alt", "shift", "super", "meta")


@dataclass(frozen=True, slots=True)
class SettingFault:
    """What is wrong with the setting `name`: `theme`, or `keys.COMMAND`."""

    name: str
    message: str  # the fault
    hint: str  # the way to fix it; may be empty


@dataclass(frozen=True, slots=True)
class _Bound:
    """What can be rebound under one id: a command, or one key of a command that has a row of them."""

    command: Command
    keys: tuple[str, ...]


_BOUND = {
    binding.id or "": _Bound(command, tuple(binding.key.split(",")))
    for command in COMMANDS
    for binding in command.bindings()
}


def check_preferences(settings: Settings) -> None:
    """Raise SettingsError, with file and line, for an unknown theme, command or key, or a key used twice."""
    from mnemosyne.settings import misplaced

    if problem := setting_fault(settings.theme, settings.keys):
        raise misplaced(settings.config_file, problem.name, problem.message, problem.hint)


def approve(path: Path, values: Mapping[str, Any]) -> None:
    """Raise SettingsError for the same faults in values that are about to be written to the file at `path`.

    A fault that is in the file already is reported with its line: it is not in the setting that is written.
    """
    problem = _setting_fault_in(values)
    if problem is None:
        return
    from mnemosyne.settings import misplaced, read_file

    if problem == _setting_fault_in(read_file(path)):
        raise misplaced(path, problem.name, problem.message, problem.hint)
    raise SettingsError(problem.message, problem.hint)


def _setting_fault_in(values: Mapping[str, Any]) -> SettingFault | None:
    return setting_fault(values.get("theme", DARK.name), values.get("keys", {}))


def setting_fault(theme: str, keys: Mapping[str, str]) -> SettingFault | None:
    """Return the first fault of a theme and keys, or None."""
    if theme not in THEME_NAMES:
        return SettingFault("theme", f"there is no theme {theme}", suggestion(theme, THEME_NAMES))
    for name, key_list in keys.items():
        if name not in _BOUND:
            return SettingFault(f"keys.{name}", f"there is no command {name}", suggestion(name, _BOUND, _COMMANDS))
        for key in _normal(key_list):
            if not _is_key(key):
                return SettingFault(
                    f"keys.{name}", f"there is no key {key or key_list}", suggestion(key, sorted(_KEYS), _SUCH)
                )
    return _clash(keys)


def keymap(keys: Mapping[str, str]) -> dict[str, str]:
    """Return Textual's keymap for the learner's keys.

    Textual takes a rebound key from every binding that has it, so the map restates all of those.
    """
    bound_keys = {key for name in keys for key in _BOUND[name].keys}
    return {name: ",".join(_keys_now(name, keys)) for name, bound in _BOUND.items() if bound_keys & {*bound.keys}}


def keys_now(command: Command, keys: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of a command, with those that the learner has rebound."""
    names = [binding.id or "" for binding in command.bindings()]
    return tuple(key for name in names for key in _keys_now(name, keys))


def _keys_now(name: str, keys: Mapping[str, str]) -> tuple[str, ...]:
    return _normal(keys[name]) if name in keys else _BOUND[name].keys


def _normal(key_list: str) -> tuple[str, ...]:
    """Return the keys of a comma-separated list, each as Textual names it: `?` is `question_mark`."""
    names = [name.strip() for name in key_list.split(",")] if key_list != "," else [","]
    return tuple(_key_of(name) if len(name) == 1 else name for name in names)


def _key_of(character: str) -> str:
    """Return Textual's name of the key that types the character."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+")
    is_known = key in _KEYS or last in _KEYS or len(last) == 1 or key_to_character(last) is not None
    return is_known and all(modifier in _MODIFIERS for modifier in modifiers)


def _clash(keys: Mapping[str, str]) -> SettingFault | None:
    """Return the first clash: two commands of one place with the same key, which the learner gave to one of them."""
    for place in CommandPlace:
        owners: dict[str, str] = {}
        for name, bound in _BOUND.items():
            for key in _keys_now(name, keys) if place in bound.command.places else ():
                owner = owners.setdefault(key, name)
                if owner != name and (name in keys or owner in keys):
                    rebound, kept_command = (name, owner) if name in keys else (owner, name)
                    message = f"{key_name(key)} is already used by '{kept_command}'"
                    return SettingFault(
                        f"keys.{rebound}", message, f"pick another key, or rebind '{kept_command}' first"
                    )
    return None
