"""Skills: what the log says of them, folded a part at a time, so that nobody waits for the whole of a long log.

The fold of the answers before today is what skills schedule by. The deck keeps it from one start to the next, so that a
start folds only what came since; a fold that has to be made anew goes on at each start from where the last one stopped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mnemosyne.scheduling.skills.known_skill import KnownSkill, known_skills
from mnemosyne.scheduling.skills.skill_fold import FOLD_VERSION, SkillFold

if TYPE_CHECKING:
    from datetime import date

    from mnemosyne.collection import Collection
    from mnemosyne.scheduling.fsrs import Weights
    from mnemosyne.store.engine import Deck
    from mnemosyne.store.log import LogState

PART: Final = 250  # answers that are folded at a time: some tens of milliseconds
PARTS_AT_START: Final = 8  # that a start may wait for
_WORTH_KEEPING: Final = 100  # answers: to fold fewer again costs less than to store the state


class LogFold:
    """What follows from the log up to an event; it goes on from there where the log only grew."""

    def __init__(self, fold: SkillFold, log: LogState, last: str = "", answers: int = 0) -> None:
        self.fold = fold
        self.log = log  # as it was when the fold began, or went on
        self.last = last  # the id of the last answer in it
        self.answers = answers  # how many are in it
        self.kept = answers  # how many were when the deck last kept it
        self.until: date | None = None  # the study day whose answers, and all that follow, it leaves out
        self.whole = False  # whether it has all others of `log`

    def advance(self, deck: Deck) -> None:
        """Fold the next part of the log."""
        from mnemosyne.store.answers import exercise_answers_after

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
    from mnemosyne.store.log import changed_before, log_state
    from mnemosyne.store.transactions import reading

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
    from mnemosyne.store.log import log_state
    from mnemosyne.store.skill_folds import stored_folds

    log = log_state(deck)
    stored = next(iter(stored_folds(deck, _key(weights))), None)
    if stored is None:
        return LogFold(SkillFold(weights), log)
    return LogFold(SkillFold.from_state(weights, stored.state), log, stored.last, stored.answers)


def _keep(deck: Deck, fold: LogFold) -> None:
    from mnemosyne.store.skill_folds import StoredFold, store_fold

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
