"""What comes next: drills until each card reaches 4, days that end in mid-session, fresh numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.review.ports import Scope
from mnemosyne.review.rules import Rules
from mnemosyne.scheduling.memory import Memory

MONDAY = date(2024, 1, 15)
TUESDAY = date(2024, 1, 16)
JUST_BEFORE_FOUR = datetime(2024, 1, 16, 3, 58, tzinfo=UTC)


class TestDrills:
    def test_after_the_queue_each_card_below_4_comes_again_until_it_reaches_4(
        self, make_learner: Callable[..., Any]
    ) -> None:
        learner = make_learner("a", "b", "c", "d")
        learner.start()
        assert learner.grade_all(3, 5, 0, 2) == ["a", "b", "c", "d"]
        assert learner.session.drilling
        assert learner.grade_all(3, 4, 5) == ["a", "c", "d"]
        assert learner.grade_all(0, 3, 4) == ["a", "a", "a"]
        assert learner.asked_id is None

    def test_a_drill_is_logged_and_leaves_the_schedule_alone(self, make_learner: Callable[..., Any]) -> None:
        learner = make_learner("a")
        learner.start()
        learner.do(1)
        after = learner.repository.memory("a")
        drills = [learner.do(quality) for quality in (1, 3, 5)]
        assert [(drill.drill, drill.before, drill.after) for drill in drills] == [(True, after, after)] * 3
        assert learner.repository.memory("a") == after == Memory(0, 250, 1, 1, TUESDAY, MONDAY)

    def test_drills_survive_a_restart(self, make_learner: Callable[..., Any]) -> None:
        learner = make_learner("a", "b", "c")
        learner.start()
        learner.grade_all(3, 2, 1, 3)
        learner.repository.set_pending(None)
        learner.restart()
        assert learner.finish() == ["b", "c", "a"]
        assert learner.restart().question is None

    def test_the_cards_of_an_earlier_session_that_day_are_drilled_too(self, make_learner: Callable[..., Any]) -> None:
        learner = make_learner("a", "b", "c")
        learner.start(limit=1)
        learner.do(1)
        learner.repository.set_pending(None)
        learner.start(limit=1)
        assert learner.finish() == ["b", "a"]

    def test_only_the_cards_of_the_scope_are_drilled(
        self, make_learner: Callable[..., Any], make_card: Callable[..., Any]
    ) -> None:
        learner = make_learner("a", make_card("b", topic="limits"))
        learner.start()
        learner.grade_all(1, 1)
        learner.start(scope=Scope(topic="limits"))
        assert learner.finish() == ["b"]

    def test_the_drills_of_yesterday_are_the_reviews_of_today(self, make_learner: Callable[..., Any]) -> None:
        learner = make_learner("a", "b")
        learner.start()
        learner.grade_all(1, 1)
        assert learner.session.drilling
        learner.clock.turn(days=1)
        assert not learner.restart().drilling
        assert sorted(learner.finish()) == ["a", "b"]

    def test_a_removed_card_is_no_longer_drilled(self, make_learner: Callable[..., Any]) -> None:
        learner = make_learner("a", "b")
        learner.start()
        learner.grade_all(1, 1)
        learner.repository.remove("b")
        assert learner.finish() == ["a"]

    def test_a_card_that_an_edit_broke_is_no_longer_drilled(
        self, make_learner: Callable[..., Any], make_card: Callable[..., Any]
    ) -> None:
        learner = make_learner("a", "b")
        learner.start()
        learner.grade_all(1, 1)
        learner.repository.edit(make_card("b", "derivative", content=Derivative("sin((x")))
        learner.do(4)
        assert learner.asked_id is None
        assert learner.session.progress.drills == 0


class TestTheEndOfAStudyDay:
    @pytest.fixture
    def learner(self, make_learner: Callable[..., Any]) -> Any:
        """Return a learner with three new cards, two minutes before the study day ends."""
        learner = make_learner("a", "b", "c")
        learner.clock.moment = JUST_BEFORE_FOUR
        learner.start()
        return learner

    def test_each_review_counts_for_the_study_day_of_its_own_moment(self, learner: Any) -> None:
        first = learner.do(5)
        learner.clock.turn(minutes=5)
        second = learner.do(5)
        assert (first.study_day, first.after.due) == (MONDAY, TUESDAY)
        assert (second.study_day, second.after.due) == (TUESDAY, date(2024, 1, 17))

    def test_the_queue_is_not_made_again(self, learner: Any) -> None:
        learner.do(5)  # due on Tuesday, which comes before the next question
        learner.clock.turn(minutes=5)
        assert learner.finish() == ["b", "c"]
        learner.restart()
        assert learner.finish() == ["a"]

    def test_the_cards_of_both_days_are_drilled_once_each(self, learner: Any) -> None:
        learner.do(1)
        learner.clock.turn(minutes=5)
        learner.grade_all(2, 3)
        assert learner.session.drilling
        assert learner.grade_all(3, 4, 3) == ["a", "b", "c"]
        assert learner.grade_all(5, 4) == ["a", "c"]
        assert learner.asked_id is None

    def test_a_drill_may_be_undone_after_the_end_of_the_day(self, learner: Any) -> None:
        learner.grade_all(1, 5, 5)
        learner.clock.turn(minutes=5)
        assert learner.asked_id == "a"
        learner.do(4)
        assert learner.asked_id is None
        learner.session.undo()
        assert (learner.asked_id, learner.session.drilling) == ("a", True)
        assert learner.grade_all(3, 5) == ["a", "a"]
        assert learner.asked_id is None

    def test_a_flight_back_across_the_date_line_continues_with_the_same_cards(self, learner: Any) -> None:
        learner.clock.place = ZoneInfo("Pacific/Kiritimati")  # it is 18:00 on Tuesday there
        learner.restart()
        learner.do(1)
        learner.clock.place = ZoneInfo("Pacific/Honolulu")  # and 18:00 on Monday here
        assert learner.finish() == ["b", "c", "a"]
        assert [review.study_day for review in learner.repository.log] == [TUESDAY, MONDAY, MONDAY, MONDAY]


class TestFreshNumbers:
    def test_a_card_of_two_variants_is_drilled_with_one_after_the_other(
        self, make_learner: Callable[..., Any], make_card: Callable[..., Any]
    ) -> None:
        two = Derivative("sin(a*x)", where={"a": (Fraction(2), Fraction(3))})
        learner = make_learner(make_card("a", "derivative", content=two))
        learner.start()
        prompts = []
        for quality in (*[1] * 19, 4):
            prompts.append(learner.session.question.prompt)
            learner.do(quality)
        assert set(prompts) == {"Differentiate $sin(2x)$.", "Differentiate $sin(3x)$."}
        assert all(prompt != next_prompt for prompt, next_prompt in pairwise(prompts))
        assert learner.asked_id is None

    def test_a_card_comes_with_another_seed_in_the_next_session(
        self, make_learner: Callable[..., Any], make_card: Callable[..., Any]
    ) -> None:
        learner = make_learner(make_card("a", "derivative"))
        learner.start()
        first = learner.do(5)
        learner.clock.turn(days=1)
        learner.restart()
        assert learner.do(5).seed != first.seed


def test_the_limits_hold_over_all_sessions_of_a_study_day(
    make_learner: Callable[..., Any], make_due: Callable[..., None]
) -> None:
    learner = make_learner(*"abcdefgh")
    make_due(learner.repository, MONDAY, *"abcd")
    rules = Rules(reviews_per_day=3, new_per_day=2, shuffle=False)
    learner.start(rules)
    assert learner.grade_all(5, 5) == ["a", "b"]
    learner.restart()
    assert learner.finish() == ["c", "e", "f"]
    assert learner.restart().question is None
    learner.clock.turn(hours=17)
    assert learner.restart().question is not None
    assert learner.finish() == ["d", "e", "f", "g", "h"]
