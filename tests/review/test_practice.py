"""Practice is logged and counted, and changes no schedule, whatever is practised and however often it is undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.review.session_plan import Practice, SessionPlan

TODAY = date(2024, 1, 15)


def of(*ids: str) -> SessionPlan:
    return SessionPlan(practice=Practice(ids=ids))


def test_practice_asks_the_cards_of_the_plan_once_and_leaves_the_schedule(make_desk: Callable, seen: Callable):
    desk = make_desk("a", "b", "c")
    seen(desk.repository, TODAY + timedelta(days=4), "a")
    before = desk.repository.state()
    session = desk.sit(plan=of("b", "a"))
    assert session.practising
    assert (session.progress.done, session.progress.left, session.progress.drills) == (0, 2, 0)
    assert desk.all(1, 5) == ["b", "a"]
    assert desk.asked is None
    assert desk.repository.state() == before
    assert [(review.card_id, review.practice, review.drill) for review in desk.repository.log] == [
        ("b", True, False),
        ("a", True, False),
    ]
    summary = session.summary()
    assert (summary.reviews, summary.drills, summary.practised, summary.practised_correct) == (0, 0, 2, 1)


def test_practice_counts_for_no_limit_and_makes_no_drill(make_desk: Callable):
    desk = make_desk("a", "b")
    desk.sit(plan=of("a", "b"))
    desk.all(0, 2)
    assert desk.repository.counts(TODAY).new == 0
    assert desk.repository.drills(TODAY, SessionPlan().scope) == []
    desk.sit()
    assert desk.left() == ["a", "b"]


def test_a_drill_that_is_practised_is_still_to_be_drilled(make_desk: Callable):
    desk = make_desk("a")
    desk.sit(limit=1)
    desk.do(2)
    desk.sit(plan=of("a"))
    desk.do(5)
    assert desk.repository.drills(TODAY, SessionPlan().scope) == ["a"]


def test_a_question_in_progress_waits_while_something_is_practised(make_desk: Callable):
    desk = make_desk("a", "b")
    desk.sit()
    desk.session.hint()
    waiting = desk.repository.pending()
    desk.sit(plan=of("b", "a"))
    desk.left()
    assert desk.repository.pending() == waiting
    desk.sit()
    assert desk.asked == "a"


def test_practice_is_undone_and_asked_again_as_practice(make_desk: Callable):
    desk = make_desk("a")
    session = desk.sit(plan=of("a"))
    desk.do(5)
    undone = session.undo()
    assert (undone.card_id, undone.practice) == ("a", True)
    assert session.practising
    assert desk.repository.reviews() == []


def test_practice_of_another_session_is_asked_again_as_practice(make_desk: Callable):
    desk = make_desk("a", "b")
    desk.sit(plan=of("b"))
    desk.do(5)
    session = desk.sit()
    session.undo()
    assert (desk.asked, session.practising) == ("b", True)
    desk.do(4)
    assert desk.repository.log[-1].practice
    assert desk.left() == ["a", "b"]


steps = st.lists(st.tuples(st.sampled_from(["practise", "review", "undo"]), st.integers(0, 5)), max_size=25)


@given(steps)
def test_whatever_is_practised_the_schedule_is_that_of_the_reviews_alone(make_desk: Callable, life: list):
    """The same reviews without the practice lead to the same memories."""
    desk, beside = make_desk("a", "b", "c"), make_desk("a", "b", "c")
    for what, number in life:
        if what == "practise":
            desk.sit(plan=of("abc"[number % 3]))
            desk.do(number)
        elif what == "undo":
            desk.sit(limit=0)
            last = desk.repository.last_event()
            desk.session.undo()
            if last is not None and last.scheduled:
                beside.sit(limit=0)
                beside.session.undo()
        else:
            for one in (desk, beside):
                one.sit(limit=1)
                if one.asked is not None and not one.session.drilling:
                    one.do(number)
        assert desk.repository.state() == beside.repository.state()


def test_studying_ahead_is_an_early_review_by_the_rule_of_the_scheduler(make_desk: Callable, seen: Callable):
    desk = make_desk("a", "b", "c")
    seen(desk.repository, TODAY + timedelta(days=2), "b")
    seen(desk.repository, TODAY + timedelta(days=1), "a")
    seen(desk.repository, TODAY + timedelta(days=4), "c")
    desk.sit(plan=SessionPlan(ahead=3))
    assert desk.all(4, 4) == ["a", "b"]
    assert desk.asked is None
    after = desk.repository.memory("a")
    assert (after.reviewed, after.interval, after.due) == (TODAY, 15, TODAY + timedelta(days=15))


def test_a_card_that_was_reviewed_today_is_not_asked_ahead(make_desk: Callable):
    desk = make_desk("a")
    desk.sit()
    desk.do(5)
    desk.sit(plan=SessionPlan(ahead=3))
    assert desk.asked is None


def test_a_session_asks_the_requested_number_of_new_cards_whatever_the_limit(make_desk: Callable):
    desk = make_desk(*"abcdefghijklmnop")
    desk.sit()
    assert len(desk.left()) == 10
    desk.sit()
    assert desk.asked is None
    desk.sit(plan=SessionPlan(new=3))
    assert desk.left() == ["k", "l", "m"]
    desk.sit(plan=SessionPlan(new=0))
    assert desk.asked is None


def test_a_session_ends_with_its_time_after_the_question_that_was_asked(make_desk: Callable):
    desk = make_desk("a", "b", "c")
    session = desk.sit(plan=SessionPlan(time=timedelta(minutes=1)))
    desk.do(5, seconds=50)
    assert not session.time_is_up
    desk.do(1, seconds=20)
    assert (desk.asked, session.time_is_up) == (None, True)
    desk.sit()
    assert desk.left() == ["c", "b"]


def test_only_some_cards_are_asked_and_drilled(make_desk: Callable):
    desk = make_desk("a", "b", "c")
    desk.sit()
    desk.do(2)
    desk.sit(plan=SessionPlan(only=frozenset("bc")))
    assert desk.left() == ["b", "c"]
