"""Memories of skills, computed from the answers in the log: each skill has a state of FSRS-6.

A right answer counts as good for every skill of its exercise, at that skill's own elapsed time; after a hint
as hard. A wrong answer counts as again for the skills that its misconception implicates and as good for the
others; the implicated ones share the blame in proportion to w·(1 − R), so that what was probably forgotten is
blamed most. Without a named mistake the card's own memory may have failed as well, and takes its share of the
blame. Otherwise its failures make skills look forgotten: at θ = 0.7 a simulated year takes 433 reviews
instead of 336. A careless mistake corrected at the second try counts as hard for the skills it implicates.
Each field is judged for the skills that it needs.
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

_DIGITS: Final = 12  # decimals of a state: the last bits of powers differ between machines, which would add up


class SkillMemory(NamedTuple):
    """The FSRS state of a skill."""

    stability: float  # days
    difficulty: float  # 1 to 10
    day: int  # the study day of the last answer that needed it, as an ordinal


OwnState: TypeAlias = tuple[FsrsState, int]  # the FSRS state of a card, and the study day of its last answer
# memories by the id of the skill; skills never met are missing
SkillMemories: TypeAlias = Mapping[str, SkillMemory]


@dataclass(frozen=True, slots=True)
class ExerciseAnswer:
    """An answer of the log, scheduled or a drill, reduced to what concerns skills. Practice
    answers are never included.

    `misconception` is the last one named, even if the second try was right.
    """

    event_id: str  # the id of the event, which orders the log
    card_id: str
    day: int  # the study day, as an ordinal
    exercise: Exercise
    quality: int  # 0 to 5
    proposed: int | None = None  # the quality that was proposed
    drill: bool = False  # whether it was asked again on the same day
    hints: int = 0  # how many hints were shown
    misconception: str | None = None
    right_fields: tuple[bool, ...] = ()  # whether each field is right, if the log has it
    seconds: float = 0.0  # the time that the answer took


def learned(
    weights: Weights, memories: SkillMemories, answer: ExerciseAnswer, doubt: float = 0.0
) -> dict[str, SkillMemory]:
    """Return the memories changed by an answer, in their new state.

    `doubt` is the weight of the card's own memory, on the scale of the skills' w·(1 − R).
    """
    uses = skill_uses(answer.exercise)
    rating = GOOD if not answer.hints else HARD
    blames = _blames(weights, memories, answer, uses, doubt)
    against = AGAIN if answer.quality < PASS else HARD
    return {
        name: _after(weights, memories.get(name), answer.day, rating, against, blames.get(name, 0.0)) for name in uses
    }


def recall_of_skill(weights: Weights, memory: SkillMemory, day: int) -> float:
    """Return the probability that a skill is remembered on a study day (an ordinal)."""
    return fsrs.retrievability(weights, memory.stability, max(0, day - memory.day))


def card_after(weights: Weights, card: OwnState | None, answer: ExerciseAnswer) -> OwnState:
    """Return the FSRS state of the card itself after an answer, whatever its skills; None is a card never asked."""
    rating = fsrs.rating_of(answer.quality, answer.proposed)
    if card is None:
        return fsrs.first_state(weights, rating), answer.day
    state, day = card
    return fsrs.next_state(weights, state, answer.day - day, rating), max(day, answer.day)


def _blames(
    weights: Weights, memories: SkillMemories, answer: ExerciseAnswer, uses: SkillUses, doubt: float
) -> Mapping[str, float]:
    """Return each skill's share of the blame for an answer, 0 to 1; empty for one that was right at once."""
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
    """Return the blame of each skill that may have failed; they add up to 1 less that of the card's own memory."""
    blamed = suspects(answer.misconception, uses.keys())
    doubts = {name: weight(uses[name]) * (1 - _recall(weights, memories, name, answer.day)) for name in blamed}
    total = sum(doubts.values())
    if total <= 0:  # all of them were just seen
        doubts = {name: weight(uses[name]) for name in blamed}
        total = sum(doubts.values())
    return {name: of_skill / (total + doubt) for name, of_skill in doubts.items()}


def _recall(weights: Weights, memories: SkillMemories, name: str, day: int) -> float:
    memory = memories.get(name)
    return 0.0 if memory is None else recall_of_skill(weights, memory, day)


def _after(
    weights: Weights, memory: SkillMemory | None, day: int, rating: int, against: int, blame: float
) -> SkillMemory:
    """Return the memory after an answer: between the results of `rating` and `against`, the latter
    weighted by the blame.
    """
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
