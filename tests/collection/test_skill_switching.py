"""What sessions ask after a switch where skills schedule: previewed, and spread over days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sample_size import sample_size
from skilled_collection import BY_SKILLS, collection_of, later, session_of, set_to, switch_to

from mnemosyne.collection import Collection
from mnemosyne.collection.load import spread_backlog, waiting_now
from mnemosyne.collection.setting_changes import CATCH_UP_DAYS, preview_change, preview_switch
from mnemosyne.review.final_round import final_rounds
from mnemosyne.review.ports import Scope
from mnemosyne.scheduling.study_day import plus_days


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """Return the collection of someone whose memory is mostly that of skills."""
    with collection_of(tmp_path_factory.mktemp("skills"), 0.3) as new_collection:
        yield new_collection


SCHEDULINGS = st.fixed_dictionaries(
    {
        "scheduler": st.sampled_from(("sm2", "fsrs", "fsrs")),
        "skills": st.booleans(),
        "desired_retention": st.sampled_from((0.8, 0.9, 0.97)),
    }
)


@pytest.mark.thorough
@settings(max_examples=sample_size(4, 12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SCHEDULINGS, SCHEDULINGS)
@example(BY_SKILLS, BY_SKILLS | {"skills": False})
@example(BY_SKILLS, {"scheduler": "sm2", "skills": True})
@example({"scheduler": "sm2", "skills": True}, BY_SKILLS)
@example(BY_SKILLS | {"desired_retention": 0.8}, BY_SKILLS)
def test_what_a_switch_makes_sessions_ask_is_previewed_and_spread(collection: Collection, now: dict, then: dict):
    set_to(collection, **now)
    before, today = session_of(collection), collection.clock.today()
    switch = preview_switch(collection, replace(collection.settings, **then))
    switch_to(collection, **then)
    after = session_of(collection)
    assert (switch is None) <= (before == after)
    if switch is not None:
        assert (switch.due_before, switch.due_after) == (len(before), len(after))
    days = min(len(after) - len(before), CATCH_UP_DAYS)
    if days <= 1:
        assert collection.catch_up is None
        return
    assert switch.catch_up_days == days
    assert collection.catch_up.until == plus_days(today, days - 1)
    asked_ids = set()
    for ahead in range(days):
        with later(collection, ahead):
            asked_ids |= session_of(collection)
    assert collection.rules.reviews_per_day == -(-len(asked_ids) // days) < len(after)


@pytest.mark.thorough
def test_turning_skills_off_is_previewed_and_asks_no_more_on_one_day_than_on_the_next(tmp_path: Path):
    with collection_of(tmp_path, 0.3, **BY_SKILLS) as collection:
        collection.clock.moment += timedelta(days=8)
        while (session := collection.session()).question is not None:
            session.give_up()
            session.grade(4)
        collection.clock.moment += timedelta(days=1)
        collection.follow_scheduler()
        by_skills = waiting_now(collection).due
        with Collection(collection.settings, collection.clock) as begun_now:
            switch = preview_change(begun_now, "skills", "false")
        assert str(switch) == f"due today {by_skills} → {switch.due_after}, spread over 7 days"
        with Collection(replace(collection.settings, skills=False), collection.clock) as again:
            again.follow_scheduler()
            assert again.catch_up.until == plus_days(again.clock.today(), 6)
            loads = []
            for _ in range(7):
                loads.append(len(session_of(again)) and waiting_now(again).due)
                session = again.session()
                while session.question is not None:
                    session.give_up()
                    session.grade(5)
                again.clock.moment += timedelta(days=1)
                again.follow_scheduler()
            assert again.catch_up is None
            assert max(loads) < switch.due_after / 2
            assert len(again.repository.due(again.clock.today(), Scope())) < max(loads)


def test_a_spread_leaves_the_days_of_the_final_round_alone(tmp_path: Path):
    with collection_of(tmp_path, 0.3, scheduler="fsrs") as collection:
        today = collection.clock.today()
        set_to(collection, topics={"odd": {"exam": plus_days(today, 4)}})
        announced = asked_of_round(collection)
        assert sum(announced) > 8
        spread_backlog(collection, 3)
        asked_per_day = []
        for _ in range(4):
            asked_per_day.append(asked_of_round(collection)[0])
            collection.follow_scheduler()
            assert waiting_now(collection).due >= asked_per_day[-1]
            session = collection.session()
            while session.question is not None:
                session.give_up()
                session.grade(5)
            assert asked_of_round(collection)[0] == 0
            collection.clock.moment += timedelta(days=1)
        assert sum(asked_per_day) == sum(announced)
        assert max(asked_per_day) - min(asked_per_day) <= 1


def asked_of_round(collection: Collection) -> tuple[int, int]:
    """Return how many cards of the final round come today, and how many later."""
    (final_round,) = final_rounds(collection.repository, Scope(), collection.rules, collection.clock.today())
    return len(final_round.today), len(final_round.left) - len(final_round.today)
