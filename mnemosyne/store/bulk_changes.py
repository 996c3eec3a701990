"""Changes to cards other than reviews: suspend, bury, flag, reset, set due dates; and undoing these.

A card's mark is that of its newest change that has not been undone. A due date set by hand is a
change of the column `due`, which applies until the card's next review. A reset is an event between
two reviews that makes a card new; it records the memory before. Reviews are never changed. Each
change is one event, even for many cards; unknown ids are skipped, since a list on a screen may be
older than the deck.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from operator import itemgetter
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Engine, Select, Text, Update, bindparam, cast, func, insert, select, update

from mnemosyne.errors import StoreError
from mnemosyne.review.log_event import IMPORTED
from mnemosyne.review.record import DueDateChange, Mark, MarkChange, Reset
from mnemosyne.scheduling.memory import Memory
from mnemosyne.store.engine import reading, writing
from mnemosyne.store.new_events import event_identity, log_undo, next_number
from mnemosyne.store.queues import DAY, Statement, counting, scheduled
from mnemosyne.store.rows import (
    day_in_log,
    mark_in,
    mark_out,
    memory_out,
    moment_in,
    moment_out,
    readable,
    text_in,
    whole_in,
)
from mnemosyne.store.schedule import read_memory, write_memories
from mnemosyne.store.tables import DUE, card, mark_change, reset, review

MarkValue: TypeAlias = str | bool | None  # as in the column: a flag, or the day until which a card is buried

_this_card: Final = card.c.id == bindparam("this")
_this_reset: Final = reset.c.number == bindparam("this")
_reset_counts: Final = reset.c.undone_at.is_(None)
_change_counts: Final = mark_change.c.undone_at.is_(None)
_of_due: Final = mark_change.c.mark == DUE
_newest_marks: Final = (
    select(mark_change.c.value)
    .where(mark_change.c.mark == bindparam("mark"), _change_counts, ~_of_due)
    .order_by(mark_change.c.id.desc())
    .limit(1)
)
_of_card: Final = _newest_marks.where(mark_change.c.card_id == card.c.id).scalar_subquery()
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
_NEWEST_MARK: Final = _newest_marks.where(mark_change.c.card_id == bindparam("card"))
_LAST_CHANGE: Final = select(mark_change.c.number).where(_change_counts).order_by(mark_change.c.id.desc()).limit(1)
_LAST_RESET: Final = (
    select(reset.c.number).where(_reset_counts, reset.c.device != IMPORTED).order_by(reset.c.id.desc()).limit(1)
)
_CHANGE: Final = select(mark_change).where(mark_change.c.number == bindparam("this")).order_by(mark_change.c.card_id)
_RESET: Final = select(reset).where(_this_reset).order_by(reset.c.card_id)
DUE_DATES: Final[Statement] = select(mark_change).where(_of_due, _change_counts)
_reviewed_since: Final = (
    select(review.c.number)
    .where(review.c.card_id == mark_change.c.card_id, review.c.study_day < DAY, scheduled, counting)
    .where(review.c.id > mark_change.c.id)
    .exists()
)
_BY_HAND: Final[Statement] = select(mark_change.c.card_id).where(_of_due, _change_counts, ~_reviewed_since).distinct()
_RESET_AFTER: Final = select(reset.c.number).where(
    reset.c.card_id == bindparam("card"), reset.c.id > bindparam("review"), _reset_counts
)
_GRADED_SINCE: Final = (
    select(review.c.card_id)
    .join_from(reset, review, review.c.card_id == reset.c.card_id)
    .where(_this_reset, review.c.id > reset.c.id, counting)
    .limit(1)
)


def set_mark_in_deck(engine: Engine, card_ids: Iterable[str], mark: Mark, moment: datetime, *, value: MarkValue) -> int:
    """Set the mark of the cards, as in its column; return how many changed."""
    with writing(engine) as connection:
        event = change_marks(connection, card_ids, mark, value, moment)
    return len(event.card_ids) if event else 0


def change_marks(
    connection: Connection, card_ids: Iterable[str], mark: Mark, value: MarkValue, moment: datetime
) -> MarkChange | None:
    """Set the mark of the cards and log the change; return None, logging nothing, if no card changes."""
    card_ids_changed: set[str] = set()
    for card_id in card_ids:
        row = connection.execute(_READ[mark], {"this": card_id}).one_or_none()
        if row is not None and row[0] != value:
            card_ids_changed.add(card_id)
    if not card_ids_changed:
        return None
    event = MarkChange(mark, tuple(sorted(card_ids_changed)), bool(value), moment, next_number(connection))
    _log_change(connection, event, mark.value, dict.fromkeys(event.card_ids, mark_out(value)))
    connection.execute(_WRITE[mark], [{"this": card_id, "value": value} for card_id in event.card_ids])
    return event


def set_due_in_deck(engine: Engine, days: Mapping[str, date], moment: datetime) -> DueDateChange | None:
    """Make each card due on its day and return the event; None if no card changes, as new ones never do."""
    with writing(engine) as connection:
        memories = {
            card_id: memory.with_due(days[card_id])
            for card_id, memory in _memories(connection, days)
            if memory.with_due(days[card_id]) != memory
        }
        if not memories:
            return None
        ids = tuple(sorted(memories))
        event = DueDateChange(ids, tuple(days[card_id] for card_id in ids), moment, next_number(connection))
        _log_change(connection, event, DUE, {card_id: days[card_id].isoformat() for card_id in ids})
        write_memories(connection, memories)
        return event


def _log_change(
    connection: Connection, event: MarkChange | DueDateChange, mark: str, values: Mapping[str, str | None]
) -> None:
    moment = moment_out(event.changed_at)
    of_all = {"number": event.number, "mark": mark, **event_identity(connection, moment), "changed_at": moment}
    connection.execute(
        insert(mark_change), [{**of_all, "card_id": card_id, "value": value} for card_id, value in values.items()]
    )


def reset_in_deck(engine: Engine, card_ids: Iterable[str], moment: datetime, day: date) -> Reset | None:
    """Reset cards to new and return the event; None if all of them are new."""
    with writing(engine) as connection:
        memories = {
            card_id: memory.by_sm2() for card_id, memory in _memories(connection, card_ids) if memory != Memory()
        }
        if not memories:
            return None
        event = Reset(tuple(sorted(memories)), moment, day, next_number(connection))
        at = moment_out(moment)
        of_all = {
            "number": event.number,
            **event_identity(connection, at),
            "reset_at": at,
            "study_day": day.isoformat(),
        }
        before = {card_id: memory_out(memories[card_id], "before_") for card_id in event.card_ids}
        connection.execute(
            insert(reset), [{**of_all, "card_id": card_id, **columns} for card_id, columns in before.items()]
        )
        write_memories(connection, dict.fromkeys(event.card_ids, Memory()))
        return event


def _memories(connection: Connection, card_ids: Iterable[str]) -> Iterator[tuple[str, Memory]]:
    """Yield the id and memory of each card; unknown ids are skipped."""
    for card_id in card_ids:
        with suppress(KeyError):
            yield card_id, read_memory(connection, card_id)


def last_change(connection: Connection) -> tuple[str, MarkChange | DueDateChange | Reset] | None:
    """Return the newest change, not undone and not imported, with its id; None if there is none."""
    placed: list[tuple[str, MarkChange | DueDateChange | Reset]] = []
    if (number := connection.execute(_LAST_CHANGE).scalar_one_or_none()) is not None:
        rows = connection.execute(_CHANGE, {"this": number}).all()
        placed.append(due_change_in(rows) if rows[0].mark == DUE else _mark_change_in(rows))
    if (number := connection.execute(_LAST_RESET).scalar_one_or_none()) is not None:
        placed.append(reset_in(connection.execute(_RESET, {"this": number}).all()))
    return max(placed, key=itemgetter(0), default=None)


def take_change_back(connection: Connection, event: MarkChange | DueDateChange | Reset, moment: int) -> None:
    """Mark the event undone at `moment` (in microseconds), and set its cards' marks to what they are without it.

    After due dates or a reset, the caller must recompute the cards. Raise KeyError if it was never
    stored; raise StoreError if it has already been undone, or if a card was graded after its reset.
    """
    query, name = (_RESET, "reset") if isinstance(event, Reset) else (_CHANGE, "change")
    rows = connection.execute(query, {"this": event.number}).all()
    if not rows:
        raise KeyError(event.number)
    first = rows[0]
    if first.undone_at is not None:
        name = "due date" if isinstance(event, DueDateChange) else name
        raise StoreError(f"{first.card_id}: this {name} has already been undone", "undo the event before it")
    # Later resets need no check: there is always a grade between two resets of a card.
    if isinstance(event, Reset) and (card_id := connection.execute(_GRADED_SINCE, {"this": event.number}).scalar()):
        raise StoreError(f"{card_id}: this card has been graded since its reset", "undo the newest grade first")
    log_undo(connection, first.id, moment)
    if isinstance(event, MarkChange):
        follow_changes(connection, Mark(first.mark), [row.card_id for row in rows])


def was_reset_after(connection: Connection, card_id: str, review_id: str) -> bool:
    """Return whether the card has a reset after the review with this id that has not been undone."""
    return connection.execute(_RESET_AFTER, {"card": card_id, "review": review_id}).first() is not None


def set_by_hand(engine: Engine, day: date) -> frozenset[str]:
    """Return the ids of the cards whose due date was set by hand at the start of `day` or later."""
    with reading(engine) as connection:
        return frozenset(connection.execute(_BY_HAND, {"day": day.isoformat()}).scalars())


def wrong_marks(connection: Connection) -> list[tuple[Mark, str]]:
    """Return each mark that differs between a card and the log, with the card's id."""
    return [(mark, card_id) for mark in Mark for card_id in connection.execute(_WRONG[mark]).scalars()]


def follow_changes(connection: Connection, mark: Mark, card_ids: Iterable[str]) -> None:
    """Set the mark of the cards as recorded in the log."""
    for card_id in card_ids:
        value: str | None = connection.execute(_NEWEST_MARK, {"card": card_id, "mark": mark.value}).scalar()
        connection.execute(_WRITE[mark], {"this": card_id, "value": mark_in(mark, value)})


@readable
def _mark_change_in(rows: Sequence[Any]) -> tuple[str, MarkChange]:
    first = rows[0]
    mark = Mark(first.mark)
    on = bool(mark_in(mark, first.value))
    return text_in(first.id), MarkChange(mark, _card_ids(rows), on, moment_in(first.changed_at), whole_in(first.number))


@readable
def due_change_in(rows: Sequence[Any]) -> tuple[str, DueDateChange]:
    """Return the change of due dates that these rows of one event describe, with its id."""
    first = rows[0]
    days = tuple(day_in_log(row.value) for row in rows)
    change = DueDateChange(_card_ids(rows), days, moment_in(first.changed_at), whole_in(first.number))
    return text_in(first.id), change


@readable
def reset_in(rows: Sequence[Any]) -> tuple[str, Reset]:
    """Return the reset that these rows of one event describe, with its id."""
    first = rows[0]
    day = day_in_log(first.study_day)
    return text_in(first.id), Reset(_card_ids(rows), moment_in(first.reset_at), day, whole_in(first.number))


def _card_ids(rows: Sequence[Any]) -> tuple[str, ...]:
    return tuple(text_in(row.card_id) for row in rows)
