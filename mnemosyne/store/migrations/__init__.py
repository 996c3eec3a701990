"""Numbered migrations: each takes a deck from the version before to its own, in one transaction with its number.

The number is SQLite's `user_version`, which is part of the transaction: a killed migration leaves the version before,
and the next start goes on from there. What a migration did is never edited afterwards, since decks on disk have it; the
next change is a file `version_N` with its STATEMENTS, an entry in MIGRATIONS, and N as `header.SCHEMA_VERSION`.
Imported only when a deck is older than this program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine

from mnemosyne.store.header import APPLICATION_ID
from mnemosyne.store.migrations import version_1, version_2
from mnemosyne.store.transactions import writing


@dataclass(frozen=True, slots=True)
class Migration:
    """Statements that make version `version` out of the one before."""

    version: int
    statements: tuple[str, ...]


MIGRATIONS: Final = (
    Migration(1, version_1.STATEMENTS),
    Migration(2, version_2.STATEMENTS),
)


def version_of(connection: Connection) -> int:
    """The schema version of the deck; 0 for a file without tables."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(engine: Engine, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Apply the migrations that the deck does not have yet, each in a transaction of its own."""
    for migration in migrations:
        with writing(engine) as connection:
            if version_of(connection) < migration.version:
                _apply(connection, migration)


def _apply(connection: Connection, migration: Migration) -> None:
    for statement in migration.statements:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {migration.version}")
