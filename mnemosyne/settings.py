"""Settings: one TOML file, checked as a whole, to one frozen value; and the only place that knows where things live.

`SETTINGS` declares each setting once: name, default, how it is checked and what it means. What the file says wrongly is
an error with its line and the nearest known name. A missing file is a file of defaults.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mnemosyne.errors import SettingsError

HOME_VARIABLE = "MNEMOSYNE_HOME"
CARDS_VARIABLE = "MNEMOSYNE_CARDS"
CONFIG_NAME = "config.toml"
DECK_NAME = "deck.sqlite"
LOG_NAME = "checker.log"
CARDS_NAME = "cards"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: `read` turns the TOML value into ours, or raises ValueError saying what is wanted."""

    name: str
    default: Any
    read: Callable[[Any], Any]
    meaning: str
    shown: str  # the default as it is written in TOML


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return value

    return read


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _seconds(low: float, high: float) -> Callable[[Any], timedelta]:
    def read(value: Any) -> timedelta:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"must be a number of seconds from {low:g} to {high:g}")
        return timedelta(seconds=value)

    return read


def _one_of(*names: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in names:
            raise ValueError(f"must be {' or '.join(repr(name) for name in names)}")
        return str(value)

    return read


def _time_of_day(value: Any) -> time:
    if isinstance(value, time) and value.tzinfo is None:
        return value
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("must be a time of day such as '04:00'")
    return time(int(match[1]), int(match[2]))


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("must be a text")
    return value


def _keys(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(key, str) and key for key in value.values()):
        raise ValueError("must be a table of commands and keys, such as undo = 'u'")
    return dict(value)


SETTINGS = (
    Setting("day_start", time(4), _time_of_day, "when a study day begins", "'04:00'"),
    Setting("new_per_day", 10, _whole(0, 9999), "new cards in a study day", "10"),
    Setting("reviews_per_day", 200, _whole(0, 9999), "due cards in a study day", "200"),
    Setting(
        "order",
        "due-first",
        _one_of("due-first", "mixed"),
        "where new cards come: after the due ones, or among them",
        "'due-first'",
    ),
    Setting("shuffle", True, _switch, "due cards in a new order each study day", "true"),
    Setting("scheduler", "sm2", _one_of("sm2"), "what chooses the next interval", "'sm2'"),
    Setting("second_try", True, _switch, "a second try after a mistake that has a name", "true"),
    Setting(
        "target", None, _seconds(1, 3600), "seconds within which a right answer is quick; else by the links", "unset"
    ),
    Setting("deadline", timedelta(seconds=3), _seconds(0.05, 60), "seconds for the checker to decide", "3"),
    Setting("leech_lapses", 8, _whole(1, 99), "lapses that make a card a leech", "8"),
    Setting("theme", "mnemosyne-dark", _text, "the colours", "'mnemosyne-dark'"),
    Setting("keys", {}, _keys, "other keys for commands", "{}"),
    Setting("plain", False, _switch, "line by line sessions as with --plain", "false"),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


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
    theme: str = "mnemosyne-dark"
    keys: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False

    @property
    def deck_path(self) -> Path:
        """The database."""
        return self.data_dir / DECK_NAME

    @property
    def log_path(self) -> Path:
        """Where the checker's child process writes what goes wrong in it."""
        return self.data_dir / LOG_NAME


def load_settings(home: Path | None, cards: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings for `--home` and `--cards`, or for what the environment and the platform say instead."""
    home = home or _folder(environment, HOME_VARIABLE)
    cards = cards or _folder(environment, CARDS_VARIABLE)
    data, config = (home, home / CONFIG_NAME) if home else _platform_places()
    if cards is not None and not cards.is_dir():
        raise SettingsError(f"{cards} is no folder", "name a folder of topics with --cards")
    folders = (cards,) if cards else (data / CARDS_NAME, bundled_cards())
    return Settings(data, config, folders, **read_file(config))


def _folder(environment: Mapping[str, str], name: str) -> Path | None:
    value = environment.get(name, "")
    return Path(value).expanduser() if value else None


def _platform_places() -> tuple[Path, Path]:
    import platformdirs  # here, so that --version does not pay for it

    data = Path(platformdirs.user_data_dir("mnemosyne", appauthor=False))
    return data, Path(platformdirs.user_config_dir("mnemosyne", appauthor=False)) / CONFIG_NAME


def bundled_cards() -> Path:
    """The topics that come with the program: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parent
    installed = package / "bundled"
    return installed if installed.is_dir() else package.parent / CARDS_NAME


def read_file(path: Path) -> dict[str, Any]:
    """The checked values of a settings file; {} if there is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8 at byte {error.start + 1}", "save the file as UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}", "settings are read from there") from None
    import tomllib  # here: most learners have no settings file

    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not TOML: {error}", "write name = value, one a line") from None
    return {name: _checked(path, text, name, value) for name, value in written.items()}


def write_setting(path: Path, name: str, written: str) -> None:
    """Put a setting into the file, with the rest of it, comments too, as it is; `unset` takes it out again.

    `name` may be `keys.COMMAND`. SettingsError, and nothing written, for no such setting or a value that will not do.
    """
    import tomlkit  # here: settings are read far more often than written

    read_file(path)  # a file with a fault is mended by hand first
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    table_name, _, key = name.rpartition(".")
    table = document.setdefault(table_name, tomlkit.table()) if table_name else document
    if written == "unset":
        table.pop(key, None)
    else:
        table[key] = _toml_value(written)
    text = tomlkit.dumps(document)
    for changed, value in document.unwrap().items():
        _checked(path, text, changed, value)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _toml_value(written: str) -> Any:
    """The value of a TOML literal; anything else is a text."""
    import tomllib

    try:
        return tomllib.loads(f"value = {written}")["value"]
    except tomllib.TOMLDecodeError:
        return written


def _checked(path: Path, text: str, name: str, value: Any) -> Any:
    place = f"{path}:{_line(text, name)}"
    setting = _BY_NAME.get(name)
    if setting is None:
        close = get_close_matches(name, _BY_NAME, n=1, cutoff=0.5)
        hint = f"did you mean {close[0]}?" if close else f"known are: {', '.join(_BY_NAME)}"
        raise SettingsError(f"{place}: unknown setting {name}", hint)
    try:
        return setting.read(value)
    except ValueError as error:
        raise SettingsError(f"{place}: {name} {error}", f"the default is {setting.shown}") from None


def _line(text: str, name: str) -> int:
    """The line in which a top-level name is written, from 1."""
    pattern = re.compile(rf"""\s*\[?\s*["']?{re.escape(name)}["']?\s*[=.\]]""")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)
