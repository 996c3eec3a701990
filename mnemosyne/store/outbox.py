"""What a deck hands to other decks: the events that are new since a position, and how far each carrier has come.

What carries the events, a folder or a hub, is not known here; `merging` is the way in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, Self

from sqlalchemy import Connection, Engine, Table, func, insert, select

from mnemosyne.review.log_event import EventKind, LogEvent
from mnemosyne.review.record import Mark
from mnemosyne.store.marks import mark_in
from mnemosyne.store.new_events import next_number
from mnemosyne.store.rows import readable_rows, text_in, whole_in
from mnemosyne.store.tables import DUE, carrier, mark_change, reset, review, undo
from mnemosyne.store.transactions import reading, writing
from mnemosyne.text import parse_json

_BATCH: Final = 1000  # rows held at a time
REVIEW_FACTS: Final = {  # by their names in an event, the columns of a review
    "offset": "utc_offset",
    "day": "study_day",
    "card": "card_id",
    "seed": "seed",
    "drill": "asked_as_drill",
    "practice": "practice",
    "answer": "answer",
    "verdict": "verdict",
    "misconception": "misconception",
    "proposed": "proposed",
    "quality": "quality",
    "hints": "hints",
    "attempts": "attempts",
    "duration": "duration",
    "fuzzed": "fuzzed",
    "answers": "answers",
    "exercise": "exercise",
    "fields": "fields",
}


@dataclass(frozen=True, slots=True)
class Position:
    """How far a deck's log was handed on, in the order in which events came to it: the last numbers."""

    reviews: int = 0  # of the reviews
    others: int = 0  # of all other events

    def __str__(self) -> str:
        return f"{self.reviews}.{self.others}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the position that `str` wrote; the beginning for any other text, since sending twice does no harm."""
        reviews, _, others = text.partition(".")
        return cls(int(reviews), int(others)) if reviews.isdecimal() and others.isdecimal() else cls()


@dataclass(frozen=True, slots=True)
class CarrierState:
    """How far the exchange with a carrier has come."""

    sent: Position  # of the deck's log
    received: str  # in the carrier's own words


def end_of_log(engine: Engine) -> Position:
    """Return the position of the newest event in the deck."""
    with reading(engine) as connection:
        newest = connection.execute(select(func.coalesce(func.max(review.c.number), 0))).scalar_one()
        return Position(int(newest), next_number(connection) - 1)


def new_events(
    engine: Engine, after: Position, until: Position, known_ids: Set[str] = frozenset()
) -> Iterator[LogEvent]:
    """Yield what came to the deck after a position, up to another, whatever its device.

    Left out are events whose ids the receiver knows, and rows that cannot be read.
    """
    with reading(engine) as connection:

        def rows(table: Table, first: int, last: int) -> Iterator[Any]:
            return (row for row in _rows(connection, table, first, last) if row.id not in known_ids)

        yield from readable_rows(_review_event, rows(review, after.reviews, until.reviews))
        for table, read in ((reset, _reset_event), (mark_change, _mark_or_due_event)):
            groups = groupby(rows(table, after.others, until.others), key=lambda row: row.id)
            yield from readable_rows(read, (list(group) for _, group in groups))
        yield from readable_rows(_undo_event, rows(undo, after.others, until.others))


def carrier_state(engine: Engine, name: str) -> CarrierState | None:
    """Return how far the exchange with a carrier has come; None before the first."""
    with reading(engine) as connection:
        row = connection.execute(select(carrier.c.sent, carrier.c.received).where(carrier.c.name == name)).one_or_none()
    return None if row is None else CarrierState(Position.parse(row.sent), row.received)


def keep_carrier_state(engine: Engine, name: str, state: CarrierState) -> None:
    """Remember how far the exchange with a carrier has come."""
    values = {"name": name, "sent": str(state.sent), "received": state.received}
    with writing(engine) as connection:
        connection.execute(insert(carrier).prefix_with("OR REPLACE"), values)


def _rows(connection: Connection, table: Table, after: int, until: int) -> Iterator[Any]:
    query = select(table).where(table.c.number > after, table.c.number <= until).order_by(*table.primary_key.columns)
    return iter(connection.execute(query.execution_options(yield_per=_BATCH)))


def _review_event(row: Any) -> LogEvent:
    facts = {name: getattr(row, column) for name, column in REVIEW_FACTS.items()}
    facts["answers"] = None if row.answers is None else parse_json(text_in(row.answers))
    return LogEvent(text_in(row.id), text_in(row.device), EventKind.REVIEW, whole_in(row.answered_at), facts)


def _reset_event(rows: Sequence[Any]) -> LogEvent:
    first = rows[0]
    facts = {"day": first.study_day, "cards": sorted(row.card_id for row in rows)}
    return LogEvent(text_in(first.id), text_in(first.device), EventKind.RESET, whole_in(first.reset_at), facts)


def _mark_or_due_event(rows: Sequence[Any]) -> LogEvent:
    return _due_event(rows) if rows[0].mark == DUE else _mark_event(rows)


def _due_event(rows: Sequence[Any]) -> LogEvent:
    first = rows[0]
    days = {row.card_id: text_in(row.value) for row in sorted(rows, key=lambda row: text_in(row.card_id))}
    identity = text_in(first.id), text_in(first.device)
    return LogEvent(*identity, EventKind.DUE, whole_in(first.changed_at), {"days": days})


def _mark_event(rows: Sequence[Any]) -> LogEvent:
    first = rows[0]
    value = mark_in(Mark(first.mark), first.value)
    facts = {"cards": sorted(row.card_id for row in rows), "value": value}
    kind = EventKind(first.mark)
    return LogEvent(text_in(first.id), text_in(first.device), kind, whole_in(first.changed_at), facts)


def _undo_event(row: Any) -> LogEvent:
    facts = {"of": text_in(row.event_id)}
    return LogEvent(text_in(row.id), text_in(row.device), EventKind.UNDO, whole_in(row.undone_at), facts)
