"""Due dates set by hand, in the log: each is a change of the column `due` of a card, which holds until its next review.

The log has only the day; what is known of a card follows from it as from a review. Each function works within a
transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert, select

from mnemosyne.review.record import DueDateChange
from mnemosyne.scheduling.memory import Memory
from mnemosyne.store.card_memory import read_memory, write_memories
from mnemosyne.store.marks import rows_of_change, rows_to_undo
from mnemosyne.store.new_events import event_identity, log_undo, next_number
from mnemosyne.store.queues import DAY, Statement, counting, scheduled
from mnemosyne.store.rows import day_in_log, moment_in, moment_out, readable, text_in, whole_in
from mnemosyne.store.tables import DUE, mark_change, review
from mnemosyne.store.transactions import reading

_of_due: Final = mark_change.c.mark == DUE
_counts: Final = mark_change.c.undone_at.is_(None)
_LOG: Final = insert(mark_change)
_LAST: Final = select(mark_change.c.number).where(_of_due, _counts).order_by(mark_change.c.id.desc()).limit(1)
COUNTING: Final[Statement] = select(mark_change).where(_of_due, _counts)
_reviewed_since: Final = (
    select(review.c.number)
    .where(review.c.card_id == mark_change.c.card_id, review.c.study_day < DAY, scheduled, counting)
    .where(review.c.id > mark_change.c.id)
    .exists()
)
_BY_HAND: Final[Statement] = select(mark_change.c.card_id).where(_of_due, _counts, ~_reviewed_since).distinct()


def set_due_dates(connection: Connection, days: Mapping[str, date], moment: datetime) -> DueDateChange | None:
    """Have each card be due on its day, and log it; None if no card changes, new ones and unknown ids among them."""
    memories: dict[str, Memory] = {}
    for card_id, day in days.items():
        with suppress(KeyError):
            memory = read_memory(connection, card_id)
            if memory.with_due(day) != memory:
                memories[card_id] = memory.with_due(day)
    if not memories:
        return None
    ids = tuple(sorted(memories))
    event = DueDateChange(ids, tuple(days[card_id] for card_id in ids), moment, next_number(connection))
    of_all = {
        "number": event.number,
        "mark": DUE,
        **event_identity(connection, moment_out(moment)),
        "changed_at": moment_out(moment),
    }
    rows = [{**of_all, "card_id": card_id, "value": days[card_id].isoformat()} for card_id in ids]
    connection.execute(_LOG, rows)
    write_memories(connection, memories)
    return event


def set_by_hand(engine: Engine, day: date) -> frozenset[str]:
    """Return the ids of the cards whose due date was set by hand when `day` began, or since."""
    with reading(engine) as connection:
        return frozenset(connection.execute(_BY_HAND, {"day": day.isoformat()}).scalars())


def last_due_change(connection: Connection) -> tuple[str, DueDateChange] | None:
    """Return the newest change that is not undone, after its id; None if there is none."""
    number = connection.execute(_LAST).scalar_one_or_none()
    return None if number is None else change_in(rows_of_change(connection, number))


def take_due_change_back(connection: Connection, number: int, moment: int) -> None:
    """Mark the change undone at `moment` (in microseconds); its cards have to be computed again.

    KeyError if it was never stored, StoreError if it is taken back already.
    """
    rows = rows_to_undo(connection, number, "this due date has already been undone")
    log_undo(connection, rows[0].id, moment)


@readable
def change_in(rows: Sequence[Any]) -> tuple[str, DueDateChange]:
    """Return the change that some rows of one event are, after its id."""
    first = rows[0]
    card_ids = tuple(text_in(row.card_id) for row in rows)
    days = tuple(day_in_log(row.value) for row in rows)
    return text_in(first.id), DueDateChange(card_ids, days, moment_in(first.changed_at), whole_in(first.number))
