"""Numbers of the events that are no reviews: resets and changes of marks count in one sequence, from 1."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, func, select, union_all

from mnemosyne.store.tables import mark_change, reset, review

_NEWEST_REVIEW: Final = select(func.coalesce(func.max(review.c.number), 0))
_resets, _changes = (select(func.max(table.c.number).label("number")) for table in (reset, mark_change))
_numbers = union_all(_resets, _changes).subquery()
_NEWEST: Final = select(func.coalesce(func.max(_numbers.c.number), 0))


def next_number(connection: Connection) -> int:
    """Return the number of the next event."""
    return int(connection.execute(_NEWEST).scalar_one()) + 1


def newest_review(connection: Connection) -> int:
    """Return the number of the newest review, undone ones too; 0 if there is none."""
    return int(connection.execute(_NEWEST_REVIEW).scalar_one())
