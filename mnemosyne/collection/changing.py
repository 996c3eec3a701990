"""Changing settings while the program runs: the file is written or read again, and the next session goes by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mnemosyne.errors import SettingsError
from mnemosyne.settings import Settings, read_lines, reread, write_setting

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


@dataclass(frozen=True, slots=True)
class Stated:
    """The settings that hold, the line in which the file states each, and what is wrong with the file, if anything is.

    A file with a fault changes nothing: the settings that held before go on to hold.
    """

    settings: Settings
    lines: Mapping[str, int]
    fault: SettingsError | None = None


def stated(collection: Collection) -> Stated:
    """Read the settings file again."""
    try:
        fresh = reread(collection.settings)
        lines = read_lines(fresh.config_file)
    except SettingsError as error:
        return Stated(collection.settings, {}, error)
    collection.settings = fresh
    return Stated(fresh, lines)


def change(
    collection: Collection, name: str, text: str, approve: Callable[[dict[str, Any]], None] = lambda _: None
) -> Stated:
    """Write one setting and go by it; SettingsError, and nothing written, if it will not do."""
    write_setting(collection.settings.config_file, name, text, approve)
    return stated(collection)
