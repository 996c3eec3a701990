"""Events to and from a hub, as lines of text: what is there twice is there once, what is sent is never changed.

Numbers count a learner's events in the order of their arrival, from 1, without a gap. Pushes of one learner wait for
each other, so whoever has read up to a number has missed none below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from mnemosyne.errors import HubAwayError
from mnemosyne.hub.connection import Connection, connected
from mnemosyne.hub.founding import require_current
from mnemosyne.hub_address import HubAddress

Result = TypeVar("Result")
BATCH: Final = 1000  # events in one statement, which is one transaction
# Joined by what ends a line, since psycopg needs a millisecond to write two lists of twenty.
_APPEND: Final = (
    "insert into mnemosyne.event (id, line)"
    r" select * from unnest(string_to_array(%s, E'\n')::uuid[], string_to_array(%s, E'\n'))"
    " on conflict (learner, id) do nothing"
)
_AFTER: Final = (
    "select number, replace(id::text, '-', ''), line from mnemosyne.event"
    " where learner = current_user and number > %s order by number limit %s"
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a learner's events at the hub were read: the last number, and the event that had it.

    A hub that was put back to an older state may have another event there, or none: then all is exchanged anew.
    """

    number: int = 0
    event_id: str = ""

    def __str__(self) -> str:
        """Return the cursor as text to keep."""
        return f"{self.number} {self.event_id}"

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Return the cursor in a text that was kept; the beginning for any other text."""
        number, _, event_id = text.partition(" ")
        return cls(int(number), event_id) if number.isdecimal() and event_id else cls()


def with_hub(address: HubAddress, work: Callable[[Connection], Result]) -> Result:
    """Do work that may be done twice, over a connection; once more over a new one if the first breaks meanwhile."""
    begun = False

    def once() -> Result:
        nonlocal begun
        with connected(address) as connection:
            require_current(connection, address)
            begun = True
            return work(connection)

    try:
        return once()
    except HubAwayError:
        if not begun:
            raise
        return once()


def holds(connection: Connection, cursor: Cursor) -> bool:
    """Return whether the hub still has the event that the cursor names; the beginning names none."""
    if not cursor.number:
        return True
    rows = connection.execute(
        "select from mnemosyne.event where learner = current_user and number = %s and id = %s",
        (cursor.number, cursor.event_id),
    )
    return rows.fetchone() is not None


def last_cursor(connection: Connection) -> Cursor:
    """Return the cursor behind the learner's newest event at the hub."""
    row = connection.execute(
        "select number, replace(id::text, '-', '') from mnemosyne.event where learner = current_user"
        " order by number desc limit 1"
    ).fetchone()
    return Cursor() if row is None else Cursor(*row)


def pull(connection: Connection, cursor: Cursor) -> Iterator[tuple[Cursor, str]]:
    """Yield the learner's events after the cursor, each with the cursor behind it, in the order of their arrival."""
    last = cursor.number
    while rows := connection.execute(_AFTER, (last, BATCH)).fetchall():
        for number, event_id, line in rows:
            yield Cursor(number, event_id), line
        last = rows[-1][0]


def push(connection: Connection, events: Iterable[tuple[str, str]]) -> int:
    """Append events, each an id and its line, and return how many were new; each batch is kept whole or not at all."""
    new = 0
    remaining = iter(events)
    while batch := list(islice(remaining, BATCH)):
        ids, lines = zip(*batch, strict=True)
        new += connection.execute(_APPEND, ("\n".join(ids), "\n".join(lines))).rowcount
    return new
