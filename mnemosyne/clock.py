"""The only place that reads the clock, the time zone and randomness; others take them as parameters."""

from __future__ import annotations

import os
import secrets
import sys
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from struct import pack
from typing import Final
from zoneinfo import ZoneInfo

from mnemosyne.regular_file import open_regular
from mnemosyne.scheduling.study_day import study_day

SEED_BITS = 31
_LOCALTIME = Path("/etc/localtime")
_ZONES = "zoneinfo/"
_MOST_BYTES: Final = 1_000_000  # of a zone's file; the largest has 4,000


class SystemClock:
    """The machine's clock and zone. `day_start` is when the learner's study day begins."""

    def __init__(self, day_start: time) -> None:
        self.day_start = day_start
        self._last: dict[str, int] = {}

    def now(self) -> datetime:
        """Return the current time in UTC, timezone-aware."""
        return datetime.now(UTC)

    def zone(self) -> tzinfo:
        """Return the local zone by its name, file or rule, so that daylight saving time is right on every date.

        Else return its offset.
        """
        return _own_zone() or _offset()

    def today(self) -> date:
        """Return the current study day."""
        return study_day(self.now(), self.zone(), self.day_start)

    def new_seed(self, card_id: str) -> int:
        """Return a random seed that is not the card's last."""
        seed = secrets.randbits(SEED_BITS)
        while seed == self._last.get(card_id):
            seed = secrets.randbits(SEED_BITS)
        self._last[card_id] = seed
        return seed


def _own_zone() -> tzinfo | None:
    """Return the zone that the environment or the system names or has a file or rule of; None if there is none."""
    name = os.environ.get("TZ", "").lstrip(":")
    try:
        if name.startswith("/"):
            return _zone_in_file(Path(name))
        if "," in name:
            return _zone_by_rule(name)
        name = name or _system_zone_name()
        return ZoneInfo(name) if name else _zone_in_file(_LOCALTIME)
    except (LookupError, ValueError, OSError):
        return None


def _zone_in_file(path: Path) -> tzinfo:
    """Return the zone whose transitions are in a file; raise OSError or ValueError if it has none."""
    with open_regular(path) as file:
        return _zone_in(file.read(_MOST_BYTES))


@lru_cache(maxsize=1)  # so that an unchanged file gives an equal zone: study days are cached by zone
def _zone_in(content: bytes) -> tzinfo:
    return ZoneInfo.from_file(BytesIO(content))


def _zone_by_rule(rule: str) -> tzinfo:
    """Return the zone with a rule of POSIX, such as CET-1CEST,M3.5.0,M10.5.0/3; raise ValueError if it is none.

    Python reads such rules only at the end of a zone's file (RFC 9636), so this is a file without transitions.
    """
    block = b"TZif2" + bytes(15) + pack(">6l", 0, 0, 0, 0, 1, 1) + pack(">lbb", 0, 0, 0) + b"\0"
    return _zone_in(block * 2 + f"\n{rule}\n".encode("ascii"))


def _offset() -> tzinfo:
    """Return the current local offset; UTC if TZ gives one of a day or more, which is invalid."""
    try:
        return datetime.now().astimezone().tzinfo or UTC
    except ValueError:
        return UTC


def _system_zone_name() -> str:
    if sys.platform == "win32":
        from tzlocal import get_localzone_name  # Windows has its own zone names, which tzlocal translates

        return str(get_localzone_name())
    if not _LOCALTIME.is_symlink():
        return ""
    return os.path.realpath(_LOCALTIME).partition(_ZONES)[2]
