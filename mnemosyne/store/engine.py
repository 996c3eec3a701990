"""Opening a deck, with the checks that keep us out of files that are not ours; and the transactions on an open one.

A deck that is opened is at this program's schema version, in WAL mode, with every commit forced to the disk. A file
that is something else is refused before anything is written to it. New files are private to their owner where the
platform has that. SQLite stays with the file that it opened. Once that file is deleted, replaced, or its disk taken
away, whatever is written to it is seen by nobody ever again: it is refused instead, until the file is back.

`reading` sees one consistent state for as long as it lasts; `writing` takes the write lock at once, so that what it
reads is still true when it writes, and commits all or nothing. Both tell faults as `faults_told` does.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from enum import Enum
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import Connection, Engine, Executable, create_engine, event
from sqlalchemy.engine import URL

from mnemosyne.errors import StoreError
from mnemosyne.regular_file import open_regular
from mnemosyne.store.database_file import faults_told
from mnemosyne.store.tables import APPLICATION_ID, OUR_TRIGGERS, SCHEMA_VERSION

if TYPE_CHECKING:
    from mnemosyne.store.migrations import Migration

Deck: TypeAlias = Engine  # an open deck, as those call it who hold it without knowing the database


class _Durability(Enum):
    """How much a commit outlives. The values are SQLite's words for it."""

    FORCED = "FULL"  # a loss of power
    WRITTEN = "NORMAL"  # the end of the program, however it ends; a loss of power once a forced commit came after it


_BUSY_SECONDS: Final = 5.0  # how long a statement waits for another program's write to end
_RETRY_SECONDS: Final = 0.01
_FIX: Final = "`mnemosyne doctor --fix` repairs it, after a backup"
_FORCES: Final = "deck_forces"  # where a connection keeps which durability it is set to
_WRITES: Final = "deck_writes"  # where a connection keeps the durability of its transaction; None: it only reads
_KEPT: Final = "kept_connections"  # the execution option of an engine that has those between two transactions
_FILE: Final = "deck_file"  # where a connection keeps which file it opened: device and inode
_PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    f"PRAGMA synchronous = {_Durability.FORCED.value}",  # a committed answer survives a power cut
    "PRAGMA fullfsync = ON",  # on macOS too, where a plain fsync stops at the disk's own memory
    "PRAGMA cache_size = -16000",  # KiB: the indexes that an answer touches in a deck of 100,000 cards
)


def open_deck(path: Path, before_migrating: Callable[[], object] = lambda: None) -> Deck:
    """Open the deck at `path`, created if there is none; the caller disposes it. StoreError if it cannot be used.

    `before_migrating` is called before a deck of an older version is changed, and may refuse by a StoreError.
    """
    _make_file(path)
    with faults_told(str(path)), closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as probe:
        probe.execute("BEGIN")  # one look at all of it: another program may be making the deck at this moment
        version = _version_of_ours(probe, path)
        _require_own_structure(probe, path, version)
        probe.execute("COMMIT")
        _write_ahead(probe)
    engine = _engine(path)
    if version < SCHEMA_VERSION:
        try:
            if version > 0:
                before_migrating()
            migrate(engine)
        except BaseException:
            engine.dispose()
            raise
    return engine


def version_of(connection: Connection) -> int:
    """Return the schema version of the deck; 0 for a file without tables."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(engine: Engine, later: tuple[Migration, ...] = ()) -> None:
    """Apply the migrations that the deck does not have yet, each in a transaction of its own."""
    from mnemosyne.store.migrations import MIGRATIONS  # here: most starts have nothing to migrate

    for migration in (*MIGRATIONS, *later):
        with writing(engine) as connection:
            if version_of(connection) < migration.version:
                _apply(connection, migration)


def _apply(connection: Connection, migration: Migration) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    migration.teach(driver)
    for statement in migration.statements:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {migration.version}")


def _make_file(path: Path) -> None:
    """Make sure that there is a file that can be written; an empty one is a deck without tables yet."""
    try:
        if path.is_dir():
            raise StoreError(f"{path}: this is a folder, not a deck", "give the path of a file")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        open_regular(path, os.O_RDWR | os.O_CREAT, "rb+").close()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        hint = "allow writing there, or keep the deck elsewhere"
        raise StoreError(f"{path}: the deck cannot be opened for writing ({reason})", hint) from error


def _version_of_ours(probe: sqlite3.Connection, path: Path) -> int:
    """Return the schema version, 0 for an empty file; StoreError if this program does not understand the file."""
    tables, application, version = (
        int(probe.execute(query).fetchone()[0])
        for query in ("SELECT count(*) FROM sqlite_master", "PRAGMA application_id", "PRAGMA user_version")
    )
    if application != APPLICATION_ID and (application, version, tables) != (0, 0, 0):
        raise StoreError(f"{path}: this is another program's database", "give another path for the deck")
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path}: this deck was written by a newer Mnemosyne (schema {version}, this one knows {SCHEMA_VERSION})",
            "install the newest version: pip install -U mnemosyne-review",
        )
    return version


def _require_own_structure(probe: sqlite3.Connection, path: Path, version: int) -> None:
    """Refuse, by a StoreError, a version that the tables belie, and a foreign trigger, which could drop a grade."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    foreign = sorted({name for (name,) in probe.execute(query)} - OUR_TRIGGERS)
    if foreign:
        raise StoreError(f"{path}: the deck has a trigger that is not Mnemosyne's: {', '.join(foreign)}", _FIX)
    if version == SCHEMA_VERSION or not probe.execute("SELECT 1 FROM sqlite_master").fetchone():
        return
    from mnemosyne.store.migrations import structure_of  # here: most decks are of the newest version

    structure = structure_of(probe)
    if structure is not None and structure.version != version:
        raise StoreError(f"{path}: the deck claims to be version {version}, but is not", _FIX)


def _write_ahead(probe: sqlite3.Connection) -> None:
    """Switch the file to WAL. SQLite does not wait for a lock here as it does elsewhere, so this does."""
    give_up = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            probe.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(_RETRY_SECONDS)


def _engine(path: Path) -> Engine:
    # isolation_level None: the driver begins no transactions by itself; `_begin` does, with the right lock.
    settings = {"timeout": _BUSY_SECONDS, "isolation_level": None}
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args=settings)
    event.listen(engine, "connect", _configure)
    _keep_to_the_file(engine, path)
    event.listen(engine, "begin", _begin)
    _keep_connections(engine)
    return engine


def _configure(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection  # an answer begins three transactions
    durability = connection.info.get(_WRITES)
    if durability is None:
        driver.execute("BEGIN")
        return
    if connection.info.get(_FORCES, _Durability.FORCED) is not durability:
        # A connection serves one transaction after another, and keeps this beyond each of them.
        driver.execute(f"PRAGMA synchronous = {durability.value}")
        connection.info[_FORCES] = durability
    driver.execute("BEGIN IMMEDIATE")


def _keep_connections(engine: Engine) -> None:
    """Make the engine keep its connections from one transaction to the next, until it is disposed."""
    kept: list[Connection] = []

    def close(_: Engine) -> None:
        while kept:
            connection = kept.pop()
            connection.detach()  # else it went back to a pool that is no more
            connection.close()

    engine.update_execution_options(**{_KEPT: kept})
    event.listen(engine, "engine_disposed", close)


def _keep_to_the_file(engine: Engine, path: Path) -> None:
    """Refuse every transaction of the engine, with a StoreError, once its deck is no longer at `path`."""

    def there(*_: Any) -> None:
        _identity(path)  # SQLite would make an empty file here

    def remember(_: Any, record: Any) -> None:
        record.info[_FILE] = _identity(path)

    def look(connection: Connection) -> None:
        if _identity(path) != connection.info[_FILE]:
            # Not opened from here: SQLite may have left a log of the old file, which must not be played into this one.
            raise StoreError(f"{path}: another file has taken the deck's place", "quit, then run mnemosyne doctor")

    event.listen(engine, "do_connect", there)
    event.listen(engine, "connect", remember)
    event.listen(engine, "begin", look)


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"{path}: the deck is no longer there ({reason})", "put it back, then continue") from error
    return status.st_dev, status.st_ino


def reading(engine: Engine) -> AbstractContextManager[Connection]:
    """Return a context with a connection that sees one state of the deck."""
    return _transaction(engine, None)


def writing(engine: Engine, *, durable: bool = True) -> AbstractContextManager[Connection]:
    """Return a context with a connection that holds the write lock; committed at its end, rolled back on any exception.

    The commit is forced to the disk if it is `durable`, together with every one before it that was not.
    """
    return _transaction(engine, _Durability.FORCED if durable else _Durability.WRITTEN)


@contextmanager
def _transaction(engine: Engine, writes: _Durability | None) -> Iterator[Connection]:
    """Yield a connection in a transaction: one that is kept, if there is one. Checking one out costs more than a step.

    A connection whose transaction failed is not kept.
    """
    kept: list[Connection] = engine.get_execution_options().get(_KEPT, [])
    with faults_told(engine.url.database):
        connection = kept.pop() if kept else engine.connect()
        try:
            connection.info[_WRITES] = writes
            with connection.begin():
                yield connection
        except BaseException:
            connection.close()
            raise
        kept.append(connection)


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
