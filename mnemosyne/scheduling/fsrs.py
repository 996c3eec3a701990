"""FSRS-6: how memory of a card grows and fades, after open-spaced-repetition (Ye et al.), with 21 weights.

Memory is a stability S, the days in which retrievability R falls from 1 to 0.9, and a difficulty D from 1 to 10. A
review leads from one state to the next by its rating and the study days that have passed since the last review or
drill; on the same study day R plays no part. Study days are whole, so a state is the same at every hour and place.
What a fit of the weights to a log came to (`fitting`), and which weights hold on a day, is said here.
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
RATINGS: Final = (AGAIN, AGAIN, AGAIN, HARD, GOOD, GOOD)  # the ratings of the qualities 0 to 5
RETENTION: Final = 0.9  # probability of recall at which a card comes back, unless the learner sets another
LEAST_RETENTION, MOST_RETENTION = 0.7, 0.97
LEAST_STABILITY: Final = 0.001  # days

DEFAULT_WEIGHTS: Final[Weights] = (
    *(0.212, 1.2931, 2.3065, 8.2956),  # 0 to 3: stability after a first rating of again, hard, good, easy
    *(6.4133, 0.8334, 3.0194, 0.001),  # 4 to 7: difficulty: of a first again, of a better one, its change, its return
    *(1.8722, 0.1666, 0.796),  # 8 to 10: how stability grows when the card is remembered
    *(1.4835, 0.0614, 0.2629, 1.6483),  # 11 to 14: what is left of it when the card is forgotten
    *(0.6014, 1.8729),  # 15 and 16: factors of growth for hard and easy
    *(0.5425, 0.0912, 0.0658),  # 17 to 19: reviews on the same day
    0.1542,  # 20: the exponent of the curve of forgetting
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
    """What FSRS knows of a card."""

    stability: float  # days
    difficulty: float  # 1 to 10


@dataclass(frozen=True, slots=True)
class FsrsParameters:
    """What decides how FSRS schedules."""

    weights: Weights = DEFAULT_WEIGHTS  # the parameters w0 to w20 of FSRS-6
    desired_retention: float = RETENTION  # the chance of recall, 0 to 1, at which a card is due


def rating_of(quality: int, proposed: int | None) -> int:
    """Return the rating of a quality: 5 is good too, and easy only where the learner raised the proposal to it.

    FSRS means by easy that a card may stay away eight times as long; a quick right answer does not say that.
    """
    raised = quality == 5 and proposed is not None and proposed < quality
    return EASY if raised else RATINGS[quality]


def retrievability(weights: Weights, stability: float, days: float) -> float:
    """Return the probability of recall so many days after the last review."""
    decay = weights[20]
    return float((1 + (0.9 ** (-1 / decay) - 1) * days / stability) ** -decay)


def days_until(weights: Weights, stability: float, retention: float) -> float:
    """Return after how many days retrievability falls to `retention`."""
    decay = weights[20]
    return float(stability / (0.9 ** (-1 / decay) - 1) * (retention ** (-1 / decay) - 1))


def interval(parameters: FsrsParameters, stability: float) -> int:
    """Return the interval in whole days that keeps the desired retention."""
    days = days_until(parameters.weights, stability, parameters.desired_retention)
    return min(MAXIMUM_INTERVAL, max(1, round(min(days, MAXIMUM_INTERVAL))))


def first_state(weights: Weights, rating: int) -> FsrsState:
    """Return the state after the first review of a card."""
    return FsrsState(max(LEAST_STABILITY, weights[rating - 1]), _within_difficulty(_first_difficulty(weights, rating)))


def next_state(weights: Weights, state: FsrsState, days: int, rating: int) -> FsrsState:
    """Return the state after a review `days` study days after the last one; 0 or less is the same day."""
    _, stability, difficulty = _step(weights)(*state, days, rating)
    return FsrsState(stability, difficulty)


def step(weights: Weights) -> Step:
    """Return the function that leads from one state to the next, with all that depends on the weights alone worked out.

    It takes stability, difficulty, study days and rating, and returns the recall that was left, the stability and the
    difficulty: plain numbers, since a log of a million reviews is folded by it.
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
    """What came of a fit."""

    answers: int  # scored answers, the first ones of the log
    weights: Weights
    loss_before: float  # mean log loss of the defaults on the later part of the answers, in nats
    loss_after: float  # mean log loss of the fitted weights on the same answers, in nats
    day: date | None = None  # the study day on which it was made

    @property
    def taken(self) -> bool:
        """Whether the weights predict the later part better than the defaults."""
        return self.loss_after < self.loss_before


def taken_before(fits: Sequence[Fit], day: date) -> Weights:
    """Return the weights that hold on a study day: those of the newest fit of a day before it that was taken."""
    usable = [fit for fit in fits if fit.taken and fit.day is not None and fit.day < day]
    return max(usable, key=lambda fit: fit.answers).weights if usable else DEFAULT_WEIGHTS
