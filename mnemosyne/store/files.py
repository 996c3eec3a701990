"""The deck files as the last sync saw them: enough to see at every start, and at once, that nothing has changed."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, select

from mnemosyne.store.tables import deck_file
from mnemosyne.store.transactions import reading


def files(engine: Engine) -> dict[str, tuple[int, int]]:
    """Return each file's mtime in nanoseconds and its size in bytes, by its path."""
    with reading(engine) as connection:
        return remembered(connection)


def remembered(connection: Connection) -> dict[str, tuple[int, int]]:
    """Return what `files` does, within the caller's transaction."""
    return {path: (mtime_ns, size) for path, mtime_ns, size in connection.execute(select(deck_file))}
