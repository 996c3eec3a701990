"""Cards that are edited, removed or graded elsewhere while they are asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from folds import fold_history

from mnemosyne.review.record import RefusedGrade
from mnemosyne.review.rules import Rules
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days


@pytest.fixture
def learner(make_learner: Callable[..., Any]) -> Any:
    """Return a learner in front of the first of three new cards."""
    learner = make_learner("a", "b", "c")
    learner.start()
    return learner


def test_an_edited_card_shows_its_new_wording_and_keeps_what_was_tried(
    learner: Any, make_card: Callable[..., Any]
) -> None:
    learner.wrong("outer-at-x")
    card = make_card("a", hints=("Look outside first.",))
    learner.repository.edit(replace(card, content=replace(card.content, ask="What does the chain rule say?")))
    question = learner.session.reload()
    assert question.prompt == "What does the chain rule say?"
    assert len(learner.session.attempts) == 1
    assert learner.session.hint() == "Look outside first."


def test_an_edit_after_the_answer_leaves_the_outcome(learner: Any, make_card: Callable[..., Any]) -> None:
    outcome = learner.right()
    learner.repository.edit(make_card("a", target=timedelta(seconds=1)))
    learner.session.reload()
    assert learner.session.outcome == outcome


def test_hints_that_an_edit_removed_are_not_shown(
    make_learner: Callable[..., Any], make_card: Callable[..., Any]
) -> None:
    learner = make_learner(make_card("a", hints=("One.", "Two.")))
    session = learner.start()
    session.hint()
    session.hint()
    learner.repository.edit(make_card("a", hints=("Only one.",)))
    session.reload()
    assert session.hints_shown == ("Only one.",)


def test_in_place_of_a_removed_card_the_next_is_asked(learner: Any) -> None:
    learner.repository.remove("a")
    assert learner.session.reload().card.id == "b"


def test_a_card_removed_before_it_is_graded_is_not_stored(learner: Any) -> None:
    learner.start(Rules(leech_lapses=1, shuffle=False))
    learner.wrong()
    learner.repository.remove("a")
    message = "this card is no longer in the deck; continue with the next one"
    assert learner.session.grade(1) == RefusedGrade("a", message)
    assert learner.repository.log == []
    assert not learner.session.leech
    assert learner.finish() == ["b", "c"]


def test_a_card_graded_in_another_session_meanwhile_is_drilled(learner: Any) -> None:
    learner.right()
    other_learner = type(learner)(learner.repository, learner.clock)
    other_learner.start()
    elsewhere = other_learner.session.grade(2)
    assert (elsewhere.number, other_learner.session.grade_note) == (1, None)
    drill = learner.session.grade(3)
    assert (drill.number, drill.drill, drill.before, drill.after) == (2, True, elsewhere.after, elsewhere.after)
    assert learner.session.grade_note == (
        "“What is the chain rule?” was already reviewed today in another session or on another device. "
        "Your grade is saved as a drill."
    )
    assert not learner.session.leech
    assert learner.repository.log == [elsewhere, drill]
    assert learner.repository.memory("a") == elsewhere.after
    assert learner.finish() == ["b", "c", "a"]  # a as a drill


def test_a_card_that_changed_since_it_was_asked_continues_from_what_is_known_of_it_now(learner: Any) -> None:
    learner.right()
    yesterday = plus_days(learner.clock.today(), -1)
    learner.repository.places["a"].memory = sm2.review(Memory(), 4, yesterday)
    review = learner.session.grade(5)
    assert not review.drill
    assert review.after == learner.repository.memory("a") == fold_history([(4, yesterday), (5, learner.clock.today())])
    assert learner.session.grade_note == (
        "The schedule of “What is the chain rule?” was changed in another session or on another device. "
        "Your grade is saved; the next review is in 6 days."
    )
    assert learner.session.undo() == review
    assert (learner.asked_id, learner.session.grade_note) == ("a", None)
    assert learner.repository.memory("a") == review.before
    learner.right()
    assert learner.session.grade(5).after == review.after
    assert learner.session.grade_note is None, "it was asked again, and nothing has changed since"


def test_a_drill_whose_review_is_undone_stays_a_drill(learner: Any) -> None:
    learner.grade_all(2, 5, 5)
    assert (learner.asked_id, learner.session.drilling) == ("a", True)
    learner.right()
    learner.repository.places["a"].memory = Memory()
    drill = learner.session.grade(5)
    assert (drill.drill, drill.before, drill.after, learner.session.grade_note) == (True, Memory(), Memory(), None)


def test_a_leech_is_judged_by_the_lapses_that_the_card_has_now(learner: Any) -> None:
    learner.start(Rules(leech_lapses=2, shuffle=False))
    learner.wrong()
    day = learner.clock.today()
    lapsed = fold_history([(4, plus_days(day, -9)), (4, plus_days(day, -8)), (1, plus_days(day, -2))])
    learner.repository.places["a"].memory = lapsed
    review = learner.session.grade(1)
    assert (review.before.lapses, review.after.lapses, learner.session.leech) == (1, 2, True)


def test_a_removed_card_can_be_answered_flagged_and_buried_without_harm(learner: Any) -> None:
    learner.repository.remove("a")
    assert learner.session.flag() is False
    learner.right()
    learner.session.bury()
    assert learner.asked_id == "b"
    learner.repository.remove("b")
    learner.session.suspend()
    assert learner.asked_id == "c"
