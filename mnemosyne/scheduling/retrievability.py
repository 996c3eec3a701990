"""Recall: the probability that a card is recalled on a study day, by FSRS, or as the intervals of SM-2 imply it."""

from __future__ import annotations

from datetime import date
from math import log
from typing import Final

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import Weights
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import days_between

AT_INTERVAL: Final = 0.9  # recall at the end of an interval of SM-2, as srs-benchmark takes it
_LEAST: Final = 1e-9  # a probability of 0 is never reached


def recall_on(memory: Memory, day: date, weights: Weights) -> float | None:
    """Return the probability of recall on a study day, under FSRS with these weights; None for a new card."""
    if memory.fsrs is not None:
        days = max(0, days_between(memory.fsrs.seen, day))
        return fsrs.retrievability(weights, memory.fsrs.stability, days)
    if memory.reviewed is None:
        return None
    return float(AT_INTERVAL ** (max(0, days_between(memory.reviewed, day)) / max(1, memory.interval)))


def stabilities_until(recall: float, weights: Weights) -> float:
    """Return after how many times its stability a card's recall has fallen so far under FSRS."""
    return fsrs.days_until(weights, 1.0, max(_LEAST, recall))


def intervals_until(recall: float) -> float:
    """Return after how many times its interval a card's recall has fallen so far under SM-2."""
    return log(max(_LEAST, recall)) / log(AT_INTERVAL)
