"""Whether the file of a deck is whole, and what is in it: of the deck that is open, of a backup, of any file.

Works on plain SQLite connections, so that a file can be looked at that this program would not open as a deck.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mnemosyne.errors import DamagedError, StoreError
from mnemosyne.store.header import APPLICATION_ID, SCHEMA_VERSION
from mnemosyne.store.transactions import PUT_BACK, faults_told

_BUSY_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a deck: cards that a file has, graded answers that count, and the study day of the last of them."""

    cards: int
    reviews: int
    last: date | None
    version: int


@contextmanager
def looked_into(path: Path, mode: str = "ro") -> Iterator[sqlite3.Connection]:
    """A connection to a file that is there, which begins no transaction by itself; faults are told of this path."""
    address = f"{path.resolve().as_uri()}?mode={mode}"
    with (
        faults_told(str(path)),
        closing(sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)) as connection,
    ):
        yield connection


def contents(connection: sqlite3.Connection, path: Path) -> Contents:
    """What is in the deck; StoreError if it is no deck, or one that a newer program wrote."""
    application, version = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    if application != APPLICATION_ID:
        raise StoreError(f"{path}: this is not a deck", "`mnemosyne restore` lists the backups")
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path}: a newer Mnemosyne wrote this (schema {version}, this one knows {SCHEMA_VERSION})",
            "install the newest version: pip install -U mnemosyne-review",
        )
    (cards,) = connection.execute("SELECT count(*) FROM card WHERE missing = 0").fetchone()
    counted = "SELECT count(*), max(study_day) FROM review WHERE undone_at IS NULL"
    reviews, last = connection.execute(counted).fetchone()
    return Contents(cards, reviews, date.fromisoformat(last) if last else None, version)


def faults(path: Path) -> list[str]:
    """What SQLite finds wrong in a deck, at most ten of each kind; DamagedError if its pages are not what it wrote.

    What is left after that are rows that point nowhere, and indexes that differ from their tables.
    """
    with looked_into(path, "rw") as connection:
        see_whole(connection, path)
        wrong = [said for (said,) in connection.execute("PRAGMA integrity_check(10)") if said != "ok"]
        lost = connection.execute("PRAGMA foreign_key_check").fetchmany(10)
    return [*wrong, *(f"a row of {table} is of a {parent} that is not there" for table, _, parent, _ in lost)]


def reindex(path: Path) -> None:
    """Build every index anew from its table."""
    with looked_into(path, "rw") as connection:
        connection.execute("REINDEX")


def see_whole(connection: sqlite3.Connection, path: Path) -> None:
    """DamagedError if the file is not what SQLite wrote: reads every page, but compares no index with its table."""
    (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise DamagedError(f"{path}: the deck is damaged", PUT_BACK)
