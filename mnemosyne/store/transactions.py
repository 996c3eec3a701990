"""Transactions on a deck.

`reading` sees one consistent state for as long as it lasts; `writing` takes the write lock at once, so that what it
reads is still true when it writes, and commits all or nothing. Both tell faults as `faults_told`
does. Statements that every answer executes are prepared.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from enum import Enum
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Engine, Executable, event

from mnemosyne.store.database_file import faults_told

WRITES: Final = "deck_writes"  # where a connection keeps the durability of its transaction; None: it only reads
KEPT: Final = "kept_connections"  # the execution option of an engine that has those between two transactions


class Durability(Enum):
    """How much a commit outlives. The values are SQLite's words for it."""

    FORCED = "FULL"  # a loss of power
    WRITTEN = "NORMAL"  # the end of the program, however it ends; a loss of power once a forced commit came after it


def reading(engine: Engine) -> AbstractContextManager[Connection]:
    """Return a context with a connection that sees one state of the deck."""
    return _transaction(engine, None)


def writing(engine: Engine, *, durable: bool = True) -> AbstractContextManager[Connection]:
    """Return a context with a connection that holds the write lock; committed at its end, rolled back on any exception.

    The commit is forced to the disk if it is `durable`, together with every one before it that was not.
    """
    return _transaction(engine, Durability.FORCED if durable else Durability.WRITTEN)


@contextmanager
def _transaction(engine: Engine, writes: Durability | None) -> Iterator[Connection]:
    """Yield a connection in a transaction: one that is kept, if there is one. Checking one out costs more than a step.

    A connection whose transaction failed is not kept.
    """
    kept: list[Connection] = engine.get_execution_options().get(KEPT, [])
    with faults_told(engine.url.database):
        connection = kept.pop() if kept else engine.connect()
        try:
            connection.info[WRITES] = writes
            with connection.begin():
                yield connection
        except BaseException:
            connection.close()
            raise
        kept.append(connection)


def keep_connections(engine: Engine) -> None:
    """Make the engine keep its connections from one transaction to the next, until it is disposed."""
    kept: list[Connection] = []

    def close(_: Engine) -> None:
        while kept:
            connection = kept.pop()
            connection.detach()  # else it went back to a pool that is no more
            connection.close()

    engine.update_execution_options(**{KEPT: kept})
    event.listen(engine, "engine_disposed", close)


class PreparedStatement:
    """A statement over the tables; an insert names its `columns`.

    Binding values, and a result that knows types and names, cost SQLAlchemy several times what SQLite needs for one row
    by its key. Here values are bound as the columns hold them, and a row is a tuple of what they hold.
    """

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._text = ""  # until it is first executed
        self._names: Sequence[str] = ()

    def execute(self, connection: Connection, values: Mapping[str, Any]) -> sqlite3.Cursor:
        """Execute the statement within the connection's transaction; KeyError for a missing value, or sqlite3.Error."""
        driver = self._driver(connection)
        return driver.execute(self._text, [values[name] for name in self._names])

    def execute_many(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Execute the statement for each row of values, as `execute` does for one."""
        driver = self._driver(connection)  # which knows the names
        value_of = itemgetter(*self._names)
        driver.executemany(self._text, map(value_of, rows))

    def _driver(self, connection: Connection) -> sqlite3.Connection:
        if not self._text:
            compiled: Any = self._statement.compile(dialect=connection.dialect, column_keys=self._columns)  # type: ignore[attr-defined]
            self._names, self._text = tuple(compiled.positiontup), str(compiled)
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection), "a deck is opened with Python's own driver"
        return driver
