"""Changes of marks in the log: cards that are suspended, buried or flagged, or no longer, and the way back.

A card has the mark that the newest change gave it which is not undone. Each function works within a transaction of the
caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Select, Text, Update, and_, bindparam, cast, func, insert, select, update

from mnemosyne.errors import StoreError
from mnemosyne.review.record import Mark, MarkChange
from mnemosyne.store.new_events import event_identity, log_undo, next_number
from mnemosyne.store.rows import moment_in, moment_out, readable, text_in, whole_in
from mnemosyne.store.tables import DUE, card, mark_change

MarkValue: TypeAlias = str | bool | None  # of the column: a switch, or the day until which a card is buried

_this: Final = mark_change.c.number == bindparam("this")
_this_card: Final = card.c.id == bindparam("this")
_counts: Final = and_(mark_change.c.undone_at.is_(None), mark_change.c.mark != DUE)
_LOG: Final = insert(mark_change)
_LAST: Final = select(mark_change.c.number).where(_counts).order_by(mark_change.c.id.desc()).limit(1)
_ROWS: Final = select(mark_change).where(_this).order_by(mark_change.c.card_id)
_NEWEST: Final = (
    select(mark_change.c.value)
    .where(mark_change.c.card_id == bindparam("card"), mark_change.c.mark == bindparam("mark"), _counts)
    .order_by(mark_change.c.id.desc())
    .limit(1)
)
_of_card: Final = (
    select(mark_change.c.value)
    .where(mark_change.c.card_id == card.c.id, mark_change.c.mark == bindparam("mark"), _counts)
    .order_by(mark_change.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_WRONG: Final[dict[Mark, Select[Any]]] = {
    mark: select(card.c.id)
    .where(
        (_of_card if mark is Mark.BURIED else func.coalesce(_of_card, "0")).is_distinct_from(
            cast(card.c[mark.value], Text)
        )
    )
    .order_by(card.c.id)
    .params(mark=mark.value)
    for mark in Mark
}
_READ: Final[dict[Mark, Select[Any]]] = {mark: select(card.c[mark.value]).where(_this_card) for mark in Mark}
_WRITE: Final[dict[Mark, Update]] = {
    mark: update(card).where(_this_card).values({mark.value: bindparam("value")}) for mark in Mark
}


def change_marks(
    connection: Connection, card_ids: Iterable[str], mark: Mark, value: MarkValue, moment: datetime
) -> MarkChange | None:
    """Set the mark of the cards and log the change; None, and nothing logged, if no card changes."""
    card_ids_changed: set[str] = set()
    for card_id in card_ids:
        row = connection.execute(_READ[mark], {"this": card_id}).one_or_none()
        if row is not None and row[0] != value:
            card_ids_changed.add(card_id)
    if not card_ids_changed:
        return None
    event = MarkChange(mark, tuple(sorted(card_ids_changed)), bool(value), moment, next_number(connection))
    of_all = {
        "number": event.number,
        "mark": mark.value,
        **event_identity(connection, moment_out(moment)),
        "changed_at": moment_out(moment),
        "value": mark_out(value),
    }
    connection.execute(_LOG, [{**of_all, "card_id": card_id} for card_id in event.card_ids])
    connection.execute(_WRITE[mark], [{"this": card_id, "value": value} for card_id in event.card_ids])
    return event


def last_change(connection: Connection) -> tuple[str, MarkChange] | None:
    """Return the newest change that is not undone, after its id; None if there is none."""
    number = connection.execute(_LAST).scalar_one_or_none()
    return None if number is None else _event(rows_of_change(connection, number))


def rows_of_change(connection: Connection, number: int) -> Sequence[Any]:
    """Return the rows of a change, of marks or of due dates, one for each of its cards; none if it was never stored."""
    return connection.execute(_ROWS, {"this": number}).all()


def rows_to_undo(connection: Connection, number: int, undone: str) -> Sequence[Any]:
    """Return the same, to be undone; KeyError if there are none, StoreError with `undone` if that was done already."""
    rows = rows_of_change(connection, number)
    if not rows:
        raise KeyError(number)
    if rows[0].undone_at is not None:
        raise StoreError(f"{rows[0].card_id}: {undone}", "undo the event before it")
    return rows


def take_change_back(connection: Connection, number: int, moment: int) -> None:
    """Mark the change undone at `moment` (in microseconds), and give its cards the marks that they have without it.

    KeyError if it was never stored, StoreError if it is taken back already.
    """
    rows = rows_to_undo(connection, number, "this change has already been undone")
    log_undo(connection, rows[0].id, moment)
    follow_changes(connection, Mark(rows[0].mark), [row.card_id for row in rows])


def wrong_marks(connection: Connection) -> list[tuple[Mark, str]]:
    """Return each mark that a card has without the log or has not in spite of it, with the id of the card."""
    return [(mark, card_id) for mark in Mark for card_id in connection.execute(_WRONG[mark]).scalars()]


def follow_changes(connection: Connection, mark: Mark, card_ids: Iterable[str]) -> None:
    """Give the cards the mark that the log says."""
    for card_id in card_ids:
        value: str | None = connection.execute(_NEWEST, {"card": card_id, "mark": mark.value}).scalar()
        connection.execute(_WRITE[mark], {"this": card_id, "value": mark_in(mark, value)})


@readable
def _event(rows: Sequence[Any]) -> tuple[str, MarkChange]:
    first = rows[0]
    mark = Mark(first.mark)
    card_ids = tuple(text_in(row.card_id) for row in rows)
    event = MarkChange(
        mark, card_ids, bool(mark_in(mark, first.value)), moment_in(first.changed_at), whole_in(first.number)
    )
    return text_in(first.id), event


def mark_out(value: Any) -> str | None:
    """Return a mark as it is logged: a day as it is, else 0 or 1."""
    return value if value is None or isinstance(value, str) else str(int(value))


def mark_in(mark: Mark, text: str | None) -> str | bool | None:
    """Return a mark in the log as the card has it."""
    return text if mark is Mark.BURIED else text == "1"
