"""Scheduling by skills: which parametric cards today asks, where the setting says so and the log bears it.

Due dates stay those of FSRS, so that the setting can be turned on and off on any day and nothing is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mnemosyne.cards.card_json import from_json
from mnemosyne.errors import CardError

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date

    from mnemosyne.scheduling.fsrs import FsrsParameters, Weights
    from mnemosyne.scheduling.skills.own_memory import OwnMemory
    from mnemosyne.scheduling.skills.skills_day import SkillsDay
    from mnemosyne.store.engine import Deck

_KINDS: Final = frozenset(("derivative", "steps", "backprop"))  # whose questions are about skills, given parameters


def skills_day(deck: Deck, parameters: FsrsParameters, today: date) -> SkillsDay | None:
    """Return which cards today asks for their skills; None where the log does not bear it, and cards schedule.

    The answers of today count from tomorrow on, so that a session begun again goes on as it was.
    """
    from mnemosyne.scheduling.skills.skill_plan import planned_day
    from mnemosyne.store.answers import exercise_answers

    if not own_memory_of(deck, parameters.weights, today).skills_schedule:
        return None
    answers = list(exercise_answers(deck, today))
    cards = _parametric(deck, {answer.card_id for answer in answers}, today)
    return planned_day(parameters.weights, answers, cards, today.toordinal(), parameters.desired_retention)


def own_memory_of(deck: Deck, weights: Weights, today: date) -> OwnMemory:
    """Return whether skills foretell the answers before today better than cards do."""
    from mnemosyne.scheduling.skills.own_memory import own_memory, scored_recalls
    from mnemosyne.store.answers import exercise_answers

    return own_memory([*scored_recalls(weights, exercise_answers(deck, today))])


def _parametric(deck: Deck, card_ids: AbstractSet[str], today: date) -> frozenset[str]:
    """Return those of the cards that can be asked and have numbers of their own each time."""
    from mnemosyne.store.states import askable_contents

    contents = askable_contents(deck, today)
    return frozenset(card_id for card_id in card_ids & contents.keys() if _has_parameters(contents[card_id]))


def _has_parameters(content: str) -> bool:
    try:
        card = from_json(content)
    except CardError:
        return False
    return card.kind in _KINDS and bool(card.content.where)
