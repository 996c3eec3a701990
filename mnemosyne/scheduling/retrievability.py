"""Recall: the probability that a card is recalled on a study day, by FSRS, or as implied by SM-2's intervals."""

from __future__ import annotations

from datetime import date
from math import log
from typing import Final

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import Weights
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import days_between

AT_INTERVAL: Final = 0.9  # recall at the end of an interval of SM-2, as assumed in srs-benchmark
_LEAST: Final = 1e-9  # a probability of 0 is never reached


def recall_on(memory: Memory, day: date, weights: Weights) -> float | None:
    """Return the probability of recall on a study day, by FSRS with these weights or else by SM-2; None
    for a new card.
    """
    if memory.fsrs is not None:
        days = max(0, days_between(memory.fsrs.seen, day))
        return fsrs.retrievability(weights, memory.fsrs.stability, days)
    if memory.reviewed is None:
        return None
    return float(AT_INTERVAL ** (max(0, days_between(memory.reviewed, day)) / max(1, memory.interval)))


def stabilities_until(recall: float, weights: Weights) -> float:
    """Return the time for recall to fall to `recall` under FSRS, as a multiple of the stability."""
    return fsrs.days_until(weights, 1.0, max(_LEAST, recall))


def intervals_until(recall: float) -> float:
    """Return the time for recall to fall to `recall` under SM-2, as a multiple of the interval."""
    return log(max(_LEAST, recall)) / log(AT_INTERVAL)
