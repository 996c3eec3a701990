"""What the schedulers know of cards, in the deck: SM-2's columns of `card`, and a row of `fsrs_memory` under FSRS.

Both are caches of the fold of the log. Under SM-2 `fsrs_memory` is empty; under FSRS the interval and due of `card` are
those of FSRS, and the row has those of SM-2. Each function works within a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from mnemosyne.scheduling.memory import FsrsMemory, Memory
from mnemosyne.scheduling.scheduler import SM2_KEY
from mnemosyne.store.rows import MEMORY, day_in_log, day_out, memory_in, memory_out, readable, real_in, whole_in
from mnemosyne.store.tables import card, fsrs_memory, schedule
from mnemosyne.store.transactions import PreparedStatement

FSRS_MEMORY: Final = ("stability", "difficulty", "seen", "sm2_interval", "sm2_due")
COLUMNS: Final[tuple[ColumnElement[Any], ...]] = (
    *(card.c[name] for name in MEMORY),
    *(fsrs_memory.c[name] for name in FSRS_MEMORY),
)
OUTDATED: Final = "outdated"  # the key of no scheduler
WITH_SKILLS: Final = " with skills"  # at the end of a key where skills say which cards a day asks
CARDS: Final = card.outerjoin(fsrs_memory, fsrs_memory.c.card_id == card.c.id)  # where `COLUMNS` are

_KEY: Final = select(schedule.c.key).scalar_subquery()
_THIS: Final = PreparedStatement(select(*COLUMNS, _KEY).select_from(CARDS).where(card.c.id == bindparam("this")))
_REMEMBER: Final = PreparedStatement(
    update(card).where(card.c.id == bindparam("this")).values({name: bindparam(name) for name in MEMORY})
)
_REMEMBER_FSRS: Final = PreparedStatement(insert(fsrs_memory).prefix_with("OR REPLACE"), ("card_id", *FSRS_MEMORY))
_FORGET_FSRS: Final = PreparedStatement(delete(fsrs_memory).where(fsrs_memory.c.card_id == bindparam("this")))


def read_memory(connection: Connection, card_id: str) -> Memory:
    """Return what is known of a card; KeyError if there is no such card, StoreError if it cannot be read."""
    return read_memory_and_key(connection, card_id)[0]


def read_memory_and_key(connection: Connection, card_id: str) -> tuple[Memory, str]:
    """Return what `read_memory` does, and the key of the scheduler under which the deck's memories are computed."""
    row = _THIS.execute(connection, {"this": card_id}).fetchone()
    if row is None:
        raise KeyError(card_id)
    *memory, key = row
    return card_memory_in(memory), key_in(key)


def key_in(value: object) -> str:
    """Return the key of the scheduler in a column."""
    return SM2_KEY if value is None else str(value).removesuffix(WITH_SKILLS)


def mark_outdated(connection: Connection) -> None:
    """Have the next start compute all memories again: one was stored under another scheduler than the deck's."""
    connection.execute(insert(schedule).prefix_with("OR REPLACE"), {"id": 1, "key": OUTDATED})


def write_memories(connection: Connection, memories: Mapping[str, Memory], *, under_sm2: bool = False) -> None:
    """Store what is known of cards; `under_sm2` where FSRS is known to know nothing of them."""
    for card_id, memory in memories.items():
        _REMEMBER.execute(connection, {"this": card_id, **memory_out(memory)})
        if memory.fsrs is not None:
            _REMEMBER_FSRS.execute(connection, {"card_id": card_id, **_fsrs_out(memory.fsrs)})
        elif not under_sm2:
            _FORGET_FSRS.execute(connection, {"this": card_id})


@readable
def card_memory_in(values: Sequence[Any]) -> Memory:
    """Return the memory in columns that are in the order of `COLUMNS`."""
    by_set_scheduler = memory_in(values[: len(MEMORY)])
    stability, difficulty, seen, sm2_interval, sm2_due = values[len(MEMORY) :]
    if stability is None:
        return by_set_scheduler
    days = (whole_in(sm2_interval), day_in_log(sm2_due))
    fsrs = FsrsMemory(real_in(stability), real_in(difficulty), day_in_log(seen), *days)
    return replace(by_set_scheduler, fsrs=fsrs)


def _fsrs_out(memory: FsrsMemory) -> dict[str, Any]:
    days = (day_out(memory.seen), memory.sm2_interval, day_out(memory.sm2_due))
    return dict(zip(FSRS_MEMORY, (memory.stability, memory.difficulty, *days), strict=True))
