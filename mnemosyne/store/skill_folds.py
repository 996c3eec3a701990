"""The fold of the log into skills, as a cache in the deck: where it stood when a study day began, and some before.

A row holds while all that came to the log since has its place behind its last answer. So an answer that another device
gave a few days ago costs no fold of the whole log: the row before it goes on. A row that is not as it was stored, which
its checksum tells, counts for nothing.
"""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple
from zlib import crc32

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select

from mnemosyne.store.log import LogState, changed_before
from mnemosyne.store.rows import readable_rows, text_in
from mnemosyne.store.tables import skill_fold
from mnemosyne.store.transactions import reading, writing

_CHECKSUM: Final = 8  # characters
_APART: Final = 1000  # answers, about, by which the older of two rows is behind
_OF_KEY: Final = (
    select(*(skill_fold.c[name] for name in ("last", "answers", "reviews", "undos", "state")))
    .where(skill_fold.c.key == bindparam("key"))
    .order_by(skill_fold.c.answers.desc())
)


class StoredFold(NamedTuple):
    """The state of a fold after the answer with the id `last`, the so many `answers` before it included."""

    last: str
    answers: int
    log: LogState  # as it was then
    state: Any  # as JSON has it


def stored_folds(engine: Engine, key: str) -> list[StoredFold]:
    """Return the states under a key that still hold, the one with the most answers first."""
    with reading(engine) as connection:
        return _holding(connection, key)


def _holding(connection: Connection, key: str) -> list[StoredFold]:
    stored = readable_rows(_stored, connection.execute(_OF_KEY, {"key": key}).all())
    return [fold for fold in stored if not changed_before(connection, fold.log, fold.last)]


def store_fold(engine: Engine, key: str, fold: StoredFold) -> None:
    """Store a state, and forget those that it replaces: all but one that is behind it."""
    with writing(engine, durable=False) as connection:
        before = [stored for stored in _holding(connection, key) if stored.last < fold.last]
        is_recent = len(before) > 1 and fold.answers - before[1].answers <= _APART
        older = [stored.last for stored in (before[1:2] if is_recent else before[:1])]
        connection.execute(delete(skill_fold).where((skill_fold.c.key != key) | skill_fold.c.last.not_in(older)))
        state = json.dumps(fold.state)
        values = {"last": fold.last, "answers": fold.answers, "reviews": fold.log.reviews, "undos": fold.log.undos}
        text = _checksum(*values.values(), state) + state
        connection.execute(insert(skill_fold), {"key": key, **values, "state": text})


def forget_folds(engine: Engine) -> None:
    """Forget all states, since the log was mended."""
    with writing(engine) as connection:
        connection.execute(delete(skill_fold))


def _stored(row: Any) -> StoredFold:
    checksum, state = text_in(row.state)[:_CHECKSUM], row.state[_CHECKSUM:]
    if checksum != _checksum(row.last, row.answers, row.reviews, row.undos, state):
        raise ValueError("this state is not as it was stored")
    return StoredFold(row.last, row.answers, LogState(row.reviews, row.undos), json.loads(state))


def _checksum(*values: object) -> str:
    """Return what the text of a state begins with."""
    return f"{crc32(ascii(values).encode()):0{_CHECKSUM}x}"
