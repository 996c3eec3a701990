"""Fits: when one is made, that it is the same every time, that it predicts better, and is used only if it does."""

from __future__ import annotations

from datetime import date
from math import exp
from random import Random

import fsrs_rs_python as rust_fsrs
import pytest
from forgetful import forgetful
from sample_size import sample

from mnemosyne.scheduling import fitting, fsrs
from mnemosyne.scheduling.fitting import fit, sizes_to_fit
from mnemosyne.scheduling.fsrs import Fit, taken_before
from mnemosyne.scheduling.scored_log import UNSCORED, History, Repetition, ScoredLog, recalls, scored_log

SIZE = 1000


def learner(seed: int, spread: float) -> fsrs.Weights:
    """Return the weights of another memory: the defaults, each multiplied by a log-normal number, within its bounds."""
    random = Random(seed)
    return tuple(
        min(high, max(low, weight * exp(random.gauss(0, spread))))
        for weight, (low, high) in zip(fsrs.DEFAULT_WEIGHTS, fsrs.BOUNDS, strict=True)
    )


def loss(weights: fsrs.Weights, scored: ScoredLog, since: int) -> float:
    """Return the mean log loss over the answers from `since` on."""
    return fitting._mean_loss(weights, scored.histories, since, len(scored.passed))


def fitted_by_package(scored: ScoredLog, until: int) -> fsrs.Weights:
    items = []
    for history in scored.histories:
        reviews = [rust_fsrs.FSRSReview(history.first, 0)]
        for days, rating, place in history.later:
            reviews.append(rust_fsrs.FSRSReview(rating, days))
            if UNSCORED < place < until:
                items.append((place, rust_fsrs.FSRSItem(list(reviews))))
    items.sort(key=lambda pair: pair[0])
    return tuple(rust_fsrs.FSRS(list(fsrs.DEFAULT_WEIGHTS)).compute_parameters([item for _, item in items]))


@pytest.mark.parametrize(
    ("scored", "last", "sizes"),
    [
        *((0, 0, []), (999, 0, []), (1000, 0, [1000]), (1999, 0, [1000]), (9000, 0, [1000, 2000, 4000, 8000])),
        *((1999, 1000, []), (2000, 1000, [2000]), (16_000, 4000, [8000, 16_000])),
    ],
)
def test_a_fit_is_made_each_time_the_log_has_doubled(scored: int, last: int, sizes: list[int]):
    assert list(sizes_to_fit(scored, last)) == sizes


def test_the_newest_accepted_fit_holds_from_the_day_after():
    first, second, third = ((float(number),) * 21 for number in (1, 2, 3))
    fits = [
        Fit(2000, second, 0.4, 0.3, date(2026, 5, 2)),
        Fit(1000, first, 0.4, 0.3, date(2026, 3, 1)),
        Fit(4000, third, 0.3, 0.3, date(2026, 6, 1)),  # not better
    ]
    holds = [taken_before(fits, day) for day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 5, 2))]
    assert holds == [fsrs.DEFAULT_WEIGHTS, first, first]
    assert taken_before(fits, date(2026, 7, 1)) == second
    assert taken_before([], date(2026, 7, 1)) == fsrs.DEFAULT_WEIGHTS


def test_a_fit_depends_on_its_answers_alone():
    weights = learner(4, 0.4)
    longer, shorter = (scored_log(forgetful(weights, answers, seed=4)) for answers in (4000, 3000))
    assert len(longer.passed) > len(shorter.passed) >= SIZE
    assert fit(longer, SIZE) == fit(shorter, SIZE)


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sample([2, 11, 12], 1))
def test_a_fit_predicts_later_answers_at_least_as_well_as_the_package_fsrs_rs_python_does(seed: int):
    """On the answers after those that both were fitted to, of a learner whose memory has other weights."""
    scored = scored_log(forgetful(learner(seed, 0.5), 3500, seed=seed))
    new_fit = fit(scored, SIZE)
    assert new_fit.is_better
    assert all(low <= weight <= high for weight, (low, high) in zip(new_fit.weights, fsrs.BOUNDS, strict=True))
    own_loss, default_loss, package_loss = (
        loss(weights, scored, SIZE)
        for weights in (new_fit.weights, fsrs.DEFAULT_WEIGHTS, fitted_by_package(scored, SIZE))
    )
    assert own_loss < default_loss
    assert own_loss < package_loss + 0.002


def test_the_losses_of_a_fit_are_those_of_the_later_answers_only():
    scored = scored_log(forgetful(learner(5, 0.4), 3500, seed=5))
    new_fit = fit(scored, SIZE)
    part = range(SIZE - SIZE // 5, SIZE)
    for weights, stated in ((fsrs.DEFAULT_WEIGHTS, new_fit.loss_before), (new_fit.weights, new_fit.loss_after)):
        expected = recalls(weights, scored.histories, SIZE)
        losses = [-fitting.log(expected[place] if scored.passed[place] else 1 - expected[place]) for place in part]
        assert stated == pytest.approx(sum(losses) / len(losses))


@pytest.mark.thorough
def test_weights_that_predict_worse_are_not_accepted():
    """Among learners with exactly the default memory, some log is bound to lead a fit astray."""
    fits = [fit(scored_log(forgetful(fsrs.DEFAULT_WEIGHTS, 2600, seed=seed)), SIZE) for seed in range(4)]
    refused = [candidate for candidate in fits if candidate.loss_after >= candidate.loss_before]
    assert refused
    assert not any(candidate.is_better for candidate in refused)
    assert all(candidate.is_better for candidate in fits if candidate not in refused)


@pytest.mark.thorough
def test_a_long_log_is_fitted_on_a_sample_of_its_cards():
    histories = [
        History(f"card-{number}", fsrs.GOOD, [Repetition(1, fsrs.GOOD, place) for place in range(number, number + 4)])
        for number in range(0, 400_000, 4)
    ]
    sampled_histories = fitting._sampled_histories(histories, 400_000)
    assert sum(len(history.later) for history in sampled_histories) == pytest.approx(fitting.MOST_FITTED, rel=0.03)
    assert fitting._sampled_histories(histories, fitting.MOST_FITTED) == histories
