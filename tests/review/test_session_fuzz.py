"""Fuzz in a session: what is shown before the grade is what is stored, whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample_size

from mnemosyne.review.card_log import CardLog, LoggedEvent, recomputed
from mnemosyne.review.rules import Rules
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory

DUE = date(2024, 1, 15)
EXACT, FUZZED = Rules(shuffle=False), Rules(shuffle=False, fuzz=True)


def history(repository: Any, card_id: str) -> CardLog:
    """Return what the repository has of a card without resets."""
    entries = tuple(
        LoggedEvent(
            review.number,
            review.study_day,
            review.quality,
            review.before,
            review.after,
            drill=review.drill,
            asked_as_drill=review.drill,
            fuzzed=not review.drill and review.after != sm2.review(review.before, review.quality, review.study_day),
        )
        for review in repository.reviews()
        if review.card_id == card_id
    )
    return CardLog(card_id, repository.memory(card_id), entries)


def test_without_the_setting_it_is_exactly_sm2(make_learner: Callable[..., Any], make_due: Callable[..., None]) -> None:
    learner = make_learner("a")
    make_due(learner.repository, DUE, "a")
    learner.start(EXACT)
    assert learner.right().proposal.intervals == (1, 1, 1, 15, 15, 16)
    assert learner.session.grade(4).after.interval == 15


def test_with_the_setting_the_longer_intervals_are_moved(
    make_learner: Callable[..., Any], make_due: Callable[..., None]
) -> None:
    learner = make_learner("c", "d", "e")
    make_due(learner.repository, DUE, "c", "d", "e")
    learner.start(FUZZED)
    assert learner.right().proposal.intervals == (1, 1, 1, 14, 14, 15)
    assert learner.session.grade(4).after == Memory(3, 250, 14, 0, date(2024, 1, 29), DUE)
    assert learner.right().proposal.intervals == (1, 1, 1, 15, 15, 16)
    assert learner.session.grade(4).after == Memory(3, 250, 15, 0, date(2024, 1, 30), DUE)
    assert learner.right().proposal.intervals == (1, 1, 1, 16, 16, 17)
    assert learner.session.grade(4).after == Memory(3, 250, 16, 0, date(2024, 1, 31), DUE)


def test_the_interval_stays_as_shown_if_the_study_day_ends_before_the_grade(
    make_learner: Callable[..., Any], make_due: Callable[..., None]
) -> None:
    learner = make_learner("c", "e")
    make_due(learner.repository, DUE, "c", "e")
    learner.start(FUZZED)
    for moved in (14, 16):
        assert learner.right().proposal.intervals[4] == moved
        learner.clock.turn(days=3)
        assert learner.session.grade(4).after.interval == moved


def test_a_drill_leaves_the_schedule_alone(make_learner: Callable[..., Any], make_due: Callable[..., None]) -> None:
    learner = make_learner("a")
    make_due(learner.repository, DUE, "a")
    learner.start(FUZZED)
    first = learner.do(3)
    assert learner.session.drilling
    assert learner.right().proposal.intervals == (0, 0, 0, 0, first.after.interval, first.after.interval)
    assert learner.session.grade(5).after == first.after


def answered(learner: Any, days: int) -> bool:
    """Answer a question if there is one, else let that many days pass first; return whether one waits for its grade."""
    if learner.asked_id is None:
        learner.clock.turn(days=days)
        learner.restart()
    if learner.asked_id is not None and learner.session.outcome is None:
        learner.right()
    return learner.asked_id is not None


steps = st.tuples(
    st.integers(0, 5), st.sampled_from(["", "", "", "switch", "undo", "kill", "wait"]), st.integers(0, 20)
)


@settings(max_examples=sample_size(20, 100), deadline=None)
@given(st.lists(steps, max_size=40))
def test_what_is_shown_is_stored_and_follows_from_the_log(
    make_learner: Callable[..., Any], actions: list[tuple[int, str, int]]
) -> None:
    learner = make_learner("a", "b")
    rules = FUZZED
    learner.start(rules)
    for quality, happens, days in actions:
        if not answered(learner, days):
            continue
        rules = replace(rules, fuzz=rules.fuzz != (happens == "switch"))
        if happens in ("switch", "kill"):
            learner.start(rules)
        if (outcome := learner.session.outcome) is None:
            continue  # a drill of a day that has ended: another question came up
        learner.clock.turn(days=days if happens == "wait" else 0)
        review = learner.session.grade(quality)
        assert review.drill or review.after.interval == outcome.proposal.intervals[quality]
        assert review.drill or rules.fuzz or review.after == sm2.review(review.before, quality, review.study_day)
        if happens == "undo":
            learner.session.undo()
        card_logs = [history(learner.repository, card_id) for card_id in "ab"]
        assert [recomputed(card_log, rules.scheduler) for card_log in card_logs] == card_logs
