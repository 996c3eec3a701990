"""Every setting, declared once: its name, its default, its values, its meaning, and when a change takes effect.

The file, the command line and the settings screen all use these declarations.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, Final

from mnemosyne.hub_address import read_hub_address
from mnemosyne.review.final_round import ROUND_DAYS
from mnemosyne.review.rules import Order, Rules
from mnemosyne.scheduling.fsrs import LEAST_RETENTION, MOST_RETENTION, RETENTION
from mnemosyne.text import suggestion

_LONGEST_NAME: Final = 255  # bytes of a file's name on the usual file systems
_LONGEST_PATH: Final = 3_500  # bytes; Linux allows 4,095, and files in the folder have paths too


class EntryForm(Enum):
    """How a value is entered by hand."""

    CHOICE = "one of a few"
    TEXT = "typed"
    KEYS = "a key for each command"
    TABLES = "values for individual topics"


class TakesEffect(StrEnum):
    """When a change takes effect in a running program."""

    NOW = "takes effect at once"
    NEXT_SESSION = "takes effect in the next session"
    NEXT_START = "takes effect on restart"


class EntryError(ValueError):
    """A fault in one `entry` of a table, given by its name in the table; `hint` says what to do."""

    def __init__(self, entry: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.entry = entry
        self.hint = hint


@dataclass(frozen=True, slots=True)
class ValueType:
    """The possible values: `read` turns a TOML value into ours, or raises ValueError saying what is expected."""

    read: Callable[[Any], Any]
    form: EntryForm = EntryForm.TEXT  # how a value is entered by hand
    choices: tuple[str, ...] = ()  # the choices as written in TOML, without quotes


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the file, its default, its values, its meaning, and when a change takes effect."""

    name: str
    default: Any
    value_type: ValueType
    meaning: str  # the meaning, as a phrase
    takes_effect: TakesEffect = TakesEffect.NEXT_SESSION

    @property
    def attribute(self) -> str:
        """The name of its field in `Settings`; a dot separates a table of the file from its entry."""
        return self.name.replace(".", "_")

    @property
    def default_text(self) -> str:
        """The default as written in TOML."""
        return as_toml(self.default)

    def read(self, value: Any) -> Any:
        """Return our value for a TOML value; raise ValueError, saying what is expected, if it is invalid."""
        return self.value_type.read(value)


def as_toml(value: Any) -> str:
    """Return one of our values as written in TOML; `unset` for None."""
    match value:
        case None:
            return "unset"
        case bool():
            return str(value).lower()
        case time():
            return f"'{value:%H:%M}'"
        case timedelta():
            return f"{value.total_seconds():g}"
        case str() | Path():
            return f"'{value}'"
        case Mapping():
            return f"{{{', '.join(f'{name} = {as_toml(item)}' for name, item in value.items())}}}"
    return str(value)


def _whole(low: int, high: int) -> ValueType:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return value

    return ValueType(read)


def _share(low: float, high: float) -> ValueType:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"must be a number from {low:g} to {high:g}")
        return float(value)

    return ValueType(read)


def _read_switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _seconds(low: float, high: float) -> ValueType:
    def read(value: Any) -> timedelta:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"must be a number of seconds from {low:g} to {high:g}")
        return timedelta(seconds=value)

    return ValueType(read)


def _one_of(*names: str) -> ValueType:
    def read(value: Any) -> str:
        if value not in names:
            raise ValueError(f"must be {' or '.join(repr(name) for name in names)}")
        return str(value)

    return ValueType(read, EntryForm.CHOICE, names)


def _read_time_of_day(value: Any) -> time:
    if isinstance(value, time) and value == value.replace(second=0, microsecond=0):
        return value
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("must be a time of day such as '04:00'")
    return time(int(match[1]), int(match[2]))


def _read_text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("must be text")
    return value


def _read_source(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"(unit|tag):\S.*", value):
        raise ValueError("must be a unit or a tag, such as 'unit:exponentials' or 'tag:roots'")
    return value


def _read_folder(value: Any) -> Path:
    if not isinstance(value, str) or not value:
        raise ValueError("must be the path of a folder")
    try:
        path = Path(value).expanduser()
    except RuntimeError:
        raise ValueError("must be a path; this one is in the home of an unknown user") from None
    if not path.is_absolute():  # relative paths depend on where the program is started
        raise ValueError("must be a full path, such as ~/Sync/mnemosyne")
    if "\0" in value:
        raise ValueError("must be a path; this one has a NUL in it")
    if len(os.fsencode(path)) > _LONGEST_PATH or any(len(os.fsencode(part)) > _LONGEST_NAME for part in path.parts):
        raise ValueError(f"must be a path of at most {_LONGEST_PATH:,} bytes, with names of at most {_LONGEST_NAME}")
    return path


def _read_hub(value: Any) -> str:
    return str(read_hub_address(value))


def _read_keys(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(key, str) and key for key in value.values()):
        raise ValueError("must be a table of commands and keys, such as undo = 'u'")
    return dict(value)


def _read_topics(value: Any) -> Mapping[str, Mapping[str, Any]]:
    if not isinstance(value, dict) or not all(isinstance(limits, dict) for limits in value.values()):
        raise ValueError("must be a table for each topic, such as topics.chain-rule.new_per_day = 5")
    return {topic: {name: _read_entry(topic, name, limits[name]) for name in limits} for topic, limits in value.items()}


def _read_entry(topic: str, name: str, value: Any) -> Any:
    if name not in TOPIC_SETTINGS:
        raise EntryError(f"{topic}.{name}", "is not a setting of a topic", suggestion(name, TOPIC_SETTINGS))
    try:
        return TOPIC_SETTINGS[name].value_type.read(value)
    except ValueError as error:
        raise EntryError(f"{topic}.{name}", str(error), f"the default is {TOPIC_SETTINGS[name].default_text}") from None


def _read_day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("must be a date such as 2026-12-18") from None


_per_day = _whole(0, 9999)
_day = ValueType(_read_day)
_topics = ValueType(_read_topics, EntryForm.TABLES)
# words that may be typed for switches
SWITCH_WORDS: Final = {"on": "true", "yes": "true", "off": "false", "no": "false"}
_switch = ValueType(_read_switch, EntryForm.CHOICE, ("true", "false"))
_time_of_day = ValueType(_read_time_of_day)
_theme = ValueType(_read_text, EntryForm.CHOICE)  # only the interface knows which themes there are
_source = ValueType(_read_source)
_folder = ValueType(_read_folder)
_hub = ValueType(_read_hub)
_keys = ValueType(_read_keys, EntryForm.KEYS)

_RULES = Rules()  # the defaults of the settings that sessions use

_OF_TOPIC = (
    Setting("new_per_day", None, _per_day, "new cards of this topic per study day"),
    Setting("reviews_per_day", None, _per_day, "due cards of this topic per study day"),
    Setting(
        "exam", None, _day, f"day of an exam, such as 2026-12-18; a final round fills the {ROUND_DAYS} days before it"
    ),
)
TOPIC_SETTINGS = {setting.name: setting for setting in _OF_TOPIC}  # the settings of a single topic, as in TopicLimits

SETTINGS = (
    Setting("day_start", time(4), _time_of_day, "when a study day begins", TakesEffect.NEXT_START),
    Setting("new_per_day", _RULES.new_per_day, _per_day, "new cards per study day"),
    Setting("reviews_per_day", _RULES.reviews_per_day, _per_day, "due cards per study day"),
    Setting(
        "order", _RULES.order.value, _one_of(*(name.value for name in Order)), "new cards after reviews, or mixed in"
    ),
    Setting("shuffle", _RULES.shuffle, _switch, "shuffle due cards each study day"),
    Setting("session_minutes", None, _whole(1, 1440), "length of a session, in minutes spent on answers"),
    Setting("new_from", None, _source, "unit or tag whose new cards come first, such as 'unit:exponentials'"),
    Setting(
        "scheduler",
        "sm2",
        _one_of("sm2", "fsrs"),
        "how the next interval is chosen; `mnemosyne help schedulers` compares the two",
    ),
    Setting(
        "desired_retention",
        RETENTION,
        _share(LEAST_RETENTION, MOST_RETENTION),
        "probability of recall at which FSRS brings a card back",
    ),
    Setting(
        "skills",
        default=False,
        value_type=_switch,
        meaning="with fsrs, schedule cards with parameters by their skills, if on your log this predicts better",
    ),
    Setting("second_try", _RULES.second_try, _switch, "a second try after a wrong answer"),
    Setting(
        "target",
        _RULES.target,
        _seconds(1, 3600),
        "time limit for grade 5, in seconds (unset: 30 s + 15 s per link)",
    ),
    Setting(
        "deadline",
        timedelta(seconds=3),
        _seconds(0.05, 60),
        "time limit for the checker, in seconds",
        TakesEffect.NEXT_START,
    ),
    Setting("leech_lapses", _RULES.leech_lapses, _whole(1, 99), "lapses after which a card is a leech"),
    Setting(
        "timer",
        default=True,
        value_type=_switch,
        meaning="show the time spent on a question (it is recorded either way)",
        takes_effect=TakesEffect.NOW,
    ),
    Setting(
        "backups",
        default=True,
        value_type=_switch,
        meaning="back up the deck each study day, and before upgrades, resets and history imports",
        takes_effect=TakesEffect.NEXT_START,
    ),
    Setting("theme", "mnemosyne-dark", _theme, "the colours", TakesEffect.NOW),
    Setting(
        "vi_keys",
        default=False,
        value_type=_switch,
        meaning="edit answers with vi keys: Esc, then h l w b 0 $ x D dd u, and i a I A to type again",
        takes_effect=TakesEffect.NOW,
    ),
    Setting("keys", {}, _keys, "your own keys for commands", TakesEffect.NOW),
    Setting(
        "plain",
        default=False,
        value_type=_switch,
        meaning="always use plain (line-by-line) mode",
        takes_effect=TakesEffect.NEXT_START,
    ),
    Setting(
        "topics", {}, _topics, "limits and exams of individual topics, such as `topics.chain-rule.exam = 2026-12-18`"
    ),
    Setting(
        "sync.folder", None, _folder, "a folder that carries reviews to your other devices", TakesEffect.NEXT_START
    ),
    Setting(
        "sync.hub", None, _hub, "a PostgreSQL hub that carries reviews, such as your class's", TakesEffect.NEXT_START
    ),
    Setting("fuzz", _RULES.fuzz, _switch, "vary intervals a little, so that cards learned together spread out"),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}
