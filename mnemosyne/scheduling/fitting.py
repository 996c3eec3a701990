"""Fitting: FSRS's weights for one learner, by maximum likelihood over the learner's log, with a penalty
for leaving the defaults.

A fit uses the first 1,000, 2,000, 4,000 … scored answers, so that it depends on the log alone. Its weights
are fitted on the earlier part of them, and used only if they predict the later part better than the defaults.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import exp, log
from typing import Final

from mnemosyne.scheduling.fsrs import AGAIN, BOUNDS, DEFAULT_WEIGHTS, Fit, Weights
from mnemosyne.scheduling.scored_log import History, ScoredLog, scored_recalls

FIRST_FIT: Final = 1000  # scored answers: with fewer, fits predict worse than the defaults
CLAMP: Final = 1e-4  # minimum distance of a probability from 0 and 1, so that one surprise does not decide
MOST_FITTED: Final = 50_000  # scored answers used in a fit: more do not change the weights, and take minutes
_LATER: Final = 5  # the last fifth of the answers is predicted from those before
_PULL: Final = (*(1.0,) * 4, *(6.0,) * 17)  # nats per squared unit of log-weight away from the default
_FIRST_STEP, _LAST_STEP, _MOST_PASSES = 0.3, 0.02, 25  # units of log-weight
_DIGITS: Final = 6  # decimals of a weight


def sizes_to_fit(scored: int, last: int) -> Iterator[int]:
    """Yield the numbers of answers that fits are still to be made for; the last fit had `last` answers (0: none)."""
    size = max(FIRST_FIT, 2 * last)
    while size <= scored:
        yield size
        size *= 2


def fit(scored: ScoredLog, answers: int) -> Fit:
    """Return the fit of the first `answers` scored answers."""
    histories = _sampled_histories(scored.histories, answers)
    earlier = answers - answers // _LATER
    weights = _Search(histories, earlier).best()
    before, after = (_mean_loss(compared, histories, earlier, answers) for compared in (DEFAULT_WEIGHTS, weights))
    return Fit(answers, weights, before, after)


def _sampled_histories(histories: Sequence[History], answers: int) -> list[History]:
    """Return the cards to use: all, or a share drawn by id that has about MOST_FITTED answers if there are more."""
    share = MOST_FITTED / max(answers, MOST_FITTED)
    if share == 1:
        return list(histories)
    return [history for history in histories if _draw(history.card_id) < share]


def _draw(card_id: str) -> float:
    """Return a number from 0 up to but not including 1."""
    return int.from_bytes(sha256(card_id.encode()).digest()[:6], "big") / 2**48


def _loss(weights: Weights, histories: Sequence[History], since: int, until: int) -> float:
    """Return the log loss over the scored answers from `since` up to but not including `until`."""
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
    """A coordinate search in log-weights that starts at the defaults."""

    histories: Sequence[History]
    until: int  # the scored answers before this one count
    weights: list[float] = field(default_factory=lambda: list(DEFAULT_WEIGHTS))

    def best(self) -> Weights:
        """Return the weights that minimise the loss plus the penalty."""
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
        """Return whether a weight affects this log: the weight for "hard" does not if no answer was rated hard."""
        trial = self._shifted(place, _FIRST_STEP)
        pull = _PULL[place] * log(trial[place] / DEFAULT_WEIGHTS[place]) ** 2
        return abs(self._loss(trial) - pull - loss) > 1e-9

    def _shifted(self, place: int, step: float) -> list[float]:
        trial = list(self.weights)
        low, high = BOUNDS[place]
        trial[place] = min(high, max(low, trial[place] * exp(step)))
        return trial

    def _moved(self, place: int, step: float, loss: float) -> tuple[float, float]:
        """Move one weight by a step, trying the last direction first; return the loss and the next step."""
        for signed in (step, -step):
            trial = self._shifted(place, signed)
            if (trial_loss := self._loss(trial)) < loss:
                self.weights = trial
                return trial_loss, signed * 1.3
        return loss, step / 2.5

    def _moved_on(self, begin: Sequence[float], loss: float) -> float:
        """Repeat the whole change of the pass, since the weights depend on each other; return the loss."""
        trial = [
            min(high, max(low, weight * weight / before))
            for weight, before, (low, high) in zip(self.weights, begin, BOUNDS, strict=True)
        ]
        if (trial_loss := self._loss(trial)) < loss:
            self.weights = trial
            return trial_loss
        return loss
