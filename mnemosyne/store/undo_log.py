"""Undos in the log: events that name another event, which from then on counts nowhere, whatever the order they come in.

Nothing is deleted: `undone_at` of what was taken back is a copy of what the undo says. Each function works within a
transaction of the caller's.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, insert, update

from mnemosyne.store.event_ids import event_identity, next_number
from mnemosyne.store.tables import mark_change, reset, review, undo

_LOG: Final = insert(undo)
_MARK: Final = tuple(
    update(table).where(table.c.id == bindparam("event")).values(undone_at=bindparam("moment"))
    for table in (review, reset, mark_change)
)


def log_undo(connection: Connection, event_id: str, moment: int) -> None:
    """Log that an event is taken back at a moment, in microseconds, and mark it undone."""
    identity = event_identity(connection, moment)
    values = {**identity, "number": next_number(connection), "event_id": event_id, "undone_at": moment}
    connection.execute(_LOG, values)
    mark_undone(connection, event_id, moment)


def mark_undone(connection: Connection, event_id: str, moment: int) -> None:
    """Mark the event undone; nothing, if it is not known yet."""
    for statement in _MARK:
        connection.execute(statement, {"event": event_id, "moment": moment})
