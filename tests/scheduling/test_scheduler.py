"""Schedulers: each state is the fold of a card's events, and FSRS keeps what SM-2 would say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from folds import fold_history
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.scheduling import fsrs, sm2
from mnemosyne.scheduling.fsrs import FsrsParameters
from mnemosyne.scheduling.memory import FsrsMemory, Memory
from mnemosyne.scheduling.scheduler import (
    SM2_KEY,
    FsrsScheduler,
    GradedAnswer,
    Scheduler,
    Sm2Scheduler,
    desired_retention_of,
    intervals,
)

DAY = date(2024, 1, 15)
FSRS = FsrsScheduler(FsrsParameters())
FUZZED = FsrsScheduler(FsrsParameters(desired_retention=0.8), fuzz=True)
qualities = st.integers(0, 5)
# (days since the event before, quality, proposed quality, drill); None is a reset
events = st.lists(
    st.none() | st.tuples(st.integers(0, 400), qualities, st.none() | qualities, st.booleans()), max_size=40
)


def with_dates(history: list[tuple[int, int, int | None, bool] | None]) -> list[GradedAnswer | None]:
    day, graded_events = DAY, []
    for event in history:
        if event is None:
            graded_events.append(None)
            continue
        passed, quality, proposed, drill = event
        day += timedelta(days=passed)
        graded_events.append(GradedAnswer(quality, day, proposed, drill))
    return graded_events


def step_by_step(scheduler: Scheduler, history: list[GradedAnswer | None]) -> Memory:
    memory = Memory()
    for graded in history:
        memory = scheduler.review("a", memory, graded) if graded and not (graded.drill and memory.new) else Memory()
    return memory


def without_drills_of_new_cards(history: list[GradedAnswer | None]) -> list[GradedAnswer | None]:
    """Leave out drills of new cards: a session drills only what was graded."""
    was_graded, remaining = False, []
    for graded in history:
        if graded is None or not graded.drill or was_graded:
            remaining.append(graded)
            was_graded = graded is not None
    return remaining


@given(events, st.sampled_from([FSRS, FUZZED]))
def test_a_state_is_the_fold_of_all_events_with_drills_and_resets(history, scheduler: FsrsScheduler):
    graded = without_drills_of_new_cards(with_dates(history))
    by_sm2 = step_by_step(Sm2Scheduler(scheduler.fuzz), graded)
    memory = step_by_step(scheduler, graded)
    assert memory == scheduler.scheduled("a", by_sm2, graded)
    assert memory.by_sm2() == by_sm2
    assert (memory.fsrs is None) == memory.new


@given(events)
def test_sm2_is_the_same_beside_fsrs(history):
    graded = [event for event in with_dates(history) if event and not event.drill]
    exact = fold_history((event.quality, event.day) for event in graded)
    assert step_by_step(FSRS, list(graded)).by_sm2() == exact == step_by_step(Sm2Scheduler(), list(graded))


@given(events, qualities, qualities, st.integers(0, 60), st.booleans())
def test_the_intervals_shown_are_those_that_a_grade_gives(history, quality, proposed, passed, drill):
    memory = step_by_step(FSRS, without_drills_of_new_cards(with_dates(history)))
    if drill and memory.new:
        return
    day = max(memory.fsrs.seen if memory.fsrs else DAY, DAY) + timedelta(days=passed)
    shown_intervals = intervals(FSRS, "a", memory, day, proposed=proposed, drill=drill)
    after = FSRS.review("a", memory, GradedAnswer(quality, day, proposed, drill))
    assert shown_intervals[quality] == (0 if drill and quality < sm2.DRILL_BELOW else (after.due - day).days)
    assert shown_intervals[3] <= shown_intervals[4] <= shown_intervals[5]


def test_a_card_that_is_graded_and_drilled():
    """A lapse on the first day, a drill at once, and a good review when the card is due."""
    first = FSRS.review("a", Memory(), GradedAnswer(1, DAY, 1))
    assert first == Memory(0, 250, 1, 1, date(2024, 1, 16), DAY, FsrsMemory(0.212, 6.4133, DAY, 1, date(2024, 1, 16)))
    drilled = FSRS.review("a", first, GradedAnswer(4, DAY, 4, drill=True))
    assert drilled.fsrs.stability == pytest.approx(0.246689, abs=1e-6)
    assert (drilled.interval, drilled.due, drilled.lapses) == (1, date(2024, 1, 16), 1)
    passed = FSRS.review("a", drilled, GradedAnswer(5, date(2024, 1, 16), 5))
    assert (passed.interval, passed.repetitions, passed.fsrs.seen) == (2, 1, date(2024, 1, 16))


def test_a_drill_after_the_end_of_the_study_day_counts_as_a_review_of_the_next():
    first = FSRS.review("a", Memory(), GradedAnswer(4, DAY, 4))
    drilled = FSRS.review("a", first, GradedAnswer(4, DAY + timedelta(days=1), 4, drill=True))
    assert drilled.fsrs.stability == pytest.approx(
        fsrs.next_state(fsrs.DEFAULT_WEIGHTS, fsrs.first_state(fsrs.DEFAULT_WEIGHTS, 3), 1, 3).stability
    )
    assert (drilled.reviewed, drilled.due) == (DAY, DAY + timedelta(days=1 + drilled.interval))


def test_a_higher_retention_brings_cards_back_sooner():
    days = [
        FsrsScheduler(FsrsParameters(desired_retention=retention))
        .review("a", Memory(), GradedAnswer(4, DAY, 4))
        .interval
        for retention in (0.7, 0.8, 0.9, 0.97)
    ]
    assert days == [21, 8, 2, 1]


def test_keys_contain_what_states_depend_on():
    assert Sm2Scheduler().key == Sm2Scheduler(fuzz=True).key == "sm2"
    keys = {FSRS.key, FUZZED.key, FsrsScheduler(FsrsParameters(), fuzz=True).key}
    assert len(keys) == 3
    assert FSRS.key.startswith("fsrs-6 0.9 0.212 1.2931 ")


@pytest.mark.parametrize("scheduler", [Sm2Scheduler(), FSRS])
@pytest.mark.parametrize("drill", [False, True])
def test_a_quality_outside_0_to_5_is_an_error(scheduler: Scheduler, drill: bool):
    memory = scheduler.review("a", Memory(), GradedAnswer(4, DAY))
    with pytest.raises(ValueError, match=r"^quality must be 0 to 5, not 6$"):
        scheduler.review("a", memory, GradedAnswer(6, DAY, None, drill))


@pytest.mark.parametrize("retention", [0.7, 0.85, 0.9, 0.97])
@pytest.mark.parametrize("with_fuzz", [False, True])
def test_a_key_contains_the_retention(retention: float, with_fuzz: bool):
    key = FsrsScheduler(FsrsParameters(desired_retention=retention), with_fuzz).key
    assert desired_retention_of(key) == retention


@pytest.mark.parametrize("key", [SM2_KEY, "outdated", "fsrs-5 0.9 1 2 3", ""])
def test_another_key_contains_none(key: str):
    assert desired_retention_of(key) is None
