"""Numbered migrations: each takes a deck from the version before to its own, in one transaction with its number.

The number is SQLite's `user_version`, which is part of the transaction: a killed migration leaves the version before.
What a migration did is never edited afterwards, since decks on disk have it; the next change is a new migration.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine

from mnemosyne.store.transactions import writing

APPLICATION_ID: Final = 0x4D4E454D  # "MNEM", in the file's header: this SQLite database is a deck


@dataclass(frozen=True, slots=True)
class Migration:
    """Statements that make version `version` out of the one before."""

    version: int
    statements: tuple[str, ...]


_FIRST_DECK = (
    """CREATE TABLE card (
        id TEXT NOT NULL,
        topic TEXT NOT NULL,
        kind TEXT NOT NULL,
        path TEXT NOT NULL,
        line INTEGER NOT NULL,
        position INTEGER NOT NULL,
        content TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        missing BOOLEAN NOT NULL,
        suspended BOOLEAN NOT NULL,
        flagged BOOLEAN NOT NULL,
        buried_until TEXT,
        repetitions INTEGER NOT NULL,
        ease INTEGER NOT NULL,
        interval INTEGER NOT NULL,
        lapses INTEGER NOT NULL,
        due TEXT,
        reviewed TEXT,
        PRIMARY KEY (id),
        CONSTRAINT card_due_reviewed CHECK ((due IS NULL) = (reviewed IS NULL))
    )""",
    "CREATE INDEX card_queue ON card (missing, suspended, due, position, buried_until, id)",
    "CREATE INDEX card_topic ON card (topic, missing, suspended, due, position, buried_until, id)",
    "CREATE INDEX card_lapses ON card (lapses, missing, id)",
    """CREATE TABLE card_tag (
        card_id TEXT NOT NULL,
        tag TEXT NOT NULL,
        PRIMARY KEY (card_id, tag),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID""",
    "CREATE INDEX card_tag_cards ON card_tag (tag, card_id)",
    """CREATE TABLE review (
        number INTEGER NOT NULL,
        card_id TEXT NOT NULL,
        answered_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        study_day TEXT NOT NULL,
        drill BOOLEAN NOT NULL,
        seed INTEGER NOT NULL,
        answer TEXT NOT NULL,
        verdict TEXT,
        misconception TEXT,
        proposed INTEGER,
        quality INTEGER NOT NULL,
        hints INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        duration INTEGER NOT NULL,
        before_repetitions INTEGER NOT NULL,
        before_ease INTEGER NOT NULL,
        before_interval INTEGER NOT NULL,
        before_lapses INTEGER NOT NULL,
        before_due TEXT,
        before_reviewed TEXT,
        after_repetitions INTEGER NOT NULL,
        after_ease INTEGER NOT NULL,
        after_interval INTEGER NOT NULL,
        after_lapses INTEGER NOT NULL,
        after_due TEXT,
        after_reviewed TEXT,
        undone_at INTEGER,
        PRIMARY KEY (number),
        CONSTRAINT review_quality CHECK (quality BETWEEN 0 AND 5),
        FOREIGN KEY(card_id) REFERENCES card (id)
    )""",
    """CREATE INDEX review_day ON review (study_day, card_id, quality, drill, before_reviewed, duration, undone_at)
        WHERE undone_at IS NULL""",
    "CREATE INDEX review_card ON review (card_id)",
    """CREATE INDEX review_slip ON review (misconception, study_day, undone_at)
        WHERE misconception IS NOT NULL AND undone_at IS NULL""",
    """CREATE TABLE pending (
        id INTEGER NOT NULL CHECK (id = 1),
        card_id TEXT NOT NULL,
        seed INTEGER NOT NULL,
        drill BOOLEAN NOT NULL,
        hints INTEGER NOT NULL,
        attempts TEXT NOT NULL,
        spent INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    )""",
    """CREATE TABLE deck_file (
        path TEXT NOT NULL,
        mtime_ns INTEGER NOT NULL,
        size INTEGER NOT NULL,
        PRIMARY KEY (path)
    )""",
)

MIGRATIONS: Final = (Migration(1, _FIRST_DECK),)
SCHEMA_VERSION: Final = MIGRATIONS[-1].version


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
