"""Transactions on a deck.

`reading` sees one consistent state for as long as it lasts; `writing` takes the write lock at once, so that what it
reads is still true when it writes, and commits all or nothing. Both tell faults as `faults` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Engine

from mnemosyne.store.database_faults import Causes, faults_told

WRITES: Final = "deck_writes"  # the execution option that makes a transaction begin with the write lock


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees one state of the deck."""
    with faults_told(engine.url.database, causes), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that holds the write lock; committed at the end, rolled back on any exception."""
    options = {WRITES: True}
    with (
        faults_told(engine.url.database, causes),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        yield connection


def causes() -> Causes:
    """Return what looks into a deck for the causes of a fault; only then is it imported."""
    from mnemosyne.store.soundness import CAUSES

    return CAUSES
