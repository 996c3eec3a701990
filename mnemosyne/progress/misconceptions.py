"""Misconceptions: each over the spans of a period, what it costs, and what becomes of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import accumulate

from mnemosyne.progress.figures import SlipDay
from mnemosyne.progress.statistics import Frequency, MisconceptionHistory, Span
from mnemosyne.progress.trend import trend_of


def misconception_histories(rows: Iterable[SlipDay], parts: Sequence[Span]) -> tuple[MisconceptionHistory, ...]:
    """Return each misconception over the spans of the period, the one that costs the most time first."""
    days_by_name: dict[str, list[SlipDay]] = defaultdict(list)
    for row in rows:
        days_by_name[row.misconception].append(row)
    halfway = earlier_half([part.done.answers for part in parts])
    histories = [_slip(name, days, parts, halfway) for name, days in days_by_name.items()]
    return tuple(sorted(histories, key=lambda slip: (-slip.spent, -slip.times, slip.misconception)))


def earlier_half(answers: Sequence[int]) -> int:
    """Return how many spans from the first on have as nearly as can be half of all answers; never all of them."""
    sums = list(accumulate(answers, initial=0))
    return min(range(len(answers)), key=lambda count: abs(2 * sums[count] - sums[-1]), default=0)


def _slip(name: str, days: Sequence[SlipDay], parts: Sequence[Span], halfway: int) -> MisconceptionHistory:
    begins = [part.period.since for part in parts]
    counts = [0] * len(parts)
    for row in days:
        counts[bisect_right(begins, row.day) - 1] += row.times
    early, late = (_often(counts[half], parts[half]) for half in (slice(halfway), slice(halfway, None)))
    return MisconceptionHistory(
        misconception=name,
        times=sum(row.times for row in days),
        lapses=sum(row.lapses for row in days),
        spent=sum((row.spent for row in days), timedelta()),
        last=max(row.day for row in days),
        counts=tuple(counts),
        early=early,
        late=late,
        trend=trend_of(early, late),
    )


def _often(counts: Sequence[int], parts: Sequence[Span]) -> Frequency:
    return Frequency(sum(counts), sum(part.done.answers for part in parts))
