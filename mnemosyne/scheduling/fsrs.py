"""FSRS-6: how memory of a card grows and fades, after open-spaced-repetition (Ye et al.), with 21 weights.

Memory is a stability S, the days in which retrievability R falls from 1 to 0.9, and a difficulty D from 1 to 10. A
review changes the state according to its rating and the study days since the last review or drill; on the same study
day R plays no part. Study days are integers, so a state does not depend on time of day or place. The results of fitting
the weights to a log (`fitting`), and the weights valid on a day, are defined here too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import exp
from typing import Final, NamedTuple, TypeAlias

from mnemosyne.scheduling.sm2 import MAXIMUM_INTERVAL

Weights: TypeAlias = tuple[float, ...]
Step: TypeAlias = Callable[[float, float, int, int], tuple[float, float, float]]

VERSION: Final = 6
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4  # ratings
RATINGS: Final = (AGAIN, AGAIN, AGAIN, HARD, GOOD, GOOD)  # the ratings for the qualities 0 to 5
RETENTION: Final = 0.9  # probability of recall at which a card comes back, unless the learner sets another
LEAST_RETENTION, MOST_RETENTION = 0.7, 0.97
LEAST_STABILITY: Final = 0.001  # days

DEFAULT_WEIGHTS: Final[Weights] = (
    *(0.212, 1.2931, 2.3065, 8.2956),  # 0 to 3: stability after a first rating of again, hard, good, easy
    *(6.4133, 0.8334, 3.0194, 0.001),  # 4 to 7: difficulty: first again, better first, change, return to the mean
    *(1.8722, 0.1666, 0.796),  # 8 to 10: growth of stability after recall
    *(1.4835, 0.0614, 0.2629, 1.6483),  # 11 to 14: stability left after forgetting
    *(0.6014, 1.8729),  # 15 and 16: factors of the growth for hard and easy
    *(0.5425, 0.0912, 0.0658),  # 17 to 19: reviews on the same day
    0.1542,  # 20: the exponent of the forgetting curve
)
BOUNDS: Final[tuple[tuple[float, float], ...]] = (
    *((0.001, 100),) * 4,
    *((1, 10), (0.001, 4), (0.001, 4), (0.001, 0.75)),
    *((0, 4.5), (0, 0.8), (0.001, 3.5)),
    *((0.001, 5), (0.001, 0.25), (0.001, 0.9), (0, 4)),
    *((0, 1), (1, 6)),
    *((0, 2), (0, 2), (0, 0.8)),
    (0.1, 0.8),
)


class FsrsState(NamedTuple):
    """FSRS's state of a card."""

    stability: float  # days
    difficulty: float  # 1 to 10


@dataclass(frozen=True, slots=True)
class FsrsParameters:
    """The parameters of scheduling with FSRS."""

    weights: Weights = DEFAULT_WEIGHTS  # the parameters w0 to w20 of FSRS-6
    desired_retention: float = RETENTION  # the probability of recall, 0 to 1, at which a card is due


def rating_of(quality: int, proposed: int | None) -> int:
    """Return the rating of a quality: 5 is good, and easy only if the learner raised the proposal to it.

    With easy FSRS makes the first interval eight times as long; a quick right answer does not justify that.
    """
    raised = quality == 5 and proposed is not None and proposed < quality
    return EASY if raised else RATINGS[quality]


def retrievability(weights: Weights, stability: float, days: float) -> float:
    """Return the probability of recall this many days after the last review."""
    decay = weights[20]
    return float((1 + (0.9 ** (-1 / decay) - 1) * days / stability) ** -decay)


def days_until(weights: Weights, stability: float, retention: float) -> float:
    """Return the days until retrievability falls to `retention`."""
    decay = weights[20]
    return float(stability / (0.9 ** (-1 / decay) - 1) * (retention ** (-1 / decay) - 1))


def interval(parameters: FsrsParameters, stability: float) -> int:
    """Return the interval in days that gives the desired retention."""
    days = days_until(parameters.weights, stability, parameters.desired_retention)
    return min(MAXIMUM_INTERVAL, max(1, round(min(days, MAXIMUM_INTERVAL))))


def first_state(weights: Weights, rating: int) -> FsrsState:
    """Return the state after the first review of a card."""
    return FsrsState(max(LEAST_STABILITY, weights[rating - 1]), _within_difficulty(_first_difficulty(weights, rating)))


def next_state(weights: Weights, state: FsrsState, days: int, rating: int) -> FsrsState:
    """Return the state after a review `days` study days after the last one; 0 or less means the same day."""
    _, stability, difficulty = _step(weights)(*state, days, rating)
    return FsrsState(stability, difficulty)


def step(weights: Weights) -> Step:
    """Return the function from one state to the next, with everything that depends only on the weights precomputed.

    It takes stability, difficulty, study days and rating, and returns recall before the review, stability and
    difficulty: plain numbers, since it must process logs of a million reviews.
    """
    decay, same_day_power, growth_power = -weights[20], -weights[19], -weights[9]
    factor = 0.9 ** (1 / decay) - 1
    same_day = [0.0, *(exp(weights[17] * (rating - 3 + weights[18])) for rating in (AGAIN, HARD, GOOD, EASY))]
    growth_of = [0.0, 0.0, *(exp(weights[8]) * of_rating for of_rating in (weights[15], 1.0, weights[16]))]
    kept, forgotten_power = exp(-weights[17] * weights[18]), -weights[12]
    change, back, to = weights[6] / 9, 1 - weights[7], weights[7] * _first_difficulty(weights, EASY)
    growth_by_recall, left, left_power, left_by_recall = weights[10], weights[11], weights[13], weights[14]

    def after(stability: float, difficulty: float, days: int, rating: int) -> tuple[float, float, float]:
        recall = 1.0
        if days <= 0:
            growth = stability**same_day_power * same_day[rating]
            longer = stability * (growth if rating == AGAIN or growth > 1 else 1)
        else:
            recall = (1 + factor * days / stability) ** decay
            if rating == AGAIN:
                longer = left * difficulty**forgotten_power * ((stability + 1) ** left_power - 1)
                longer = min(longer * exp(left_by_recall * (1 - recall)), stability * kept)
            else:
                growth = (11 - difficulty) * stability**growth_power * (exp(growth_by_recall * (1 - recall)) - 1)
                longer = stability * (1 + growth * growth_of[rating])
        harder = to + back * (difficulty - change * (rating - 3) * (10 - difficulty))
        return recall, max(LEAST_STABILITY, longer), _within_difficulty(harder)

    return after


_step = lru_cache(64)(step)


def _first_difficulty(w: Weights, rating: int) -> float:
    return w[4] - exp(w[5] * (rating - 1)) + 1


def _within_difficulty(difficulty: float) -> float:
    return min(10.0, max(1.0, difficulty))


@dataclass(frozen=True, slots=True)
class Fit:
    """The result of a fit."""

    answers: int  # scored answers, from the start of the log
    weights: Weights
    loss_before: float  # mean log loss of the defaults on the later part of the answers, in nats
    loss_after: float  # mean log loss of the fitted weights on the same answers, in nats
    day: date | None = None  # the study day on which it was made

    @property
    def is_better(self) -> bool:
        """Whether the weights predict the later part better than the defaults."""
        return self.loss_after < self.loss_before


def taken_before(fits: Sequence[Fit], day: date) -> Weights:
    """Return the weights valid on a study day: those of the newest accepted fit made before it, else the defaults."""
    usable = [fit for fit in fits if fit.is_better and fit.day is not None and fit.day < day]
    return max(usable, key=lambda fit: fit.answers).weights if usable else DEFAULT_WEIGHTS
