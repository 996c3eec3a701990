"""Undo of any depth: the question comes back, the counts are right, and nothing remains of what was undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from folds import fold_history
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.review.outcome import Progress
from mnemosyne.review.ports import DayCounts, Scope
from mnemosyne.review.rules import Order, Rules
from mnemosyne.scheduling.memory import Memory

TODAY = date(2024, 1, 15)


@pytest.fixture
def learner(make_learner: Callable[..., Any]) -> Any:
    """Return a learner in front of the first of four new cards."""
    learner = make_learner("a", "b", "c", "d")
    learner.start()
    return learner


def test_nothing_to_undo(learner: Any) -> None:
    assert learner.session.undo() is None
    assert learner.asked_id == "a"


def test_the_question_comes_back_as_it_was_asked(
    make_learner: Callable[..., Any], make_card: Callable[..., Any]
) -> None:
    learner = make_learner(make_card("a", "derivative", hints=("One.",)), "b")
    session = learner.start()
    question = session.question
    session.hint()
    learner.wrong("outer-at-x")
    review = learner.do(2)
    assert learner.asked_id == "b"
    assert session.undo() == review
    assert session.question == question
    assert (session.attempts, session.hints_shown, session.outcome) == ((), (), None)
    assert learner.repository.memory("a") == Memory()


def test_an_interrupted_question_is_kept_as_it_was(
    make_learner: Callable[..., Any], make_card: Callable[..., Any]
) -> None:
    learner = make_learner("a", make_card("b", "derivative", hints=("One.",)), "c")
    session = learner.start()
    learner.do(5)
    question = session.question
    session.hint()
    learner.wrong("outer-at-x")
    learner.clock.turn(seconds=4)
    session.undo()
    assert learner.asked_id == "a"
    learner.do(4, seconds=90)
    assert session.question == question
    assert (len(session.attempts), session.hints_shown) == (1, ("One.",))
    learner.right()
    assert session.grade(2).duration == timedelta(seconds=4)
    assert learner.finish() == ["c", "b"]


def test_an_answered_question_waits_for_its_grade(learner: Any) -> None:
    learner.do(5)
    outcome = learner.right()
    learner.session.undo()
    learner.do(5)
    assert (learner.asked_id, learner.session.outcome) == ("b", outcome)


def test_several_undos_bring_the_questions_back_in_order(learner: Any) -> None:
    learner.grade_all(5, 5, 5)
    assert [learner.session.undo().card_id for _ in range(3)] == ["c", "b", "a"]
    assert learner.session.progress == Progress(0, 4, 0)
    assert learner.finish() == ["a", "b", "c", "d"]


def test_the_counts_of_the_day_are_right_afterwards(learner: Any) -> None:
    learner.grade_all(5, 1)
    assert (learner.repository.counts(TODAY), learner.session.progress) == (DayCounts(0, 2), Progress(2, 2, 1))
    learner.session.undo()
    assert (learner.repository.counts(TODAY), learner.session.progress) == (DayCounts(0, 1), Progress(1, 3, 0))


def test_undo_from_the_end_of_a_session(learner: Any) -> None:
    learner.finish()
    assert learner.session.undo().card_id == "d"
    assert learner.finish() == ["d"]


def test_a_drill_is_undone_before_its_review(learner: Any) -> None:
    learner.grade_all(2, 5, 5, 5)
    learner.do(4)
    assert learner.asked_id is None
    assert learner.session.undo().drill
    assert (learner.asked_id, learner.session.drilling) == ("a", True)
    assert [learner.session.undo().card_id for _ in range(4)] == ["d", "c", "b", "a"]
    assert not learner.session.drilling
    assert learner.finish() == ["a", "b", "c", "d"]


def test_a_review_undone_while_its_drill_is_asked_needs_no_drill(make_learner: Callable[..., Any]) -> None:
    learner = make_learner("a")
    session = learner.start()
    learner.do(1)
    assert session.drilling
    session.undo()
    assert not session.drilling
    assert learner.finish() == ["a"]


def test_undo_across_restarts(learner: Any) -> None:
    learner.grade_all(5, 5)
    session = learner.restart()
    assert session.undo().card_id == "b"
    session = learner.restart()
    assert (learner.asked_id, session.undo().card_id) == ("b", "a")
    learner.restart()
    assert learner.finish() == ["a", "b", "c", "d"]


def test_across_study_days_a_card_is_asked_once(learner: Any) -> None:
    learner.grade_all(5, 5, 5, 5)
    learner.clock.turn(days=1)
    session = learner.restart()
    assert session.progress.left == 4
    assert session.undo().card_id == "d"
    assert session.progress.left == 4
    card_ids = learner.finish()
    assert card_ids[0] == "d"
    assert sorted(card_ids) == ["a", "b", "c", "d"]


def test_the_review_of_another_topic_is_undone_too(
    make_learner: Callable[..., Any], make_card: Callable[..., Any]
) -> None:
    learner = make_learner("a", make_card("x", topic="limits"))
    learner.start()
    learner.do(5)
    learner.start(scope=Scope(topic="limits"))
    learner.session.undo()
    assert learner.finish() == ["a", "x"]


def test_a_card_buried_since_comes_back_for_its_question(learner: Any) -> None:
    learner.grade_all(1, 5, 5, 5)
    learner.session.bury()
    assert learner.asked_id is None
    assert learner.session.undo().card_ids == ("a",)
    assert (learner.asked_id, learner.session.drilling) == ("a", True)
    assert [learner.session.undo().card_id for _ in range(4)] == ["d", "c", "b", "a"]
    assert (learner.asked_id, learner.session.drilling) == ("a", False)


def test_a_card_that_was_removed_since_does_not_come_back(learner: Any) -> None:
    learner.grade_all(5, 5)
    learner.repository.remove("b")
    assert learner.session.undo().card_id == "b"
    assert (learner.asked_id, learner.session.progress) == ("c", Progress(1, 2, 0))
    assert learner.session.undo().card_id == "a"
    assert learner.finish() == ["a", "c", "d"]


def test_an_interrupted_question_whose_card_is_removed_is_dropped(learner: Any) -> None:
    learner.do(5)
    learner.session.undo()
    learner.repository.remove("b")
    assert learner.finish() == ["a", "c", "d"]


def test_an_interrupted_question_that_was_graded_elsewhere_is_dropped(learner: Any) -> None:
    learner.do(5)
    learner.session.undo()
    learner.repository.places["b"].memory = Memory(1, 250, 1, 0, TODAY + timedelta(days=1), TODAY)
    assert learner.finish() == ["a", "c", "d"]


def test_an_interrupted_drill_is_kept_as_it_was(
    make_learner: Callable[..., Any], make_card: Callable[..., Any]
) -> None:
    learner = make_learner("a", make_card("b", "derivative", hints=("One.",)))
    session = learner.start()
    learner.grade_all(1, 1, 4)
    question = session.question
    session.hint()
    assert session.undo().card_id == "a"
    learner.do(4)
    assert (session.question, session.drilling, session.hints_shown) == (question, True, ("One.",))
    assert learner.finish() == ["b"]


def test_after_an_undo_a_leech_is_not_announced(make_learner: Callable[..., Any]) -> None:
    learner = make_learner("a", "b")
    session = learner.start(Rules(leech_lapses=1))
    learner.do(1)
    assert session.leech
    session.undo()
    assert not session.leech


actions = st.lists(
    st.one_of(
        st.integers(0, 5), st.sampled_from(["undo", "restart", "wrong", "hint", "give up", "next day", "an hour"])
    ),
    max_size=40,
)


def act(learner: Any, action: int | str) -> None:
    """Do one thing that a learner does; a number is a grade."""
    session = learner.session
    asking = learner.asked_id is not None and session.outcome is None
    match action:
        case "undo":
            session.undo()
        case "restart":
            learner.restart()
        case "next day":
            learner.clock.turn(days=1)
            learner.restart()
        case "an hour":
            learner.clock.turn(hours=1)
        case "wrong" if asking:
            learner.wrong("trig-sign")
        case "hint" if asking:
            session.hint()
        case "give up" if asking:
            session.give_up()
        case int(quality) if learner.asked_id is not None:
            if asking:
                learner.right()
            session.grade(quality)


@given(actions=actions, rules=st.builds(Rules, order=st.sampled_from(Order), shuffle=st.booleans()))
def test_undoing_everything_restores_exactly_the_beginning(
    make_learner: Callable[..., Any], make_card: Callable[..., Any], actions: list[int | str], rules: Rules
) -> None:
    learner = make_learner(make_card("a", hints=("One.",)), *"bcde")
    learner.start(rules)
    state, moment = learner.repository.state(), learner.clock.moment
    for action in actions:
        act(learner, action)
    while learner.session.undo() is not None:
        assert learner.session.question is not None
    assert learner.repository.state() == state
    assert learner.repository.reviews() == []
    learner.clock.moment = moment
    assert learner.restart().progress == Progress(0, 5, 0)
    learner.repository.set_pending(None)
    learner.restart()
    assert learner.finish() == list("abcde")


@given(actions=actions, rules=st.builds(Rules, order=st.sampled_from(Order), shuffle=st.booleans()))
def test_whatever_the_learner_does_the_schedule_is_a_fold_of_the_log(
    make_learner: Callable[..., Any], actions: list[int | str], rules: Rules
) -> None:
    learner = make_learner(*"abcde")
    learner.start(rules)
    for action in actions:
        act(learner, action)
        reviews = [review for review in learner.repository.reviews() if not review.drill]
        for card_id in "abcde":
            history = [(review.quality, review.study_day) for review in reviews if review.card_id == card_id]
            assert learner.repository.memory(card_id) == fold_history(history)
        pending = learner.repository.pending()
        assert (pending.card_id if pending else None) == learner.asked_id
        assert learner.session.progress.done == learner.session.summary().reviews


@given(actions=actions)
def test_whatever_the_learner_did_the_day_ends_with_nothing_due_and_nothing_to_drill(
    make_learner: Callable[..., Any], actions: list[int | str]
) -> None:
    learner = make_learner(*"abcde")
    learner.start()
    for action in actions:
        act(learner, action)
    learner.restart()
    for _ in range(20):
        if learner.asked_id is not None:
            act(learner, 4)
    assert learner.asked_id is None
    today = learner.clock.today()
    assert [
        learner.repository.due(today, Scope()),
        learner.repository.new(today, Scope()),
        learner.repository.drills(today, Scope()),
    ] == [[]] * 3
