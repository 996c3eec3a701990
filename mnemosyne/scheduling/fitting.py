"""Fitting: FSRS's weights for one learner, by maximum likelihood over his own log, held near the defaults by a penalty.

A fit is made of the first 1,000, 2,000, 4,000 … scored answers, so that it follows from the log alone. Its weights are
found on the earlier part of them and are used only if they predict the later part better than the defaults do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import exp, log
from typing import Final

from mnemosyne.scheduling.fsrs import AGAIN, BOUNDS, DEFAULT_WEIGHTS, Fit, Weights
from mnemosyne.scheduling.scored_log import History, ScoredLog, scored_recalls

FIRST_FIT: Final = 1000  # scored answers: of fewer, a fit predicts worse than the defaults
CLAMP: Final = 1e-4  # least distance of a probability from 0 and 1, so that one surprise does not decide
MOST_FITTED: Final = 50_000  # scored answers that a fit looks at: more move no weight, and take minutes
_LATER: Final = 5  # the last answers, one in so many, are predicted from those before
_PULL: Final = (*(1.0,) * 4, *(6.0,) * 17)  # nats for each unit of log-weight, squared, away from the default
_FIRST_STEP, _LAST_STEP, _MOST_PASSES = 0.3, 0.02, 25  # units of log-weight
_DIGITS: Final = 6  # decimals of a weight


def sizes_to_fit(scored: int, last: int) -> Iterator[int]:
    """Yield the numbers of answers that fits are still to be made of, where the last one had `last` (0: none)."""
    size = max(FIRST_FIT, 2 * last)
    while size <= scored:
        yield size
        size *= 2


def fit(scored: ScoredLog, answers: int) -> Fit:
    """Return the fit of the first so many scored answers."""
    histories = _drawn(scored.histories, answers)
    earlier = answers - answers // _LATER
    weights = _Search(histories, earlier).best()
    before, after = (_mean_loss(compared, histories, earlier, answers) for compared in (DEFAULT_WEIGHTS, weights))
    return Fit(answers, weights, before, after)


def _drawn(histories: Sequence[History], answers: int) -> list[History]:
    """Return the cards to look at: all, or where they have more than MOST_FITTED answers, as many, drawn by id."""
    share = MOST_FITTED / max(answers, MOST_FITTED)
    if share == 1:
        return list(histories)
    return [history for history in histories if _draw(history.card_id) < share]


def _draw(card_id: str) -> float:
    """Return a number from 0 up to, not including, 1."""
    return int.from_bytes(sha256(card_id.encode()).digest()[:6], "big") / 2**48


def _loss(weights: Weights, histories: Sequence[History], since: int, until: int) -> float:
    """Return the log loss over the scored answers from `since` up to, not including, `until`."""
    likelihood = 0.0
    for place, rating, recall in scored_recalls(weights, histories, until):
        if place >= since:
            probability = recall if rating > AGAIN else 1 - recall
            likelihood += log(min(1 - CLAMP, max(CLAMP, probability)))
    return -likelihood


def _mean_loss(weights: Weights, histories: Sequence[History], since: int, until: int) -> float:
    scored = sum(since <= repetition.place < until for history in histories for repetition in history.later)
    return _loss(weights, histories, since, until) / max(1, scored)


@dataclass(slots=True)
class _Search:
    """A coordinate search in log-weights, which begins at the defaults."""

    histories: Sequence[History]
    until: int  # the scored answers that count are those before it
    weights: list[float] = field(default_factory=lambda: list(DEFAULT_WEIGHTS))

    def best(self) -> Weights:
        """Return the weights at which likelihood and penalty balance."""
        loss = self._loss(self.weights)
        steps = {place: _FIRST_STEP for place in range(len(BOUNDS)) if self._matters(place, loss)}
        for _ in range(_MOST_PASSES):
            begin = list(self.weights)
            for place in steps:
                loss, steps[place] = self._moved(place, steps[place], loss)
            loss = self._moved_on(begin, loss)
            if all(abs(step) < _LAST_STEP for step in steps.values()):
                break
        return tuple(round(weight, _DIGITS) for weight in self.weights)

    def _loss(self, weights: Sequence[float]) -> float:
        pulls = (
            pull * log(weight / usual) ** 2 for weight, usual, pull in zip(weights, DEFAULT_WEIGHTS, _PULL, strict=True)
        )
        return _loss(tuple(weights), self.histories, 0, self.until) + sum(pulls)

    def _matters(self, place: int, loss: float) -> bool:
        """Return whether a weight matters in this log: the weight for "hard" does not if no answer was rated hard."""
        trial = self._shifted(place, _FIRST_STEP)
        pull = _PULL[place] * log(trial[place] / DEFAULT_WEIGHTS[place]) ** 2
        return abs(self._loss(trial) - pull - loss) > 1e-9

    def _shifted(self, place: int, step: float) -> list[float]:
        trial = list(self.weights)
        low, high = BOUNDS[place]
        trial[place] = min(high, max(low, trial[place] * exp(step)))
        return trial

    def _moved(self, place: int, step: float, loss: float) -> tuple[float, float]:
        """Move one weight a step, first in the direction of the last; return the loss and the next step."""
        for signed in (step, -step):
            trial = self._shifted(place, signed)
            if (trial_loss := self._loss(trial)) < loss:
                self.weights = trial
                return trial_loss, signed * 1.3
        return loss, step / 2.5

    def _moved_on(self, begin: Sequence[float], loss: float) -> float:
        """Repeat the whole move of the pass, since the weights depend on each other; return the loss."""
        trial = [
            min(high, max(low, weight * weight / before))
            for weight, before, (low, high) in zip(self.weights, begin, BOUNDS, strict=True)
        ]
        if (trial_loss := self._loss(trial)) < loss:
            self.weights = trial
            return trial_loss
        return loss
