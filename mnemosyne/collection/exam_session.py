"""The exam: compositions never asked before, made of the learner's own skills; graded, logged as practice."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import from_json
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.question import make_question, question_with
from mnemosyne.cards.variants import extremes
from mnemosyne.errors import CardError
from mnemosyne.expressions.exercise import Exercise, ExerciseKind, exercise_in
from mnemosyne.scheduling.skills.compositions import compositions
from mnemosyne.scheduling.skills.skill_uses import skill_uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mnemosyne.collection import Collection
    from mnemosyne.review.session_plan import SessionPlan
    from mnemosyne.store.exam_repository import ExamRepository

EXAM_QUESTION: Final = "exam:"  # what the ids of its questions begin with; no card file can have such an id
QUESTIONS: Final = 10  # of an exam without a limit
_SEEDS: Final = 8  # of a card's variants that are looked at beside those with its extreme numbers
_NUMBER: Final = re.compile(r"\d+")


def composed(collection: Collection, plan: SessionPlan) -> SessionPlan:
    """Return the plan of an exam with its questions; none where no function was met and no card begins with one."""
    practice = plan.practice
    if practice is None or practice.compositions:
        return plan
    answered = [exercise for text in _texts_in_log(collection) if (exercise := exercise_in(text))]
    asked = [*_exercises(collection)]
    of_cards = [exercise for _, exercise in asked]
    skills = _skills(answered) or _skills(of_cards[:1])
    lines = {exercise.f for exercise in (*answered, *of_cards)}
    shapes = {_shape(exercise.f) for card, _ in asked if card.content.varies for exercise in _variants(card)}

    def is_known(line: str) -> bool:
        return line in lines or _shape(line) in shapes

    count, seed = plan.limit or QUESTIONS, collection.clock.new_seed("exam")
    lines_to_ask = compositions(skills, count, seed, is_known)
    ids = tuple(f"{EXAM_QUESTION}{number}" for number in range(1, len(lines_to_ask) + 1))
    return replace(plan, practice=replace(practice, ids=ids, compositions=lines_to_ask))


def exam_repository(collection: Collection, plan: SessionPlan) -> ExamRepository:
    """Return the repository of a session over these compositions."""
    from mnemosyne.collection.repair import lost_card
    from mnemosyne.store.exam_repository import ExamRepository

    practice = plan.practice
    assert practice is not None
    topic = next((card.topic for card, _ in _exercises(collection)), "")
    cards = {
        card_id: (exam_card(card_id, line, topic), Exercise(ExerciseKind.DERIVATIVE, line, "x").text)
        for card_id, line in zip(practice.ids or (), practice.compositions, strict=True)
    }
    clock, scheduler = collection.clock, collection.rules.scheduler
    return ExamRepository(collection.deck, from_json, clock.now, scheduler, cards, lost_card)


def exam_card(card_id: str, line: str, topic: str = "") -> Card:
    """Return what stands in for a card where an exam asks for the derivative of a function of x."""
    return Card(card_id, topic, Derivative(line))


def _texts_in_log(collection: Collection) -> frozenset[str]:
    from mnemosyne.store.exam_repository import exercises_in_log

    return exercises_in_log(collection.deck)


def _exercises(collection: Collection) -> Iterator[tuple[Card, Exercise]]:
    """Yield the cards of the deck that have an exercise, with that of one variant, in the order of learning."""
    from mnemosyne.store.states import all_contents

    for content in all_contents(collection.deck):
        try:
            card = from_json(content)
            exercise = make_question(card, 0).expected.exercise
        except CardError:
            continue
        if exercise is not None:
            yield card, exercise


def _variants(card: Card) -> Iterator[Exercise]:
    """Yield the exercises of a card with its extreme numbers and every name of a function, and a few more."""
    values = extremes(card.content.where, card.content.rules)
    questions = [*(question_with(card, row) for row in values), *(make_question(card, n) for n in range(_SEEDS))]
    for question in questions:
        if (exercise := question.expected.exercise) is not None:
            yield exercise


def _shape(line: str) -> str:
    """Return a function without its numbers."""
    return _NUMBER.sub("#", line)


def _skills(exercises: Iterable[Exercise]) -> frozenset[str]:
    return frozenset(name for exercise in exercises for name in skill_uses(exercise))
