"""Transactions on a deck.

`reading` sees one consistent state for as long as it lasts; `writing` takes the write lock at once, so that what it
reads is still true when it writes, and commits all or nothing. Both tell faults as `faults` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Final

from sqlalchemy import Connection, Engine

from mnemosyne.store.database_faults import Causes, faults_told

WRITES: Final = "deck_writes"  # the execution option that makes a transaction begin with the write lock


class Durability(Enum):
    """How much a commit outlives. The values are SQLite's words for it."""

    FORCED = "FULL"  # a loss of power
    WRITTEN = "NORMAL"  # the end of the program, however it ends; a loss of power once a forced commit came after it


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees one state of the deck."""
    with faults_told(engine.url.database, causes), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, *, durable: bool = True) -> Iterator[Connection]:
    """Yield a connection that holds the write lock; committed at the end, rolled back on any exception.

    The commit is forced to the disk if it is `durable`, together with every one before it that was not.
    """
    options = {WRITES: Durability.FORCED if durable else Durability.WRITTEN}
    with (
        faults_told(engine.url.database, causes),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def continuing(connection: Connection) -> Iterator[Connection]:
    """Yield the connection of a transaction that is open, as a part of it; faults are told as `writing` tells them."""
    with faults_told(connection.engine.url.database, causes):
        yield connection


def causes() -> Causes:
    """Return what looks into a deck for the causes of a fault; only then is it imported."""
    from mnemosyne.store.soundness import CAUSES

    return CAUSES
