"""Numbered migrations: each takes a deck from the previous version to its own, in one transaction.

The number is SQLite's `user_version`, which is part of the transaction: if a migration is killed, the deck keeps the
previous version, and the next start continues from there. A released migration is never edited, since decks on disk
have it; a further change is a new file `version_N` with its STATEMENTS, an entry in MIGRATIONS, and N as
`tables.SCHEMA_VERSION`. This is imported only if a deck is older than this program, or is checked.

The result of the migrations defines a deck's structure: its tables, triggers, views and indexes, and no others. A
foreign trigger could discard a grade, a foreign index could refuse it. All of our parts can be recreated without
loss; tables only if their content follows from the log and the card files.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias

from mnemosyne.store.migrations import (
    version_1,
    version_2,
    version_3,
    version_4,
    version_5,
    version_6,
    version_7,
    version_8,
    version_9,
    version_10,
    version_11,
    version_12,
)
from mnemosyne.store.tables import APPLICATION_ID, SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Migration:
    """The SQL `statements` that lead from the previous version to `version`, and the Python functions they call."""

    version: int
    statements: tuple[str, ...]
    functions: Callable[[], Mapping[str, Callable[[Any, Any], Any]]] = dict  # two-argument functions by name

    def teach(self, deck: sqlite3.Connection) -> None:
        """Register the functions that the statements call."""
        for name, function in self.functions().items():
            deck.create_function(name, 2, function, deterministic=True)


MIGRATIONS: Final = (
    Migration(1, version_1.STATEMENTS),
    Migration(2, version_2.STATEMENTS),
    Migration(3, version_3.STATEMENTS),
    Migration(4, version_4.STATEMENTS),
    Migration(5, version_5.STATEMENTS),
    Migration(6, version_6.STATEMENTS),
    Migration(7, version_7.STATEMENTS),
    Migration(8, version_8.STATEMENTS),
    Migration(9, version_9.STATEMENTS),
    Migration(10, version_10.STATEMENTS),
    Migration(11, version_11.STATEMENTS, version_11.functions),
    Migration(12, version_12.STATEMENTS),
)

Part: TypeAlias = tuple[str, str, str]  # its type, its name, and the SQL that creates it
# Tables whose content can be recomputed, and what must be deleted for that; of a pending question (`pending`)
# only the question is lost.
COMPUTED: Final = {
    "tally": (),
    "pending": (),
    "fit": (),
    "skill_fold": (),
    "schedule": (),
    "fsrs_memory": ("DELETE FROM schedule",),
    "deck_file": (),
    "card_chain": ("DELETE FROM deck_file",),
    "card_tag": ("DELETE FROM deck_file", "UPDATE card SET content_hash = ''"),
}
PARTS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"


@dataclass(frozen=True, slots=True)
class Structure:
    """How a deck differs from what it should be: in its header, in foreign parts, and in our parts."""

    version: int  # according to its tables
    application: int  # the program's id in the header
    stated: int  # the version in the header
    foreign: tuple[Part, ...]  # triggers, views and indexes that are not ours
    broken: tuple[Part, ...]  # our parts that are missing or changed, as they should be
    lost: tuple[str, ...] = ()  # missing tables whose content cannot be recovered

    @property
    def misstated(self) -> bool:
        """Whether the header disagrees with the tables."""
        return (self.application, self.stated) != (APPLICATION_ID, self.version)


@cache
def parts_of(version: int) -> frozenset[Part]:
    """Return the parts of a deck of this version."""
    with closing(sqlite3.connect(":memory:")) as memory_deck:
        for migration in MIGRATIONS[:version]:
            migration.teach(memory_deck)
            for statement in migration.statements:
                memory_deck.execute(statement)
        return frozenset(memory_deck.execute(PARTS))


def tables_of(version: int) -> frozenset[Part]:
    """Return the tables of a deck of this version."""
    return frozenset(part for part in parts_of(version) if part[0] == "table")


def structure_of(connection: sqlite3.Connection) -> Structure | None:
    """Return the structure of the deck; None if its tables match no version."""
    parts = frozenset(connection.execute(PARTS))
    version = next((version for version in range(SCHEMA_VERSION, 0, -1) if tables_of(version) <= parts), None)
    if version is None:
        return None
    application, stated = _header(connection)
    if 0 < stated < version and tables_of(stated) == tables_of(version):
        version = stated  # a later version with the same tables and other indexes
    return Structure(version, application, stated, _foreign(parts, version), tuple(sorted(parts_of(version) - parts)))


def repairable_structure_of(connection: sqlite3.Connection) -> Structure | None:
    """Return the structure of the deck, even if tables are missing; None if it is not ours."""
    return structure_of(connection) or _without_tables(connection)


def _without_tables(connection: sqlite3.Connection) -> Structure | None:
    """Return the structure of a deck with missing tables; None if header and tables do not show that it is one."""
    parts = frozenset(connection.execute(PARTS))
    application, version = _header(connection)
    if application != APPLICATION_ID or not 0 < version <= SCHEMA_VERSION:
        return None
    own_tables = {part[1]: part for part in tables_of(version)}
    absent = own_tables.keys() - {name for kind, name, _ in parts if kind == "table"}
    if not absent or not {part for name, part in own_tables.items() if name not in absent} <= parts:
        return None
    irreplaceable = absent - COMPUTED.keys()
    broken = sorted(parts_of(version) - parts, key=lambda part: (part[0] != "table", part))  # tables first
    foreign = _foreign(parts, version)
    return Structure(
        version, application, version, foreign, () if irreplaceable else tuple(broken), tuple(sorted(irreplaceable))
    )


def _foreign(parts: frozenset[Part], version: int) -> tuple[Part, ...]:
    """Return the triggers, views and indexes that are not ours."""
    names = {part[:2] for part in parts_of(version)}
    return tuple(sorted(part for part in parts - parts_of(version) if part[0] != "table" and part[:2] not in names))


def _header(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return the program's id and the version in the header."""
    application, stated = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    return int(application[0]), int(stated[0])


def mend_header(connection: sqlite3.Connection, structure: Structure) -> None:
    """Set the program's id and the version in the header according to the tables."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {structure.version}")


def remake(connection: sqlite3.Connection, structure: Structure) -> None:
    """Recreate our parts that are missing or changed; tables among them are always missing."""
    for kind, name, sql in structure.broken:
        if kind != "table":
            connection.execute(f"DROP {kind.upper()} IF EXISTS {_quoted(name)}")
        connection.execute(sql)
    for kind, name, _ in structure.broken:
        for statement in COMPUTED.get(name, ()) if kind == "table" else ():
            connection.execute(statement)


def remove_foreign(connection: sqlite3.Connection, structure: Structure) -> None:
    """Remove the triggers, views and indexes that are not ours."""
    for kind, name, _ in structure.foreign:
        connection.execute(f"DROP {kind.upper()} IF EXISTS {_quoted(name)}")


def without_triggers(connection: sqlite3.Connection) -> list[str]:
    """Drop our triggers, while values are repaired within a transaction; return the SQL that recreates them."""
    triggers = [part for part in parts_of(SCHEMA_VERSION) if part[0] == "trigger"]
    for _, name, _ in triggers:
        connection.execute(f"DROP TRIGGER IF EXISTS {_quoted(name)}")
    return [sql for _, _, sql in triggers]


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
