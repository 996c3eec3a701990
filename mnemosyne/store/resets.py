"""Resets in the log: cards that begin again as new, and the way back.

A reset is an event between two reviews, and has its place among them by its id. What is known of a card afterwards is
what is known of a new one; what was known before stands in the event, for undo. No review is touched, so that
statistics stay what they are. Each function works within a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select

from mnemosyne.errors import StoreError
from mnemosyne.review.log_event import IMPORTED
from mnemosyne.review.record import Reset
from mnemosyne.scheduling.memory import Memory
from mnemosyne.store.card_memory import read_memory, write_memories
from mnemosyne.store.new_events import event_identity, log_undo, next_number
from mnemosyne.store.queues import counting
from mnemosyne.store.rows import (
    day_in_log,
    memory_out,
    moment_in,
    moment_out,
    readable,
    text_in,
    whole_in,
)
from mnemosyne.store.tables import reset, review

_counts: Final = reset.c.undone_at.is_(None)
_this: Final = reset.c.number == bindparam("this")

_LOG: Final = insert(reset)
_LAST: Final = select(reset.c.number).where(_counts, reset.c.device != IMPORTED).order_by(reset.c.id.desc()).limit(1)
_ROWS: Final = select(reset).where(_this).order_by(reset.c.card_id)
_AFTER: Final = select(reset.c.number).where(
    reset.c.card_id == bindparam("card"), reset.c.id > bindparam("review"), _counts
)
_GRADED_SINCE: Final = (
    select(review.c.card_id)
    .join_from(reset, review, review.c.card_id == reset.c.card_id)
    .where(_this, review.c.id > reset.c.id, counting)
    .limit(1)
)


def log(connection: Connection, card_ids: Iterable[str], moment: datetime, day: date) -> Reset | None:
    """Make these cards new again and log the reset; None if all are new already, or there is no such card."""
    memories: dict[str, Memory] = {}
    for card_id in card_ids:
        with suppress(KeyError):
            memories[card_id] = read_memory(connection, card_id)
    memories = {card_id: memory.by_sm2() for card_id, memory in memories.items() if memory != Memory()}
    if not memories:
        return None
    event = Reset(tuple(sorted(memories)), moment, day, next_number(connection))
    of_all = {
        "number": event.number,
        **event_identity(connection, moment_out(moment)),
        "reset_at": moment_out(moment),
        "study_day": day.isoformat(),
    }
    connection.execute(
        _LOG, [{**of_all, "card_id": id_, **memory_out(memories[id_], "before_")} for id_ in event.card_ids]
    )
    write_memories(connection, dict.fromkeys(event.card_ids, Memory()))
    return event


def last(connection: Connection) -> tuple[str, Reset] | None:
    """Return the newest reset that is not undone and not imported, after its id; None if there is none."""
    number = connection.execute(_LAST).scalar_one_or_none()
    return None if number is None else _placed(connection.execute(_ROWS, {"this": number}).all())


def take_back(connection: Connection, number: int, moment: int) -> None:
    """Mark the reset undone at `moment` (in microseconds); its cards have to be computed again.

    KeyError if it was never stored; StoreError if it is taken back already or one of its cards went on since.
    """
    rows = connection.execute(_ROWS, {"this": number}).all()
    if not rows:
        raise KeyError(number)
    first = rows[0]
    if first.undone_at is not None:
        raise StoreError(f"{first.card_id}: this reset has already been undone", "undo the event before it")
    # A later reset of one of them needs no look: there is a grade between two resets of a card.
    if card_id := connection.execute(_GRADED_SINCE, {"this": number}).scalar():
        raise StoreError(f"{card_id}: this card has been graded since its reset", "undo the newest grade first")
    log_undo(connection, first.id, moment)


def after(connection: Connection, card_id: str, review_id: str) -> bool:
    """Return whether the card was reset since the review with this id, and the reset is not undone."""
    return connection.execute(_AFTER, {"card": card_id, "review": review_id}).first() is not None


@readable
def _placed(rows: Sequence[Any]) -> tuple[str, Reset]:
    first = rows[0]
    card_ids = tuple(text_in(row.card_id) for row in rows)
    event = Reset(card_ids, moment_in(first.reset_at), day_in_log(first.study_day), whole_in(first.number))
    return text_in(first.id), event
