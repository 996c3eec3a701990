"""Changes of marks in the log: cards that are suspended, buried or flagged, or no longer, and the way back.

Like a reset, a change is an event after the review that was the newest at that moment; both count in one sequence of
numbers, so that the newest event is known. Each function works within a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Select, Update, bindparam, insert, select, update

from mnemosyne.errors import StoreError
from mnemosyne.review.record import Mark, MarkChange
from mnemosyne.store.event_numbers import newest_review, next_number
from mnemosyne.store.rows import moment_in, moment_out, readable, text_in, whole_in
from mnemosyne.store.tables import card, mark_change

MarkValue: TypeAlias = str | bool | None  # of the column: a switch, or the day until which a card is buried

_this: Final = mark_change.c.number == bindparam("this")
_this_card: Final = card.c.id == bindparam("this")
_counts: Final = mark_change.c.undone_at.is_(None)
_LOG: Final = insert(mark_change)
_LAST: Final = select(mark_change.c.number).where(_counts).order_by(mark_change.c.number.desc()).limit(1)
_ROWS: Final = select(mark_change).where(_this).order_by(mark_change.c.card_id)
_UNDO: Final = update(mark_change).where(_this).values(undone_at=bindparam("moment"))
_READ: Final[dict[Mark, Select[Any]]] = {mark: select(card.c[mark.value]).where(_this_card) for mark in Mark}
_WRITE: Final[dict[Mark, Update]] = {
    mark: update(card).where(_this_card).values({mark.value: bindparam("value")}) for mark in Mark
}


def change_marks(
    connection: Connection, card_ids: Iterable[str], mark: Mark, value: MarkValue, moment: datetime
) -> MarkChange | None:
    """Set the mark of the cards and log the change; None, and nothing logged, if no card changes."""
    before: dict[str, str | None] = {}
    for card_id in card_ids:
        row = connection.execute(_READ[mark], {"this": card_id}).one_or_none()
        if row is not None and row[0] != value:
            before[card_id] = _text(row[0])
    if not before:
        return None
    event = MarkChange(mark, tuple(sorted(before)), bool(value), moment, next_number(connection))
    of_all = {
        "number": event.number,
        "mark": mark.value,
        "after_review": newest_review(connection),
        "changed_at": moment_out(moment),
        "after": _text(value),
    }
    connection.execute(_LOG, [{**of_all, "card_id": card_id, "before": before[card_id]} for card_id in event.card_ids])
    connection.execute(_WRITE[mark], [{"this": card_id, "value": value} for card_id in event.card_ids])
    return event


def last_change(connection: Connection) -> tuple[int, MarkChange] | None:
    """Return the newest change that is not undone, after the number of the review that it came after."""
    number = connection.execute(_LAST).scalar_one_or_none()
    return None if number is None else _event(connection.execute(_ROWS, {"this": number}).all())


def take_change_back(connection: Connection, number: int, moment: int) -> None:
    """Mark the change undone at `moment` (in microseconds), and give its cards the marks from before it.

    KeyError if it was never stored, StoreError if it is taken back already.
    """
    rows = connection.execute(_ROWS, {"this": number}).all()
    if not rows:
        raise KeyError(number)
    if rows[0].undone_at is not None:
        raise StoreError(f"{rows[0].card_id}: this change was taken back already", "undo the event before it")
    connection.execute(_UNDO, {"this": number, "moment": moment})
    mark = Mark(rows[0].mark)
    connection.execute(_WRITE[mark], [{"this": row.card_id, "value": _value(mark, row.before)} for row in rows])


@readable
def _event(rows: Sequence[Any]) -> tuple[int, MarkChange]:
    first = rows[0]
    mark = Mark(first.mark)
    card_ids = tuple(text_in(row.card_id) for row in rows)
    event = MarkChange(
        mark, card_ids, bool(_value(mark, first.after)), moment_in(first.changed_at), whole_in(first.number)
    )
    return whole_in(first.after_review), event


def _text(value: Any) -> str | None:
    """Return a mark as it is logged: a day as it is, else 0 or 1."""
    return value if value is None or isinstance(value, str) else str(int(value))


def _value(mark: Mark, text: str | None) -> str | bool | None:
    """Return a mark as the card has it."""
    return text if mark is Mark.BURIED else text == "1"
