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
def learner(make_learner: Callable[..., Any], make_card: Callable[..., Any]) -> Any:
    """Return a learner with a parametric card with hints and two others."""
    learner = make_learner(make_card("a", "derivative", hints=("One.", "Two.")), "b", "c")
    learner.start()
    return learner


def test_the_same_question_comes_back(learner: Any) -> None:
    question = learner.session.question
    assert learner.restart().question == question
    assert learner.restart().question == question
    assert learner.session.progress.left == 3


def test_its_hints_attempts_and_time_come_back_too(learner: Any) -> None:
    learner.clock.turn(seconds=20)
    learner.session.hint()
    learner.clock.turn(seconds=20)
    learner.wrong("sign-flipped")
    learner.clock.turn(days=200)  # the time in which there was no session
    session = learner.restart()
    assert session.hints_shown == ("One.",)
    assert session.attempts == (Attempt("cos(x^2)", "incorrect", "sign-flipped", links=2),)
    assert session.outcome is None
    learner.clock.turn(seconds=2)
    learner.right()
    review = session.grade(3)
    assert (review.attempts, review.hints, review.duration) == (2, 1, timedelta(seconds=42))


def test_an_answer_that_was_not_graded_yet_waits_for_its_grade(learner: Any) -> None:
    learner.clock.turn(seconds=50)
    outcome = learner.right(links=2)
    learner.clock.turn(hours=1)
    session = learner.restart()
    assert session.outcome.proposal == outcome.proposal
    assert session.outcome.proposal.reason == "correct in 50 s; target 1 min"
    assert session.outcome.verdict == Verdict(Word.CORRECT)
    review = session.grade(5)
    assert (review.answer, review.verdict, review.duration) == ("2x cos(x^2)", "correct", timedelta(seconds=50))
    assert learner.asked_id == "b"


def test_an_incorrect_answer_keeps_its_misconception(learner: Any) -> None:
    learner.wrong("outer-at-x")
    learner.wrong("trig-sign")
    session = learner.restart()
    assert session.outcome.verdict == Verdict(Word.INCORRECT, misconception="trig-sign")
    assert session.grade(1).misconception == "trig-sign"


def test_what_was_given_up_stays_given_up_and_what_was_revealed_revealed(learner: Any) -> None:
    learner.session.give_up()
    assert learner.restart().outcome.proposal == Proposal(0, "given up", (1,) * 6)
    learner.session.grade(0)
    learner.session.reveal()
    reason = "compare your answer with the one shown and grade yourself"
    assert learner.restart().outcome.proposal == Proposal(None, reason, (1,) * 6)
    assert learner.session.outcome.verdict is None


def test_a_drill_resumes_as_a_drill(learner: Any) -> None:
    learner.grade_all(1, 5, 5)
    question = learner.session.question
    assert learner.session.drilling
    session = learner.restart()
    assert (session.drilling, session.question) == (True, question)
    assert learner.finish() == ["a"]


def test_the_card_in_progress_counts_for_the_limit(learner: Any) -> None:
    learner.start(limit=2)
    assert learner.finish() == ["a", "b"]


def test_a_question_of_another_scope_is_not_asked(
    make_learner: Callable[..., Any], make_card: Callable[..., Any]
) -> None:
    learner = make_learner("a", make_card("b", topic="limits"))
    learner.start()
    learner.start(scope=Scope(topic="limits"))
    assert learner.finish() == ["b"]


@pytest.mark.parametrize("happened", ["removed", "suspended", "graded elsewhere"])
def test_a_question_whose_card_is_no_longer_to_be_asked_is_dropped(learner: Any, happened: str) -> None:
    if happened == "removed":
        learner.repository.remove("a")
    elif happened == "suspended":
        learner.repository.suspend("a", suspended=True)
    else:
        learner.repository.places["a"].memory = sm2.review(learner.repository.memory("a"), 5, learner.clock.today())
    learner.restart()
    assert learner.finish() == ["b", "c"]


def test_a_drill_of_yesterday_is_dropped_for_the_review_of_today(learner: Any) -> None:
    learner.grade_all(1, 5, 5)
    learner.clock.turn(days=1)
    assert not learner.restart().drilling
    assert sorted(learner.finish()) == ["a", "b", "c"]


def test_an_edited_card_resumes_with_its_new_wording(learner: Any, make_card: Callable[..., Any]) -> None:
    learner.session.hint()
    learner.session.hint()
    learner.wrong("outer-at-x")
    learner.repository.edit(make_card("a", hints=("Only one.",)))
    session = learner.restart()
    assert session.question.prompt == "What is the chain rule?"
    assert session.hints_shown == ("Only one.",)
    assert learner.right().proposal.quality == 2


def test_a_session_with_nothing_to_ask_leaves_the_question_of_another_alone(learner: Any) -> None:
    pending = learner.repository.pending()
    assert learner.start(scope=Scope(topic="limits")).question is None
    assert learner.repository.pending() == pending == Pending("a", 1, False)


STEPS: list[Callable[[Any], object]] = [
    lambda learner: learner.session.hint(),
    lambda learner: learner.wrong("outer-at-x"),
    lambda learner: learner.right(),
    lambda learner: learner.session.grade(2),
    lambda learner: learner.session.give_up(),
    lambda learner: learner.session.grade(0),
    lambda learner: learner.session.undo(),
    lambda learner: learner.right(),
    lambda learner: learner.session.grade(3),
    lambda learner: learner.session.bury(),
    lambda learner: learner.right(),  # the drill of a
    lambda learner: learner.session.grade(4),
    lambda learner: learner.right(),  # the drill of b
    lambda learner: learner.session.grade(5),
]


def final_state(learner: Any) -> tuple[Any, ...]:
    """Return what is in the repository at the end, except seeds and numbers."""
    log = [
        (r.card_id, r.quality, r.drill, r.attempts, r.hints, r.before, r.after) for r in learner.repository.reviews()
    ]
    return learner.repository.state(), log, learner.repository.pending()


def test_the_steps_make_a_whole_session(learner: Any) -> None:
    for step in STEPS:
        step(learner)
    assert learner.asked_id is None
    log = [(review.card_id, review.quality, review.drill) for review in learner.repository.reviews()]
    assert log == [("a", 2, False), ("b", 3, False), ("a", 4, True), ("b", 5, True)]
    assert [review.quality for review in learner.repository.log] == [2, 0, 3, 4, 5]


@pytest.mark.parametrize("killed_after", range(len(STEPS)))
def test_killed_after_any_step_the_session_ends_the_same(
    learner: Any, make_learner: Callable[..., Any], killed_after: int
) -> None:
    undisturbed = make_learner(*(place.card for place in learner.repository.places.values()))
    undisturbed.start()
    for number, step in enumerate(STEPS):
        step(undisturbed)
        step(learner)
        if number == killed_after:
            question, outcome, progress = learner.session.question, learner.session.outcome, learner.session.progress
            session = learner.restart()
            assert session.question == question
            assert (session.outcome is None) == (outcome is None)
            assert (session.progress.left, session.progress.drills) == (progress.left, progress.drills)
    assert final_state(learner) == final_state(undisturbed)


@pytest.mark.parametrize("write", range(1, 22))
def test_killed_before_any_write_nothing_graded_is_lost(learner: Any, killed: type[BaseException], write: int) -> None:
    graded: list[Any] = []
    learner.repository.kill_before_write(write)
    try:
        for step in STEPS:
            outcome = step(learner)
            if step is STEPS[6]:
                graded.remove(outcome)
            elif getattr(outcome, "number", 0):
                graded.append(outcome)
    except killed:
        pass
    else:
        pytest.fail("the session made fewer writes than that")
    learner.repository.kill_before_write(None)
    acknowledged = {review.number for review in graded}
    assert acknowledged <= {review.number for review in learner.repository.log}
    learner.restart()
    while learner.asked_id is not None:
        if learner.session.outcome is None:
            learner.right()
        learner.session.grade(5)
    memories = {card_id: place.memory for card_id, place in learner.repository.places.items()}
    for card_id, memory in memories.items():
        history = [
            (r.quality, r.study_day) for r in learner.repository.reviews() if r.card_id == card_id and not r.drill
        ]
        assert memory == fold_history(history)
    assert learner.restart().question is None


def test_the_last_step_makes_no_more_writes_than_are_tried(learner: Any) -> None:
    writes_before = learner.repository.writes
    for step in STEPS:
        step(learner)
    assert learner.repository.writes - writes_before == 21


def test_an_open_second_try_is_closed_if_the_setting_is_off_by_then(learner: Any) -> None:
    learner.wrong("outer-at-x")
    session = learner.start(Rules(shuffle=False, second_try=False))
    assert session.outcome.proposal == Proposal(1, "incorrect", (1,) * 6)
