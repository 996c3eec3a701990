"""Practice is logged and counted, and changes no schedule, whatever is practised and however often it is undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.review.session_plan import Practice, SessionPlan

TODAY = date(2024, 1, 15)


def practice_of(*ids: str) -> SessionPlan:
    return SessionPlan(practice=Practice(ids=ids))


def test_practice_asks_the_cards_of_the_plan_once_and_leaves_the_schedule(make_learner: Callable, make_due: Callable):
    learner = make_learner("a", "b", "c")
    make_due(learner.repository, TODAY + timedelta(days=4), "a")
    before = learner.repository.state()
    session = learner.start(plan=practice_of("b", "a"))
    assert session.practising
    assert (session.progress.done, session.progress.left, session.progress.drills) == (0, 2, 0)
    assert learner.grade_all(1, 5) == ["b", "a"]
    assert learner.asked_id is None
    assert learner.repository.state() == before
    assert [(review.card_id, review.practice, review.drill) for review in learner.repository.log] == [
        ("b", True, False),
        ("a", True, False),
    ]
    summary = session.summary()
    assert (summary.reviews, summary.drills, summary.practised, summary.practised_correct) == (0, 0, 2, 1)


def test_practice_counts_for_no_limit_and_makes_no_drill(make_learner: Callable):
    learner = make_learner("a", "b")
    learner.start(plan=practice_of("a", "b"))
    learner.grade_all(0, 2)
    assert learner.repository.counts(TODAY).new == 0
    assert learner.repository.drills(TODAY, SessionPlan().scope) == []
    learner.start()
    assert learner.finish() == ["a", "b"]


def test_a_drill_that_is_practised_is_still_to_be_drilled(make_learner: Callable):
    learner = make_learner("a")
    learner.start(limit=1)
    learner.do(2)
    learner.start(plan=practice_of("a"))
    learner.do(5)
    assert learner.repository.drills(TODAY, SessionPlan().scope) == ["a"]


def test_a_question_in_progress_waits_while_something_is_practised(make_learner: Callable):
    learner = make_learner("a", "b")
    learner.start()
    learner.session.hint()
    pending_question = learner.repository.pending()
    learner.start(plan=practice_of("b", "a"))
    learner.finish()
    assert learner.repository.pending() == pending_question
    learner.start()
    assert learner.asked_id == "a"


def test_practice_is_undone_and_asked_again_as_practice(make_learner: Callable):
    learner = make_learner("a")
    session = learner.start(plan=practice_of("a"))
    learner.do(5)
    undone = session.undo()
    assert (undone.card_id, undone.practice) == ("a", True)
    assert session.practising
    assert learner.repository.reviews() == []


def test_practice_of_another_session_is_asked_again_as_practice(make_learner: Callable):
    learner = make_learner("a", "b")
    learner.start(plan=practice_of("b"))
    learner.do(5)
    session = learner.start()
    session.undo()
    assert (learner.asked_id, session.practising) == ("b", True)
    learner.do(4)
    assert learner.repository.log[-1].practice
    assert learner.finish() == ["a", "b"]


steps = st.lists(st.tuples(st.sampled_from(["practise", "review", "undo"]), st.integers(0, 5)), max_size=25)


@given(steps)
def test_whatever_is_practised_the_schedule_is_that_of_the_reviews_alone(make_learner: Callable, life: list):
    """The same reviews without the practice lead to the same memories."""
    learner, beside = make_learner("a", "b", "c"), make_learner("a", "b", "c")
    for action, number in life:
        if action == "practise":
            learner.start(plan=practice_of("abc"[number % 3]))
            learner.do(number)
        elif action == "undo":
            learner.start(limit=0)
            last = learner.repository.last_event()
            learner.session.undo()
            if last is not None and last.scheduled:
                beside.start(limit=0)
                beside.session.undo()
        else:
            for reviewer in (learner, beside):
                reviewer.start(limit=1)
                if reviewer.asked_id is not None and not reviewer.session.drilling:
                    reviewer.do(number)
        assert learner.repository.state() == beside.repository.state()


def test_studying_ahead_is_an_early_review_by_the_rule_of_the_scheduler(make_learner: Callable, make_due: Callable):
    learner = make_learner("a", "b", "c")
    make_due(learner.repository, TODAY + timedelta(days=2), "b")
    make_due(learner.repository, TODAY + timedelta(days=1), "a")
    make_due(learner.repository, TODAY + timedelta(days=4), "c")
    learner.start(plan=SessionPlan(ahead=3))
    assert learner.grade_all(4, 4) == ["a", "b"]
    assert learner.asked_id is None
    after = learner.repository.memory("a")
    assert (after.reviewed, after.interval, after.due) == (TODAY, 15, TODAY + timedelta(days=15))


def test_a_card_that_was_reviewed_today_is_not_asked_ahead(make_learner: Callable):
    learner = make_learner("a")
    learner.start()
    learner.do(5)
    learner.start(plan=SessionPlan(ahead=3))
    assert learner.asked_id is None


def test_a_session_asks_the_requested_number_of_new_cards_whatever_the_limit(make_learner: Callable):
    learner = make_learner(*"abcdefghijklmnop")
    learner.start()
    assert len(learner.finish()) == 10
    learner.start()
    assert learner.asked_id is None
    learner.start(plan=SessionPlan(new=3))
    assert learner.finish() == ["k", "l", "m"]
    learner.start(plan=SessionPlan(new=0))
    assert learner.asked_id is None


def test_a_session_ends_with_its_time_after_the_question_that_was_asked(make_learner: Callable):
    learner = make_learner("a", "b", "c")
    session = learner.start(plan=SessionPlan(time=timedelta(minutes=1)))
    learner.do(5, seconds=50)
    assert not session.time_is_up
    learner.do(1, seconds=20)
    assert (learner.asked_id, session.time_is_up) == (None, True)
    learner.start()
    assert learner.finish() == ["c", "b"]


def test_only_some_cards_are_asked_and_drilled(make_learner: Callable):
    learner = make_learner("a", "b", "c")
    learner.start()
    learner.do(2)
    learner.start(plan=SessionPlan(only=frozenset("bc")))
    assert learner.finish() == ["b", "c"]
