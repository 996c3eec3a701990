"""Scheduling by skills, in a collection: the setting, what the log says to it, the cards of the day, the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_size import sample_size
from skilled_collection import (
    BY_SKILLS,
    CARDS,
    FIXED,
    PARAMETRIC,
    TOPICS,
    collection_of,
    later,
    session_of,
    set_to,
)

from mnemosyne.collection import Collection, skills
from mnemosyne.collection.browsing import asked_today
from mnemosyne.collection.card_changes import set_due, undo_newest
from mnemosyne.collection.load import spread_backlog, waiting_now
from mnemosyne.collection.log_evaluation import losses_from, start_losses
from mnemosyne.collection.practising import remaining_of
from mnemosyne.collection.progress import progress_of
from mnemosyne.collection.skills import fold_part, own_memory_of
from mnemosyne.collection.today import overview_of
from mnemosyne.review.next_steps import AHEAD_DAYS
from mnemosyne.review.ports import Scope
from mnemosyne.review.session_plan import Practice, SessionPlan
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS
from mnemosyne.scheduling.skills.skill import SKILLS
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store.log import forget_folds


@pytest.fixture(scope="module")
def shared_collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """Return the collection of someone whose memory is mostly that of skills."""
    with collection_of(tmp_path_factory.mktemp("skills"), 0.3) as collection:
        yield collection


@pytest.fixture
def collection(shared_collection: Collection) -> Collection:
    """Return the same, with the settings at their defaults."""
    set_to(shared_collection, scheduler="sm2", skills=False, desired_retention=0.9, topics={})
    return shared_collection


@pytest.mark.parametrize("settings", [{"skills": True}, {"scheduler": "fsrs"}])
def test_skills_schedule_only_with_fsrs_and_where_they_are_turned_on(collection: Collection, settings: dict):
    set_to(collection, **settings)
    assert collection.rules.skills is None


def test_the_day_asks_what_skills_need_and_due_dates_stay(collection: Collection):
    set_to(collection, scheduler="fsrs")
    due = {*collection.repository.due(collection.clock.today(), Scope())}
    before = {card_id: collection.repository.memory(card_id) for card_id in due}
    assert waiting_now(collection).due == len(due)
    set_to(collection, skills=True)
    of_skills = collection.rules.skills
    assert of_skills is not None
    assert len(of_skills.cards) == CARDS - len(FIXED)
    assert 0 < len(of_skills.asked_ids) < len(due - {*FIXED})
    assert waiting_now(collection).due == len(of_skills.asked_ids) + len(due & {*FIXED})
    assert {card_id: collection.repository.memory(card_id) for card_id in due} == before
    first = of_skills.asked_ids[0]
    assert of_skills.met_by[first]
    assert SKILLS[of_skills.met_by[first][0]].name in asked_today(collection, first)
    assert asked_today(collection, first).startswith("Asked today: for ")
    for card_id in due - {*FIXED, *of_skills.asked_ids}:
        assert (
            asked_today(collection, card_id)
            == "Due, but waiting: its skills are remembered, or other cards practise them today."
        )
    set_to(collection, skills=False)
    assert waiting_now(collection).due == len(due)


@settings(max_examples=sample_size(6, 15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(PARAMETRIC), st.integers(0, 40), min_size=1, max_size=12), st.integers(1, 40))
def test_a_due_date_set_by_hand_is_kept_where_skills_schedule(
    collection: Collection, in_days: dict[str, int], days: int
):
    set_to(collection, **BY_SKILLS)
    before, today = session_of(collection), collection.clock.today()
    set_due(collection, {card_id: plus_days(today, ahead) for card_id, ahead in in_days.items()})
    assert session_of(collection) & in_days.keys() == {card_id for card_id, ahead in in_days.items() if ahead == 0}
    assert collection.rules.skills is not None
    assert session_of(collection) - {*FIXED, *in_days} <= {*collection.rules.skills.asked_ids}
    with later(collection, days):
        assert session_of(collection) & in_days.keys() == {name for name, ahead in in_days.items() if ahead <= days}
    undo_newest(collection)
    assert session_of(collection) == before


def test_a_date_set_by_hand_holds_until_the_next_review_and_the_day_continues_as_it_was(tmp_path: Path):
    with collection_of(tmp_path, 0.3, **BY_SKILLS) as collection:
        assert collection.rules.skills is not None
        card_id = min({*PARAMETRIC} - {*collection.rules.skills.asked_ids})
        set_due(collection, {card_id: collection.clock.today()})
        assert asked_today(collection, card_id).startswith("Asked today: due today · interval ")
        plan = collection.rules.skills
        session = collection.session(SessionPlan(only=frozenset((card_id,))))
        session.give_up()
        session.grade(4)
        assert collection.rules.skills == plan
        with later(collection, 1):
            assert collection.rules.skills is not None
            assert card_id in collection.rules.skills.cards


def test_a_card_whose_date_is_set_while_a_session_would_ask_it_is_left_out(tmp_path: Path):
    with collection_of(tmp_path, 0.3, **BY_SKILLS) as collection:
        collection.clock.moment += timedelta(days=8)  # what the switch to FSRS made due has been dealt with
        session = collection.session()
        assert session.progress.left > len(FIXED)
        set_due(collection, dict.fromkeys(PARAMETRIC, plus_days(collection.clock.today(), 9)))
        session.reload()
        asked_ids = set()
        while session.question is not None:
            asked_ids.add(session.question.card.id)
            session.give_up()
            session.grade(4)
        assert asked_ids <= {*FIXED}


@pytest.mark.thorough
@settings(max_examples=sample_size(5, 12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(PARAMETRIC), st.integers(0, 9), max_size=6),
    st.fixed_dictionaries({}, optional={"reviews_per_day": st.integers(0, 20), "exam": st.integers(1, 20)}),
    st.booleans(),
)
def test_home_counts_what_sessions_ask(
    collection: Collection, in_days: dict[str, int], limits: dict[str, int], with_skills: bool
):
    today = collection.clock.today()
    if "exam" in limits:
        limits = limits | {"exam": plus_days(today, limits["exam"])}
    set_to(collection, scheduler="fsrs", skills=with_skills, topics={"odd": limits})
    due_change = set_due(collection, {card_id: plus_days(today, ahead) for card_id, ahead in in_days.items()})
    overview = overview_of(collection)
    session = session_of(collection)
    assert overview.waiting == waiting_now(collection)
    assert overview.waiting.due == min(len(session), collection.rules.reviews_per_day)
    assert {topic.topic: topic.due for topic in overview.topics} == {
        topic: len(session_of(collection, topic=topic)) for topic in TOPICS
    }
    assert progress_of(collection).forecast[:14] == overview.forecast
    by_topic = [progress_of(collection, topic).forecast for topic in TOPICS]
    assert tuple(map(sum, zip(*by_topic, strict=True))) == progress_of(collection).forecast
    assert overview.forecast[0] == len(session)
    if due_change:
        undo_newest(collection)
    set_to(collection, topics={})


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(3))
def test_tomorrow_is_what_tomorrow_asks(tmp_path: Path, seed: int):
    random = Random(seed)
    with collection_of(tmp_path, 0.3, **BY_SKILLS) as collection:
        for _ in range(6):
            for _ in range(random.randrange(3)):
                card_id, ahead = random.choice(PARAMETRIC), random.randrange(4)
                set_due(collection, {card_id: plus_days(collection.clock.today(), ahead)})
            session = collection.session()
            while session.question is not None:
                collection.clock.moment += timedelta(seconds=9)
                session.give_up()
                session.grade(random.choice((1, 4, 4, 4, 5)))
            tomorrow = session.summary(collection.rules_tomorrow)
            assert overview_of(collection).forecast[1] == tomorrow.due_tomorrow
            collection.clock.moment += timedelta(days=1)
            collection.follow_scheduler()
            assert waiting_now(collection).due == tomorrow.due_tomorrow


def test_the_next_card_and_studying_ahead_follow_what_skills_ask(tmp_path: Path):
    with collection_of(tmp_path, 0.3, **BY_SKILLS) as collection:
        collection.clock.moment += timedelta(days=8)  # what the switch to FSRS made due has been dealt with
        collection.follow_scheduler()
        session = collection.session()
        while session.question is not None:
            collection.clock.moment += timedelta(seconds=9)
            session.give_up()
            session.grade(4)
        remaining = remaining_of(collection, SessionPlan())
        assert remaining.waiting == 0
        assert remaining.next_due is not None
        waiting_on = []
        for days in range(1, remaining.next_due + 1):
            with later(collection, days):
                waiting_on.append(waiting_now(collection).due)
        assert waiting_on[-1] > 0
        assert not any(waiting_on[:-1])
        collection.clock.moment += timedelta(days=10)
        remaining = remaining_of(collection, SessionPlan())
        for days, count in zip(AHEAD_DAYS, remaining.coming, strict=True):
            assert collection.session(SessionPlan(ahead=days)).progress.left == count
            practice = SessionPlan(practice=Practice(ahead=days))
            assert collection.session(practice).progress.left == count
        ahead = collection.session(SessionPlan(ahead=max(AHEAD_DAYS)))
        asked_ids = set()
        while ahead.question is not None:
            asked_ids.add(ahead.question.card.id)
            collection.clock.moment += timedelta(seconds=9)
            ahead.give_up()
            ahead.grade(4)
        assert len(asked_ids) == remaining.coming[-1] > 0


def test_a_backlog_is_spread_as_far_as_skills_do_not_hold_it_back(tmp_path: Path):
    with collection_of(tmp_path, 0.3, **BY_SKILLS) as collection:
        collection.clock.moment += timedelta(days=8)
        dated = len(collection.repository.due(collection.clock.today(), Scope()))
        spread_backlog(collection, 3)
        days = []
        for ahead in range(3):
            with later(collection, ahead):
                days.append(session_of(collection))
        card_count = len(set().union(*days))
        assert collection.catch_up.limit == -(-card_count // 3) < dated // 3


def test_no_start_waits_for_a_long_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(skills, "PART", 20)
    monkeypatch.setattr(skills, "PARTS_AT_START", 6)
    with collection_of(tmp_path, 0.3) as collection:
        where, clock = replace(collection.settings, **BY_SKILLS), collection.clock
    starts = 0
    folded = [0]
    while True:
        with Collection(where, clock) as again:
            again.follow_scheduler()
            assert again.skills_awaited == (again.rules.skills is None)
            if not again.skills_awaited:
                plan = again.rules.skills
                forget_folds(again.deck)
                break
            assert again.fold_before_today is not None
            folded.append(again.fold_before_today.answers)
            due = len(again.repository.due(clock.today(), Scope()))
            assert waiting_now(again).due == min(due, again.rules.reviews_per_day), (
                "until the log is folded, cards schedule"
            )
            starts += 1
    assert folded == [number * 120 for number in range(starts + 1)], "each start continues where the last one stopped"
    with Collection(where, clock) as in_parts:
        in_parts.follow_scheduler()
        assert in_parts.skills_awaited
        while not fold_part(in_parts):
            pass
        assert not in_parts.skills_awaited
        assert in_parts.rules.skills == plan
        forget_folds(in_parts.deck)
        in_parts.fold_before_today = None  # as where much came from another device
        assert in_parts.skills_awaited
        while not fold_part(in_parts):
            pass
        assert not in_parts.skills_awaited, "also where the fold of all answers is already there"


def test_where_memory_is_that_of_cards_the_log_keeps_skills_from_scheduling(tmp_path: Path):
    with collection_of(tmp_path, 1.0, **BY_SKILLS) as collection:
        assert collection.rules.skills is None
        own = own_memory_of(collection.deck, DEFAULT_WEIGHTS, collection.clock.today())
        assert own.answers > 200
        assert not own.skills_schedule


@pytest.mark.thorough
def test_another_process_decides_the_same_from_the_log(collection: Collection):
    own = own_memory_of(collection.deck, DEFAULT_WEIGHTS, collection.clock.today())
    with start_losses(collection) as evaluation:
        assert losses_from(collection, evaluation.results()).own_memory == own
    assert own.skills_schedule


def test_a_session_that_is_restarted_continues_with_what_is_left(tmp_path: Path):
    with collection_of(tmp_path, 0.3, **BY_SKILLS) as collection:
        skills_before = collection.rules.skills
        waits = waiting_now(collection).due
        session = collection.session()
        assert session.progress.left == waits
        session.give_up()
        session.grade(4)
        assert waiting_now(collection).due == waits - 1
        with Collection(collection.settings, collection.clock) as again:
            again.follow_scheduler()
            assert again.rules.skills == skills_before
            assert waiting_now(again).due == waits - 1
