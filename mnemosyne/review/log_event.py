"""Events of the log as exchanged between devices: facts with ids, each a line of JSON with a checksum.

A log is a set of events that only grows, so logs merge without conflicts. Ids are UUIDv7 without
dashes. Their time is the event's stamp by a hybrid logical clock: the current time, or one
microsecond after the newest stamp in the deck if that is later, so that later events have later
stamps whatever the clock says. The rest is random. Sorting by id therefore gives the order of the
log. Moments and durations are whole microseconds (moments since 1970 UTC), study days ISO text, as
in the deck, so that nothing is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from zlib import crc32

from mnemosyne.text import parse_json

FORMAT: Final = 1  # the format of the lines written by this version, and the newest one it reads
CHANCE_BITS: Final = 62
IMPORTED: Final = "anki"  # the device of imported events, the same on every machine
_VARIANT: Final = 0b10 << CHANCE_BITS
_LATEST: Final = 253_370_764_800_000_000  # microseconds: the year 9998
LATEST_STAMP: Final = 237_000_000_000_000_000  # the latest stamp accepted on an event: in the year 9480
# the latest time used as a stamp, leaving room for later ones: in the year 8973
LATEST_MOMENT: Final = 221_000_000_000_000_000
_FRACTIONS: Final = 4096  # parts of a millisecond, in the 12 bits after the milliseconds of an id
_ID: Final = re.compile(r"[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}")
_SUM: Final = re.compile(r'(.*),"crc":"([0-9a-f]{8})"\}', re.DOTALL)
_DAY: Final = 86_400_000_000  # microseconds
_MOST: Final = 1_000_000_000  # the greatest count


class EventKind(StrEnum):
    """What happened: a grade, a reset, a change of marks, due dates set by hand, or an undo."""

    REVIEW = "review"
    RESET = "reset"
    SUSPENDED = "suspended"
    FLAGGED = "flagged"
    BURIED = "buried_until"
    DUE = "due"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class LogEvent:
    """One fact of the log. Equal ids mean equal events on every machine."""

    id: str  # 32 hexadecimal digits
    device: str  # the name of the device that made it; "" for events older than such names
    kind: EventKind
    moment: int  # when it happened
    facts: Mapping[str, Any]  # further facts by kind: see `_FACTS`

    @property
    def card_ids(self) -> tuple[str, ...]:
        """The cards it is about; none for an undo, which names an event."""
        if self.kind is EventKind.REVIEW:
            return (self.facts["card"],)
        return tuple(self.facts.get("cards", self.facts.get("days", ())))


class NewerEventError(ValueError):
    """A line in a format that only a newer version can read."""


def new_id(stamp: int, chance: int) -> str:
    """Return the id for a stamp and some random bits."""
    milliseconds, microseconds = divmod(min(max(stamp, 0), _LATEST), 1000)
    fraction = microseconds * _FRACTIONS // 1000
    return f"{milliseconds:012x}7{fraction:03x}{_VARIANT | chance % (1 << CHANCE_BITS):016x}"


def stamp_of(event_id: str) -> int:
    """Return the stamp of an id, in microseconds."""
    milliseconds, fraction = int(event_id[:12], 16), int(event_id[13:16], 16)
    return milliseconds * 1000 + -(-fraction * 1000 // _FRACTIONS)


def facts_of(kind: EventKind) -> dict[str, None]:
    """Return the facts of a kind of event, to be filled in; None in a review means unknown."""
    return dict.fromkeys(_FACTS[kind])


def is_event_id(value: object) -> bool:
    """Return whether the value is an event's id."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def line_of(event: LogEvent) -> str:
    """Return the event as a line of text, without the line feed."""
    head = {"v": FORMAT, "id": event.id, "device": event.device, "kind": event.kind.value, "moment": event.moment}
    text = json.dumps({**head, **event.facts}, ensure_ascii=False, separators=(",", ":"))[:-1]
    return f'{text},"crc":"{crc32(text.encode()):08x}"}}'


def event_in(line: str) -> LogEvent:
    """Return the event of a line; raise ValueError with the reason, or NewerEventError if it is too new."""
    match = _SUM.fullmatch(line)
    if match is None or crc32(match[1].encode("utf-8", "replace")) != int(match[2], 16):
        raise ValueError("this line is not an event, or was changed")
    document = parse_json(f"{match[1]}}}")
    version = document.pop("v", None)
    if isinstance(version, int) and version > FORMAT:
        raise NewerEventError("this event was written by a newer Mnemosyne")
    event_id, device, moment = (document.pop(name, None) for name in ("id", "device", "moment"))
    if version != FORMAT or not (is_event_id(event_id) and _is_text(device)):
        raise ValueError("this line is not an event: it has no id or no device")
    if stamp_of(event_id) > LATEST_STAMP:
        raise ValueError("this event is too far in the future")  # no id could be later
    if not _is_whole(moment, -62_104_060_800_000_000, _LATEST):
        raise ValueError("this event has no timestamp")
    return LogEvent(event_id, device, *_kind_and_facts(document, moment))


def _kind_and_facts(document: dict[str, Any], moment: int) -> tuple[EventKind, int, dict[str, Any]]:
    try:
        kind = EventKind(str(document.get("kind")))
    except ValueError:
        raise NewerEventError("this kind of event comes from a newer Mnemosyne") from None
    wrong = [name for name, fits in _FACTS[kind].items() if not fits(document.get(name))]
    if wrong:
        raise ValueError(f"this {kind.value} event has no usable {', '.join(wrong)}")
    return kind, moment, {name: document.get(name) for name in _FACTS[kind]}


def _is_text(value: object) -> bool:
    """Return whether the value is text that can be stored; a lone surrogate cannot."""
    try:
        return isinstance(value, str) and value.encode() is not None
    except UnicodeEncodeError:
        return False


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value and value > "0001"
    except ValueError:
        return False


def _are_cards(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value)) and value == sorted(set(value))


def _are_attempts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_attempt, value))


def _is_attempt(value: object) -> bool:
    """Return whether the value has exactly the fields of an `Attempt`."""
    return (
        isinstance(value, dict)
        and value.keys() == {"answer", "verdict", "misconception", "links", "fields", "right_fields"}
        and _is_text(value["answer"])
        and all(value[name] is None or _is_text(value[name]) for name in ("verdict", "misconception"))
        and all(_is_whole(value[name], 0, _MOST) for name in ("links", "fields", "right_fields"))
    )


def _are_days_of_cards(value: object) -> bool:
    return isinstance(value, dict) and _are_cards(list(value)) and all(map(_is_day, value.values()))


def _whole(least: int, most: int) -> Callable[[object], bool]:
    return lambda value: _is_whole(value, least, most)


def _or_none(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or fits(value)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


_count: Final = _whole(0, _MOST)
_quality: Final = _whole(0, 5)
_MARKED: Final = {"cards": _are_cards, "value": _is_flag}
_FACTS: Final[Mapping[EventKind, Mapping[str, Callable[[object], bool]]]] = {
    EventKind.REVIEW: {
        "offset": _whole(1 - _DAY, _DAY - 1),
        "day": _is_day,
        "card": _is_text,
        "seed": _whole(-(2**63), 2**63 - 1),
        "drill": _is_flag,
        "practice": _is_flag,
        "answer": _is_text,
        "verdict": _or_none(_is_text),
        "misconception": _or_none(_is_text),
        "proposed": _or_none(_quality),
        "quality": _quality,
        "hints": _count,
        "attempts": _count,
        "duration": _whole(0, 366 * _DAY),
        "fuzzed": _is_flag,  # whether its interval was varied a little
        "exercise": _or_none(_is_text),  # missing in older events
        "fields": _or_none(_is_text),  # missing in older events
        "answers": _or_none(_are_attempts),  # all answers, if several; missing in older events
    },
    EventKind.RESET: {"day": _is_day, "cards": _are_cards},
    EventKind.SUSPENDED: _MARKED,
    EventKind.FLAGGED: _MARKED,
    EventKind.BURIED: {"cards": _are_cards, "value": _or_none(_is_day)},
    EventKind.DUE: {"days": _are_days_of_cards},  # the days by card id
    EventKind.UNDO: {"of": is_event_id},
}
