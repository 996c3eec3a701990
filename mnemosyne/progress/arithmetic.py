"""Arithmetic: from figures to statistics. Sums over study days, bins, streaks, calibration and what becomes of slips."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from mnemosyne.progress.figures import CardState, Chosen, Figures, SlipDay
from mnemosyne.progress.period import Period, last_days, spans
from mnemosyne.progress.statistics import (
    Bin,
    Calibration,
    Cards,
    Day,
    Done,
    Often,
    Rate,
    Retention,
    Slip,
    Span,
    Statistics,
    Streak,
)
from mnemosyne.progress.terms import Maturity, maturity_of
from mnemosyne.progress.trend import trend
from mnemosyne.scheduling.sm2 import QUALITIES
from mnemosyne.scheduling.study_day import days_between, plus_days

HEATMAP_DAYS: Final = 366
RETENTION_DAYS: Final = (1, 7, 30, 365)  # beside the whole period
INTERVALS: Final = (1, 2, 7, 21, 60, 180, 365)  # days: where each bin begins
EASES: Final = (130, 150, 170, 190, 210, 230, 250, 270)  # hundredths


def statistics(figures: Figures, today: date, period: Period, topic: str | None = None) -> Statistics:
    """What the figures amount to."""
    days = within(figures.days, period)
    parts = tuple(span(figures.days, each) for each in spans(period))
    return Statistics(
        today=today,
        period=period,
        topic=topic,
        topics=figures.topics,
        cards=cards(figures.states),
        done_today=done(within(figures.days, Period(today, today))),
        done=done(days),
        streak=streak(figures.days, today),
        days=days,
        year=within(figures.days, last_days(period.until, HEATMAP_DAYS)),
        forecast=figures.forecast,
        retention=retentions(figures.days, period),
        qualities=qualities(figures.chosen),
        intervals=bins([(state.interval, state.cards) for state in figures.states if not state.new], INTERVALS),
        eases=bins([(state.ease, state.cards) for state in figures.states if not state.new], EASES),
        tags=figures.grouped.tags,
        kinds=figures.grouped.kinds,
        links=figures.grouped.links,
        spans=parts,
        slips=slips(figures.slips, parts),
        calibration=calibration(figures.chosen),
        leeches=figures.leeches,
    )


def within(days: Sequence[Day], period: Period) -> tuple[Day, ...]:
    """Those of the days, which are in order, that the period has."""
    first = bisect_left(days, period.since, key=lambda each: each.day)
    return tuple(days[first : bisect_right(days, period.until, key=lambda each: each.day)])


def done(days: Iterable[Day]) -> Done:
    """All that was done on the days."""
    found = [each.done for each in days]
    return Done(
        reviews=sum(each.reviews for each in found),
        first=sum(each.first for each in found),
        passed=sum(each.passed for each in found),
        drills=sum(each.drills for each in found),
        spent=sum((each.spent for each in found), timedelta()),
    )


def retention(days: Sequence[Day], period: Period) -> Retention:
    """True retention on those of the days that the period has."""
    found = within(days, period)
    return Retention(period, _sum(each.young for each in found), _sum(each.mature for each in found))


def retentions(days: Sequence[Day], period: Period) -> tuple[Retention, ...]:
    """Of the last day, week, month and year of the period, and of the whole."""
    windows = [last_days(period.until, count) for count in RETENTION_DAYS]
    return tuple(retention(days, each) for each in (*windows, period))


def _sum(rates: Iterable[Rate]) -> Rate:
    found = list(rates)
    return Rate(sum(rate.passed for rate in found), sum(rate.reviews for rate in found))


def span(days: Sequence[Day], period: Period) -> Span:
    """What a part of a period amounts to."""
    return Span(done(within(days, period)), retention(days, period))


def streak(days: Sequence[Day], today: date) -> Streak:
    """The run of study days that leads up to today, and the longest there ever was."""
    runs: list[tuple[date, int]] = []  # the last day of each run, and its length
    for each in days:
        last, length = runs[-1] if runs else (each.day, 0)
        if length and days_between(last, each.day) == 1:
            runs[-1] = (each.day, length + 1)
        else:
            runs.append((each.day, 1))
    standing = (length for last, length in runs if last in (today, plus_days(today, -1)))
    return Streak(current=max(standing, default=0), longest=max((length for _, length in runs), default=0))


def cards(states: Iterable[CardState]) -> Cards:
    """The cards by how well they sit."""
    found: Counter[str] = Counter()
    for state in states:
        found["new" if state.new else maturity_of(state.interval)] += state.cards
        found["suspended"] += state.cards * state.suspended
    return Cards(found["new"], found[Maturity.YOUNG], found[Maturity.MATURE], found["suspended"])


def bins(values: Iterable[tuple[int, int]], begins: Sequence[int]) -> tuple[Bin, ...]:
    """Values with how many cards have each, sorted into bins; what is below the first is counted in it."""
    found = [0] * len(begins)
    for value, count in values:
        found[max(0, bisect_right(begins, value) - 1)] += count
    highs = [*(begin - 1 for begin in begins[1:]), None]
    return tuple(Bin(low, high, count) for low, high, count in zip(begins, highs, found, strict=True))


def qualities(chosen: Iterable[Chosen]) -> tuple[int, ...]:
    """How many reviews got each quality."""
    found: Counter[int] = Counter()
    for each in chosen:
        found[each.quality] += each.reviews
    return tuple(found[quality] for quality in QUALITIES)


def calibration(chosen: Iterable[Chosen]) -> Calibration:
    """What was made of the proposals."""
    found: Counter[tuple[int | None, int]] = Counter()
    for each in chosen:
        found[each.proposed, each.quality] += each.reviews
    return Calibration(
        tuple(tuple(found[proposed, quality] for quality in QUALITIES) for proposed in QUALITIES),
        tuple(found[None, quality] for quality in QUALITIES),
    )


def slips(rows: Iterable[SlipDay], parts: Sequence[Span]) -> tuple[Slip, ...]:
    """Each misconception over the spans of the period, the one that costs the most time first."""
    named: dict[str, list[SlipDay]] = defaultdict(list)
    for row in rows:
        named[row.misconception].append(row)
    halfway = half([part.done.answers for part in parts])
    found = [_slip(name, days, parts, halfway) for name, days in named.items()]
    return tuple(sorted(found, key=lambda slip: (-slip.spent, -slip.times, slip.misconception)))


def half(answers: Sequence[int]) -> int:
    """How many of the spans, from the first on, have as nearly as can be half of all answers; at least one stays out."""
    sums = list(accumulate(answers, initial=0))
    return min(range(len(answers)), key=lambda count: abs(2 * sums[count] - sums[-1]), default=0)


def _slip(name: str, days: Sequence[SlipDay], parts: Sequence[Span], halfway: int) -> Slip:
    begins = [part.period.since for part in parts]
    counts = [0] * len(parts)
    for row in days:
        counts[bisect_right(begins, row.day) - 1] += row.times
    early, late = (_often(counts[some], parts[some]) for some in (slice(halfway), slice(halfway, None)))
    return Slip(
        misconception=name,
        times=sum(row.times for row in days),
        lapses=sum(row.lapses for row in days),
        spent=sum((row.spent for row in days), timedelta()),
        last=max(row.day for row in days),
        counts=tuple(counts),
        early=early,
        late=late,
        trend=trend(early, late),
    )


def _often(counts: Sequence[int], parts: Sequence[Span]) -> Often:
    return Often(sum(counts), sum(part.done.answers for part in parts))
