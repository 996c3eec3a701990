"""Known skills: how well each skill is remembered today, and how many answers that is based on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mnemosyne.expressions.exercise import Exercise
from mnemosyne.scheduling.fsrs import Weights
from mnemosyne.scheduling.skills.skill import SKILLS
from mnemosyne.scheduling.skills.skill_memory import SkillMemories, recall_of_skill
from mnemosyne.scheduling.skills.skill_uses import skill_uses


@dataclass(frozen=True, slots=True)
class KnownSkill:
    """A skill already met."""

    id: str  # the id, as in `SKILLS`
    recall: float  # the probability that it is remembered today
    answers: int  # answered exercises that needed it

    @property
    def name(self) -> str:
        """The name on screens."""
        return SKILLS[self.id].name


def known_skills(
    weights: Weights, memories: SkillMemories, answers: Mapping[str, int], day: int
) -> tuple[KnownSkill, ...]:
    """Return the skills that were met, as they are on a study day (an ordinal); the weakest first."""
    skills = (
        KnownSkill(name, recall_of_skill(weights, memory, day), answers.get(name, 0))
        for name, memory in memories.items()
    )
    return tuple(sorted(skills, key=lambda skill: (skill.recall, skill.id)))


def skills_taken(exercise: Exercise, skills: Iterable[KnownSkill]) -> tuple[tuple[str, KnownSkill | None], ...]:
    """Return the names of the skills that an exercise needs, each with its known skill; the weakest first.

    Skills never met have None instead, and come first.
    """
    by_id = {skill.id: skill for skill in skills}
    pairs = [(SKILLS[name].name, by_id.get(name)) for name in skill_uses(exercise)]
    return tuple(sorted(pairs, key=lambda pair: pair[1].recall if pair[1] else 0.0))
