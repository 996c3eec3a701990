"""Prediction: how well the schedulers predict a learner's own answers, each from the answers before it.

Measures as in srs-benchmark: log loss, the root mean square error between predicted and actual recall in bins
of similar reviews, and the area under the curve (0.5: no better than chance at telling which are passed).
`scored_log` defines which answers are scored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log, sqrt
from typing import Final

from mnemosyne.scheduling.fitting import CLAMP
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, Fit
from mnemosyne.scheduling.scored_log import Bin, ScoredLog, recalls
from mnemosyne.scheduling.skills.own_memory import OwnMemory

FEWEST_SCORED: Final = 100  # answers; with fewer, losses depend more on chance than on the scheduler


class Predictor(StrEnum):
    """The predictors of an answer; the first two ignore memory, and a scheduler that does no better is useless."""

    CONSTANT = "constant"
    MOVING_AVERAGE = "moving average"
    SM2 = "sm2"
    FSRS = "fsrs, default weights"
    FITTED = "fsrs, fitted weights"


@dataclass(frozen=True, slots=True)
class PredictionLoss:
    """The errors of a predictor; `auc` is None if all answers were passed, or none."""

    predictor: Predictor
    log_loss: float  # the mean log loss of a review, in nats
    rmse_bins: float  # root of the mean squared error over bins, 0 to 1
    auc: float | None


@dataclass(frozen=True, slots=True)
class PredictionLosses:
    """The losses of all predictors over the same `answers`; none if there are fewer than FEWEST_SCORED.

    Fitted weights are included once a fit was accepted.
    """

    answers: int
    losses: tuple[PredictionLoss, ...]
    last_fit: Fit | None = None  # the newest one, accepted or not
    own_memory: OwnMemory | None = None  # whether skills predict the answers better than cards do


def losses_of(scored: ScoredLog, fits: Sequence[Fit] = ()) -> PredictionLosses:
    """Return the losses of all predictors; `fits` are all those of the log, accepted or not."""
    answers, last = len(scored.passed), max(fits, key=lambda fit: fit.answers, default=None)
    if answers < FEWEST_SCORED:
        return PredictionLosses(answers, (), last)
    losses = (_loss(predictor, predicted, scored) for predictor, predicted in _predictions(scored, fits))
    return PredictionLosses(answers, tuple(losses), last)


def _predictions(scored: ScoredLog, fits: Sequence[Fit]) -> Iterator[tuple[Predictor, list[float]]]:
    by_default = recalls(DEFAULT_WEIGHTS, scored.histories, len(scored.passed))
    yield Predictor.CONSTANT, scored.constant
    yield Predictor.MOVING_AVERAGE, scored.moving_average
    yield Predictor.SM2, scored.by_sm2
    yield Predictor.FSRS, by_default
    if any(fit.is_better for fit in fits):
        yield Predictor.FITTED, _by_fits(scored, fits, by_default)


def _by_fits(scored: ScoredLog, fits: Sequence[Fit], by_default: Sequence[float]) -> list[float]:
    """Return FSRS's predictions, with the weights fitted before each answer, else with the defaults."""
    predicted = list(by_default)
    usable = sorted((fit for fit in fits if fit.is_better), key=lambda fit: fit.answers)
    ends = [*(fit.answers for fit in usable[1:]), len(predicted)]
    for fit, end in zip(usable, ends, strict=True):
        predicted[fit.answers : end] = recalls(fit.weights, scored.histories, end)[fit.answers :]
    return predicted


def _loss(predictor: Predictor, predicted: Sequence[float], scored: ScoredLog) -> PredictionLoss:
    pairs = [
        (min(1 - CLAMP, max(CLAMP, probability)), passed)
        for probability, passed in zip(predicted, scored.passed, strict=True)
    ]
    log_loss = -sum(log(probability if passed else 1 - probability) for probability, passed in pairs) / len(pairs)
    return PredictionLoss(predictor, log_loss, _rmse_bins(pairs, scored.alike), _auc(pairs))


def _rmse_bins(pairs: Sequence[tuple[float, bool]], bins: Sequence[Bin]) -> float:
    """Return the root mean square difference between predicted and actual recall in bins of similar reviews."""
    differences: dict[Bin, float] = defaultdict(float)
    sizes: dict[Bin, int] = defaultdict(int)
    for (predicted, passed), alike in zip(pairs, bins, strict=True):
        differences[alike] += predicted - passed
        sizes[alike] += 1
    return sqrt(sum(differences[alike] ** 2 / sizes[alike] for alike in sizes) / len(pairs))


def _auc(pairs: Sequence[tuple[float, bool]]) -> float | None:
    """Return how often a passed answer was predicted higher than a failed one, with ties counted
    half; None without both.
    """
    passed = sum(answer for _, answer in pairs)
    failed = len(pairs) - passed
    if not passed or not failed:
        return None
    ordered = sorted(pairs)
    ranks, begin = 0.0, 0
    while begin < len(ordered):
        end, among = begin, 0
        while end < len(ordered) and ordered[end][0] == ordered[begin][0]:
            among += ordered[end][1]
            end += 1
        ranks += among * (begin + 1 + end) / 2
        begin = end
    return (ranks - passed * (passed + 1) / 2) / (passed * failed)
