"""Predictions: what is scored, what each predictor says, and losses that agree with a plain calculation of them."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest
from forgetful import forgetful

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import Fit
from mnemosyne.scheduling.prediction import FEWEST_SCORED, PredictionLosses, Predictor, losses_of
from mnemosyne.scheduling.scored_log import LoggedAnswer, ScoredLog, recalls, scored_log


def predictions(scored: ScoredLog) -> list[list[float]]:
    memory = recalls(fsrs.DEFAULT_WEIGHTS, scored.histories, len(scored.passed))
    return [scored.constant, scored.moving_average, scored.by_sm2, memory]


def test_only_a_scheduled_answer_on_a_later_day_is_scored():
    log = [
        LoggedAnswer("a", 1, 4),  # new on the same day
        LoggedAnswer("a", 1, 1),  # the same day
        LoggedAnswer("a", 2, 4, drill=True, interval=1),  # a drill after the end of the day
        LoggedAnswer("a", 9, 2, interval=6),
        LoggedAnswer("b", 9, 4, drill=True),  # a drill of a card that has been reset since
        LoggedAnswer("a", 9, None),  # a reset
        LoggedAnswer("a", 12, 4),
        LoggedAnswer("a", 13, 3, interval=1),
    ]
    scored = scored_log(log)
    assert scored.passed == [False, True]
    assert scored.alike[0] == (1, 1, 0)
    weights = fsrs.DEFAULT_WEIGHTS
    state = fsrs.first_state(weights, fsrs.GOOD)
    for days, rating in ((0, fsrs.AGAIN), (1, fsrs.GOOD)):
        state = fsrs.next_state(weights, state, days, rating)
    sigmoid = 1 / (1 + math.exp(-1.2))
    after = 1 / (1 + math.exp(-(1.2 - 0.3 * sigmoid)))
    first, second = zip(*predictions(scored), strict=True)
    assert first == pytest.approx((0.9, sigmoid, 0.9 ** (8 / 6), fsrs.retrievability(weights, state.stability, 7)))
    assert second == pytest.approx((9 / 11, after, 0.9, fsrs.retrievability(weights, weights[2], 1)))


def test_losses_agree_with_a_plain_calculation():
    log = forgetful(fsrs.DEFAULT_WEIGHTS, 1500)
    scored = scored_log(log)
    evaluation = losses_of(scored)
    assert evaluation.answers == len(scored.passed) > 500
    for predicted, loss, predictor in zip(predictions(scored), evaluation.losses, Predictor, strict=False):
        pairs = list(zip(predicted, scored.passed, strict=True))
        assert loss.predictor == predictor
        assert loss.log_loss == pytest.approx(
            -math.fsum(math.log(p if passed else 1 - p) for p, passed in pairs) / len(pairs)
        )
        assert loss.auc == pytest.approx(wins(pairs))
        bins = defaultdict(list)
        for alike, pair in zip(scored.alike, pairs, strict=True):
            bins[alike].append(pair)
        squares = sum(
            len(of) * (sum(p for p, _ in of) / len(of) - sum(passed for _, passed in of) / len(of)) ** 2
            for of in bins.values()
        )
        assert loss.rmse_bins == pytest.approx(math.sqrt(squares / len(pairs)))


def wins(pairs: list[tuple[float, bool]]) -> float:
    passed = [p for p, answer in pairs if answer]
    failed = [p for p, answer in pairs if not answer]
    return sum((p > q) + (p == q) / 2 for p in passed for q in failed) / (len(passed) * len(failed))


def test_the_predictor_with_the_true_model_predicts_best():
    losses = {loss.predictor: loss for loss in losses_of(scored_log(forgetful(fsrs.DEFAULT_WEIGHTS))).losses}
    assert min(losses.values(), key=lambda loss: loss.log_loss).predictor is Predictor.FSRS
    assert min(losses.values(), key=lambda loss: loss.rmse_bins).predictor is Predictor.FSRS
    assert losses[Predictor.FSRS].rmse_bins < 0.05
    assert losses[Predictor.FSRS].auc > 0.6


def test_few_answers_are_not_compared():
    log = [LoggedAnswer("a", day, 4, interval=1) for day in range(1, FEWEST_SCORED + 1)]
    assert losses_of(scored_log(log)) == PredictionLosses(FEWEST_SCORED - 1, ())
    assert losses_of(scored_log([])) == PredictionLosses(0, ())


def test_where_nothing_was_forgotten_there_is_no_area_under_a_curve():
    evaluation = losses_of(scored_log(LoggedAnswer("a", day, 4, interval=1) for day in range(1, FEWEST_SCORED + 5)))
    assert [loss.auc for loss in evaluation.losses] == [None] * 4


def test_each_answer_is_predicted_by_the_fit_before_it():
    scored = scored_log(forgetful(fsrs.DEFAULT_WEIGHTS, 3000))
    worse = tuple(weight * 1.2 for weight in fsrs.DEFAULT_WEIGHTS)
    first, refused, second = (
        Fit(400, worse, 0.4, 0.3),
        Fit(600, fsrs.DEFAULT_WEIGHTS, 0.3, 0.4),
        Fit(800, fsrs.DEFAULT_WEIGHTS, 0.4, 0.3),
    )
    count = len(scored.passed)
    by_default, by_worse = (recalls(weights, scored.histories, count) for weights in (fsrs.DEFAULT_WEIGHTS, worse))
    expected = [*by_default[:400], *by_worse[400:800], *by_default[800:]]
    evaluation = losses_of(scored, [second, refused, first])
    assert evaluation.last_fit is second
    loss = next(loss for loss in evaluation.losses if loss.predictor is Predictor.FITTED)
    pairs = zip(expected, scored.passed, strict=True)
    assert loss.log_loss == pytest.approx(-math.fsum(math.log(p if passed else 1 - p) for p, passed in pairs) / count)


def test_no_fitted_row_where_no_fit_was_taken():
    scored = scored_log(forgetful(fsrs.DEFAULT_WEIGHTS, 1500))
    refused = Fit(600, fsrs.DEFAULT_WEIGHTS, 0.3, 0.4)
    evaluation = losses_of(scored, [refused])
    assert [loss.predictor for loss in evaluation.losses] == list(Predictor)[:4]
    assert evaluation.last_fit is refused
