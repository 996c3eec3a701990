"""The plan of a session: which cards it asks, how many and how long.

Plain data, filled in by commands and screens.
"""

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
    """Which cards to practise: those matching the query; without one, all that were ever reviewed.

    With `mistakes`, only those answered wrongly on that many last study days; with `ahead`, those
    due within that many. `ids` are the resulting cards, in order; None until they are looked up.
    """

    query: Query | None = None
    mistakes: int | None = None
    ahead: int | None = None
    ids: tuple[str, ...] | None = None
    exam: bool = False  # whether to ask generated functions, chosen for the learner's skills
    compositions: tuple[str, ...] = ()  # the functions of an exam, in the order of `ids`


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session asks everything that is waiting, unless a field says otherwise.

    `limit` is the maximum number of cards, not counting drills, and `time` the maximum time on all
    answers together. `new` is the number of new cards to ask, regardless of the daily limit; None
    applies that limit. `ahead` adds the cards due within that many days. `only` excludes all other
    cards. `new_from` names a unit or a tag whose new cards come first, and `new_first` are their
    ids, once looked up. With `practice` the queue is not used, and no schedule changes. `spread`
    spreads all due cards over that many days, including today.
    """

    scope: Scope = EVERYTHING  # the cards to choose from
    limit: int | None = None
    time: timedelta | None = None
    new: int | None = None
    ahead: int = 0
    ahead_for_skills: tuple[str, ...] = ()  # the ids of those scheduled by skills, once looked up
    only: frozenset[str] | None = None
    new_from: str = ""
    new_first: frozenset[str] = frozenset()
    practice: Practice | None = None
    spread: int | None = None
