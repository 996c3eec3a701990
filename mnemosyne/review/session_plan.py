"""The plan of a session: which cards it asks, how many and how long. Plain data, which commands and screens fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mnemosyne.review.ports import Scope

if TYPE_CHECKING:
    from mnemosyne.review.query import Query

EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Practice:
    """Which cards are practised: those that the query finds; without one, those that were ever reviewed.

    With `mistakes`, of these the ones answered wrongly on the last so many study days; with `ahead`, the ones due
    within so many. `ids` are what that came to, in the order in which they are asked; None: still to be looked up.
    """

    query: Query | None = None
    mistakes: int | None = None
    ahead: int | None = None
    ids: tuple[str, ...] | None = None
    exam: bool = False  # whether functions that no card has are asked, made of the learner's own skills
    compositions: tuple[str, ...] = ()  # the functions of an exam, in the order of `ids`


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """Without a value, a session with all that waits.

    `limit` is the most cards it asks, drills not counted, and `time` how long the learner is asked, over all answers.
    `new` is how many new cards it asks, whatever the day's limit; None keeps to that. `ahead` adds the cards that are
    due within so many days. `only` leaves all other cards out. `new_from` names a unit or a tag whose new cards come
    before all others, and `new_first` are the ids of its cards, once they are looked up. With `practice` no queue is
    looked at, and no schedule changes. `spread` has all that is due asked over so many days, today included.
    """

    scope: Scope = EVERYTHING  # the cards among which it chooses
    limit: int | None = None
    time: timedelta | None = None
    new: int | None = None
    ahead: int = 0
    ahead_for_skills: tuple[str, ...] = ()  # the ids of those of them that skills schedule, once they are looked up
    only: frozenset[str] | None = None
    new_from: str = ""
    new_first: frozenset[str] = frozenset()
    practice: Practice | None = None
    spread: int | None = None
