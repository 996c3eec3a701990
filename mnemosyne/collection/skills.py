"""Skills according to the log, and which parametric cards today asks for them, if the settings say so.

A long log is folded a part at a time, so that nobody has to wait for all of it. Skills schedule by
the fold of the answers before today. The deck caches it, so that a start only folds newer answers;
a fold that has to be made again continues at each start where the last one stopped.

Due dates remain FSRS's, so that the setting can be turned on and off at any time without loss. A
card whose due date the learner has set keeps that date until its next review.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mnemosyne.cards.card_json import from_json
from mnemosyne.errors import CardError
from mnemosyne.scheduling.skills.known_skill import KnownSkill, known_skills
from mnemosyne.scheduling.skills.skill import SkillsDay
from mnemosyne.scheduling.skills.skill_fold import FOLD_VERSION, SkillFold
from mnemosyne.scheduling.skills.skill_plan import coming_by_skills, planned_day
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store.bulk_changes import set_by_hand
from mnemosyne.store.card_search import askable_contents
from mnemosyne.store.engine import reading
from mnemosyne.store.log import StoredFold, changed_before, exercise_answers_after, log_state, store_fold, stored_folds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import date

    from mnemosyne.collection import Collection
    from mnemosyne.scheduling.fsrs import FsrsParameters, Weights
    from mnemosyne.scheduling.skills.own_memory import OwnMemory
    from mnemosyne.scheduling.skills.skill_fold import SkillFold
    from mnemosyne.store.engine import Deck
    from mnemosyne.store.log import LogState

PART: Final = 250  # answers folded at a time, in some tens of milliseconds
PARTS_AT_START: Final = 8  # most parts folded at a start
_WORTH_KEEPING: Final = 100  # answers: folding fewer again is cheaper than storing the state


class LogFold:
    """The fold of the log up to an event, which can be continued if the log has only grown."""

    def __init__(self, fold: SkillFold, log: LogState, last: str = "", answers: int = 0) -> None:
        self.fold = fold
        self.log = log  # the state of the log when the fold began, or was continued
        self.last = last  # the id of the last answer folded
        self.answers = answers  # how many answers are folded
        self.kept = answers  # how many were when the deck last stored it
        self.until: date | None = None  # the study day from which on answers are left out
        self.whole = False  # whether it has all other answers of `log`

    def advance(self, deck: Deck) -> None:
        """Fold the next part of the log."""
        answers, last = exercise_answers_after(deck, self.last, PART)
        for answer in answers:
            if self.until is not None and answer.day >= self.until.toordinal():
                self.whole = True
                return
            self.fold.add(answer)
            self.answers += 1
            self.last = answer.event_id
        self.whole = last is None
        self.last = last or self.last

    def copy(self) -> LogFold:
        """Return an independent fold that continues to the end of the log."""
        fold = SkillFold.from_state(self.fold.weights, self.fold.state)
        return LogFold(fold, self.log, self.last, self.answers)


def before_today(deck: Deck, weights: Weights, today: date, last_fold: LogFold | None = None) -> LogFold:
    """Return the fold of the answers before today as far as it exists: the last one, the deck's, or an empty one."""
    fold = _still_holding(deck, weights, last_fold) or _stored_fold(deck, weights)
    if fold.until != today:
        fold.until, fold.whole = today, False
    return fold


def folded_before_today(deck: Deck, weights: Weights, today: date) -> SkillFold:
    """Return the complete fold of the answers before today; this takes time."""
    fold = before_today(deck, weights, today)
    while not fold.whole:
        fold.advance(deck)
    return fold.fold


def fold_before_today(collection: Collection, parts: int = 1) -> bool:
    """Advance the fold of the answers before today by `parts` parts; return whether it is complete."""
    deck, weights = collection.deck, collection.weights
    fold = before_today(deck, weights, collection.clock.today(), collection.fold_before_today)
    collection.fold_before_today = fold
    for _ in range(parts):
        if not fold.whole:
            fold.advance(deck)
    if (fold.whole or parts > 1) and fold.answers - fold.kept >= _WORTH_KEEPING:
        _keep(deck, fold)
    return fold.whole


def fold_part(collection: Collection) -> bool:
    """Advance the fold of the answers before today, then that of all; return whether both are complete."""
    if not fold_before_today(collection) or collection.fold_before_today is None:
        return False
    deck, weights = collection.deck, collection.weights
    fold = _still_holding(deck, weights, collection.skill_fold) or collection.fold_before_today.copy()
    collection.skill_fold = fold
    if not fold.whole:
        fold.advance(deck)
    return fold.whole


def _still_holding(deck: Deck, weights: Weights, fold: LogFold | None) -> LogFold | None:
    """Return the fold if it can be continued: the log has not changed before its end."""
    if fold is None or fold.fold.weights != weights:
        return None
    log = log_state(deck)
    if fold.log != log:
        with reading(deck) as connection:
            if changed_before(connection, fold.log, fold.last):
                return None
        fold.log, fold.whole = log, False
    return fold


def _stored_fold(deck: Deck, weights: Weights) -> LogFold:
    """Return the fold stored in the deck, or an empty one."""
    log = log_state(deck)
    stored = next(iter(stored_folds(deck, _key(weights))), None)
    if stored is None:
        return LogFold(SkillFold(weights), log)
    return LogFold(SkillFold.from_state(weights, stored.state), log, stored.last, stored.answers)


def _keep(deck: Deck, fold: LogFold) -> None:
    store_fold(deck, _key(fold.fold.weights), StoredFold(fold.last, fold.answers, fold.log, fold.fold.state))
    fold.kept = fold.answers


def _key(weights: Weights) -> str:
    return f"{FOLD_VERSION} {' '.join(map(str, weights))}"


def skills_of(collection: Collection) -> tuple[KnownSkill, ...]:
    """Return every skill met with how well it is remembered today, weakest first; this takes time."""
    while not fold_part(collection):
        pass
    return skills_so_far(collection)


def skills_so_far(collection: Collection) -> tuple[KnownSkill, ...]:
    """Return the same from what has been folded; call it once `fold_part` is complete."""
    if collection.skill_fold is None:
        return ()
    fold = collection.skill_fold.fold
    return known_skills(fold.weights, fold.memories, fold.answers, collection.clock.today().toordinal())


_KINDS: Final = frozenset(("derivative", "steps", "backprop"))  # scheduled by skills, with parameters


@dataclass(frozen=True, slots=True)
class SkillPlan:
    """The plan of skills for a study day, and what it was made from."""

    day: date  # the study day
    parameters: FsrsParameters
    last: str | None  # the id of the last answer that counts; None if not all are folded yet
    by_hand: frozenset[str]  # ids of the cards with a due date set by the learner
    of_day: SkillsDay | None  # None if each card is scheduled by itself
    fold: SkillFold | None = None  # of the answers that count

    @property
    def awaited(self) -> bool:
        """Whether the plan is not known yet, so that each card is scheduled by itself meanwhile."""
        return self.last is None

    @property
    def cards(self) -> frozenset[str]:
        """The ids of the cards scheduled by skills."""
        return self.of_day.cards if self.of_day else frozenset()

    def coming_cards(self, days: int, before: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Return the ids of the cards that skills ask on each of `days` days from this one on, as far as known.

        The cards in `before` are asked before that.
        """
        if self.of_day is None or self.fold is None:
            return ((),) * days
        first = self.day.toordinal()
        retention = self.parameters.desired_retention
        return coming_by_skills(self.fold, self.of_day.cards, range(first, first + days), retention, before)


def plan_of_today(
    collection: Collection, parameters: FsrsParameters, today: date, before: SkillPlan | None = None
) -> SkillPlan:
    """Return the plan for today; `before` is an earlier one, which is returned if nothing has changed.

    Today's answers count from tomorrow on, so that a resumed session stays the same.
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
    """Return the plan for tomorrow, given the answers so far; None while today's is not known."""
    if today is None or today.awaited:
        return None
    while not fold_part(collection):
        pass
    assert collection.skill_fold is not None
    return _planned(collection.deck, collection.skill_fold, today.parameters, plus_days(today.day, 1), before)


def _planned(deck: Deck, folded: LogFold, parameters: FsrsParameters, day: date, before: SkillPlan | None) -> SkillPlan:
    made_of = (day, parameters, folded.last, set_by_hand(deck, day))
    if before is not None and made_of == (before.day, before.parameters, before.last, before.by_hand):
        return before
    if not folded.fold.own_memory.fit().skills_schedule:
        return SkillPlan(*made_of, None)
    cards = parametric(deck, folded.fold.cards.keys() - made_of[3], day)
    of_day = planned_day(folded.fold, cards, day.toordinal(), parameters.desired_retention)
    return SkillPlan(*made_of, of_day, folded.fold)


def own_memory_of(deck: Deck, weights: Weights, today: date) -> OwnMemory:
    """Return whether skills predict the answers before today better than cards do, and by how much."""
    return folded_before_today(deck, weights, today).own_memory.fit()


def parametric(deck: Deck, card_ids: AbstractSet[str], today: date) -> frozenset[str]:
    """Return the cards that can be asked, seen or new, and have new numbers each time."""
    contents = askable_contents(deck, today)
    return frozenset(card_id for card_id in card_ids & contents.keys() if _has_parameters(contents[card_id]))


@lru_cache(4096)
def _has_parameters(content: str) -> bool:
    try:
        card = from_json(content)
    except CardError:
        return False
    return card.kind in _KINDS and bool(card.content.where)
