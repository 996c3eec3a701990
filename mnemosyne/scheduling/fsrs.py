"""FSRS-6: how memory of a card grows and fades, after open-spaced-repetition (Ye et al.), with 21 weights.

Memory is a stability S, the days in which retrievability R falls from 1 to 0.9, and a difficulty D from 1 to 10. A
review leads from one state to the next by its rating and the study days that have passed since the last review or
drill; on the same study day R plays no part. Study days are whole, so a state is the same at every hour and place.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Final, NamedTuple, TypeAlias

from mnemosyne.scheduling.sm2 import MAXIMUM_INTERVAL

Weights: TypeAlias = tuple[float, ...]

VERSION: Final = 6
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4  # ratings
RATINGS: Final = (AGAIN, AGAIN, AGAIN, HARD, GOOD, GOOD)  # of the qualities 0 to 5
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
    return FsrsState(
        max(LEAST_STABILITY, _stability(weights, state, days, rating)), _difficulty(weights, state, rating)
    )


def _stability(w: Weights, state: FsrsState, days: int, rating: int) -> float:
    if days <= 0:
        return _stability_same_day(w, state.stability, rating)
    forgotten = 1 - retrievability(w, state.stability, days)
    if rating == AGAIN:
        return _stability_after_forgetting(w, state, forgotten)
    growth = exp(w[8]) * (11 - state.difficulty) * state.stability ** -w[9] * (exp(w[10] * forgotten) - 1)
    factor = w[15] if rating == HARD else w[16] if rating == EASY else 1
    return float(state.stability * (1 + growth * factor))


def _stability_same_day(w: Weights, stability: float, rating: int) -> float:
    growth = stability ** -w[19] * exp(w[17] * (rating - 3 + w[18]))
    return float(stability * (growth if rating == AGAIN else max(1, growth)))


def _stability_after_forgetting(w: Weights, state: FsrsState, forgotten: float) -> float:
    left = w[11] * state.difficulty ** -w[12] * ((state.stability + 1) ** w[13] - 1) * exp(w[14] * forgotten)
    return float(min(left, state.stability * exp(-w[17] * w[18])))


def _difficulty(w: Weights, state: FsrsState, rating: int) -> float:
    difficulty = state.difficulty - w[6] * (rating - 3) * (10 - state.difficulty) / 9
    return _within_difficulty(w[7] * _first_difficulty(w, EASY) + (1 - w[7]) * difficulty)


def _first_difficulty(w: Weights, rating: int) -> float:
    return w[4] - exp(w[5] * (rating - 1)) + 1


def _within_difficulty(difficulty: float) -> float:
    return min(10.0, max(1.0, difficulty))
