"""Skills: what the log says of them, folded a part at a time, so that nobody waits for the whole of a long log."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from mnemosyne.scheduling.skills.known_skill import KnownSkill, known_skills
from mnemosyne.scheduling.skills.skill_memory import SkillMemory, learned
from mnemosyne.scheduling.skills.skill_uses import skill_uses

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.scheduling.fsrs import Weights
    from mnemosyne.store.log import LogState

PART: Final = 250  # answers that are folded at a time: some tens of milliseconds


class SkillFold:
    """The memories of skills after the log up to an event; it goes on from there where the log only grew."""

    def __init__(self, weights: Weights, log: LogState) -> None:
        self.weights = weights
        self.log = log  # as it was when the fold began, or went on
        self.last = ""  # the id of the last answer in it
        self.whole = False  # whether it has all of `log`
        self.memories: dict[str, SkillMemory] = {}
        self.answers: Counter[str] = Counter()  # how many took each skill

    def advance(self, collection: Collection) -> None:
        """Fold the next part of the log."""
        from mnemosyne.store.answers import exercise_answers_after

        answers, last = exercise_answers_after(collection.deck, self.last, PART)
        for answer in answers:
            self.memories |= learned(self.weights, self.memories, answer)
            self.answers.update(skill_uses(answer.exercise).keys())
        self.whole = last is None
        if last is not None or answers:
            self.last = last or answers[-1].event_id


def fold_part(collection: Collection) -> bool:
    """Bring the fold nearer to the end of the log; return whether it is there."""
    fold = collection.skill_fold = _begun(collection)
    if not fold.whole:
        fold.advance(collection)
    return fold.whole


def _begun(collection: Collection) -> SkillFold:
    """Return the fold to go on with: the present one, unless the log has changed before its end."""
    from mnemosyne.store.log import came_late, log_state

    log, fold = log_state(collection.deck), collection.skill_fold
    if fold is None or fold.weights != collection.weights or fold.log.undos != log.undos:
        return SkillFold(collection.weights, log)
    if fold.log != log:
        if came_late(collection.deck, fold.log, fold.last):
            return SkillFold(collection.weights, log)
        fold.log, fold.whole = log, False
    return fold


def skills_of(collection: Collection) -> tuple[KnownSkill, ...]:
    """Return every skill that was met with how well it is remembered today, the weakest first; takes its time."""
    while not fold_part(collection):
        pass
    return skills_so_far(collection)


def skills_so_far(collection: Collection) -> tuple[KnownSkill, ...]:
    """Return the same by what is folded already; call it where `fold_part` has come to the end."""
    fold = collection.skill_fold
    if fold is None:
        return ()
    return known_skills(fold.weights, fold.memories, fold.answers, collection.clock.today().toordinal())
