"""New decks as copies of one that was migrated, in place of the migrations themselves, which take ten times as long."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from mnemosyne.store import engine


@contextmanager
def new_decks_copied(folder: Path) -> Iterator[None]:
    """Let `open_deck` fill a new file with a deck that is made in the folder; an older deck is migrated as always."""
    path, migrate = folder / "new.sqlite", engine.migrate
    engine.open_deck(path).dispose()
    with closing(sqlite3.connect(path)) as new_deck:
        new_deck.execute("PRAGMA journal_mode = DELETE")  # only such a deck can be opened in memory
        content = new_deck.serialize()  # a test may run as a user who cannot read the folder

    def migrated(deck: Engine) -> None:
        with engine.reading(deck) as connection:
            version = engine.version_of(connection)
        if version > 0:
            migrate(deck)
            return
        with closing(sqlite3.connect(":memory:")) as source, closing(sqlite3.connect(str(deck.url.database))) as new:
            source.deserialize(content)
            source.backup(new)
            new.execute("PRAGMA journal_mode = WAL")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "migrate", migrated)
        yield
