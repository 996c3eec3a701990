"""An interrupted session: killed after each step and before each write, the next one resumes where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from folds import fold_history

from mnemosyne.review.ports import Scope
from mnemosyne.review.quality import Proposal
from mnemosyne.review.record import Attempt, Pending
from mnemosyne.review.rules import Rules
from mnemosyne.scheduling import sm2
from mnemosyne.verdict import Verdict, Word


@pytest.fixture
def desk(make_desk: Callable[..., Any], make_card: Callable[..., Any]) -> Any:
    """Return a learner with a parametric card with hints and two others."""
    desk = make_desk(make_card("a", "derivative", hints=("One.", "Two.")), "b", "c")
    desk.sit()
    return desk


def test_the_same_question_comes_back(desk: Any) -> None:
    question = desk.session.question
    assert desk.again().question == question
    assert desk.again().question == question
    assert desk.session.progress.left == 3


def test_with_the_hints_the_attempts_and_the_time(desk: Any) -> None:
    desk.hands.state(seconds=20)
    desk.session.hint()
    desk.hands.state(seconds=20)
    desk.wrong("sign-flipped")
    desk.hands.state(days=200)  # the time in which there was no session
    session = desk.again()
    assert session.hints_shown == ("One.",)
    assert session.attempts == (Attempt("cos(x^2)", "incorrect", "sign-flipped", links=2),)
    assert session.outcome is None
    desk.hands.state(seconds=2)
    desk.right()
    review = session.grade(3)
    assert (review.attempts, review.hints, review.duration) == (2, 1, timedelta(seconds=42))


def test_an_answer_that_was_not_graded_yet_waits_for_its_grade(desk: Any) -> None:
    desk.hands.state(seconds=50)
    outcome = desk.right(links=2)
    desk.hands.state(hours=1)
    session = desk.again()
    assert session.outcome.proposal == outcome.proposal
    assert session.outcome.proposal.reason == "correct in 50 s; target 1 min"
    assert session.outcome.verdict == Verdict(Word.CORRECT)
    review = session.grade(5)
    assert (review.answer, review.verdict, review.duration) == ("2x cos(x^2)", "correct", timedelta(seconds=50))
    assert desk.asked == "b"


def test_an_incorrect_answer_keeps_its_misconception(desk: Any) -> None:
    desk.wrong("outer-at-x")
    desk.wrong("trig-sign")
    session = desk.again()
    assert session.outcome.verdict == Verdict(Word.INCORRECT, misconception="trig-sign")
    assert session.grade(1).misconception == "trig-sign"


def test_what_was_given_up_stays_given_up_and_what_was_revealed_revealed(desk: Any) -> None:
    desk.session.give_up()
    assert desk.again().outcome.proposal == Proposal(0, "given up", (1,) * 6)
    desk.session.grade(0)
    desk.session.reveal()
    reason = "compare your answer with the one shown and grade yourself"
    assert desk.again().outcome.proposal == Proposal(None, reason, (1,) * 6)
    assert desk.session.outcome.verdict is None


def test_a_drill_resumes_as_a_drill(desk: Any) -> None:
    desk.all(1, 5, 5)
    question = desk.session.question
    assert desk.session.drilling
    session = desk.again()
    assert (session.drilling, session.question) == (True, question)
    assert desk.left() == ["a"]


def test_the_card_in_progress_counts_for_the_limit(desk: Any) -> None:
    desk.sit(limit=2)
    assert desk.left() == ["a", "b"]


def test_a_question_of_another_scope_is_not_asked(make_desk: Callable[..., Any], make_card: Callable[..., Any]) -> None:
    desk = make_desk("a", make_card("b", topic="limits"))
    desk.sit()
    desk.sit(scope=Scope(topic="limits"))
    assert desk.left() == ["b"]


@pytest.mark.parametrize("happened", ["removed", "suspended", "graded elsewhere"])
def test_a_question_whose_card_is_no_longer_to_be_asked_is_dropped(desk: Any, happened: str) -> None:
    if happened == "removed":
        desk.repository.remove("a")
    elif happened == "suspended":
        desk.repository.suspend("a", suspended=True)
    else:
        desk.repository.places["a"].memory = sm2.review(desk.repository.memory("a"), 5, desk.hands.today())
    desk.again()
    assert desk.left() == ["b", "c"]


def test_a_drill_of_yesterday_is_dropped_for_the_review_of_today(desk: Any) -> None:
    desk.all(1, 5, 5)
    desk.hands.state(days=1)
    assert not desk.again().drilling
    assert sorted(desk.left()) == ["a", "b", "c"]


def test_an_edited_card_resumes_with_its_new_wording(desk: Any, make_card: Callable[..., Any]) -> None:
    desk.session.hint()
    desk.session.hint()
    desk.wrong("outer-at-x")
    desk.repository.edit(make_card("a", hints=("Only one.",)))
    session = desk.again()
    assert session.question.prompt == "What is the chain rule?"
    assert session.hints_shown == ("Only one.",)
    assert desk.right().proposal.quality == 2


def test_a_session_with_nothing_to_ask_leaves_the_question_of_another_alone(desk: Any) -> None:
    pending = desk.repository.pending()
    assert desk.sit(scope=Scope(topic="limits")).question is None
    assert desk.repository.pending() == pending == Pending("a", 1, False)


STEPS: list[Callable[[Any], object]] = [
    lambda desk: desk.session.hint(),
    lambda desk: desk.wrong("outer-at-x"),
    lambda desk: desk.right(),
    lambda desk: desk.session.grade(2),
    lambda desk: desk.session.give_up(),
    lambda desk: desk.session.grade(0),
    lambda desk: desk.session.undo(),
    lambda desk: desk.right(),
    lambda desk: desk.session.grade(3),
    lambda desk: desk.session.bury(),
    lambda desk: desk.right(),  # the drill of a
    lambda desk: desk.session.grade(4),
    lambda desk: desk.right(),  # the drill of b
    lambda desk: desk.session.grade(5),
]


def final_state(desk: Any) -> tuple[Any, ...]:
    """Return what is in the repository at the end, except seeds and numbers."""
    log = [(r.card_id, r.quality, r.drill, r.attempts, r.hints, r.before, r.after) for r in desk.repository.reviews()]
    return desk.repository.state(), log, desk.repository.pending()


def test_the_steps_make_a_whole_session(desk: Any) -> None:
    for step in STEPS:
        step(desk)
    assert desk.asked is None
    log = [(review.card_id, review.quality, review.drill) for review in desk.repository.reviews()]
    assert log == [("a", 2, False), ("b", 3, False), ("a", 4, True), ("b", 5, True)]
    assert [review.quality for review in desk.repository.log] == [2, 0, 3, 4, 5]


@pytest.mark.parametrize("killed_after", range(len(STEPS)))
def test_killed_after_any_step_the_session_ends_the_same(
    desk: Any, make_desk: Callable[..., Any], killed_after: int
) -> None:
    undisturbed = make_desk(*(place.card for place in desk.repository.places.values()))
    undisturbed.sit()
    for number, step in enumerate(STEPS):
        step(undisturbed)
        step(desk)
        if number == killed_after:
            question, outcome, progress = desk.session.question, desk.session.outcome, desk.session.progress
            session = desk.again()
            assert session.question == question
            assert (session.outcome is None) == (outcome is None)
            assert (session.progress.left, session.progress.drills) == (progress.left, progress.drills)
    assert final_state(desk) == final_state(undisturbed)


@pytest.mark.parametrize("write", range(1, 22))
def test_killed_before_any_write_nothing_graded_is_lost(desk: Any, killed: type[BaseException], write: int) -> None:
    graded: list[Any] = []
    desk.repository.kill_before_write(write)
    try:
        for step in STEPS:
            done = step(desk)
            if step is STEPS[6]:
                graded.remove(done)
            elif getattr(done, "number", 0):
                graded.append(done)
    except killed:
        pass
    else:
        pytest.fail("the session made fewer writes than that")
    desk.repository.kill_before_write(None)
    acknowledged = {review.number for review in graded}
    assert acknowledged <= {review.number for review in desk.repository.log}
    desk.again()
    while desk.asked is not None:
        if desk.session.outcome is None:
            desk.right()
        desk.session.grade(5)
    memories = {card_id: place.memory for card_id, place in desk.repository.places.items()}
    for card_id, memory in memories.items():
        history = [(r.quality, r.study_day) for r in desk.repository.reviews() if r.card_id == card_id and not r.drill]
        assert memory == fold_history(history)
    assert desk.again().question is None


def test_the_last_step_makes_no_more_writes_than_are_tried(desk: Any) -> None:
    begun = desk.repository.writes
    for step in STEPS:
        step(desk)
    assert desk.repository.writes - begun == 21


def test_an_open_second_try_is_closed_if_the_setting_is_off_by_then(desk: Any) -> None:
    desk.wrong("outer-at-x")
    session = desk.sit(Rules(shuffle=False, second_try=False))
    assert session.outcome.proposal == Proposal(1, "incorrect", (1,) * 6)
