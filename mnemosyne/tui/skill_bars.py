"""Skills as pictures: a bar for how well each is remembered, and a sentence on those that a question exercises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from mnemosyne.reports.phrases import share_text
from mnemosyne.text import pluralize
from mnemosyne.tui.picture import EMPTY, Picture, beside, prose, pushed, sized, words

if TYPE_CHECKING:
    from mnemosyne.scheduling.skills.known_skill import KnownSkill

_NAME: Final = 33  # cells of a skill's name
_SHARE: Final = 7
_ANSWERS: Final = 15
_SHORT_BAR: Final = 5  # cells of a bar when several are on one line
_BAR: Final = 40  # most cells of a bar, for a recall of 1
_WELL: Final = 0.9  # recall from which nothing needs to be done
_BADLY: Final = 0.7


def skill_bar(skill: KnownSkill, width: int) -> Picture:
    """Return a skill's name, how well it is remembered, a bar, and the number of answers behind it."""
    room = max(4, min(_BAR, width - _NAME - _SHARE - _ANSWERS - 2))
    return beside(
        [
            sized(words(skill.name), _NAME),
            pushed(words(share_text(skill.recall), "bold"), _SHARE),
            words("  "),
            sized(words("█" * round(skill.recall * room), _style(skill)), room),
            pushed(words(pluralize(skill.answers, "answer"), "$quiet"), _ANSWERS),
        ]
    )


def short_bar(skill: KnownSkill) -> Picture:
    """Return a skill's name, a short bar, and how well it is remembered."""
    cells = round(skill.recall * _SHORT_BAR)
    bar = beside([words("█" * cells, _style(skill)), words("·" * (_SHORT_BAR - cells), "$quiet")])
    return beside([words(f"{skill.name} "), bar, words(f" {share_text(skill.recall)}", "bold")])


def _style(skill: KnownSkill) -> str:
    return "$right" if skill.recall >= _WELL else "$unsure" if skill.recall >= _BADLY else "$wrong"


def skills_sentence(skills: Sequence[tuple[str, KnownSkill | None]], width: int) -> Picture:
    """Return which skills a question exercises, each with how well it is remembered."""
    parts = [f"{name} {share_text(skill.recall)}" if skill else name for name, skill in skills]
    return prose(f"Exercises {' · '.join(parts)}", width, "$quiet") if parts else EMPTY
