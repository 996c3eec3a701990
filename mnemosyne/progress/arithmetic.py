"""From figures to statistics: the one way from what the store counted to what is shown."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from mnemosyne.progress.days import done, retentions, span, streak, within
from mnemosyne.progress.figures import CardState, Chosen, Figures
from mnemosyne.progress.period import Period, last_days, spans
from mnemosyne.progress.slips import slips
from mnemosyne.progress.statistics import Bin, Calibration, Cards, Statistics
from mnemosyne.progress.terms import Maturity, maturity_of
from mnemosyne.scheduling.sm2 import QUALITIES

HEATMAP_DAYS: Final = 366
INTERVALS: Final = (1, 2, 7, 21, 60, 180, 365)  # days: where each bin begins
EASES: Final = (130, 150, 170, 190, 210, 230, 250, 270, 290, 310)  # hundredths


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
