"""New events of the log: their ids (later than all others), devices and numbers; and undos.

Reviews are numbered by themselves, all other events in one sequence; both start at 1, in order of
arrival. An undo names another event, which then counts nowhere, whatever the order of arrival: nothing
is deleted, and `undone_at` of the undone event is a copy of the undo's time. Every function runs
within the caller's transaction.
"""

from __future__ import annotations

import platform
import re
import secrets
from typing import Any, Final

from sqlalchemy import Connection, ScalarSelect, bindparam, func, insert, literal_column, select, union_all, update

from mnemosyne.review.log_event import CHANCE_BITS, IMPORTED, LATEST_MOMENT, new_id, stamp_of
from mnemosyne.store.engine import PreparedStatement
from mnemosyne.store.tables import device, mark_change, reset, review, undo

OTHERS: Final = (reset, mark_change, undo)  # the tables of events that are no reviews
_numbers = union_all(*(select(func.max(table.c.number).label("number")) for table in OTHERS)).subquery()
_NEWEST: Final = select(func.coalesce(func.max(_numbers.c.number), 0))
_DEFAULT_NAME: Final = "device"
_NAME_LENGTH: Final = 40


def _newest_id(table: Any) -> ScalarSelect[Any]:
    return select(func.coalesce(func.max(table.c.id), literal_column("''"))).scalar_subquery()


_SO_FAR: Final = PreparedStatement(
    select(func.max(*map(_newest_id, (review, *OTHERS))), select(device.c.name).scalar_subquery())
)


def next_number(connection: Connection) -> int:
    """Return the number of the next event other than a review."""
    return int(connection.execute(_NEWEST).scalar_one()) + 1


def event_identity(connection: Connection, moment: int) -> dict[str, str]:
    """Return the id and device of an event at a moment (in microseconds); the id comes after all known ones."""
    newest, name = _SO_FAR.execute(connection, {}).fetchone()
    stamp = max(min(moment, LATEST_MOMENT), stamp_of(newest) + 1 if newest else 0)
    return {"id": new_id(stamp, secrets.randbits(CHANCE_BITS)), "device": name or _set_device_name(connection)}


def device_name(connection: Connection) -> str:
    """Return the name of this device, which is set when first needed."""
    name: str | None = connection.execute(select(device.c.name)).scalar()
    return name or _set_device_name(connection)


def rename_device(connection: Connection) -> str:
    """Give this device a new name, since a copy of its deck uses the old one, and return it."""
    return _set_device_name(connection, f"-{secrets.token_hex(2)}")


def _set_device_name(connection: Connection, suffix: str = "") -> str:
    machine = re.sub(r"[^a-z0-9]+", "-", platform.node().lower().partition(".")[0]).strip("-")
    name = (machine[:_NAME_LENGTH] or _DEFAULT_NAME) + suffix
    name = name if name != IMPORTED else _DEFAULT_NAME
    connection.execute(insert(device).prefix_with("OR REPLACE"), {"id": 1, "name": name})
    return name


_LOG: Final = insert(undo)
_MARK: Final = tuple(
    update(table).where(table.c.id == bindparam("event")).values(undone_at=bindparam("moment"))
    for table in (review, reset, mark_change)
)


def log_undo(connection: Connection, event_id: str, moment: int) -> None:
    """Log the undo of an event at a moment (in microseconds), and mark it undone."""
    identity = event_identity(connection, moment)
    values = {**identity, "number": next_number(connection), "event_id": event_id, "undone_at": moment}
    connection.execute(_LOG, values)
    mark_undone(connection, event_id, moment)


def mark_undone(connection: Connection, event_id: str, moment: int) -> None:
    """Mark the event undone; do nothing if it is not known yet."""
    for statement in _MARK:
        connection.execute(statement, {"event": event_id, "moment": moment})
