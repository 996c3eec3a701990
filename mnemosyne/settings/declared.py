"""Every setting, declared once: its name, its default, how a value of it is checked, and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any


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
    Setting("backups", True, _switch, "a backup of the deck each study day, and before it is changed", "true"),
    Setting("theme", "mnemosyne-dark", _text, "the colours", "'mnemosyne-dark'"),
    Setting("keys", {}, _keys, "other keys for commands", "{}"),
    Setting("plain", False, _switch, "line by line sessions as with --plain", "false"),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}
