"""Fuzz: SM-2 with longer intervals varied a little, since cards learned together would otherwise
always be due together.

An interval of 3 days or more is varied by up to 5 %, or by a day if that is more. Ease factor and repetitions
are those of SM-2. The draw depends on the card's id and the day of its previous review, which are in the log:
so it can be computed again, is known before the grade is given, and stays the same if the study day ends in
between. All qualities share the draw, so a better one never brings a card back earlier.

The next review counts from the varied interval, which is in the log and is how long the card was to wait.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days

LEAST_MOVED = 3  # days: a shorter interval is kept, so that none becomes 1 by chance
PER_INTERVAL = 20  # days of an interval for each day of variation: 5 %
_DRAWS = 2**64


def review_with_fuzz(card_id: str, memory: Memory, quality: int, day: date) -> Memory:
    """Return the result of `sm2.review` with a varied interval, and due counted from it."""
    exact = sm2.review(memory, quality, day)
    interval = fuzzed_interval(exact.interval, card_id, memory.reviewed)
    return replace(exact, interval=interval, due=plus_days(day, interval))


def fuzzed_interval(interval: int, card_id: str, before: date | None) -> int:
    """Return a varied interval in days for the card whose last review was on the study day `before`; shorter
    than 3 days unchanged.

    The limit grows by at most a day when the interval does, so a longer interval never ends up shorter.
    """
    if interval < LEAST_MOVED:
        return interval
    most = max(1, interval // PER_INTERVAL)
    days = (2 * most + 1) * _draw(card_id, before) // _DRAWS - most  # from -most to most, each equally likely
    return min(sm2.MAXIMUM_INTERVAL, interval + days)


def _draw(card_id: str, before: date | None) -> int:
    """Return a number from 0 up to but not including `_DRAWS`."""
    return int.from_bytes(sha256(f"{card_id} {before}".encode()).digest()[:8], "big")
