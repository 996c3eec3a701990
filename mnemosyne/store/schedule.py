"""The memories of cards under a scheduler: computed from the log, all at a switch, some where an event was undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, Engine, delete, insert, select

from mnemosyne.review.card_log import recomputed
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Scheduler
from mnemosyne.store.audit import histories_within, history_of, write_differences
from mnemosyne.store.card_memory import WITH_SKILLS, key_in, mark_outdated, write_memories
from mnemosyne.store.queues import active
from mnemosyne.store.rows import day_in, day_out
from mnemosyne.store.tables import card, schedule
from mnemosyne.store.transactions import reading, writing

_ACTIVE: Final = select(card.c.id).where(active)
_SCHEDULE: Final = select(schedule.c.key, schedule.c.catch_up_until, schedule.c.catch_up_limit)


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Study days that are to ask alike, up to and including `until`, since many cards are due at once."""

    until: date
    by_learner: bool = False  # whether the learner spreads them; else a switch made them due
    limit: int | None = None  # of due cards today: it follows from what is due by then; None until that is known


@dataclass(frozen=True, slots=True)
class InUse:
    """What the cards are scheduled by."""

    key: str  # of the scheduler under which their memories are computed
    skills: bool = False  # whether skills say which of them a day asks


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
    return CatchUp(until, by_learner=row.catch_up_limit is None) if row and until else None


def store_catch_up(engine: Engine, catch_up: CatchUp) -> None:
    """Spread what is due from now on."""
    with writing(engine) as connection:
        _store(connection, _in_use(connection), catch_up)


def store_in_use(engine: Engine, in_use: InUse, catch_up: CatchUp | None) -> None:
    """Note what the cards are scheduled by; their memories are those of the scheduler already."""
    with writing(engine) as connection:
        _store(connection, in_use, catch_up)


def in_use(engine: Engine) -> InUse:
    """Return what the cards are scheduled by."""
    with reading(engine) as connection:
        return _in_use(connection)


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


def compute_all(engine: Engine, scheduler: Scheduler, catch_up: CatchUp | None = None, *, skills: bool = False) -> None:
    """Compute the memories of all cards under a scheduler, in one transaction; the log stays as it is."""
    with writing(engine) as connection:
        memories: dict[str, Memory] = {}
        for history in histories_within(connection):
            after = recomputed(history, scheduler).memory or Memory()
            if history.memory != after:
                memories[history.card_id] = after
        write_memories(connection, memories)
        _store(connection, InUse(scheduler.key, skills), catch_up)


def _store(connection: Connection, in_use: InUse, catch_up: CatchUp | None) -> None:
    connection.execute(delete(schedule))
    until = day_out(catch_up.until) if catch_up else None
    limit = 0 if catch_up and not catch_up.by_learner else None  # older versions had the limit of all days here
    key = in_use.key + WITH_SKILLS * in_use.skills
    connection.execute(insert(schedule), {"id": 1, "key": key, "catch_up_until": until, "catch_up_limit": limit})


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
    return _in_use(connection).key


def _in_use(connection: Connection) -> InUse:
    row = connection.execute(_SCHEDULE).one_or_none()
    key = None if row is None else str(row.key)
    return InUse(key_in(key), key is not None and key.endswith(WITH_SKILLS))
