"""The doctor and fuzz: whenever the setting was on or off, a deck is sound, and only what was lost is repaired."""

from __future__ import annotations

import pytest
from learner import DAMAGE, Learner, changed, dump

from mnemosyne.scheduling import sm2
from mnemosyne.store import log


@pytest.fixture
def fuzzing(learner: Learner) -> Learner:
    """Return the learner after another year, in which the setting was switched on and off and on again."""
    for action in ["fuzz", 4, 5, 4, 4, "next month", 4, 4, 5, 3, "fuzz", 4, "next month", 5, 4, 5, 4, "fuzz"]:
        learner.does(action)
    for _ in range(10):
        for action in ["next month", 4, 4, 4, 4]:
            learner.does(action)
    return learner


def test_fuzz_may_be_switched_on_and_off(fuzzing: Learner):
    moved = [
        review.after.interval - sm2.review(review.before, review.quality, review.study_day).interval
        for review in log.read_reviews(fuzzing.collection.deck)
        if not review.drill
    ]
    assert min(moved) < 0 < max(moved)
    assert moved.count(0) > 10
    assert fuzzing.findings()["schedule"].message == "the schedule of 4 cards matches the log (35 entries)"


@pytest.mark.thorough
@pytest.mark.parametrize("damage", DAMAGE)
def test_what_was_fuzzed_stays_fuzzed_where_it_was_not_lost(fuzzing: Learner, damage: str):
    path = fuzzing.collection.settings.deck_path
    fuzzing.collection.deck.dispose()
    right = dump(path)
    changed(path, damage)
    assert all(finding.fine for finding in fuzzing.findings(fix=True).values())
    assert dump(path) == right


def test_a_fuzzed_interval_that_is_lost_is_fuzzed_again(fuzzing: Learner):
    path = fuzzing.collection.settings.deck_path
    fuzzing.collection.deck.dispose()
    right = dump(path)
    changed(path, "UPDATE review SET after_interval = after_interval + 50 WHERE drill = 0 AND undone_at IS NULL")
    assert not fuzzing.findings()["schedule"].fine
    assert all(finding.fine for finding in fuzzing.findings(fix=True).values())
    assert dump(path) == right
