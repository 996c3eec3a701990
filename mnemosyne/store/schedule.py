"""The memories of cards under a scheduler: computed from the log, all at a switch, some where an event was undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, Engine, delete, insert, select

from mnemosyne.review.card_log import recomputed
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import SM2_KEY, Scheduler
from mnemosyne.store.audit import histories_within, history_of, write_differences
from mnemosyne.store.card_memory import mark_outdated, write_memories
from mnemosyne.store.queues import active
from mnemosyne.store.rows import day_in, day_out
from mnemosyne.store.tables import card, schedule
from mnemosyne.store.transactions import reading, writing

_ACTIVE: Final = select(card.c.id).where(active)
_SCHEDULE: Final = select(schedule.c.key, schedule.c.catch_up_until, schedule.c.catch_up_limit)


@dataclass(frozen=True, slots=True)
class CatchUp:
    """The `limit` of due cards per study day, up to and including `until`, after a switch made many due.

    Where the learner spreads them, the limit of each day follows from what is due by then; None until that is known.
    """

    until: date
    limit: int | None
    by_learner: bool = False  # whether the learner spreads them


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """A card that another scheduler brings back on another day."""

    card_id: str  # the id of the card
    before: date  # due under the present scheduler
    after: date  # due under the other


def catch_up_of(engine: Engine) -> CatchUp | None:
    """Return over which days what is due is spread, since a switch or by the learner's choice, if it is."""
    with reading(engine) as connection:
        row = connection.execute(_SCHEDULE).one_or_none()
    until = day_in(row.catch_up_until) if row else None
    return CatchUp(until, row.catch_up_limit, by_learner=row.catch_up_limit is None) if row and until else None


def store_catch_up(engine: Engine, catch_up: CatchUp, scheduler: Scheduler) -> None:
    """Spread what is due from now on; the memories of the cards are those of the scheduler already."""
    with writing(engine) as connection:
        _store(connection, scheduler, catch_up)


def is_computed(engine: Engine, scheduler: Scheduler) -> bool:
    """Return whether the memories of the cards are those of this scheduler."""
    return key_in_use(engine) == scheduler.key


def key_in_use(engine: Engine) -> str:
    """Return the key of the scheduler under which the memories of the cards are computed."""
    with reading(engine) as connection:
        return scheduler_key(connection)


def rescheduled(engine: Engine, scheduler: Scheduler) -> Iterator[Rescheduled]:
    """Yield the cards of sessions that the scheduler would bring back on another day than now; writes nothing."""
    with reading(engine) as connection:
        in_sessions = frozenset(connection.execute(_ACTIVE).scalars())
        for history in histories_within(connection):
            if history.card_id not in in_sessions:
                continue
            after = recomputed(history, scheduler).memory
            if history.memory and after and history.memory.due and after.due and history.memory.due != after.due:
                yield Rescheduled(history.card_id, history.memory.due, after.due)


def compute_all(engine: Engine, scheduler: Scheduler, catch_up: CatchUp | None = None) -> None:
    """Compute the memories of all cards under a scheduler, in one transaction; the log stays as it is."""
    with writing(engine) as connection:
        memories: dict[str, Memory] = {}
        for history in histories_within(connection):
            after = recomputed(history, scheduler).memory or Memory()
            if history.memory != after:
                memories[history.card_id] = after
        write_memories(connection, memories)
        _store(connection, scheduler, catch_up)


def _store(connection: Connection, scheduler: Scheduler, catch_up: CatchUp | None) -> None:
    connection.execute(delete(schedule))
    until, limit = (day_out(catch_up.until), catch_up.limit) if catch_up else (None, None)
    values = {"id": 1, "key": scheduler.key, "catch_up_until": until, "catch_up_limit": limit}
    connection.execute(insert(schedule), values)


def compute_again(connection: Connection, card_ids: Iterable[str], scheduler: Scheduler) -> None:
    """Compute some cards, whose log has changed, within a transaction of the caller's."""
    for card_id in card_ids:
        history = history_of(connection, card_id)
        if history is not None:
            write_differences(connection, history, recomputed(history, scheduler))
    if scheduler_key(connection) != scheduler.key:
        mark_outdated(connection)


def scheduler_key(connection: Connection) -> str:
    """Return the key of the scheduler under which the memories of the cards are computed."""
    row = connection.execute(_SCHEDULE).one_or_none()
    return SM2_KEY if row is None else str(row.key)
