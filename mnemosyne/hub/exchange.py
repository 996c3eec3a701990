"""Events to and from a hub, as lines of text: repeating an exchange has no effect, and events are never changed.

Each learner's events are numbered in order of arrival, from 1, without gaps. Pushes of one learner wait for
each other, so a reader who has read up to a number has missed none below it.
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
_DIGITS: Final = 18  # most digits of a number
BATCH: Final = 1000  # events in one statement, which is one transaction
# Joined by line ends, since psycopg takes a millisecond to write two lists of twenty.
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
    """How far a learner's events were read from the hub: the last number, and the id of that event.

    A hub restored from a backup may have another event there, or none: then everything is exchanged again.
    """

    number: int = 0
    event_id: str = ""

    def __str__(self) -> str:
        """Return the cursor as text to store."""
        return f"{self.number} {self.event_id}"

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Return the cursor stored in a text; the beginning for any other text."""
        number, _, event_id = text.partition(" ")
        is_cursor = number.isdecimal() and len(number) <= _DIGITS and bool(event_id)
        return cls(int(number), event_id) if is_cursor else cls()


def with_hub(address: HubAddress, work: Callable[[Connection], Result]) -> Result:
    """Return the result of a learner's `work` on a connection, repeated once on a new one if the first breaks;
    it must be repeatable.
    """
    begun = False

    def once() -> Result:
        nonlocal begun
        try:
            with connected(address) as connection:
                require_current(connection, address)
                begun = True
                return work(connection)
        except HubAwayError as error:
            raise HubAwayError(error.message, "the next session exchanges what was missed") from error

    try:
        return once()
    except HubAwayError:
        if not begun:
            raise
        return once()


def holds(connection: Connection, cursor: Cursor) -> bool:
    """Return whether the hub still has the event of the cursor; always True at the beginning."""
    if not cursor.number:
        return True
    rows = connection.execute(
        "select from mnemosyne.event where learner = current_user and number = %s and id = %s",
        (cursor.number, cursor.event_id),
    )
    return rows.fetchone() is not None


def last_cursor(connection: Connection) -> Cursor:
    """Return the cursor after the learner's newest event at the hub."""
    row = connection.execute(
        "select number, replace(id::text, '-', '') from mnemosyne.event where learner = current_user"
        " order by number desc limit 1"
    ).fetchone()
    return Cursor() if row is None else Cursor(*row)


def pull(connection: Connection, cursor: Cursor) -> Iterator[tuple[Cursor, str]]:
    """Yield the learner's events after the cursor, each with the cursor after it, in order of arrival."""
    last = cursor.number
    while rows := connection.execute(_AFTER, (last, BATCH)).fetchall():
        for number, event_id, line in rows:
            yield Cursor(number, event_id), line
        last = rows[-1][0]


def push(connection: Connection, events: Iterable[tuple[str, str]]) -> int:
    """Append events, each an id and its line, and return how many were new; each batch is one transaction."""
    new = 0
    remaining = iter(events)
    while batch := list(islice(remaining, BATCH)):
        ids, lines = zip(*batch, strict=True)
        new += connection.execute(_APPEND, ("\n".join(ids), "\n".join(lines))).rowcount
    return new
