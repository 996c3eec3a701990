"""Predictions: what is scored, what each predictor says, and losses that agree with a plain reckoning of them."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest
from forgetful import forgetful

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.prediction import (
    FEWEST_SCORED,
    LoggedAnswer,
    PredictionLosses,
    Predictor,
    Scored,
    losses_of,
    scored,
)


def test_only_a_scheduled_answer_on_a_later_day_is_scored():
    log = [
        LoggedAnswer("a", 1, 4),  # new
        LoggedAnswer("a", 1, 1),  # the same day
        LoggedAnswer("a", 2, 4, drill=True, interval=1),  # a drill past the end of the day
        LoggedAnswer("a", 9, 2, interval=6),
        LoggedAnswer("b", 9, 4, drill=True),  # a drill of a card that was reset since
        LoggedAnswer("a", 9, None),  # a reset
        LoggedAnswer("a", 12, 4),
        LoggedAnswer("a", 13, 3, interval=1),
    ]
    found = list(scored(log))
    assert [answer.passed for answer in found] == [False, True]
    first, second = found
    weights = fsrs.DEFAULT_WEIGHTS
    state = fsrs.first_state(weights, fsrs.GOOD)
    for days, rating in ((0, fsrs.AGAIN), (1, fsrs.GOOD)):
        state = fsrs.next_state(weights, state, days, rating)
    sigmoid = 1 / (1 + math.exp(-1.2))
    memory = fsrs.retrievability(weights, state.stability, 7)
    assert first == Scored(False, pytest.approx((0.9, sigmoid, 0.9 ** (8 / 6), memory)), (1, 1, 0))
    after = 1 / (1 + math.exp(-(1.2 - 0.3 * sigmoid)))
    memory = fsrs.retrievability(weights, weights[2], 1)
    assert second.predicted == pytest.approx((9 / 11, after, 0.9, memory))


def test_losses_agree_with_a_plain_reckoning():
    log = forgetful(fsrs.DEFAULT_WEIGHTS, 1500)
    answers = list(scored(log))
    found = losses_of(log)
    assert found.answers == len(answers) > 500
    for place, loss in enumerate(found.losses):
        pairs = [(answer.predicted[place], answer.passed) for answer in answers]
        assert loss.predictor == list(Predictor)[place]
        assert loss.log_loss == pytest.approx(
            -math.fsum(math.log(p if passed else 1 - p) for p, passed in pairs) / len(pairs)
        )
        assert loss.auc == pytest.approx(wins(pairs))
        bins = defaultdict(list)
        for answer in answers:
            bins[answer.alike].append((answer.predicted[place], answer.passed))
        squares = sum(
            len(of) * (sum(p for p, _ in of) / len(of) - sum(passed for _, passed in of) / len(of)) ** 2
            for of in bins.values()
        )
        assert loss.rmse_bins == pytest.approx(math.sqrt(squares / len(answers)))


def wins(pairs: list[tuple[float, bool]]) -> float:
    passed = [p for p, answer in pairs if answer]
    failed = [p for p, answer in pairs if not answer]
    return sum((p > q) + (p == q) / 2 for p in passed for q in failed) / (len(passed) * len(failed))


def test_whoever_has_the_true_model_foretells_best():
    losses = {loss.predictor: loss for loss in losses_of(forgetful(fsrs.DEFAULT_WEIGHTS)).losses}
    assert min(losses.values(), key=lambda loss: loss.log_loss).predictor is Predictor.FSRS
    assert min(losses.values(), key=lambda loss: loss.rmse_bins).predictor is Predictor.FSRS
    assert losses[Predictor.FSRS].rmse_bins < 0.05
    assert losses[Predictor.FSRS].auc > 0.6


def test_few_answers_are_not_compared():
    log = [LoggedAnswer("a", day, 4, interval=1) for day in range(1, FEWEST_SCORED + 1)]
    assert losses_of(log) == PredictionLosses(FEWEST_SCORED - 1, ())
    assert losses_of([]) == PredictionLosses(0, ())


def test_where_nothing_was_forgotten_there_is_no_area_under_a_curve():
    found = losses_of(LoggedAnswer("a", day, 4, interval=1) for day in range(1, FEWEST_SCORED + 5))
    assert [loss.auc for loss in found.losses] == [None] * 4
