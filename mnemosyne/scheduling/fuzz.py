"""Fuzz: SM-2 with longer intervals moved a little: cards learned on one day would else come back on one day for ever.

An interval of 3 days or more is moved by up to 5 %, or by a day where that is more. Ease factor and repetitions are
those of SM-2. How far is drawn from the card's id and the day of its review before, which are in the log: so it can be
computed again, is shown before the grade is given, and stays the same if the study day ends in between. All qualities
share the draw, so a better one never brings a card back earlier.

The next review counts from the moved interval: it is what the log has, and what the card was to wait.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days

LEAST_MOVED = 3  # days: a shorter interval stays, so that none becomes 1 by chance
PER_INTERVAL = 20  # days of an interval for each day that it may be moved: 5 %
_DRAWS = 2**64


def review_with_fuzz(card_id: str, memory: Memory, quality: int, day: date) -> Memory:
    """Return what `sm2.review` gives, with the interval moved and due counted from it."""
    exact = sm2.review(memory, quality, day)
    interval = fuzzed_interval(exact.interval, card_id, memory.reviewed)
    return replace(exact, interval=interval, due=plus_days(day, interval))


def fuzzed_interval(interval: int, card_id: str, before: date | None) -> int:
    """Return an interval in days, moved for the card that was reviewed on the study day `before`; never to less than 2.

    An interval that is a day longer may be moved by at most a day more or less, so it never ends up shorter.
    """
    if interval < LEAST_MOVED:
        return interval
    most = max(1, interval // PER_INTERVAL)
    days = (2 * most + 1) * _draw(card_id, before) // _DRAWS - most  # from -most to most, each equally likely
    return min(sm2.MAXIMUM_INTERVAL, interval + days)


def _draw(card_id: str, before: date | None) -> int:
    """Return a number from 0 up to, not including, `_DRAWS`."""
    return int.from_bytes(sha256(f"{card_id} {before}".encode()).digest()[:8], "big")
