"""SM-2, exactly as published (P. A. Wozniak, 1990), in exact integer arithmetic.

Ease factors are integer hundredths, and interval times ease is rounded up with integers: with floats about
four histories in a hundred are a day off. It does not use a clock: the study day of the review is a
parameter, and the due date is counted from it. Imports nothing outside `scheduling`.
"""

from __future__ import annotations

from datetime import date

from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days

QUALITIES = range(6)  # 0 a blackout ... 5 perfect
PASS = 3  # from this quality on, a review counts as passed
DRILL_BELOW = 4  # a card graded below this is asked again on the same study day
MINIMUM_EASE = 130  # hundredths
FIRST_INTERVAL = 1  # days
SECOND_INTERVAL = 6  # days
MAXIMUM_INTERVAL = 36_500  # days: a hundred years, so that a due date stays a date


def review(memory: Memory, quality: int, day: date) -> Memory:
    """Return the state of the card after a review of `quality` on the study day `day`."""
    if quality not in QUALITIES:
        raise ValueError(f"quality must be 0 to 5, not {quality}")
    if quality < PASS:
        repetitions, ease, interval, lapses = 0, memory.ease, FIRST_INTERVAL, memory.lapses + 1
    else:
        repetitions, lapses = memory.repetitions + 1, memory.lapses
        ease = ease_after(memory.ease, quality)
        interval = interval_after(repetitions, memory.interval, ease)
    return Memory(repetitions, ease, interval, lapses, due=plus_days(day, interval), reviewed=day)


def ease_after(ease: int, quality: int) -> int:
    """Return EF + (0.1 - (5 - q)(0.08 + (5 - q) 0.02)), at least 1.3, all in hundredths."""
    missing = 5 - quality
    return max(MINIMUM_EASE, ease + 10 - missing * (8 + missing * 2))


def interval_after(repetitions: int, interval: int, ease: int) -> int:
    """Return I(1) = 1, I(2) = 6, I(n) = ⌈I(n-1) EF⌉ days; `interval` is the one before, `repetitions` is n."""
    if repetitions == 1:
        return FIRST_INTERVAL
    if repetitions == 2:
        return SECOND_INTERVAL
    return min(MAXIMUM_INTERVAL, -(-interval * ease // 100))
