"""Memories of skills: a fold of the answers in the log, each skill with the state that FSRS-6 gives it.

A right answer is good for every skill of its exercise, at that skill's own elapsed time; after a hint it is hard. A
wrong answer is again for the skill that its misconception speaks for and good for the others; those in question share
the blame in proportion to w·(1 − R), so that what was probably forgotten is blamed most. Where no mistake is named, the
memory of the card itself may have failed as well, and takes its part of the blame: else its failures make skills look
forgotten, and at θ = 0.7 a simulated year takes 433 reviews in place of 336. A slip that was put right at the second
try is hard for what it speaks for. Fields are judged each for the skills that it takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from mnemosyne.expressions.exercise import Exercise
from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import AGAIN, GOOD, HARD, FsrsState, Weights
from mnemosyne.scheduling.skills.blame import suspects
from mnemosyne.scheduling.skills.skill_uses import SkillUses, skill_uses, uses_of_fields, weight
from mnemosyne.scheduling.sm2 import PASS

_DIGITS: Final = 12  # decimals of a state: the last bits of powers differ between machines, and would add up


class SkillMemory(NamedTuple):
    """What is known of a skill."""

    stability: float  # days
    difficulty: float  # 1 to 10
    day: int  # the study day of the last answer that took it, as an ordinal


OwnState: TypeAlias = tuple[FsrsState, int]  # the FSRS state of a card, and the study day of its last answer
# memories by the id of the skill; skills that were never met are missing
SkillMemories: TypeAlias = Mapping[str, SkillMemory]


@dataclass(frozen=True, slots=True)
class ExerciseAnswer:
    """An answer of the log, scheduled or a drill, as far as it concerns skills. Practice never is one.

    `misconception` is the last one that was named, also where the second try was right after it.
    """

    event_id: str  # the id of the event, by which the log is ordered
    card_id: str
    day: int  # the study day, as an ordinal
    exercise: Exercise
    quality: int  # 0 to 5
    proposed: int | None = None  # the quality that was proposed
    drill: bool = False  # whether it was asked again on the same day
    hints: int = 0  # how many were shown
    misconception: str | None = None
    right_fields: tuple[bool, ...] = ()  # whether each field is right, where that is in the log
    seconds: float = 0.0  # the time that the answer took


def learned(
    weights: Weights, memories: SkillMemories, answer: ExerciseAnswer, doubt: float = 0.0
) -> dict[str, SkillMemory]:
    """Return the memories that an answer changes, as they are after it.

    `doubt` is that of the card's own memory, on the scale of the skills' w·(1 − R).
    """
    uses = skill_uses(answer.exercise)
    rating = GOOD if not answer.hints else HARD
    blames = _blames(weights, memories, answer, uses, doubt)
    against = AGAIN if answer.quality < PASS else HARD
    return {
        name: _after(weights, memories.get(name), answer.day, rating, against, blames.get(name, 0.0)) for name in uses
    }


def recall_of_skill(weights: Weights, memory: SkillMemory, day: int) -> float:
    """Return the probability that a skill is remembered on a study day, an ordinal."""
    return fsrs.retrievability(weights, memory.stability, max(0, day - memory.day))


def card_after(weights: Weights, card: OwnState | None, answer: ExerciseAnswer) -> OwnState:
    """Return what FSRS knows after an answer of the card itself, whatever its skills; None is a card never asked."""
    rating = fsrs.rating_of(answer.quality, answer.proposed)
    if card is None:
        return fsrs.first_state(weights, rating), answer.day
    state, day = card
    return fsrs.next_state(weights, state, answer.day - day, rating), max(day, answer.day)


def _blames(
    weights: Weights, memories: SkillMemories, answer: ExerciseAnswer, uses: SkillUses, doubt: float
) -> Mapping[str, float]:
    """Return by how much each skill is to blame for an answer, 0 to 1; none for one that was right at once."""
    wrong = answer.quality < PASS
    fields = uses_of_fields(answer.exercise)
    if wrong and len(fields) == len(answer.right_fields) and not all(answer.right_fields):
        blames: dict[str, float] = {}
        for of_field, right in zip(fields, answer.right_fields, strict=True):
            shares = {} if right else _shares(weights, memories, answer, of_field)
            blames = {name: max(blames.get(name, 0.0), shares.get(name, 0.0)) for name in uses}
        return blames
    named = answer.misconception is not None
    return _shares(weights, memories, answer, uses, 0.0 if named else doubt) if wrong or named else {}


def _shares(
    weights: Weights, memories: SkillMemories, answer: ExerciseAnswer, uses: SkillUses, doubt: float = 0.0
) -> dict[str, float]:
    """Return the blame of each skill that may have failed; together 1, less that of the card's own memory."""
    blamed = suspects(answer.misconception, uses.keys())
    doubts = {name: weight(uses[name]) * (1 - _recall(weights, memories, name, answer.day)) for name in blamed}
    total = sum(doubts.values())
    if total <= 0:  # all of it was known a moment ago
        doubts = {name: weight(uses[name]) for name in blamed}
        total = sum(doubts.values())
    return {name: of_skill / (total + doubt) for name, of_skill in doubts.items()}


def _recall(weights: Weights, memories: SkillMemories, name: str, day: int) -> float:
    memory = memories.get(name)
    return 0.0 if memory is None else recall_of_skill(weights, memory, day)


def _after(
    weights: Weights, memory: SkillMemory | None, day: int, rating: int, against: int, blame: float
) -> SkillMemory:
    """Return a memory between what `rating` makes of it and what `against` does, which weighs as much as the blame."""
    stability, difficulty = _rated(weights, memory, day, rating)
    if blame:
        worse = _rated(weights, memory, day, against)
        stability = stability ** (1 - blame) * worse.stability**blame
        difficulty = difficulty * (1 - blame) + worse.difficulty * blame
    last = day if memory is None else max(day, memory.day)
    return SkillMemory(round(stability, _DIGITS), round(difficulty, _DIGITS), last)


def _rated(weights: Weights, memory: SkillMemory | None, day: int, rating: int) -> FsrsState:
    if memory is None:
        return fsrs.first_state(weights, rating)
    state = FsrsState(memory.stability, memory.difficulty)
    return fsrs.next_state(weights, state, day - memory.day, rating)
