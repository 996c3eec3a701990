"""Migrating a deck to the version of this program. Imported only when a deck is older."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection, Engine

from mnemosyne.store.migrations import MIGRATIONS, Migration
from mnemosyne.store.tables import APPLICATION_ID
from mnemosyne.store.transactions import writing


def version_of(connection: Connection) -> int:
    """Return the schema version of the deck; 0 for a file without tables."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(engine: Engine, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Apply the migrations that the deck does not have yet, each in a transaction of its own."""
    for migration in migrations:
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
