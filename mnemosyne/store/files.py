"""The deck files as the last sync saw them: enough to see at every start, and at once, that nothing has changed."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, select

from mnemosyne.store.queues import present
from mnemosyne.store.tables import card, deck_file
from mnemosyne.store.transactions import reading


def files(engine: Engine) -> dict[str, tuple[int, int]]:
    """Return each file's mtime in nanoseconds and its size in bytes, by its path."""
    with reading(engine) as connection:
        return remembered(connection)


def owners(engine: Engine) -> dict[str, tuple[str, str]]:
    """Return each card's topic and the path of its file, by the card's id; missing cards are left out."""
    with reading(engine) as connection:
        rows = connection.execute(select(card.c.id, card.c.topic, card.c.path).where(present))
        return {row.id: (row.topic, row.path) for row in rows if all(isinstance(value, str) for value in row)}


def remembered(connection: Connection) -> dict[str, tuple[int, int]]:
    """Return what `files` does, within the caller's transaction."""
    return {path: (mtime_ns, size) for path, mtime_ns, size in connection.execute(select(deck_file))}
