"""Skills: what the log says of them, and which parametric cards today asks for them, where the setting says so.

The log is folded a part at a time, so that nobody waits for the whole of a long one. The fold of the answers before
today is what skills schedule by. The deck keeps it from one start to the next, so that a start folds only what came
since; a fold that has to be made anew goes on at each start from where the last one stopped.

Due dates stay those of FSRS, so that the setting can be turned on and off on any day and nothing is lost. A card with a
due date that the learner has set is left to that date until its next review.
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

PART: Final = 250  # answers that are folded at a time: some tens of milliseconds
PARTS_AT_START: Final = 8  # the most parts of the log that a start may wait for
_WORTH_KEEPING: Final = 100  # answers: to fold fewer again costs less than to store the state


class LogFold:
    """What follows from the log up to an event; it goes on from there where the log only grew."""

    def __init__(self, fold: SkillFold, log: LogState, last: str = "", answers: int = 0) -> None:
        self.fold = fold
        self.log = log  # the log as it was when the fold began, or went on
        self.last = last  # the id of the last answer in it
        self.answers = answers  # how many are in it
        self.kept = answers  # how many were when the deck last kept it
        self.until: date | None = None  # the study day whose answers, and all that follow, it leaves out
        self.whole = False  # whether it has all others of `log`

    def advance(self, deck: Deck) -> None:
        """Fold the next part of the log."""
        from mnemosyne.store.log import exercise_answers_after

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
        """Return a fold that goes on by itself, to the end of the log."""
        fold = SkillFold.from_state(self.fold.weights, self.fold.state)
        return LogFold(fold, self.log, self.last, self.answers)


def before_today(deck: Deck, weights: Weights, today: date, last_fold: LogFold | None = None) -> LogFold:
    """Return the fold of the answers before today as far as it is there: the last one, what the deck has, or none."""
    fold = _still_holding(deck, weights, last_fold) or _kept(deck, weights)
    if fold.until != today:
        fold.until, fold.whole = today, False
    return fold


def folded_before_today(deck: Deck, weights: Weights, today: date) -> SkillFold:
    """Return the whole of it; takes its time."""
    fold = before_today(deck, weights, today)
    while not fold.whole:
        fold.advance(deck)
    return fold.fold


def fold_before_today(collection: Collection, parts: int = 1) -> bool:
    """Bring the fold of the answers before today so many parts nearer to its end; return whether it is there."""
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
    """Bring the folds of the answers before today, then of all, nearer to the end; return whether they are there."""
    if not fold_before_today(collection) or collection.fold_before_today is None:
        return False
    deck, weights = collection.deck, collection.weights
    fold = _still_holding(deck, weights, collection.skill_fold) or collection.fold_before_today.copy()
    collection.skill_fold = fold
    if not fold.whole:
        fold.advance(deck)
    return fold.whole


def _still_holding(deck: Deck, weights: Weights, fold: LogFold | None) -> LogFold | None:
    """Return the fold to go on with, unless the log has changed before its end."""
    from mnemosyne.store.engine import reading
    from mnemosyne.store.log import changed_before, log_state

    if fold is None or fold.fold.weights != weights:
        return None
    log = log_state(deck)
    if fold.log != log:
        with reading(deck) as connection:
            if changed_before(connection, fold.log, fold.last):
                return None
        fold.log, fold.whole = log, False
    return fold


def _kept(deck: Deck, weights: Weights) -> LogFold:
    """Return the fold that the deck has kept, or an empty one."""
    from mnemosyne.store.log import log_state, stored_folds

    log = log_state(deck)
    stored = next(iter(stored_folds(deck, _key(weights))), None)
    if stored is None:
        return LogFold(SkillFold(weights), log)
    return LogFold(SkillFold.from_state(weights, stored.state), log, stored.last, stored.answers)


def _keep(deck: Deck, fold: LogFold) -> None:
    from mnemosyne.store.log import StoredFold, store_fold

    store_fold(deck, _key(fold.fold.weights), StoredFold(fold.last, fold.answers, fold.log, fold.fold.state))
    fold.kept = fold.answers


def _key(weights: Weights) -> str:
    return f"{FOLD_VERSION} {' '.join(map(str, weights))}"


def skills_of(collection: Collection) -> tuple[KnownSkill, ...]:
    """Return every skill that was met with how well it is remembered today, the weakest first; takes its time."""
    while not fold_part(collection):
        pass
    return skills_so_far(collection)


def skills_so_far(collection: Collection) -> tuple[KnownSkill, ...]:
    """Return the same by what is folded already; call it where `fold_part` has come to the end."""
    if collection.skill_fold is None:
        return ()
    fold = collection.skill_fold.fold
    return known_skills(fold.weights, fold.memories, fold.answers, collection.clock.today().toordinal())


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
    from mnemosyne.store.bulk_changes import set_by_hand

    made_of = (day, parameters, folded.last, set_by_hand(deck, day))
    if before is not None and made_of == (before.day, before.parameters, before.last, before.by_hand):
        return before
    if not folded.fold.own_memory.fit().skills_schedule:
        return SkillPlan(*made_of, None)
    cards = parametric(deck, folded.fold.cards.keys() - made_of[3], day)
    of_day = planned_day(folded.fold, cards, day.toordinal(), parameters.desired_retention)
    return SkillPlan(*made_of, of_day, folded.fold)


def own_memory_of(deck: Deck, weights: Weights, today: date) -> OwnMemory:
    """Return whether skills predict the answers before today better than cards do."""
    return folded_before_today(deck, weights, today).own_memory.fit()


def parametric(deck: Deck, card_ids: AbstractSet[str], today: date) -> frozenset[str]:
    """Return those of the cards that can be asked, seen or new, and have numbers of their own each time."""
    from mnemosyne.store.card_search import askable_contents

    contents = askable_contents(deck, today)
    return frozenset(card_id for card_id in card_ids & contents.keys() if _has_parameters(contents[card_id]))


@lru_cache(4096)
def _has_parameters(content: str) -> bool:
    try:
        card = from_json(content)
    except CardError:
        return False
    return card.kind in _KINDS and bool(card.content.where)
