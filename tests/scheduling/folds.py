"""Folds of a whole log, step by step: what caches and folds in parts must agree with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.fsrs import Weights
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.skills.own_memory import OwnMemory, OwnMemoryFold, ScoredRecall
from mnemosyne.scheduling.skills.skill_fold import SkillFold
from mnemosyne.scheduling.skills.skill_memory import ExerciseAnswer


def fold_history(history: Iterable[tuple[int, date]], start: Memory | None = None) -> Memory:
    """Return the state that SM-2 gives a history of (quality, study day)."""
    memory = start or Memory()
    for quality, day in history:
        memory = sm2.review(memory, quality, day)
    return memory


def skill_fold(weights: Weights, answers: Iterable[ExerciseAnswer]) -> SkillFold:
    """Return the fold of all the answers, which may come in any order."""
    fold = SkillFold(weights)
    for answer in sorted(answers, key=lambda answer: answer.event_id):
        fold.add(answer)
    return fold


def own_memory(scored: Iterable[ScoredRecall]) -> OwnMemory:
    """Return the fit of θ to the scored answers, which come in the order of the log."""
    fold = OwnMemoryFold()
    for recall in scored:
        fold.add(recall)
    return fold.fit()
