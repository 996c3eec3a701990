"""The exam: new compositions of functions from the learner's own skills; graded, and logged as practice."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import from_json, lost_card
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.question import make_question, question_with
from mnemosyne.cards.variants import Values, extremes, variants
from mnemosyne.errors import CardError
from mnemosyne.expressions.exercise import Exercise, ExerciseKind, exercise_in
from mnemosyne.scheduling.skills.compositions import compositions
from mnemosyne.scheduling.skills.skill_uses import skill_uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mnemosyne.collection import Collection
    from mnemosyne.review.session_plan import SessionPlan
    from mnemosyne.store.repository import ExamRepository

EXAM_QUESTION: Final = "exam:"  # the prefix of exam questions' ids; no id in a card file can have it
QUESTIONS: Final = 10  # the number of questions without a limit
_MOST_LOOKED_AT: Final = 2_000  # most variants of a card compared with a function; a larger number is sampled
_NUMBER: Final = re.compile(r"\d+")
_FUNCTION: Final = re.compile(r"[a-z]{2,}")


def composed(collection: Collection, plan: SessionPlan) -> SessionPlan:
    """Return the plan with the exam's questions; none if neither the log nor the deck has an exercise."""
    from mnemosyne.store.log import exercises_in_log

    practice = plan.practice
    if practice is None or practice.compositions:
        return plan
    answered = [exercise for text in exercises_in_log(collection.deck) if (exercise := exercise_in(text))]
    pairs = [*_exercises(collection)]
    skills = _skills(answered) or _skills(exercise for _, exercise in pairs[:1])
    lines = {exercise.f for exercise in (*answered, *(exercise for _, exercise in pairs))}
    varied = [_Varied(card) for card, _ in pairs if card.content.varies]

    def is_known(line: str) -> bool:
        return line in lines or any(card.may_ask(line) for card in varied)

    count, seed = plan.limit or QUESTIONS, collection.clock.new_seed("exam")
    lines_to_ask = compositions(skills, count, seed, is_known)
    ids = tuple(f"{EXAM_QUESTION}{number}" for number in range(1, len(lines_to_ask) + 1))
    return replace(plan, practice=replace(practice, ids=ids, compositions=lines_to_ask))


def exam_repository(collection: Collection, plan: SessionPlan) -> ExamRepository:
    """Return the repository of a session over these compositions."""
    from mnemosyne.store.repository import ExamRepository

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
    """Return a card that asks for the derivative of a function of x."""
    return Card(card_id, topic, Derivative(line))


def _exercises(collection: Collection) -> Iterator[tuple[Card, Exercise]]:
    """Yield the cards of the deck that have an exercise, with that of one variant, in the order of learning."""
    from mnemosyne.store.card_search import all_contents

    for content in all_contents(collection.deck):
        try:
            card = from_json(content)
            exercise = make_question(card, 0).expected.exercise
        except CardError:
            continue
        if exercise is not None:
            yield card, exercise


class _Varied:
    """A card with variants: which functions it may ask, ignoring their numbers."""

    def __init__(self, card: Card) -> None:
        self._card = card
        where = card.content.where
        rows = extremes(where, card.content.rules)
        names = [_FUNCTION.findall(line) for line in (*self._lines(rows), *self._lines([None]))]
        self._functions = frozenset(name for of_line in names for name in of_line)
        words = {value for candidates in where.values() for value in candidates if isinstance(value, str)}
        # Numbers never remove a function, but a card's conditions may exclude every row that has it.
        self._has_all_functions = words.issubset(value for row in rows for value in row.values())

    @cached_property
    def _shapes(self) -> frozenset[str]:
        rows = variants(self._card.content.where, self._card.content.rules, _MOST_LOOKED_AT)
        return frozenset(map(_shape, self._lines(rows)))

    def may_ask(self, line: str) -> bool:
        """Return whether some variant asks the function, ignoring numbers."""
        if self._has_all_functions and not self._functions.issuperset(_FUNCTION.findall(line)):
            return False
        return _shape(line) in self._shapes

    def _lines(self, rows: Iterable[Values | None]) -> Iterator[str]:
        """Yield the differentiated function for each row of values; for None, they are drawn."""
        for row in rows:
            with suppress(CardError):
                question = make_question(self._card, 0) if row is None else question_with(self._card, row)
                if (exercise := question.expected.exercise) is not None:
                    yield exercise.f


def _shape(line: str) -> str:
    """Return a function with its numbers masked."""
    return _NUMBER.sub("#", line)


def _skills(exercises: Iterable[Exercise]) -> frozenset[str]:
    return frozenset(name for exercise in exercises for name in skill_uses(exercise))
