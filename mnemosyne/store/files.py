"""The deck files as the last sync saw them: enough to see at every start, and at once, that nothing has changed."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, select

from mnemosyne.store.tables import deck_file
from mnemosyne.store.transactions import reading


def files(engine: Engine) -> dict[str, tuple[int, int]]:
    """path -> (mtime in nanoseconds, size in bytes)."""
    with reading(engine) as connection:
        return remembered(connection)


def remembered(connection: Connection) -> dict[str, tuple[int, int]]:
    """The same, within a transaction."""
    return {path: (mtime_ns, size) for path, mtime_ns, size in connection.execute(select(deck_file))}
