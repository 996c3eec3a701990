"""A card's history: what follows from what happened is repaired, and everything else is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from folds import fold_history
from hypothesis import example, given
from hypothesis import strategies as st

from mnemosyne.review.card_log import CardLog, LoggedEvent, replayed, under_scheduler
from mnemosyne.review.card_log import recomputed as recomputed_under
from mnemosyne.review.record import Reset, Review
from mnemosyne.scheduling import fuzz, sm2
from mnemosyne.scheduling.fsrs import FsrsParameters
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import FsrsScheduler, GradedAnswer, Sm2Scheduler
from mnemosyne.scheduling.study_day import plus_days

DAY = date(2024, 1, 15)
NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
NEW = Memory()
ONCE = sm2.review(NEW, 4, DAY)
TWICE = sm2.review(ONCE, 5, date(2024, 1, 16))

REVIEW = LoggedEvent(1, DAY, 4, NEW, ONCE)
DRILL = LoggedEvent(2, DAY, 5, ONCE, ONCE, drill=True, asked_as_drill=True)
AGAIN = LoggedEvent(3, date(2024, 1, 16), 5, ONCE, TWICE)
RESET = LoggedEvent(1, date(2024, 1, 17), None, TWICE, NEW)

FUZZED = fuzz.review_with_fuzz("a", ONCE, 5, date(2024, 1, 16))  # in 7 days, not in 6
THEN = date(2024, 1, 23)


def recomputed(history: CardLog) -> CardLog:
    return recomputed_under(history, Sm2Scheduler())


def test_a_card_without_events_is_new():
    assert recomputed(CardLog("a", None, ())) == CardLog("a", NEW, ())


def test_what_is_right_stays_as_it_is():
    history = CardLog("a", NEW, (REVIEW, DRILL, AGAIN, RESET))
    assert recomputed(history) == history
    assert recomputed(CardLog("a", TWICE, (REVIEW, DRILL, AGAIN))).memory == TWICE


def test_what_was_known_before_and_after_follows_from_what_happened():
    broken = (
        replace(REVIEW, after=Memory(9, 130, 9, 9, DAY, DAY)),
        replace(DRILL, before=None, after=NEW),
        replace(AGAIN, before=TWICE),
        replace(RESET, before=ONCE, after=ONCE),
    )
    assert tuple(entry for entry, _ in replayed(CardLog("a", None, broken))) == (REVIEW, DRILL, AGAIN, RESET)


def test_another_grade_gives_another_schedule_from_there_on():
    after = sm2.review(NEW, 1, DAY)
    (first, _), (second, _) = replayed(CardLog("a", None, (replace(REVIEW, quality=1), AGAIN)))
    assert first == replace(REVIEW, quality=1, after=after)
    assert second == replace(AGAIN, before=after, after=sm2.review(after, 5, date(2024, 1, 16)))


def test_a_day_that_cannot_be_read_makes_the_card_start_again():
    assert recomputed(CardLog("a", ONCE, (replace(REVIEW, day=None),))).memory == NEW


def test_a_review_may_have_been_fuzzed_and_the_next_counts_from_there():
    third = sm2.review(FUZZED, 4, THEN)
    assert (FUZZED.interval, third.interval) == (7, 19)
    log = (REVIEW, replace(AGAIN, after=FUZZED, fuzzed=True), LoggedEvent(4, THEN, 4, FUZZED, third))
    assert recomputed(CardLog("a", third, log)) == CardLog("a", third, log)


@pytest.mark.parametrize(
    "after",
    [
        None,
        replace(FUZZED, interval=5),
        replace(FUZZED, ease=250),
        replace(FUZZED, due=TWICE.due),
        fuzz.review_with_fuzz("b", ONCE, 5, date(2024, 1, 20)),
    ],
)
def test_what_was_not_fuzzed_becomes_that_of_sm2(after: Memory | None):
    log = (REVIEW, replace(AGAIN, after=after), replace(DRILL, before=after, after=after))
    once = recomputed(CardLog("a", after, log))
    assert once == CardLog("a", TWICE, (REVIEW, AGAIN, replace(DRILL, before=TWICE, after=TWICE)))


def test_the_fuzz_of_another_card_is_not_accepted():
    assert fuzz.review_with_fuzz("c", ONCE, 5, date(2024, 1, 16)) == TWICE
    log = (REVIEW, replace(AGAIN, after=FUZZED, fuzzed=True))
    assert recomputed(CardLog("c", FUZZED, log)).memory == TWICE


entries = st.lists(
    st.builds(
        LoggedEvent,
        st.just(1),
        st.dates(date(2024, 1, 1), date(2024, 12, 31)),
        st.none() | st.integers(0, 5),
        st.none(),
        st.none(),
        asked_as_drill=st.booleans(),
        fuzzed=st.booleans(),
    ),
    max_size=20,
)


@given(entries)
def test_a_repair_changes_nothing_the_second_time(events: list[LoggedEvent]):
    once = recomputed(CardLog("a", None, tuple(events)))
    assert recomputed(once) == once
    assert [(entry.day, entry.quality, entry.asked_as_drill, entry.fuzzed) for entry in once.entries] == [
        (entry.day, entry.quality, entry.asked_as_drill, entry.fuzzed) for entry in events
    ]


@given(entries)
def test_one_card_is_reviewed_once_on_a_study_day_and_the_second_time_counts_as_a_drill(events: list[LoggedEvent]):
    memory = Memory()
    for entry, _ in replayed(CardLog("a", None, tuple(events))):
        again = entry.quality is not None and memory.reviewed == entry.day
        assert entry.drill == (again or (entry.asked_as_drill and entry.quality is not None))
        memory = Memory() if entry.quality is None else entry.after
        assert not entry.drill or entry.before == entry.after


@given(entries)
def test_without_resets_and_drills_it_is_the_fold_of_sm2(events: list[LoggedEvent]):
    graded = [replace(entry, asked_as_drill=False, fuzzed=False) for entry in events if entry.quality is not None]
    reviews = [entry for earlier, entry in pairwise([None, *graded]) if not earlier or earlier.day != entry.day]
    folded = fold_history((entry.quality, entry.day) for entry in reviews)
    assert recomputed(CardLog("a", None, tuple(reviews))).memory == folded


@given(entries)
def test_each_review_may_be_fuzzed_or_not(events: list[LoggedEvent]):
    memory, log = Memory(), []
    for entry in events:
        before, drill = memory, entry.quality is not None and (entry.asked_as_drill or memory.reviewed == entry.day)
        if entry.quality is None:
            memory = Memory()
        elif not drill:
            graded = (memory, entry.quality, entry.day)
            memory = fuzz.review_with_fuzz("a", *graded) if entry.fuzzed else sm2.review(*graded)
        log.append(replace(entry, drill=drill, before=before, after=memory))
    history = CardLog("a", memory, tuple(log))
    assert recomputed(history) == history


def test_events_under_fsrs_have_its_intervals_and_practice_stays_as_it_is():
    scheduler = FsrsScheduler(FsrsParameters())
    first = graded(4, DAY)
    events = (
        first,
        replace(first, practice=True),
        graded(4, date(2024, 1, 17)),
        Reset(("a",), NOON, date(2024, 1, 18)),
        graded(1, date(2024, 1, 19)),
    )
    laid_over = under_scheduler(events, scheduler)
    after = [event.after for event in laid_over if isinstance(event, Review) and not event.practice]
    assert [memory.interval for memory in after] == [2, 11, 1]
    assert [memory.due for memory in after] == [date(2024, 1, 17), date(2024, 1, 28), date(2024, 1, 20)]
    assert (laid_over[1], laid_over[3]) == (events[1], events[3])
    assert laid_over[2].before == after[0]
    assert laid_over[4].before == Memory()
    assert under_scheduler(events, Sm2Scheduler()) == events


def graded(quality: int, day: date) -> Review:
    return Review("a", NOON, timedelta(), day, False, 1, "x", "correct", None, 4, quality, 0, 1, timedelta(), NEW, NEW)


SCHEDULERS = [
    Sm2Scheduler(),
    Sm2Scheduler(fuzz=True),
    FsrsScheduler(FsrsParameters()),
    FsrsScheduler(FsrsParameters(), fuzz=True),
]
lives = st.lists(
    st.tuples(
        st.sampled_from(["grade", "drill", "grade", "set due", "reset", "undo"]), st.integers(0, 5), st.integers(0, 9)
    ),
    max_size=25,
)


def folded(life: list[tuple[str, int, int]], scheduler: Sm2Scheduler | FsrsScheduler) -> tuple[Memory, CardLog]:
    """Return what a session knows of a card after a series of actions, and the log that they leave."""
    states, log, day = [Memory()], list[LoggedEvent](), DAY
    for act, quality, days in life:
        day, memory = plus_days(day, days if act == "grade" else 0), states[-1]
        if act == "undo" and log:
            states.pop()
            log.pop()
        elif act == "set due":
            due = plus_days(day, days)
            states.append(memory.with_due(due))
            log.append(LoggedEvent(0, None, None, None, None, due=due))
        elif act == "reset":
            states.append(Memory())
            log.append(LoggedEvent(0, day, None, None, None))
        elif act != "undo":
            drill = act == "drill" or memory.reviewed == day
            states.append(scheduler.review("a", memory, GradedAnswer(quality, day, 4, drill)))
            kinds = {"asked_as_drill": act == "drill", "fuzzed": scheduler.fuzz}
            log.append(LoggedEvent(0, day, quality, None, None, 4, **kinds))
    return states[-1], CardLog("a", None, tuple(log))


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=["sm2", "sm2 fuzz", "fsrs", "fsrs fuzz"])
@given(lives)
@example([("grade", 2, 0), ("set due", 0, 3), ("drill", 4, 0), ("drill", 4, 0)])
@example([("grade", 5, 0), ("set due", 0, 8), ("drill", 2, 0), ("drill", 4, 0)])
def test_reviews_due_dates_resets_and_undos_lead_where_the_log_without_the_undone_ones_leads(scheduler, life):
    state, log = folded(life, scheduler)
    once = recomputed_under(log, scheduler)
    assert once.memory == state
    assert recomputed_under(once, scheduler) == once


def test_a_due_date_holds_until_the_next_review_which_continues_from_the_interval_as_it_was():
    far = date(2024, 3, 1)
    due_set = LoggedEvent(4, None, None, None, None, due=far)
    log = CardLog("a", None, (REVIEW, AGAIN, due_set))
    assert recomputed(log).memory == replace(TWICE, due=far)
    assert recomputed(log).memory.due_by_hand
    late = LoggedEvent(5, far, 4, replace(TWICE, due=far), sm2.review(TWICE, 4, far))
    assert recomputed(CardLog("a", None, (*log.entries, late))).memory == sm2.review(TWICE, 4, far)
    assert not sm2.review(TWICE, 4, far).due_by_hand


def test_a_due_date_counts_from_the_day_after_the_last_review_and_never_for_a_new_card():
    for day in (date(2024, 1, 10), date(2024, 1, 16)):
        log = CardLog("a", None, (REVIEW, AGAIN, LoggedEvent(4, None, None, None, None, due=day)))
        assert recomputed(log).memory == replace(TWICE, due=date(2024, 1, 17))
    assert recomputed(CardLog("a", None, (LoggedEvent(4, None, None, None, None, due=THEN),))).memory == NEW


def test_by_fsrs_a_late_review_continues_from_the_recall_of_that_day():
    scheduler = FsrsScheduler(FsrsParameters())
    once = scheduler.review("a", NEW, GradedAnswer(4, DAY))
    late = scheduler.review("a", once.with_due(date(2024, 3, 1)), GradedAnswer(4, date(2024, 3, 1)))
    assert late == scheduler.review("a", once, GradedAnswer(4, date(2024, 3, 1)))
    assert late.interval > scheduler.review("a", once, GradedAnswer(4, once.due)).interval
