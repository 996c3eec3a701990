"""Prediction: how well the schedulers foretell a learner's own answers, each from the answers before it.

A scheduled answer on a later study day than the last one of its card is scored; answers on the same day tell only
what was just seen. Measures as in srs-benchmark: log loss, the root mean square error between predicted and true
recall in bins of alike reviews, and the area under the curve (0.5: no better than chance at telling which are passed).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, floor, log, sqrt
from typing import Final, NamedTuple, TypeAlias

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, FsrsState, Weights
from mnemosyne.scheduling.sm2 import PASS

FEWEST_SCORED: Final = 100  # answers; of fewer, losses say more of chance than of a scheduler
_CLAMP: Final = 1e-4  # least distance of a probability from 0 and 1, so that one surprise does not decide
_USUAL, _USUAL_WEIGHT = 0.9, 10  # share of passed answers, and in how many, that the constant begins with

_Bin: TypeAlias = tuple[int, int, int]


class Predictor(StrEnum):
    """What foretells an answer; the first two know nothing of memory, and whoever is no better than they is no use."""

    CONSTANT = "constant"
    MOVING_AVERAGE = "moving average"
    SM2 = "sm2"
    FSRS = "fsrs, default weights"


class LoggedAnswer(NamedTuple):
    """An answer of the log, or a reset, which has no quality. `day` is an ordinal, `interval` SM-2's before it."""

    card_id: str
    day: int
    quality: int | None
    proposed: int | None = None
    drill: bool = False
    interval: int = 0


class Scored(NamedTuple):
    """A scored answer: whether it was passed, what each predictor said, and which reviews are alike."""

    passed: bool
    predicted: tuple[float, ...]  # in the order of Predictor
    alike: _Bin


@dataclass(frozen=True, slots=True)
class PredictionLoss:
    """How far a predictor was off; `auc` is None where all answers were passed, or none."""

    predictor: Predictor
    log_loss: float  # in nats for a review
    rmse_bins: float  # root of the mean squared error over bins, 0 to 1
    auc: float | None


@dataclass(frozen=True, slots=True)
class PredictionLosses:
    """The losses of all predictors over the same `answers`; none where there are fewer than FEWEST_SCORED."""

    answers: int
    losses: tuple[PredictionLoss, ...]


@dataclass(slots=True)
class _Card:
    """What is known of a card before its next answer."""

    state: FsrsState
    seen: int  # day of the last answer, drills too
    reviewed: int  # and of the last scheduled one
    reviews: int
    lapses: int


class _Averages:
    """The two predictors that know nothing of memory."""

    def __init__(self) -> None:
        self._passed, self._answers = _USUAL * _USUAL_WEIGHT, float(_USUAL_WEIGHT)
        self._logit = 1.2  # as srs-benchmark begins

    def predicted(self) -> tuple[float, float]:
        """Return the share of passed answers so far, and the moving average."""
        return self._passed / self._answers, 1 / (1 + exp(-self._logit))

    def learn(self, *, passed: bool) -> None:
        """Take an answer in."""
        self._logit += 0.3 * (passed - self.predicted()[1])
        self._passed, self._answers = self._passed + passed, self._answers + 1


def scored(answers: Iterable[LoggedAnswer], weights: Weights = DEFAULT_WEIGHTS) -> Iterator[Scored]:
    """Yield the scored answers of a log, which comes in its order, each predicted from those before it."""
    cards: dict[str, _Card] = {}
    averages = _Averages()
    for answer in answers:
        if answer.quality is None:
            cards.pop(answer.card_id, None)
            continue
        card = cards.get(answer.card_id)
        if card is not None and not answer.drill and answer.day > card.seen:
            passed = answer.quality >= PASS
            memory = fsrs.retrievability(weights, card.state.stability, answer.day - card.seen)
            by_sm2 = _USUAL ** ((answer.day - card.reviewed) / max(1, answer.interval))
            yield Scored(passed, (*averages.predicted(), by_sm2, memory), _alike(card, answer.day))
            averages.learn(passed=passed)
        _take_in(cards, card, answer, answer.quality, weights)


def _take_in(cards: dict[str, _Card], card: _Card | None, answer: LoggedAnswer, quality: int, weights: Weights) -> None:
    rating = fsrs.rating_of(quality, answer.proposed)
    if card is None:
        if not answer.drill:
            state = fsrs.first_state(weights, rating)
            cards[answer.card_id] = _Card(state, answer.day, answer.day, 1, int(quality < PASS))
        return
    card.state = fsrs.next_state(weights, card.state, answer.day - card.seen, rating)
    card.seen = answer.day
    if not answer.drill:
        card.reviewed, card.reviews, card.lapses = answer.day, card.reviews + 1, card.lapses + (quality < PASS)


def losses_of(answers: Iterable[LoggedAnswer]) -> PredictionLosses:
    """Return how far each predictor was off."""
    scores = list(scored(answers))
    if len(scores) < FEWEST_SCORED:
        return PredictionLosses(len(scores), ())
    return PredictionLosses(len(scores), tuple(_loss(place, name, scores) for place, name in enumerate(Predictor)))


def _loss(place: int, name: Predictor, scores: Sequence[Scored]) -> PredictionLoss:
    pairs = [(min(1 - _CLAMP, max(_CLAMP, answer.predicted[place])), answer.passed) for answer in scores]
    log_loss = -sum(log(predicted if passed else 1 - predicted) for predicted, passed in pairs) / len(pairs)
    return PredictionLoss(name, log_loss, _rmse_bins(pairs, [answer.alike for answer in scores]), _auc(pairs))


def _rmse_bins(pairs: Sequence[tuple[float, bool]], bins: Sequence[_Bin]) -> float:
    """Return the root of the mean square difference between predicted and true recall of alike reviews."""
    differences: dict[_Bin, float] = defaultdict(float)
    sizes: dict[_Bin, int] = defaultdict(int)
    for (predicted, passed), alike in zip(pairs, bins, strict=True):
        differences[alike] += predicted - passed
        sizes[alike] += 1
    return sqrt(sum(differences[alike] ** 2 / sizes[alike] for alike in sizes) / len(pairs))


def _auc(pairs: Sequence[tuple[float, bool]]) -> float | None:
    """Return how often a passed answer was predicted higher than a failed one; a tie is half."""
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


def _alike(card: _Card, day: int) -> _Bin:
    """Return the bin of reviews with a like interval, number of reviews and number of lapses."""
    return _step(day - card.seen, 3.62), _step(card.reviews, 1.89), _step(card.lapses, 1.73) if card.lapses else -1


def _step(value: int, factor: float) -> int:
    return floor(log(value) / log(factor))
