"""The memories of cards, the deck's scheduler, the days over which due cards are spread, and fits of FSRS's weights.

All but the days follow from the log: the memories by the scheduler in use, each fit from the
answers it was made from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update

from mnemosyne.scheduling.fsrs import Fit
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import SM2_KEY
from mnemosyne.store.engine import PreparedStatement, reading, writing
from mnemosyne.store.queues import Statement
from mnemosyne.store.rows import (
    CARDS,
    COLUMNS,
    FSRS_MEMORY,
    MEMORY,
    card_memory_in,
    day_in,
    day_in_log,
    day_out,
    fsrs_out,
    memory_out,
    readable_rows,
    real_in,
    weights_in,
    whole_in,
)
from mnemosyne.store.tables import card, fit, fsrs_memory, schedule, tally

_SCHEDULE: Final = select(schedule.c.key, schedule.c.catch_up_until, schedule.c.catch_up_limit)
_FITS: Final[Statement] = select(
    fit.c.answers, fit.c.study_day, fit.c.weights, fit.c.loss_before, fit.c.loss_after
).order_by(fit.c.answers)
_TESTED: Final[Statement] = select(func.coalesce(func.sum(tally.c.young + tally.c.mature), 0))


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Study days up to `until` over which many due cards are spread evenly."""

    until: date
    by_learner: bool = False  # whether the learner chose this; else a switch of schedulers made them due
    # today's limit of due cards, which depends on those due until then; None if not yet known
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class SchedulerInUse:
    """How the cards are scheduled."""

    key: str  # the key of the scheduler of the cards' memories
    skills: bool = False  # whether skills decide which cards are asked


def catch_up_of(engine: Engine) -> CatchUp | None:
    """Return the days over which due cards are spread, after a switch or by choice; None if they are not."""
    with reading(engine) as connection:
        rows = connection.execute(_SCHEDULE).all()
    return next(readable_rows(_catch_up_in, rows), None)


def _catch_up_in(row: Any) -> CatchUp | None:
    until = day_in(row.catch_up_until)
    return CatchUp(until, by_learner=row.catch_up_limit is None) if until else None


def store_catch_up(engine: Engine, catch_up: CatchUp) -> None:
    """Spread due cards from now on."""
    with writing(engine) as connection:
        store_schedule(connection, _in_use(connection), catch_up)


def store_in_use(engine: Engine, in_use: SchedulerInUse, catch_up: CatchUp | None) -> None:
    """Store how the cards are scheduled; their memories must already match."""
    with writing(engine) as connection:
        store_schedule(connection, in_use, catch_up)


def in_use(engine: Engine) -> SchedulerInUse:
    """Return how the cards are scheduled."""
    with reading(engine) as connection:
        return _in_use(connection)


def store_schedule(connection: Connection, in_use: SchedulerInUse, catch_up: CatchUp | None) -> None:
    """Store how the cards are scheduled, within the caller's transaction."""
    connection.execute(delete(schedule))
    until = day_out(catch_up.until) if catch_up else None
    limit = 0 if catch_up and not catch_up.by_learner else None  # older versions stored a limit for all days
    key = in_use.key + _WITH_SKILLS * in_use.skills
    connection.execute(insert(schedule), {"id": 1, "key": key, "catch_up_until": until, "catch_up_limit": limit})


def _in_use(connection: Connection) -> SchedulerInUse:
    row = connection.execute(_SCHEDULE).one_or_none()
    key = None if row is None else str(row.key)
    return SchedulerInUse(_key_in(key), key is not None and key.endswith(_WITH_SKILLS))


def fits(engine: Engine) -> tuple[Fit, ...]:
    """Return the readable fits, by the number of answers each was made from."""
    with reading(engine) as connection:
        return tuple(readable_rows(_fit, connection.execute(_FITS)))


def count_tested(engine: Engine) -> int:
    """Return how many reviews in the log test a memory: about as many as predictions are scored on."""
    with reading(engine) as connection:
        return whole_in(connection.execute(_TESTED).scalar_one())


def store_fit(engine: Engine, latest: Fit) -> None:
    """Store a fit, replacing one with the same number of answers."""
    with writing(engine) as connection:
        connection.execute(
            insert(fit).prefix_with("OR REPLACE"),
            {
                "answers": latest.answers,
                "study_day": day_out(latest.day),
                "weights": json.dumps(latest.weights),
                "loss_before": latest.loss_before,
                "loss_after": latest.loss_after,
            },
        )


def _fit(row: Any) -> Fit:
    losses = real_in(row.loss_before), real_in(row.loss_after)
    return Fit(whole_in(row.answers), weights_in(row.weights), *losses, day_in_log(row.study_day))


_OUTDATED: Final = "outdated"  # a key that no scheduler has
_WITH_SKILLS: Final = " with skills"  # the end of a key if skills decide which cards are asked
_KEY: Final = select(schedule.c.key).scalar_subquery()
_THIS: Final = PreparedStatement(select(*COLUMNS, _KEY).select_from(CARDS).where(card.c.id == bindparam("this")))
_REMEMBER: Final = PreparedStatement(
    update(card).where(card.c.id == bindparam("this")).values({name: bindparam(name) for name in MEMORY})
)
_REMEMBER_FSRS: Final = PreparedStatement(insert(fsrs_memory).prefix_with("OR REPLACE"), ("card_id", *FSRS_MEMORY))
_FORGET_FSRS: Final = PreparedStatement(delete(fsrs_memory).where(fsrs_memory.c.card_id == bindparam("this")))


def read_memory(connection: Connection, card_id: str) -> Memory:
    """Return a card's memory; raise KeyError if there is no such card, StoreError if it cannot be read."""
    return read_memory_and_key(connection, card_id)[0]


def read_memory_and_key(connection: Connection, card_id: str) -> tuple[Memory, str]:
    """Return a card's memory and the key of the deck's scheduler; raise the errors of `read_memory`."""
    row = _THIS.execute(connection, {"this": card_id}).fetchone()
    if row is None:
        raise KeyError(card_id)
    *memory, key = row
    return card_memory_in(memory), _key_in(key)


def _key_in(value: object) -> str:
    """Return the scheduler's key in a column."""
    return SM2_KEY if value is None else str(value).removesuffix(_WITH_SKILLS)


def mark_outdated(connection: Connection) -> None:
    """Make the next start recompute all memories, because one was stored under a scheduler other than the deck's."""
    connection.execute(insert(schedule).prefix_with("OR REPLACE"), {"id": 1, "key": _OUTDATED})


def mark_if_outdated(connection: Connection, key: str) -> None:
    """Do the same if a memory was stored under a scheduler with another key than the deck's."""
    if _in_use(connection).key != key:
        mark_outdated(connection)


def write_memories(connection: Connection, memories: Mapping[str, Memory], *, under_sm2: bool = False) -> None:
    """Store the memories of cards; with `under_sm2` none of them has an FSRS memory to delete."""
    for card_id, memory in memories.items():
        _REMEMBER.execute(connection, {"this": card_id, **memory_out(memory)})
        if memory.fsrs is not None:
            _REMEMBER_FSRS.execute(connection, {"card_id": card_id, **fsrs_out(memory.fsrs)})
        elif not under_sm2:
            _FORGET_FSRS.execute(connection, {"this": card_id})
