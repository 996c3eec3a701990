"""Computes the statistics from the figures that the store has counted."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from mnemosyne.progress.activity_year import YEAR
from mnemosyne.progress.days import activity_of, days_within, retentions, span, streak_of
from mnemosyne.progress.figures import CardGroup, Figures, MisconceptionDay, QualityCount
from mnemosyne.progress.period import Period, last_days, spans
from mnemosyne.progress.statistics import (
    Bin,
    Calibration,
    CardCounts,
    Frequency,
    MisconceptionHistory,
    Span,
    Statistics,
)
from mnemosyne.progress.terms import Maturity, maturity_of
from mnemosyne.progress.trend import trend_of
from mnemosyne.scheduling.sm2 import QUALITIES

INTERVALS: Final = (1, 2, 7, 21, 60, 180, 365)  # days: the lower bound of each bin
EASES: Final = (130, 150, 170, 190, 210, 230, 250, 270, 290, 310)  # hundredths


def statistics(
    figures: Figures,
    today: date,
    period: Period,
    topic: str | None = None,
    forecast: Sequence[int] = (),
    coming_new: Sequence[int] = (),
) -> Statistics:
    """Return the statistics computed from the figures.

    `forecast` and `coming_new` are the numbers of due and new cards on each day from today on.
    """
    days = days_within(figures.days, period)
    parts = tuple(span(figures.days, part) for part in spans(period))
    return Statistics(
        today=today,
        period=period,
        topic=topic,
        topics=figures.topics,
        cards=card_counts(figures.states),
        done_today=activity_of(days_within(figures.days, Period(today, today))),
        done=activity_of(days),
        streak=streak_of(figures.days, today),
        days=days,
        year=days_within(figures.days, last_days(period.until, YEAR)),
        forecast=tuple(forecast),
        coming_new=tuple(coming_new) or (0,) * len(forecast),
        retention=retentions(figures.days, period),
        qualities=quality_counts(figures.chosen),
        intervals=bins([(state.interval, state.cards) for state in figures.states if not state.new], INTERVALS),
        eases=bins([(state.ease, state.cards) for state in figures.states if not state.new], EASES),
        tags=figures.grouped.tags,
        kinds=figures.grouped.kinds,
        links=figures.grouped.links,
        spans=parts,
        misconceptions=misconception_histories(figures.misconceptions, parts),
        calibration=calibration_of(figures.chosen),
        leeches=figures.leeches,
    )


def card_counts(states: Iterable[CardGroup]) -> CardCounts:
    """Count the cards that are new, young, mature, and suspended."""
    counts: Counter[str] = Counter()
    for state in states:
        counts["new" if state.new else maturity_of(state.interval)] += state.cards
        counts["suspended"] += state.cards * state.suspended
    return CardCounts(counts["new"], counts[Maturity.YOUNG], counts[Maturity.MATURE], counts["suspended"])


def bins(values: Iterable[tuple[int, int]], begins: Sequence[int]) -> tuple[Bin, ...]:
    """Sort values, each with its number of cards, into bins; values below the first bin are counted in it."""
    counts = [0] * len(begins)
    for value, count in values:
        counts[max(0, bisect_right(begins, value) - 1)] += count
    highs = [*(begin - 1 for begin in begins[1:]), None]
    return tuple(Bin(low, high, count) for low, high, count in zip(begins, highs, counts, strict=True))


def quality_counts(choices: Iterable[QualityCount]) -> tuple[int, ...]:
    """Count the reviews of each quality."""
    counts: Counter[int] = Counter()
    for choice in choices:
        counts[choice.quality] += choice.reviews
    return tuple(counts[quality] for quality in QUALITIES)


def calibration_of(choices: Iterable[QualityCount]) -> Calibration:
    """Count the reviews by proposed and by chosen quality."""
    counts: Counter[tuple[int | None, int]] = Counter()
    for choice in choices:
        counts[choice.proposed, choice.quality] += choice.reviews
    return Calibration(
        tuple(tuple(counts[proposed, quality] for quality in QUALITIES) for proposed in QUALITIES),
        tuple(counts[None, quality] for quality in QUALITIES),
    )


def misconception_histories(
    rows: Iterable[MisconceptionDay], parts: Sequence[Span]
) -> tuple[MisconceptionHistory, ...]:
    """Return the history of each misconception over the spans of the period, the one that costs the most time first."""
    days_by_name: dict[str, list[MisconceptionDay]] = defaultdict(list)
    for row in rows:
        days_by_name[row.misconception].append(row)
    halfway = earlier_half([part.done.answers for part in parts])
    histories = [_history(name, days, parts, halfway) for name, days in days_by_name.items()]
    return tuple(sorted(histories, key=lambda history: (-history.spent, -history.times, history.misconception)))


def earlier_half(answers: Sequence[int]) -> int:
    """Return the number of first spans that have closest to half of all answers; never all of them."""
    sums = list(accumulate(answers, initial=0))
    return min(range(len(answers)), key=lambda count: abs(2 * sums[count] - sums[-1]), default=0)


def _history(name: str, days: Sequence[MisconceptionDay], parts: Sequence[Span], halfway: int) -> MisconceptionHistory:
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
