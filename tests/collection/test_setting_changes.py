"""Settings changed while the program runs: written, in force from the next session, and never by a broken file.

Switching between schedulers: exact both ways, previewed, and what becomes due at once is spread over days.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from learner import IDS, Learner
from sample_size import sample_size

from mnemosyne.collection import Collection
from mnemosyne.collection.browsing import find_cards
from mnemosyne.collection.setting_changes import Switch, change, current_settings, preview_switch
from mnemosyne.errors import SettingsError
from mnemosyne.review.card_log import recomputed
from mnemosyne.review.ports import Scope
from mnemosyne.review.query import parse_query
from mnemosyne.review.record import DueDateChange, Review
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, FsrsParameters
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.retrievability import recall_on
from mnemosyne.scheduling.scheduler import FsrsScheduler, GradedAnswer, Scheduler
from mnemosyne.settings import load_settings
from mnemosyne.store import audit, log
from mnemosyne.text import calendar_day


@pytest.fixture
def collection(tmp_path):
    with Collection(load_settings(tmp_path, None, {})) as collection:
        yield collection


def test_what_is_written_applies_from_the_next_session(collection):
    assert collection.session().progress.left == 10
    now = change(collection, "new_per_day", "3")
    assert (now.settings.new_per_day, now.lines, now.fault) == (3, {"new_per_day": 1}, None)
    assert collection.session().progress.left == 3


def test_fuzz_applies_from_the_next_session(collection):
    assert not collection.rules.fuzz
    change(collection, "fuzz", "true")
    assert collection.rules.fuzz


def test_what_is_not_valid_is_not_written(collection):
    with pytest.raises(SettingsError, match="new_per_day must be a whole number from 0 to 9999"):
        change(collection, "new_per_day", "many")
    assert not collection.settings.config_file.exists()


def test_what_the_caller_does_not_approve_is_not_written(collection):
    def refuse(path, values):
        raise SettingsError(f"not {values['theme']}")

    with pytest.raises(SettingsError, match="not nord"):
        change(collection, "theme", "nord", refuse)
    assert not collection.settings.config_file.exists()


def test_a_broken_file_changes_nothing(collection):
    change(collection, "new_per_day", "3")
    collection.settings.config_file.write_text("new_per_day =", encoding="utf-8")
    now = current_settings(collection)
    assert (now.settings.new_per_day, now.lines) == (3, {})
    assert str(now.fault).startswith(f"{collection.settings.config_file}: not TOML: ")
    assert collection.settings.new_per_day == 3


def test_an_edit_from_outside_is_read_in(collection):
    collection.settings.config_file.write_text("# by hand\nnew_per_day = 4\n", encoding="utf-8")
    now = current_settings(collection)
    assert (now.settings.new_per_day, now.lines) == (4, {"new_per_day": 2})
    assert collection.settings.new_per_day == 4


actions = st.lists(
    st.integers(0, 5)
    | st.sampled_from(
        [
            *("fsrs", "fsrs", "fsrs in this session", "retention", "fuzz", "undo", "undo", "restart"),
            *("tomorrow", "next month", "skip", "due in 0", "due in 9", *(f"reset {id_}" for id_ in IDS)),
        ]
    ),
    max_size=30,
)


def learner_after(folder: str, actions: list[int | str]) -> Learner:
    learner = Learner(Path(folder))
    for action in actions:
        learner.does(action)
    return learner


def memories(learner: Learner) -> dict[str, Memory]:
    return dict(log.memories(learner.collection.deck))


def follows_from_the_log(learner: Learner) -> bool:
    """Return whether the doctor would find every state as the log implies it."""
    scheduler = learner.collection.rules.scheduler
    return all(recomputed(history, scheduler) == history for history in audit.histories(learner.collection.deck))


def own_fold(learner: Learner, scheduler: Scheduler, card_id: str) -> Memory:
    """Return the state that the card's events lead to, each applied to the one before by the scheduler alone."""
    memory = Memory()
    for event in log.events_of(learner.collection.deck, card_id):
        if isinstance(event, Review):
            graded = GradedAnswer(event.quality, event.study_day, event.proposed, event.drill)
            memory = scheduler.review(card_id, memory, graded)
        elif isinstance(event, DueDateChange):
            memory = memory.with_due(event.days[0])
        else:
            memory = Memory()
    return memory


@given(actions)
@settings(max_examples=sample_size(4, 25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_switches_reviews_and_undos_end_in_the_fold_of_the_last_scheduler(actions: list[int | str]):
    with tempfile.TemporaryDirectory() as folder:
        learner = learner_after(folder, [action for action in actions if action != "fuzz"])
        try:
            learner.collection.follow_scheduler()
            scheduler = learner.collection.rules.scheduler
            assert memories(learner) == {card_id: own_fold(learner, scheduler, card_id) for card_id in sorted(IDS)}
            while learner.session.undo() is not None:
                pass
            learner.collection.follow_scheduler()
            assert set(memories(learner).values()) == {Memory()}
        finally:
            learner.collection.close()


@given(actions)
@settings(max_examples=sample_size(3, 15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_switching_the_scheduler_and_back_changes_nothing_and_the_doctor_agrees(actions: list[int | str]):
    with tempfile.TemporaryDirectory() as folder:
        learner = learner_after(folder, actions)
        try:
            learner.collection.follow_scheduler()
            before = memories(learner)
            learner.does("fsrs")
            assert follows_from_the_log(learner)
            learner.does("fsrs")
            assert memories(learner) == before
            assert follows_from_the_log(learner)
        finally:
            learner.collection.close()


@pytest.fixture
def graded(tmp_path: Path) -> Learner:
    """Return a learner with four cards that SM-2 asks again in six days, after two reviews."""
    learner = Learner(tmp_path)
    for action in [4, 4, 4, 4, "tomorrow", 4, 4, 4, 4]:
        learner.does(action)
    yield learner
    learner.collection.close()


def test_the_preview_says_what_would_change_and_changes_nothing(graded: Learner):
    before = memories(graded)
    fsrs = replace(graded.collection.settings, scheduler="fsrs")
    switch = preview_switch(graded.collection, fsrs)
    assert switch == Switch(sooner=0, later=4, due_before=0, due_after=0)
    assert switch.catch_up_days == 1
    assert str(switch) == "0 cards sooner, 4 later; due today 0 → 0"
    assert memories(graded) == before
    assert preview_switch(graded.collection, graded.collection.settings) is None


def test_what_a_switch_makes_due_is_spread_over_days(graded: Learner):
    """With a retention of 0.97, cards come back in days instead of weeks: all of them are due at once."""
    graded.does("fsrs")
    graded.clock.moment += timedelta(days=3)
    graded.does("restart")
    strict = replace(graded.collection.settings, desired_retention=0.97)
    assert (
        str(preview_switch(graded.collection, strict)) == "4 cards sooner, 0 later; due today 0 → 4, spread over 4 days"
    )
    graded.collection.settings = replace(strict, new_per_day=0)
    graded.does("restart")
    assert graded.collection.catch_up.limit == graded.collection.rules.reviews_per_day == 1
    asked_per_day = []
    for _ in range(4):
        asked_per_day.append(graded.session.progress.left)
        graded.does(4)
        graded.does("tomorrow")
    assert asked_per_day == [1, 1, 1, 1]
    assert graded.collection.catch_up is None
    assert graded.collection.rules.reviews_per_day == 200


def test_the_rest_waits_and_a_notice_says_so(graded: Learner):
    from mnemosyne.collection.notices import notices

    graded.clock.moment += timedelta(days=2)
    graded.collection.settings = replace(
        graded.collection.settings, scheduler="fsrs", desired_retention=0.97, new_per_day=0
    )
    graded.does("restart")
    until = calendar_day(graded.clock.today() + timedelta(days=3))
    assert notices(graded.collection) == (
        f"The new settings made more cards due. Until {until} you get at most 1 due card a day; the rest will wait.",
    )


def test_an_undo_under_another_scheduler_computes_the_card_again(graded: Learner):
    graded.does("fsrs")
    graded.does("undo")
    fsrs = FsrsScheduler(FsrsParameters())
    assert memories(graded) == {card_id: own_fold(graded, fsrs, card_id) for card_id in sorted(IDS)}


@pytest.mark.parametrize("action", [4, 1, "undo"])
def test_a_session_loses_nothing_when_another_program_switches_the_scheduler(
    graded: Learner, tmp_path: Path, action: int | str
):
    """The session stores states of SM-2, and the next start computes all of them again."""
    graded.does("next month")
    other_collection = Collection(replace(graded.collection.settings, scheduler="fsrs"), graded.clock)
    other_collection.follow_scheduler()
    reviews_before = len(list(log.read_reviews(graded.collection.deck)))
    graded.does(action)
    graded.does(action)
    assert len(list(log.read_reviews(graded.collection.deck))) - reviews_before == (-2 if action == "undo" else 2)
    other_collection.follow_scheduler()
    fsrs = FsrsScheduler(FsrsParameters())
    assert memories(graded) == {card_id: own_fold(graded, fsrs, card_id) for card_id in sorted(IDS)}
    other_collection.close()


@given(actions)
@settings(max_examples=sample_size(3, 15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_under_fsrs_the_card_with_the_lowest_recall_comes_first(actions: list[int | str]):
    with tempfile.TemporaryDirectory() as folder:
        learner = learner_after(folder, [*actions, "next month"])
        try:
            learner.collection.settings = replace(learner.collection.settings, scheduler="fsrs")
            learner.collection.follow_scheduler()
            today = learner.clock.today()
            ids, memory_of = learner.collection.repository.due(today, Scope()), memories(learner)
            recalls = [recall_on(memory_of[card_id], today, DEFAULT_WEIGHTS) for card_id in ids]
            assert recalls == sorted(recalls)
            due = {card_id for card_id, memory in memory_of.items() if not memory.new and memory.due_on(today)}
            assert set(ids) == due - suspended_or_buried(learner)
        finally:
            learner.collection.close()


def suspended_or_buried(learner: Learner) -> set[str]:
    id_lists = (find_cards(learner.collection, parse_query(state)) for state in ("suspended", "buried"))
    return {card_id for ids in id_lists for card_id in ids}


def test_a_drill_says_that_fsrs_counts_it(graded: Learner):
    graded.does("next month")
    for action in (1, 4, 4, 4):
        graded.does(action)
    graded.session.give_up()
    assert graded.session.drilling
    assert graded.session.outcome.proposal.drill_note == "drill: schedule unchanged"
    graded.does("fsrs")
    assert graded.session.drilling
    assert graded.session.outcome.proposal.drill_note == "drill: a same-day review"
