"""An exam asks what no card and no answer contained, is graded like any derivative, and changes nothing but the log."""

from __future__ import annotations

import pytest

from mnemosyne.cards.question import make_question, variant_questions
from mnemosyne.collection.card_changes import undo_newest
from mnemosyne.collection.doctor import RepairPlan, examine
from mnemosyne.collection.practising import next_steps_of
from mnemosyne.errors import InputError
from mnemosyne.expressions.exercise import exercise_in
from mnemosyne.review.next_steps import NextStepKind
from mnemosyne.review.session import Session
from mnemosyne.review.session_plan import Practice, SessionPlan
from mnemosyne.store.log import exercises_in_log, read_reviews
from mnemosyne.store.repository import EXAM
from mnemosyne.verdict import Verdict, Word

EXAM_PLAN = SessionPlan(limit=4, practice=Practice(exam=True))
RIGHT, WRONG = Verdict(Word.CORRECT, "Correct."), Verdict(Word.INCORRECT, "", misconception="sign-flipped")


def functions_of(session: Session) -> list[str]:
    """Return what the whole exam asks, giving up on each question."""
    lines = []
    while session.question is not None:
        lines.append(session.question.expected.exercise.f)
        session.give_up()
        session.grade(1)
    return lines


def test_with_an_empty_log_it_is_composed_from_the_first_card(collection):
    lines = functions_of(collection.session(EXAM_PLAN))
    assert len(lines) == len(set(lines)) == 4
    assert all(line.startswith("sin(") and line != "sin(x^2)" for line in lines)


def test_no_exam_asks_what_another_asked(collection):
    first = functions_of(collection.session(EXAM_PLAN))
    assert not {*first} & {*functions_of(collection.session(EXAM_PLAN))}
    assert {exercise_in(text).f for text in exercises_in_log(collection.deck)} >= {*first}


def test_no_variant_of_a_card_is_asked_whatever_its_numbers(collection):
    numbers = [number for number in range(-40, 41) if number]
    cards = [f"{{id: c{n}, kind: derivative, f: sin(a x^{n}), where: {{a: {numbers}}}}}" for n in (2, 3, 4, 5)]
    deck = collection.settings.card_folders[0] / "chains" / "deck.yaml"
    deck.write_text("cards:\n" + "".join(f"  - {card}\n" for card in cards), encoding="utf-8")
    lines = functions_of(collection.session(SessionPlan(limit=30, practice=Practice(exam=True))))
    variants = {
        question.expected.exercise.f
        for n in (2, 3, 4, 5)
        for _, question in variant_questions(collection.repository.card(f"c{n}"))
    }
    assert "sin(x^4)" in variants, "the one with the number 1, in the middle of the range"
    assert lines
    assert not variants & {*lines}


def test_no_variant_is_asked_though_its_function_is_in_neither_extreme_variant(collection):
    where = "{F: [sin, cos, tan], a: 1..2, if: a < 2}"  # cos would need the larger number, which no variant has
    cards = ["{id: met, kind: derivative, f: cos(x^7)}"]  # an exam is composed of what the learner has met
    cards += [f"{{id: c{n}, kind: derivative, f: F(a x^{n}), where: {where}}}" for n in (2, 3, 4, 5)]
    deck = collection.settings.card_folders[0] / "chains" / "deck.yaml"
    deck.write_text("cards:\n" + "".join(f"  - {card}\n" for card in cards), encoding="utf-8")
    lines = functions_of(collection.session(SessionPlan(limit=60, practice=Practice(exam=True))))
    assert any(line.startswith("cos(") for line in lines)
    assert not {f"cos(x^{n})" for n in (2, 3, 4, 5)} & {*lines}


def test_nothing_changes_but_the_log(collection, grade):
    grade("one", 3)
    before = collection.repository.memory("one")
    functions_of(collection.session(EXAM_PLAN))
    assert collection.repository.memory("one") == before
    assert collection.repository.pending() is None
    logged = [review for review in read_reviews(collection.deck) if review.practice]
    assert [(review.card_id, review.scheduled, review.quality) for review in logged] == [(EXAM, False, 1)] * 4
    assert not [check for check in examine(collection, RepairPlan()) if not check.fine]


def test_the_summary_says_how_many_were_right_by_skill(collection):
    session = collection.session(EXAM_PLAN)
    for verdict, quality in ((RIGHT, 5), (WRONG, 1), (RIGHT, 4)):
        session.answer("1", verdict)
        if session.outcome is None or session.outcome.proposal is None:
            session.answer("2", verdict)
        session.grade(quality)
    summary = session.summary()
    assert (summary.practised, summary.practised_correct) == (3, 2)
    assert ("sine of something", 3, 2) in summary.by_skill
    assert summary.misconceptions == (("sign-flipped", 1),)


def test_an_undo_asks_the_same_question_again(collection):
    session = collection.session(EXAM_PLAN)
    first_question = session.question
    session.give_up()
    session.grade(0)
    assert session.question != first_question
    session.undo()
    assert session.question == first_question
    assert session.summary().practised == 0


def test_an_undo_in_another_session_removes_it_and_asks_nothing(collection):
    session = collection.session(EXAM_PLAN)
    session.give_up()
    session.grade(0)
    other_session = collection.session()
    before = other_session.question
    other_session.undo()
    assert other_session.question == before
    session = collection.session(EXAM_PLAN)
    name = session.question.prompt.strip("$.").replace("$", "")
    session.give_up()
    session.grade(0)
    assert undo_newest(collection) == f"Undone: grade 0 for “{name}”."


@pytest.mark.parametrize("act", [Session.bury, Session.suspend, Session.flag])
def test_exam_questions_cannot_be_suspended_buried_or_flagged(collection, act):
    session = collection.session(EXAM_PLAN)
    first_question = session.question
    with pytest.raises(
        InputError, match=r"^this question belongs to no card; answer it, show its solution, or leave the exam$"
    ):
        act(session)
    assert session.question == first_question


def test_without_functions_there_is_no_exam(collection):
    deck = collection.settings.card_folders[0] / "chains" / "deck.yaml"
    deck.write_text("cards:\n  - {id: two, kind: recall, ask: Say it., answer: It.}\n", encoding="utf-8")
    session = collection.session(EXAM_PLAN)
    assert session.question is None
    steps = next_steps_of(collection, session.plan)
    assert steps.reasons == (
        "There is nothing yet to build an exam from: no card asks for the derivative of a function.",
    )


def test_it_is_offered_where_nothing_is_left(collection, grade):
    grade("one", 1)
    offers = {offer.kind: offer for offer in next_steps_of(collection, SessionPlan()).offers}
    assert offers[NextStepKind.EXAM].label == "Take an exam: functions that no card has, built from what you have met"
    assert offers[NextStepKind.EXAM].plan.practice == Practice(exam=True)


def test_its_answers_are_judged_as_any_derivative(collection):
    session = collection.session(EXAM_PLAN)
    question = session.question
    expected = collection.solve(question).derivative
    assert collection.judge(question, expected).word is Word.CORRECT
    assert collection.judge(question, question.expected.line).word is Word.INCORRECT
    assert make_question(question.card, 1).expected == question.expected
