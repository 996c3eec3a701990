"""How far the log has come, so that what was computed of it is known to hold, or can be continued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, bindparam, func, select

from mnemosyne.store.tables import review, undo
from mnemosyne.store.transactions import reading

_NEWEST: Final = select(func.coalesce(func.max(review.c.number), 0))
_UNDOS: Final = select(func.coalesce(func.max(undo.c.number), 0))
_COME_LATE: Final = (
    select(review.c.number).where(review.c.number > bindparam("number"), review.c.id <= bindparam("last")).limit(1)
)


@dataclass(frozen=True, slots=True)
class LogState:
    """How far the log has come, by the numbers of its newest review and its newest undo."""

    reviews: int
    undos: int


def log_state(engine: Engine) -> LogState:
    """Return how far the log has come."""
    with reading(engine) as connection:
        return LogState(connection.execute(_NEWEST).scalar_one(), connection.execute(_UNDOS).scalar_one())


def came_late(engine: Engine, since: LogState, last: str) -> bool:
    """Return whether a review that came since has its place in the log before the one with the id `last`."""
    with reading(engine) as connection:
        return connection.execute(_COME_LATE, {"number": since.reviews, "last": last}).first() is not None
