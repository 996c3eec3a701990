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
        self, make_desk: Callable[..., Any]
    ) -> None:
        desk = make_desk("a", "b", "c", "d")
        desk.sit()
        assert desk.all(3, 5, 0, 2) == ["a", "b", "c", "d"]
        assert desk.session.drilling
        assert desk.all(3, 4, 5) == ["a", "c", "d"]
        assert desk.all(0, 3, 4) == ["a", "a", "a"]
        assert desk.asked is None

    def test_a_drill_is_logged_and_leaves_the_schedule_alone(self, make_desk: Callable[..., Any]) -> None:
        desk = make_desk("a")
        desk.sit()
        desk.do(1)
        after = desk.repository.memory("a")
        drills = [desk.do(quality) for quality in (1, 3, 5)]
        assert [(drill.drill, drill.before, drill.after) for drill in drills] == [(True, after, after)] * 3
        assert desk.repository.memory("a") == after == Memory(0, 250, 1, 1, TUESDAY, MONDAY)

    def test_drills_survive_a_restart(self, make_desk: Callable[..., Any]) -> None:
        desk = make_desk("a", "b", "c")
        desk.sit()
        desk.all(3, 2, 1, 3)
        desk.repository.set_pending(None)
        desk.again()
        assert desk.left() == ["b", "c", "a"]
        assert desk.again().question is None

    def test_the_cards_of_an_earlier_session_that_day_are_drilled_too(self, make_desk: Callable[..., Any]) -> None:
        desk = make_desk("a", "b", "c")
        desk.sit(limit=1)
        desk.do(1)
        desk.repository.set_pending(None)
        desk.sit(limit=1)
        assert desk.left() == ["b", "a"]

    def test_only_the_cards_of_the_scope_are_drilled(
        self, make_desk: Callable[..., Any], make_card: Callable[..., Any]
    ) -> None:
        desk = make_desk("a", make_card("b", topic="limits"))
        desk.sit()
        desk.all(1, 1)
        desk.sit(scope=Scope(topic="limits"))
        assert desk.left() == ["b"]

    def test_the_drills_of_yesterday_are_the_reviews_of_today(self, make_desk: Callable[..., Any]) -> None:
        desk = make_desk("a", "b")
        desk.sit()
        desk.all(1, 1)
        assert desk.session.drilling
        desk.hands.state(days=1)
        assert not desk.again().drilling
        assert sorted(desk.left()) == ["a", "b"]

    def test_a_card_that_vanished_is_drilled_no_more(self, make_desk: Callable[..., Any]) -> None:
        desk = make_desk("a", "b")
        desk.sit()
        desk.all(1, 1)
        desk.repository.remove("b")
        assert desk.left() == ["a"]

    def test_a_card_that_an_edit_broke_is_drilled_no_more(
        self, make_desk: Callable[..., Any], make_card: Callable[..., Any]
    ) -> None:
        desk = make_desk("a", "b")
        desk.sit()
        desk.all(1, 1)
        desk.repository.edit(make_card("b", "derivative", content=Derivative("sin((x")))
        desk.do(4)
        assert desk.asked is None
        assert desk.session.progress.drills == 0


class TestTheEndOfAStudyDay:
    @pytest.fixture
    def desk(self, make_desk: Callable[..., Any]) -> Any:
        """Return a learner with three new cards, two minutes before the study day ends."""
        desk = make_desk("a", "b", "c")
        desk.hands.moment = JUST_BEFORE_FOUR
        desk.sit()
        return desk

    def test_each_review_counts_for_the_study_day_of_its_own_moment(self, desk: Any) -> None:
        first = desk.do(5)
        desk.hands.state(minutes=5)
        second = desk.do(5)
        assert (first.study_day, first.after.due) == (MONDAY, TUESDAY)
        assert (second.study_day, second.after.due) == (TUESDAY, date(2024, 1, 17))

    def test_the_queue_is_not_made_again(self, desk: Any) -> None:
        desk.do(5)  # due on Tuesday, which comes before the next question
        desk.hands.state(minutes=5)
        assert desk.left() == ["b", "c"]
        desk.again()
        assert desk.left() == ["a"]

    def test_the_cards_of_both_days_are_drilled_once_each(self, desk: Any) -> None:
        desk.do(1)
        desk.hands.state(minutes=5)
        desk.all(2, 3)
        assert desk.session.drilling
        assert desk.all(3, 4, 3) == ["a", "b", "c"]
        assert desk.all(5, 4) == ["a", "c"]
        assert desk.asked is None

    def test_a_drill_may_be_undone_after_the_end_of_the_day(self, desk: Any) -> None:
        desk.all(1, 5, 5)
        desk.hands.state(minutes=5)
        assert desk.asked == "a"
        desk.do(4)
        assert desk.asked is None
        desk.session.undo()
        assert (desk.asked, desk.session.drilling) == ("a", True)
        assert desk.all(3, 5) == ["a", "a"]
        assert desk.asked is None

    def test_a_flight_back_across_the_date_line_continues_with_the_same_cards(self, desk: Any) -> None:
        desk.hands.place = ZoneInfo("Pacific/Kiritimati")  # it is 18:00 on Tuesday there
        desk.again()
        desk.do(1)
        desk.hands.place = ZoneInfo("Pacific/Honolulu")  # and 18:00 on Monday here
        assert desk.left() == ["b", "c", "a"]
        assert [review.study_day for review in desk.repository.log] == [TUESDAY, MONDAY, MONDAY, MONDAY]


class TestFreshNumbers:
    def test_a_card_of_two_variants_is_drilled_with_one_after_the_other(
        self, make_desk: Callable[..., Any], make_card: Callable[..., Any]
    ) -> None:
        two = Derivative("sin(a*x)", where={"a": (Fraction(2), Fraction(3))})
        desk = make_desk(make_card("a", "derivative", content=two))
        desk.sit()
        prompts = []
        for quality in (*[1] * 19, 4):
            prompts.append(desk.session.question.prompt)
            desk.do(quality)
        assert set(prompts) == {"Differentiate $sin(2x)$.", "Differentiate $sin(3x)$."}
        assert all(one != other for one, other in pairwise(prompts))
        assert desk.asked is None

    def test_a_card_comes_with_another_seed_in_the_next_session(
        self, make_desk: Callable[..., Any], make_card: Callable[..., Any]
    ) -> None:
        desk = make_desk(make_card("a", "derivative"))
        desk.sit()
        first = desk.do(5)
        desk.hands.state(days=1)
        desk.again()
        assert desk.do(5).seed != first.seed


def test_the_limits_hold_over_all_sessions_of_a_study_day(
    make_desk: Callable[..., Any], seen: Callable[..., None]
) -> None:
    desk = make_desk(*"abcdefgh")
    seen(desk.repository, MONDAY, *"abcd")
    rules = Rules(reviews_per_day=3, new_per_day=2, shuffle=False)
    desk.sit(rules)
    assert desk.all(5, 5) == ["a", "b"]
    desk.again()
    assert desk.left() == ["c", "e", "f"]
    assert desk.again().question is None
    desk.hands.state(hours=17)
    assert desk.again().question is not None
    assert desk.left() == ["d", "e", "f", "g", "h"]
