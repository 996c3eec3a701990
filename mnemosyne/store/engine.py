"""Opens a deck, after checking that the file is ours, and runs transactions on it.

An open deck has this program's schema version, is in WAL mode, and forces every commit to the disk.
Any other file is refused before anything is written to it. New files are private to their owner if
the platform supports that. SQLite keeps using the file that it opened. If that file is deleted or
replaced, or its disk is removed, anything written would be lost, so it is refused until the file is
back.

`reading` sees one consistent state throughout; `writing` takes the write lock at once, so that what
it reads is still true when it writes, and commits everything or nothing. Both convert errors as
`as_store_errors` does.
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
from mnemosyne.store.database_file import as_store_errors, require_readable
from mnemosyne.store.tables import APPLICATION_ID, OUR_TRIGGERS, SCHEMA_VERSION

if TYPE_CHECKING:
    from mnemosyne.store.migrations import Migration

Deck: TypeAlias = Engine  # an open deck, for callers that need not know about the database


class _Durability(Enum):
    """What a commit survives. The values are SQLite's."""

    FORCED = "FULL"  # a loss of power
    WRITTEN = "NORMAL"  # a kill of the program, but a loss of power only once a later commit has been forced


_BUSY_SECONDS: Final = 5.0  # seconds that a statement waits for another program's write
_RETRY_SECONDS: Final = 0.01
_BATCH: Final = 1000  # rows held at a time
_FIX: Final = "`mnemosyne doctor --fix` repairs it, after a backup"
_FORCES: Final = "deck_forces"  # info key of a connection: the durability it is set to
_WRITES: Final = "deck_writes"  # info key of a connection: the durability of its transaction; None for reading
_KEPT: Final = "kept_connections"  # execution option of an engine: its idle connections
_FILE: Final = "deck_file"  # info key of a connection: device and inode of the file it opened
_PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    f"PRAGMA synchronous = {_Durability.FORCED.value}",  # a committed answer survives a loss of power
    "PRAGMA fullfsync = ON",  # also on macOS, where a plain fsync stops at the disk's cache
    "PRAGMA cache_size = -16000",  # KiB: the index pages needed by an answer in a deck of 100,000 cards
)


def open_deck(path: Path, before_migrating: Callable[[], object] = lambda: None) -> Deck:
    """Open the deck at `path`, creating it if there is none; the caller must dispose of it.

    Raise StoreError if it cannot be used. `before_migrating` is called before a deck of an older
    version is changed; it may raise StoreError to prevent that.
    """
    _make_file(path)
    with as_store_errors(str(path)), closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as probe:
        probe.execute("BEGIN")  # a consistent view: another program may be creating the deck right now
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
    """Apply the migrations that the deck lacks, each in its own transaction."""
    from mnemosyne.store.migrations import MIGRATIONS  # late: most starts have nothing to migrate

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
    """Ensure that a writable file exists; an empty one is a deck without tables."""
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
    """Return the schema version, 0 for an empty file; raise StoreError if the file is not ours or too new."""
    tables, application, version = (
        int(probe.execute(query).fetchone()[0])
        for query in ("SELECT count(*) FROM sqlite_master", "PRAGMA application_id", "PRAGMA user_version")
    )
    if application != APPLICATION_ID and (application, version, tables) != (0, 0, 0):
        raise StoreError(f"{path}: this is another program's database", "give another path for the deck")
    require_readable(version, path)
    return version


def _require_own_structure(probe: sqlite3.Connection, path: Path, version: int) -> None:
    """Raise StoreError if the tables contradict the version, or for a foreign trigger, which could discard a grade."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    foreign = sorted({name for (name,) in probe.execute(query)} - OUR_TRIGGERS)
    if foreign:
        raise StoreError(f"{path}: the deck has a trigger that is not Mnemosyne's: {', '.join(foreign)}", _FIX)
    if version == SCHEMA_VERSION or not probe.execute("SELECT 1 FROM sqlite_master").fetchone():
        return
    from mnemosyne.store.migrations import structure_of  # late: most decks are of the newest version

    structure = structure_of(probe)
    if structure is not None and structure.version != version:
        raise StoreError(f"{path}: the deck claims to be version {version}, but is not", _FIX)


def _write_ahead(probe: sqlite3.Connection) -> None:
    """Switch the file to WAL. SQLite does not wait for locks in this case, so this function does."""
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
    # isolation_level None: the driver itself begins no transactions; `_begin` does, with the right lock.
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
    driver: Any = connection.connection.driver_connection  # fast: an answer begins three transactions
    durability = connection.info.get(_WRITES)
    if durability is None:
        driver.execute("BEGIN")
        return
    if connection.info.get(_FORCES, _Durability.FORCED) is not durability:
        # A connection is reused, and keeps this setting between its transactions.
        driver.execute(f"PRAGMA synchronous = {durability.value}")
        connection.info[_FORCES] = durability
    driver.execute("BEGIN IMMEDIATE")


def _keep_connections(engine: Engine) -> None:
    """Make the engine reuse its connections for further transactions, until it is disposed of."""
    kept: list[Connection] = []

    def close(_: Engine) -> None:
        while kept:
            connection = kept.pop()
            connection.detach()  # else it would return to a pool that is gone
            connection.close()

    engine.update_execution_options(**{_KEPT: kept})
    event.listen(engine, "engine_disposed", close)


def _keep_to_the_file(engine: Engine, path: Path) -> None:
    """Raise StoreError in every transaction of the engine once its deck is no longer at `path`."""

    def there(*_: Any) -> None:
        _identity(path)  # or SQLite would create an empty file

    def remember(_: Any, record: Any) -> None:
        record.info[_FILE] = _identity(path)

    def look(connection: Connection) -> None:
        if _identity(path) != connection.info[_FILE]:
            # The new file is not opened: SQLite might replay the old file's write-ahead log into it.
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
    """Return a context with a connection that has the write lock; it commits, or rolls back on any exception.

    If it is `durable`, the commit is forced to the disk, together with all earlier ones that were
    not.
    """
    return _transaction(engine, _Durability.FORCED if durable else _Durability.WRITTEN)


def batches(connection: Connection, query: Executable) -> Iterator[Any]:
    """Yield the rows of a query, of which only one batch is held at a time."""
    return iter(connection.execute(query.execution_options(yield_per=_BATCH)))


@contextmanager
def _transaction(engine: Engine, writes: _Durability | None) -> Iterator[Connection]:
    """Yield a connection in a transaction, reusing an idle one if possible.

    Checking one out of SQLAlchemy's pool would take longer than a statement. A connection is not reused after a failed
    transaction.
    """
    kept: list[Connection] = engine.get_execution_options().get(_KEPT, [])
    with as_store_errors(engine.url.database):
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
    """A statement on the tables; for an insert, `columns` are named.

    For a single row by key, SQLAlchemy's value binding and typed results take several times as long
    as SQLite itself. Here values are bound as stored, and rows are plain tuples of stored values.
    """

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._text = ""  # until first executed
        self._names: Sequence[str] = ()

    def execute(self, connection: Connection, values: Mapping[str, Any]) -> sqlite3.Cursor:
        """Execute the statement in the connection's transaction; raise KeyError for a missing value."""
        driver = self._driver(connection)
        return driver.execute(self._text, [values[name] for name in self._names])

    def execute_many(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Execute the statement for each row of values, like `execute` for one."""
        driver = self._driver(connection)  # this sets the names
        value_of = itemgetter(*self._names)
        driver.executemany(self._text, map(value_of, rows))

    def _driver(self, connection: Connection) -> sqlite3.Connection:
        if not self._text:
            compiled: Any = self._statement.compile(dialect=connection.dialect, column_keys=self._columns)  # type: ignore[attr-defined]
            self._names, self._text = tuple(compiled.positiontup), str(compiled)
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection), "a deck is opened with Python's own driver"
        return driver
