"""The log evaluated in a process of its own: with the result found here, storing its fits, ending with its parent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hand_clock import HandClock
from written_log import write_log

from mnemosyne.collection import Collection, setting_changes
from mnemosyne.collection.doctor import RepairPlan, examine
from mnemosyne.collection.log_evaluation import (
    fitting_meanwhile,
    losses_from,
    short_losses,
    start_fit,
    start_losses,
    store_fits,
)
from mnemosyne.collection.progress import predictions_of
from mnemosyne.errors import WorkerError
from mnemosyne.scheduling.fitting import fit
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, Fit
from mnemosyne.scheduling.prediction import Predictor, losses_of
from mnemosyne.scheduling.skills.own_memory import OwnMemory
from mnemosyne.settings import Settings
from mnemosyne.store.log import scored_answers
from mnemosyne.store.schedule import count_tested, fits, in_use, store_fit

FITTED = Fit(1000, tuple(weight * 1.01 for weight in DEFAULT_WEIGHTS), 0.36, 0.34)


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """Return the collection of someone with a log of some 1,900 answers, more than 1,000 of them scored."""
    with Collection(
        Settings(tmp_path / "data", tmp_path / "config.toml", (tmp_path / "cards",)), HandClock()
    ) as new_collection:
        write_log(new_collection.deck, new_collection.clock.today())
        yield new_collection


def test_the_process_finds_what_is_found_here(collection: Collection):
    assert short_losses(collection) is None
    expected = replace(losses_of(scored_answers(collection.deck)), own_memory=OwnMemory(0))
    assert len(expected.losses) == 4
    assert predictions_of(collection) == expected


@pytest.mark.thorough
def test_a_fit_is_made_once_there_are_enough_reviews_and_holds_from_the_next_day_on(collection: Collection):
    collection.settings = replace(collection.settings, scheduler="fsrs")
    assert count_tested(collection.deck) > 1000
    evaluation = start_fit(collection)
    assert evaluation is not None
    with evaluation:
        (new_fit,) = store_fits(collection, evaluation.results())
    assert new_fit == replace(fit(scored_answers(collection.deck), 1000), day=collection.clock.today())
    assert new_fit.is_better
    assert fits(collection.deck) == (new_fit,)
    assert start_fit(collection) is None, "until the log has doubled"

    collection.follow_scheduler()
    assert collection.weights == DEFAULT_WEIGHTS
    collection.clock.turn(days=1)
    collection.follow_scheduler()
    assert collection.weights == new_fit.weights
    assert collection.rules.scheduler.parameters.weights == new_fit.weights

    losses = predictions_of(collection)
    assert losses.last_fit == new_fit
    assert [loss.predictor for loss in losses.losses] == list(Predictor)


def test_the_first_question_of_a_long_log_does_not_wait_for_new_weights(collection: Collection, monkeypatch):
    collection.settings = replace(collection.settings, scheduler="fsrs")
    collection.follow_scheduler()
    latest = replace(FITTED, day=collection.clock.today())
    store_fit(collection.deck, latest)
    collection.clock.turn(days=1)
    monkeypatch.setattr(setting_changes, "COMPUTED_AT_START", 1000)
    before = in_use(collection.deck).key
    for _ in range(2):  # two sessions
        collection.session()
        assert collection.weights == DEFAULT_WEIGHTS
        assert in_use(collection.deck).key == collection.rules.scheduler.key == before
    collection.adopt_weights()
    for _ in range(2):
        collection.follow_scheduler()
        assert collection.weights == latest.weights
        assert in_use(collection.deck).key == collection.rules.scheduler.key != before
    assert [finding for finding in examine(collection, RepairPlan()) if finding.check == "schedule" and finding.fine]
    collection.settings = replace(collection.settings, scheduler="sm2")
    collection.follow_scheduler()
    collection.adopt_weights()
    assert in_use(collection.deck).key == "sm2"
    collection.settings = replace(collection.settings, scheduler="fsrs")
    collection.follow_scheduler()
    assert collection.weights == latest.weights, "a switch that the learner makes does not wait"


def test_an_evaluation_that_is_abandoned_stores_nothing_and_leaves_no_process(collection: Collection):
    with fitting_meanwhile(collection):
        pass
    evaluation = start_losses(collection)
    evaluation.close()
    assert list(evaluation.results()) == []
    with pytest.raises(WorkerError, match="the schedulers cannot be compared"):
        losses_from(collection, ())
