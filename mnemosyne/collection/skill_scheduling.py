"""Scheduling by skills: which parametric cards today asks, where the setting says so and the log bears it.

Due dates stay those of FSRS, so that the setting can be turned on and off on any day and nothing is lost. A card with a
due date that the learner has set is left to that date until its next review.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mnemosyne.cards.card_json import from_json
from mnemosyne.collection.skills import PARTS_AT_START, LogFold, fold_before_today, fold_part, folded_before_today
from mnemosyne.errors import CardError
from mnemosyne.scheduling.skills.skill_plan import coming_by_skills, planned_day
from mnemosyne.scheduling.skills.skills_day import SkillsDay
from mnemosyne.scheduling.study_day import plus_days

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import date

    from mnemosyne.collection import Collection
    from mnemosyne.scheduling.fsrs import FsrsParameters, Weights
    from mnemosyne.scheduling.skills.own_memory import OwnMemory
    from mnemosyne.scheduling.skills.skill_fold import SkillFold
    from mnemosyne.store.engine import Deck

_KINDS: Final = frozenset(("derivative", "steps", "backprop"))  # whose questions are about skills, given parameters


@dataclass(frozen=True, slots=True)
class SkillPlan:
    """What skills make of a study day, and what it was made of."""

    day: date  # the study day
    parameters: FsrsParameters
    last: str | None  # the id of the last answer that counts; None: not all are folded yet
    by_hand: frozenset[str]  # ids of the cards that come on a day that the learner has set
    of_day: SkillsDay | None  # None where the log does not bear it, and cards schedule
    fold: SkillFold | None = None  # of the answers that count

    @property
    def awaited(self) -> bool:
        """Whether it is not known yet what skills make of the day, so that cards schedule meanwhile."""
        return self.last is None

    @property
    def cards(self) -> frozenset[str]:
        """The ids of the cards that skills schedule; none where cards do."""
        return self.of_day.cards if self.of_day else frozenset()

    def coming(self, days: int, before: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Return the ids of the cards that skills ask on each of so many days from it on, as far as is known.

        The cards of `before` are asked before.
        """
        if self.of_day is None or self.fold is None:
            return ((),) * days
        first = self.day.toordinal()
        retention = self.parameters.desired_retention
        return coming_by_skills(self.fold, self.of_day.cards, range(first, first + days), retention, before)


def plan_of_today(
    collection: Collection, parameters: FsrsParameters, today: date, before: SkillPlan | None = None
) -> SkillPlan:
    """Return what skills make of today; `before` is what was known of it, and stands where nothing has changed.

    The answers of today count from tomorrow on, so that a session begun again goes on as it was.
    """
    waits = before is not None and before.awaited and (before.day, before.parameters) == (today, parameters)
    whole = fold_before_today(collection, 0 if waits else PARTS_AT_START)
    folded = collection.fold_before_today
    if not whole or folded is None:
        return SkillPlan(today, parameters, None, frozenset(), None)
    return _planned(collection.deck, folded, parameters, today, before)


def plan_of_tomorrow(
    collection: Collection, today: SkillPlan | None, before: SkillPlan | None = None
) -> SkillPlan | None:
    """Return what skills make of tomorrow, by the answers so far; None while that of today is not known."""
    if today is None or today.awaited:
        return None
    while not fold_part(collection):
        pass
    assert collection.skill_fold is not None
    return _planned(collection.deck, collection.skill_fold, today.parameters, plus_days(today.day, 1), before)


def _planned(deck: Deck, folded: LogFold, parameters: FsrsParameters, day: date, before: SkillPlan | None) -> SkillPlan:
    from mnemosyne.store.due_dates import set_by_hand

    made_of = (day, parameters, folded.last, set_by_hand(deck, day))
    if before is not None and made_of == (before.day, before.parameters, before.last, before.by_hand):
        return before
    if not folded.fold.own_memory.fit().skills_schedule:
        return SkillPlan(*made_of, None)
    cards = parametric(deck, folded.fold.cards.keys() - made_of[3], day)
    of_day = planned_day(folded.fold, cards, day.toordinal(), parameters.desired_retention)
    return SkillPlan(*made_of, of_day, folded.fold)


def own_memory_of(deck: Deck, weights: Weights, today: date) -> OwnMemory:
    """Return whether skills foretell the answers before today better than cards do."""
    return folded_before_today(deck, weights, today).own_memory.fit()


def parametric(deck: Deck, card_ids: AbstractSet[str], today: date) -> frozenset[str]:
    """Return those of the cards that can be asked, seen or new, and have numbers of their own each time."""
    from mnemosyne.store.states import askable_contents

    contents = askable_contents(deck, today)
    return frozenset(card_id for card_id in card_ids & contents.keys() if _has_parameters(contents[card_id]))


@lru_cache(4096)
def _has_parameters(content: str) -> bool:
    try:
        card = from_json(content)
    except CardError:
        return False
    return card.kind in _KINDS and bool(card.content.where)
