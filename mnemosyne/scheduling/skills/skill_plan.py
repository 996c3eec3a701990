"""Which parametric cards a day asks where skills schedule: enough to meet every skill that is due, in little time.

A skill is due while its recall is below the desired retention. Cards are taken one after the other, each time the one
that meets most of what is forgotten for its time, Σ w·(1 − R)/time over the due skills that no card before it takes. A
card whose own recall has fallen far comes again as well, whatever its skills.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import Weights
from mnemosyne.scheduling.skills.skill_memory import (
    ExerciseAnswer,
    OwnState,
    card_after,
    recall_of_skill,
    skill_memories,
)
from mnemosyne.scheduling.skills.skill_uses import skill_uses, weight
from mnemosyne.scheduling.skills.skills_day import SkillsDay

_LEAST_SECONDS: Final = 1.0
LEAST_OWN_RECALL: Final = 0.6  # probability of recall below which a card comes again for its own sake


@dataclass(frozen=True, slots=True)
class SkillQuestion:
    """A parametric card that was met before, as a question about skills."""

    card_id: str
    weights: Mapping[str, float]  # how much its exercise depends on each skill, 0 to 1
    seconds: float  # that it usually takes, more than 0
    own_recall: float  # the probability of recall by the card alone


def planned_day(
    weights: Weights, answers: Sequence[ExerciseAnswer], cards: AbstractSet[str], day: int, desired_retention: float
) -> SkillsDay:
    """Return what skills make of a study day, an ordinal.

    `answers` are those of the days before it, so that the plan is the same at every hour; `cards` the parametric cards
    that can be asked.
    """
    questions = tuple(_questions(weights, [answer for answer in answers if answer.card_id in cards], day))
    memories = skill_memories(weights, answers)
    recalls = {name: recall_of_skill(weights, memory, day) for name, memory in memories.items()}
    asked = due_by_skills(questions, recalls, desired_retention)
    return SkillsDay(frozenset(question.card_id for question in questions), asked)


def _questions(weights: Weights, answers: Iterable[ExerciseAnswer], day: int) -> Iterable[SkillQuestion]:
    """Yield the cards as their exercises were so far: their skills and their time are means over what was asked."""
    states: dict[str, OwnState] = {}
    by_card: dict[str, list[ExerciseAnswer]] = defaultdict(list)
    for answer in sorted(answers, key=lambda answer: answer.event_id):
        states[answer.card_id] = card_after(weights, states.get(answer.card_id), answer)
        by_card[answer.card_id].append(answer)
    for card_id, asked in by_card.items():
        uses = [skill_uses(answer.exercise) for answer in asked]
        names = sorted({name for skills in uses for name in skills})
        shares = {name: fmean(weight(skills.get(name, 0)) for skills in uses) for name in names}
        seconds = max(_LEAST_SECONDS, fmean(answer.seconds for answer in asked))
        state, last = states[card_id]
        own_recall = fsrs.retrievability(weights, state.stability, max(0, day - last))
        yield SkillQuestion(card_id, shares, seconds, own_recall)


def due_by_skills(
    questions: Sequence[SkillQuestion], recalls: Mapping[str, float], desired_retention: float
) -> tuple[str, ...]:
    """Return the ids of the cards to ask, in order; `recalls` are those of the skills that were met."""
    forgotten = {name: 1 - recall for name, recall in recalls.items() if recall < desired_retention}
    taken = tuple(_cover(questions, forgotten))
    faded = (question for question in questions if question.own_recall < LEAST_OWN_RECALL)
    in_order = sorted(faded, key=lambda question: (question.own_recall, question.card_id))
    return tuple(dict.fromkeys((*taken, *(question.card_id for question in in_order))))


def _cover(questions: Iterable[SkillQuestion], forgotten: Mapping[str, float]) -> Iterable[str]:
    """Yield the ids of cards until every forgotten skill that any card takes is taken; of equals the least recalled."""
    open_skills = dict(forgotten)
    left = list(questions)

    def rank(question: SkillQuestion) -> tuple[float, float, str]:
        value = sum(share * open_skills.get(name, 0.0) for name, share in question.weights.items()) / question.seconds
        return -value, question.own_recall, question.card_id

    while open_skills:
        left = [question for question in left if not open_skills.keys().isdisjoint(question.weights)]
        if not left:
            return
        best = min(left, key=rank)
        for name in best.weights:
            open_skills.pop(name, None)
        yield best.card_id
