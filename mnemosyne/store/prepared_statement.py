"""Statements that every answer executes, compiled once from the tables and given to SQLite's driver as they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Executable


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
