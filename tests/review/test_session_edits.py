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
def desk(make_desk: Callable[..., Any]) -> Any:
    """Return a learner in front of the first of three new cards."""
    desk = make_desk("a", "b", "c")
    desk.sit()
    return desk


def test_an_edited_card_shows_its_new_wording_and_keeps_what_was_tried(
    desk: Any, make_card: Callable[..., Any]
) -> None:
    desk.wrong("outer-at-x")
    card = make_card("a", hints=("Look outside first.",))
    desk.repository.edit(replace(card, content=replace(card.content, ask="What does the chain rule say?")))
    question = desk.session.reload()
    assert question.prompt == "What does the chain rule say?"
    assert len(desk.session.attempts) == 1
    assert desk.session.hint() == "Look outside first."


def test_an_edit_after_the_answer_leaves_the_outcome(desk: Any, make_card: Callable[..., Any]) -> None:
    outcome = desk.right()
    desk.repository.edit(make_card("a", target=timedelta(seconds=1)))
    desk.session.reload()
    assert desk.session.outcome == outcome


def test_hints_that_an_edit_removed_are_not_shown(make_desk: Callable[..., Any], make_card: Callable[..., Any]) -> None:
    desk = make_desk(make_card("a", hints=("One.", "Two.")))
    session = desk.sit()
    session.hint()
    session.hint()
    desk.repository.edit(make_card("a", hints=("Only one.",)))
    session.reload()
    assert session.hints_shown == ("Only one.",)


def test_a_card_that_was_removed_gives_way_to_the_next(desk: Any) -> None:
    desk.repository.remove("a")
    assert desk.session.reload().card.id == "b"


def test_a_card_removed_before_it_is_graded_is_not_stored(desk: Any) -> None:
    desk.sit(Rules(leech_lapses=1, shuffle=False))
    desk.wrong()
    desk.repository.remove("a")
    gone = "this card is no longer in the deck; continue with the next one"
    assert desk.session.grade(1) == RefusedGrade("a", gone)
    assert desk.repository.log == []
    assert not desk.session.leech
    assert desk.left() == ["b", "c"]


def test_a_card_graded_in_another_session_meanwhile_is_drilled(desk: Any) -> None:
    desk.right()
    other = type(desk)(desk.repository, desk.hands)
    other.sit()
    elsewhere = other.session.grade(2)
    assert (elsewhere.number, other.session.grade_note) == (1, None)
    drill = desk.session.grade(3)
    assert (drill.number, drill.drill, drill.before, drill.after) == (2, True, elsewhere.after, elsewhere.after)
    assert desk.session.grade_note == (
        "“What is the chain rule?” was already reviewed today in another session or on another device. "
        "Your grade is saved as a drill."
    )
    assert not desk.session.leech
    assert desk.repository.log == [elsewhere, drill]
    assert desk.repository.memory("a") == elsewhere.after
    assert desk.left() == ["b", "c", "a"]  # a as a drill


def test_a_card_that_changed_since_it_was_asked_continues_from_what_is_known_of_it_now(desk: Any) -> None:
    desk.right()
    yesterday = plus_days(desk.hands.today(), -1)
    desk.repository.places["a"].memory = sm2.review(Memory(), 4, yesterday)
    review = desk.session.grade(5)
    assert not review.drill
    assert review.after == desk.repository.memory("a") == fold_history([(4, yesterday), (5, desk.hands.today())])
    assert desk.session.grade_note == (
        "The schedule of “What is the chain rule?” was changed in another session or on another device. "
        "Your grade is saved; the next review is in 6 days."
    )
    assert desk.session.undo() == review
    assert (desk.asked, desk.session.grade_note) == ("a", None)
    assert desk.repository.memory("a") == review.before
    desk.right()
    assert desk.session.grade(5).after == review.after
    assert desk.session.grade_note is None, "it was asked again, and nothing has changed since"


def test_a_drill_whose_review_is_undone_stays_a_drill(desk: Any) -> None:
    desk.all(2, 5, 5)
    assert (desk.asked, desk.session.drilling) == ("a", True)
    desk.right()
    desk.repository.places["a"].memory = Memory()
    drill = desk.session.grade(5)
    assert (drill.drill, drill.before, drill.after, desk.session.grade_note) == (True, Memory(), Memory(), None)


def test_a_leech_is_judged_by_the_lapses_that_the_card_has_now(desk: Any) -> None:
    desk.sit(Rules(leech_lapses=2, shuffle=False))
    desk.wrong()
    day = desk.hands.today()
    lapsed = fold_history([(4, plus_days(day, -9)), (4, plus_days(day, -8)), (1, plus_days(day, -2))])
    desk.repository.places["a"].memory = lapsed
    review = desk.session.grade(1)
    assert (review.before.lapses, review.after.lapses, desk.session.leech) == (1, 2, True)


def test_a_removed_card_can_be_answered_flagged_and_buried_without_harm(desk: Any) -> None:
    desk.repository.remove("a")
    assert desk.session.flag() is False
    desk.right()
    desk.session.bury()
    assert desk.asked == "b"
    desk.repository.remove("b")
    desk.session.suspend()
    assert desk.asked == "c"
