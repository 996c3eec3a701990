"""Settings: one TOML file, validated as a whole into one frozen value; and the only place that
knows where files are.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from mnemosyne.errors import SettingsError
from mnemosyne.settings.declared import BY_NAME, SETTINGS, TOPIC_SETTINGS, EntryForm, Setting, TakesEffect, as_toml
from mnemosyne.settings.file import (
    Approve,
    misplaced,
    read_file,
    read_lines,
    setting_named,
    toml_value,
    typed_value,
    write_setting,
)

__all__ = [
    "BY_NAME",
    "SETTINGS",
    "TOPIC_SETTINGS",
    "Approve",
    "EntryForm",
    "Setting",
    "Settings",
    "TakesEffect",
    "as_toml",
    "bundled_cards",
    "default_settings",
    "folder",
    "load_settings",
    "misplaced",
    "read_file",
    "read_lines",
    "reread",
    "setting_named",
    "shared_cards",
    "toml_value",
    "typed_value",
    "write_setting",
]

HOME_VARIABLE = "MNEMOSYNE_HOME"
CARDS_VARIABLE = "MNEMOSYNE_CARDS"
CONFIG_NAME = "config.toml"
DECK_NAME = "deck.sqlite"
LOG_NAME = "checker.log"
CARDS_NAME = "cards"
BACKUPS_NAME = "backups"
SHARED_CARDS_NAME = "topics"  # inside the folder that the devices sync with


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, and where data and cards are; declared.py describes each. The folders may not exist yet."""

    data_dir: Path  # the folder of the deck, its backups and the log
    config_file: Path  # the settings file
    card_folders: tuple[Path, ...]  # topics: the learner's own, those shared by all devices, the bundled ones
    day_start: time = BY_NAME["day_start"].default
    new_per_day: int = BY_NAME["new_per_day"].default
    reviews_per_day: int = BY_NAME["reviews_per_day"].default
    session_minutes: int | None = BY_NAME["session_minutes"].default
    new_from: str | None = BY_NAME["new_from"].default
    order: str = BY_NAME["order"].default
    shuffle: bool = BY_NAME["shuffle"].default
    scheduler: str = BY_NAME["scheduler"].default
    desired_retention: float = BY_NAME["desired_retention"].default
    skills: bool = BY_NAME["skills"].default
    second_try: bool = BY_NAME["second_try"].default
    target: timedelta | None = BY_NAME["target"].default
    deadline: timedelta = BY_NAME["deadline"].default
    leech_lapses: int = BY_NAME["leech_lapses"].default
    timer: bool = BY_NAME["timer"].default
    backups: bool = BY_NAME["backups"].default
    theme: str = BY_NAME["theme"].default
    vi_keys: bool = BY_NAME["vi_keys"].default
    keys: Mapping[str, str] = field(default_factory=dict)  # nothing is rebound
    plain: bool = BY_NAME["plain"].default
    sync_folder: Path | None = BY_NAME["sync.folder"].default
    sync_hub: str | None = BY_NAME["sync.hub"].default
    fuzz: bool = BY_NAME["fuzz"].default
    topics: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # no topic has settings of its own

    @property
    def syncs(self) -> bool:
        """Whether a folder or a hub carries events to other devices."""
        return self.sync_folder is not None or self.sync_hub is not None

    @property
    def deck_path(self) -> Path:
        """The path of the database."""
        return self.data_dir / DECK_NAME

    @property
    def backup_folder(self) -> Path:
        """The folder with the backups of the database."""
        return self.data_dir / BACKUPS_NAME

    @property
    def log_path(self) -> Path:
        """The file in which the checker's child process logs its errors."""
        return self.data_dir / LOG_NAME


def load_settings(home: Path | None, cards: Path | None, environment: Mapping[str, str]) -> Settings:
    """Return the settings for `--home` and `--cards`, else for the environment and the platform; raise
    SettingsError if the file is invalid.

    Unless a folder of topics is given, the one in the sync folder comes before the bundled one.
    """
    unset = default_settings(home, cards, environment)
    settings = replace(unset, **read_file(unset.config_file))
    own, *bundled = settings.card_folders
    if not bundled or settings.sync_folder is None:
        return settings
    return replace(settings, card_folders=(own, shared_cards(settings.sync_folder), *bundled))


def default_settings(home: Path | None, cards: Path | None, environment: Mapping[str, str]) -> Settings:
    """Return the settings as they are without a settings file.

    Raise SettingsError if data or settings cannot be in their folders, or the cards have none.
    """
    home = home or _stated(environment, HOME_VARIABLE)
    cards = cards or _stated(environment, CARDS_VARIABLE)
    data, config = (home, home / CONFIG_NAME) if home else _platform_places()
    for place in (data, config.parent):
        _require_folder(place)
    if cards is not None and not cards.is_dir():
        raise SettingsError(f"{cards} is not a folder", "pass a folder of topics with --cards")
    folders = (cards,) if cards else (data / CARDS_NAME, bundled_cards())
    return Settings(data, config, folders)


def reread(settings: Settings) -> Settings:
    """Return the settings as the file has them now; data and cards stay where they are."""
    return Settings(settings.data_dir, settings.config_file, settings.card_folders, **read_file(settings.config_file))


def folder(text: str) -> Path:
    """Return the folder that a text names, with a leading `~` expanded; raise ValueError for an unknown user."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ValueError(f"{text} is the home of an unknown user; write the full path") from None


def _require_folder(place: Path) -> None:
    """Raise SettingsError if this is no folder, and none can be created there."""
    there = next((path for path in (place, *place.parents) if os.path.lexists(path)), None)
    if there is not None and not there.is_dir():
        raise SettingsError(f"{there} is not a folder", f"move it, or pass a folder with --home or {HOME_VARIABLE}")


def _stated(environment: Mapping[str, str], name: str) -> Path | None:
    """Return the folder named by a variable of the environment; None if it is missing or empty."""
    try:
        return folder(environment[name]) if environment.get(name) else None
    except ValueError as error:
        raise SettingsError(f"{name}: {error}") from None


def _platform_places() -> tuple[Path, Path]:
    import platformdirs  # so that --version does not pay for it

    data = Path(platformdirs.user_data_dir("mnemosyne", appauthor=False))
    return data, Path(platformdirs.user_config_dir("mnemosyne", appauthor=False)) / CONFIG_NAME


def shared_cards(sync_folder: Path) -> Path:
    """Return the folder with the topics of all devices, inside the folder that they sync with."""
    return sync_folder / SHARED_CARDS_NAME


def bundled_cards() -> Path:
    """Return the folder of the bundled topics: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "bundled"
    return installed if installed.is_dir() else package.parent / CARDS_NAME
