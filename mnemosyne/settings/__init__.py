"""Settings: one TOML file, checked as a whole, to one frozen value; and the only place that knows where things live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from pathlib import Path

from mnemosyne.errors import SettingsError
from mnemosyne.settings.declared import SETTINGS, Form, Holds, Setting, written
from mnemosyne.settings.file import misplaced, read_file, read_lines, setting_named, toml_value, write_setting
from mnemosyne.text import escaped, is_unicode

__all__ = [
    "SETTINGS",
    "Form",
    "Holds",
    "Setting",
    "Settings",
    "bundled_cards",
    "default_settings",
    "folder",
    "load_settings",
    "misplaced",
    "read_file",
    "read_lines",
    "reread",
    "setting_named",
    "toml_value",
    "write_setting",
    "written",
]

HOME_VARIABLE = "MNEMOSYNE_HOME"
CARDS_VARIABLE = "MNEMOSYNE_CARDS"
CONFIG_NAME = "config.toml"
DECK_NAME = "deck.sqlite"
LOG_NAME = "checker.log"
CARDS_NAME = "cards"
BACKUPS_NAME = "backups"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, and where data and cards are. Folders need not exist."""

    data_dir: Path
    config_file: Path
    card_folders: tuple[Path, ...]
    day_start: time = time(4)
    new_per_day: int = 10
    reviews_per_day: int = 200
    order: str = "due-first"
    shuffle: bool = True
    scheduler: str = "sm2"
    second_try: bool = True
    target: timedelta | None = None
    deadline: timedelta = timedelta(seconds=3)
    leech_lapses: int = 8
    timer: bool = True
    backups: bool = True
    theme: str = "mnemosyne-dark"
    keys: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False
    fuzz: bool = False

    @property
    def deck_path(self) -> Path:
        """The database."""
        return self.data_dir / DECK_NAME

    @property
    def backup_folder(self) -> Path:
        """The backups of the database."""
        return self.data_dir / BACKUPS_NAME

    @property
    def log_path(self) -> Path:
        """Where the checker's child process writes what goes wrong in it."""
        return self.data_dir / LOG_NAME


def load_settings(home: Path | None, cards: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings for `--home` and `--cards`, or for what the environment and the platform say instead."""
    unset = default_settings(home, cards, environment)
    return replace(unset, **read_file(unset.config_file))


def default_settings(home: Path | None, cards: Path | None, environment: Mapping[str, str]) -> Settings:
    """The same without what the settings file says."""
    home = home or _stated(environment, HOME_VARIABLE)
    cards = cards or _stated(environment, CARDS_VARIABLE)
    for named in (home, cards):
        if named is not None and not is_unicode(str(named)):
            raise SettingsError(f"{escaped(str(named))}: the name of this folder is not UTF-8", "name another folder")
    data, config = (home, home / CONFIG_NAME) if home else _platform_places()
    if cards is not None and not cards.is_dir():
        raise SettingsError(f"{cards} is no folder", "name a folder of topics with --cards")
    folders = (cards,) if cards else (data / CARDS_NAME, bundled_cards())
    return Settings(data, config, folders)


def reread(settings: Settings) -> Settings:
    """The settings as their file says now; data and cards stay where they are."""
    return Settings(settings.data_dir, settings.config_file, settings.card_folders, **read_file(settings.config_file))


def folder(text: str) -> Path:
    """Return the folder that a text names, `~` at its beginning expanded; ValueError, saying why, if it names none."""
    if not text:
        raise ValueError("no folder has an empty name; name one, or leave it out")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ValueError(f"{text} is the home of a user who is not known; write the whole path") from None


def _stated(environment: Mapping[str, str], name: str) -> Path | None:
    """Return the folder that the environment states; a variable that is empty states none."""
    try:
        return folder(environment[name]) if environment.get(name) else None
    except ValueError as error:
        raise SettingsError(f"{name}: {error}") from None


def _platform_places() -> tuple[Path, Path]:
    import platformdirs  # here, so that --version does not pay for it

    data = Path(platformdirs.user_data_dir("mnemosyne", appauthor=False))
    return data, Path(platformdirs.user_config_dir("mnemosyne", appauthor=False)) / CONFIG_NAME


def bundled_cards() -> Path:
    """The topics that come with the program: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "bundled"
    return installed if installed.is_dir() else package.parent / CARDS_NAME
