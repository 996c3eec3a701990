"""Which parametric cards a day asks where skills schedule: enough to meet every skill that is due, in little time.

A skill is due while its recall is below the desired retention. Cards are taken one after the other, each time the one
that meets most of what is forgotten for its time, Σ w·(1 − R)/time over the due skills that no card before it takes. A
card whose own recall has fallen far comes again as well, whatever its skills.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEAST_OWN_RECALL: Final = 0.6  # probability of recall below which a card comes again for its own sake


@dataclass(frozen=True, slots=True)
class SkillQuestion:
    """A parametric card that was met before, as a question about skills."""

    card_id: str
    weights: Mapping[str, float]  # how much its exercise depends on each skill, 0 to 1
    seconds: float  # that it usually takes, more than 0
    own_recall: float  # the probability of recall by the card alone


@dataclass(frozen=True, slots=True)
class SkillsDay:
    """What skills make of a study day: of the cards that they schedule only some are asked, due or not."""

    cards: frozenset[str]  # ids of the cards that skills schedule
    asked: tuple[str, ...]  # ids of those that the day asks, in order


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
