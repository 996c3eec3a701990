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
def desk(make_desk: Callable[..., Any]) -> Any:
    """Return a learner in front of the first of four new cards."""
    desk = make_desk("a", "b", "c", "d")
    desk.sit()
    return desk


def test_nothing_to_undo(desk: Any) -> None:
    assert desk.session.undo() is None
    assert desk.asked == "a"


def test_the_question_comes_back_as_it_was_asked(make_desk: Callable[..., Any], make_card: Callable[..., Any]) -> None:
    desk = make_desk(make_card("a", "derivative", hints=("One.",)), "b")
    session = desk.sit()
    question = session.question
    session.hint()
    desk.wrong("outer-at-x")
    review = desk.do(2)
    assert desk.asked == "b"
    assert session.undo() == review
    assert session.question == question
    assert (session.attempts, session.hints_shown, session.outcome) == ((), (), None)
    assert desk.repository.memory("a") == Memory()


def test_an_interrupted_question_is_kept_as_it_was(
    make_desk: Callable[..., Any], make_card: Callable[..., Any]
) -> None:
    desk = make_desk("a", make_card("b", "derivative", hints=("One.",)), "c")
    session = desk.sit()
    desk.do(5)
    question = session.question
    session.hint()
    desk.wrong("outer-at-x")
    desk.hands.state(seconds=4)
    session.undo()
    assert desk.asked == "a"
    desk.do(4, seconds=90)
    assert session.question == question
    assert (len(session.attempts), session.hints_shown) == (1, ("One.",))
    desk.right()
    assert session.grade(2).duration == timedelta(seconds=4)
    assert desk.left() == ["c", "b"]


def test_an_answered_question_waits_for_its_grade(desk: Any) -> None:
    desk.do(5)
    outcome = desk.right()
    desk.session.undo()
    desk.do(5)
    assert (desk.asked, desk.session.outcome) == ("b", outcome)


def test_several_undos_bring_the_questions_back_in_order(desk: Any) -> None:
    desk.all(5, 5, 5)
    assert [desk.session.undo().card_id for _ in range(3)] == ["c", "b", "a"]
    assert desk.session.progress == Progress(0, 4, 0)
    assert desk.left() == ["a", "b", "c", "d"]


def test_the_counts_of_the_day_are_right_afterwards(desk: Any) -> None:
    desk.all(5, 1)
    assert (desk.repository.counts(TODAY), desk.session.progress) == (DayCounts(0, 2), Progress(2, 2, 1))
    desk.session.undo()
    assert (desk.repository.counts(TODAY), desk.session.progress) == (DayCounts(0, 1), Progress(1, 3, 0))


def test_undo_from_the_end_of_a_session(desk: Any) -> None:
    desk.left()
    assert desk.session.undo().card_id == "d"
    assert desk.left() == ["d"]


def test_a_drill_is_undone_before_its_review(desk: Any) -> None:
    desk.all(2, 5, 5, 5)
    desk.do(4)
    assert desk.asked is None
    assert desk.session.undo().drill
    assert (desk.asked, desk.session.drilling) == ("a", True)
    assert [desk.session.undo().card_id for _ in range(4)] == ["d", "c", "b", "a"]
    assert not desk.session.drilling
    assert desk.left() == ["a", "b", "c", "d"]


def test_a_review_undone_while_its_drill_is_asked_needs_no_drill(make_desk: Callable[..., Any]) -> None:
    desk = make_desk("a")
    session = desk.sit()
    desk.do(1)
    assert session.drilling
    session.undo()
    assert not session.drilling
    assert desk.left() == ["a"]


def test_undo_across_restarts(desk: Any) -> None:
    desk.all(5, 5)
    session = desk.again()
    assert session.undo().card_id == "b"
    session = desk.again()
    assert (desk.asked, session.undo().card_id) == ("b", "a")
    desk.again()
    assert desk.left() == ["a", "b", "c", "d"]


def test_across_study_days_a_card_is_asked_once(desk: Any) -> None:
    desk.all(5, 5, 5, 5)
    desk.hands.state(days=1)
    session = desk.again()
    assert session.progress.left == 4
    assert session.undo().card_id == "d"
    assert session.progress.left == 4
    asked = desk.left()
    assert asked[0] == "d"
    assert sorted(asked) == ["a", "b", "c", "d"]


def test_the_review_of_another_topic_is_undone_too(
    make_desk: Callable[..., Any], make_card: Callable[..., Any]
) -> None:
    desk = make_desk("a", make_card("x", topic="limits"))
    desk.sit()
    desk.do(5)
    desk.sit(scope=Scope(topic="limits"))
    desk.session.undo()
    assert desk.left() == ["a", "x"]


def test_a_card_buried_since_comes_back_for_its_question(desk: Any) -> None:
    desk.all(1, 5, 5, 5)
    desk.session.bury()
    assert desk.asked is None
    assert desk.session.undo().card_ids == ("a",)
    assert (desk.asked, desk.session.drilling) == ("a", True)
    assert [desk.session.undo().card_id for _ in range(4)] == ["d", "c", "b", "a"]
    assert (desk.asked, desk.session.drilling) == ("a", False)


def test_a_card_that_vanished_since_does_not_come_back(desk: Any) -> None:
    desk.all(5, 5)
    desk.repository.remove("b")
    assert desk.session.undo().card_id == "b"
    assert (desk.asked, desk.session.progress) == ("c", Progress(1, 2, 0))
    assert desk.session.undo().card_id == "a"
    assert desk.left() == ["a", "c", "d"]


def test_an_interrupted_question_whose_card_vanishes_is_dropped(desk: Any) -> None:
    desk.do(5)
    desk.session.undo()
    desk.repository.remove("b")
    assert desk.left() == ["a", "c", "d"]


def test_an_interrupted_question_that_was_graded_elsewhere_is_dropped(desk: Any) -> None:
    desk.do(5)
    desk.session.undo()
    desk.repository.places["b"].memory = Memory(1, 250, 1, 0, TODAY + timedelta(days=1), TODAY)
    assert desk.left() == ["a", "c", "d"]


def test_an_interrupted_drill_is_kept_as_it_was(make_desk: Callable[..., Any], make_card: Callable[..., Any]) -> None:
    desk = make_desk("a", make_card("b", "derivative", hints=("One.",)))
    session = desk.sit()
    desk.all(1, 1, 4)
    question = session.question
    session.hint()
    assert session.undo().card_id == "a"
    desk.do(4)
    assert (session.question, session.drilling, session.hints_shown) == (question, True, ("One.",))
    assert desk.left() == ["b"]


def test_after_an_undo_a_leech_is_not_announced(make_desk: Callable[..., Any]) -> None:
    desk = make_desk("a", "b")
    session = desk.sit(Rules(leech_lapses=1))
    desk.do(1)
    assert session.leech
    session.undo()
    assert not session.leech


actions = st.lists(
    st.one_of(
        st.integers(0, 5), st.sampled_from(["undo", "restart", "wrong", "hint", "give up", "next day", "an hour"])
    ),
    max_size=40,
)


def act(desk: Any, action: int | str) -> None:
    """Do one thing that a learner does; a number is a grade."""
    session = desk.session
    asking = desk.asked is not None and session.outcome is None
    match action:
        case "undo":
            session.undo()
        case "restart":
            desk.again()
        case "next day":
            desk.hands.state(days=1)
            desk.again()
        case "an hour":
            desk.hands.state(hours=1)
        case "wrong" if asking:
            desk.wrong("trig-sign")
        case "hint" if asking:
            session.hint()
        case "give up" if asking:
            session.give_up()
        case int(quality) if desk.asked is not None:
            if asking:
                desk.right()
            session.grade(quality)


@given(actions=actions, rules=st.builds(Rules, order=st.sampled_from(Order), shuffle=st.booleans()))
def test_undoing_everything_restores_exactly_the_beginning(
    make_desk: Callable[..., Any], make_card: Callable[..., Any], actions: list[int | str], rules: Rules
) -> None:
    desk = make_desk(make_card("a", hints=("One.",)), *"bcde")
    desk.sit(rules)
    state, moment = desk.repository.state(), desk.hands.moment
    for action in actions:
        act(desk, action)
    while desk.session.undo() is not None:
        assert desk.session.question is not None
    assert desk.repository.state() == state
    assert desk.repository.reviews() == []
    desk.hands.moment = moment
    assert desk.again().progress == Progress(0, 5, 0)
    desk.repository.set_pending(None)
    desk.again()
    assert desk.left() == list("abcde")


@given(actions=actions, rules=st.builds(Rules, order=st.sampled_from(Order), shuffle=st.booleans()))
def test_whatever_the_learner_does_the_schedule_is_a_fold_of_the_log(
    make_desk: Callable[..., Any], actions: list[int | str], rules: Rules
) -> None:
    desk = make_desk(*"abcde")
    desk.sit(rules)
    for action in actions:
        act(desk, action)
        reviews = [review for review in desk.repository.reviews() if not review.drill]
        for card_id in "abcde":
            history = [(review.quality, review.study_day) for review in reviews if review.card_id == card_id]
            assert desk.repository.memory(card_id) == fold_history(history)
        pending = desk.repository.pending()
        assert (pending.card_id if pending else None) == desk.asked
        assert desk.session.progress.done == desk.session.summary().reviews


@given(actions=actions)
def test_whatever_the_learner_did_the_day_ends_with_nothing_due_and_nothing_to_drill(
    make_desk: Callable[..., Any], actions: list[int | str]
) -> None:
    desk = make_desk(*"abcde")
    desk.sit()
    for action in actions:
        act(desk, action)
    desk.again()
    for _ in range(20):
        if desk.asked is not None:
            act(desk, 4)
    assert desk.asked is None
    today = desk.hands.today()
    assert [
        desk.repository.due(today, Scope()),
        desk.repository.new(today, Scope()),
        desk.repository.drills(today, Scope()),
    ] == [[]] * 3
