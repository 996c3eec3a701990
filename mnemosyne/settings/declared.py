"""Every setting, declared once: its name, its default, what it takes, what it means, and when a change of it holds.

The file, the command line and the settings screen all follow from this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from enum import Enum, StrEnum
from typing import Any


class Form(Enum):
    """How a value is given by hand."""

    CHOICE = "one of a few"
    TEXT = "typed"
    KEYS = "a key for each command"


class Holds(StrEnum):
    """When a change takes effect in a program that runs."""

    NOW = "at once"
    NEXT_SESSION = "from the next session"
    NEXT_START = "from the next start"


@dataclass(frozen=True, slots=True)
class Takes:
    """What values there are: `read` turns a TOML value into ours, or raises ValueError saying what is wanted."""

    read: Callable[[Any], Any]
    form: Form = Form.TEXT
    choices: tuple[str, ...] = ()  # as they are written in TOML, without quotes


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; `shown` is the default as it is written in TOML."""

    name: str
    default: Any
    takes: Takes
    meaning: str
    shown: str
    holds: Holds = Holds.NEXT_SESSION

    def read(self, value: Any) -> Any:
        """Our value for a TOML value; ValueError, saying what is wanted, for any other."""
        return self.takes.read(value)


def written(value: Any) -> str:
    """A value of ours as it is written in TOML; a setting without one is `unset`."""
    match value:
        case None:
            return "unset"
        case bool():
            return str(value).lower()
        case time():
            return f"'{value:%H:%M}'"
        case timedelta():
            return f"{value.total_seconds():g}"
        case str():
            return f"'{value}'"
        case Mapping():
            return f"{{{', '.join(f'{name} = {written(item)}' for name, item in value.items())}}}"
    return str(value)


def _whole(low: int, high: int) -> Takes:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return value

    return Takes(read)


def _read_switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _seconds(low: float, high: float) -> Takes:
    def read(value: Any) -> timedelta:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"must be a number of seconds from {low:g} to {high:g}")
        return timedelta(seconds=value)

    return Takes(read)


def _one_of(*names: str) -> Takes:
    def read(value: Any) -> str:
        if value not in names:
            raise ValueError(f"must be {' or '.join(repr(name) for name in names)}")
        return str(value)

    return Takes(read, Form.CHOICE, names)


def _read_time_of_day(value: Any) -> time:
    if isinstance(value, time) and value == value.replace(second=0, microsecond=0):
        return value
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("must be a time of day such as '04:00'")
    return time(int(match[1]), int(match[2]))


def _read_text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("must be a text")
    return value


def _read_keys(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(key, str) and key for key in value.values()):
        raise ValueError("must be a table of commands and keys, such as undo = 'u'")
    return dict(value)


_switch = Takes(_read_switch, Form.CHOICE, ("true", "false"))
_time_of_day = Takes(_read_time_of_day)
_theme = Takes(_read_text, Form.CHOICE)  # which ones there are the interface knows
_keys = Takes(_read_keys, Form.KEYS)

SETTINGS = (
    Setting("day_start", time(4), _time_of_day, "when a study day begins", "'04:00'", Holds.NEXT_START),
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
    Setting("scheduler", "sm2", _one_of("sm2"), "what chooses the next interval", "'sm2'", Holds.NEXT_START),
    Setting("second_try", True, _switch, "a second try after a wrong answer", "true"),
    Setting(
        "target", None, _seconds(1, 3600), "seconds within which a right answer is quick; else by the links", "unset"
    ),
    Setting(
        "deadline", timedelta(seconds=3), _seconds(0.05, 60), "seconds for the checker to decide", "3", Holds.NEXT_START
    ),
    Setting("leech_lapses", 8, _whole(1, 99), "lapses that make a card a leech", "8"),
    Setting("timer", True, _switch, "the time spent on a question is shown; it counts in any case", "true", Holds.NOW),
    Setting(
        "backups",
        True,
        _switch,
        "a backup of the deck each study day, and before it is changed",
        "true",
        Holds.NEXT_START,
    ),
    Setting("theme", "mnemosyne-dark", _theme, "the colours", "'mnemosyne-dark'", Holds.NOW),
    Setting("keys", {}, _keys, "other keys for commands", "{}", Holds.NOW),
    Setting("plain", False, _switch, "line by line sessions as with --plain", "false", Holds.NEXT_START),
    Setting("fuzz", False, _switch, "intervals vary a little, so that cards spread over the days", "false"),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}
