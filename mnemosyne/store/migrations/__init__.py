"""Numbered migrations: each takes a deck from the version before to its own, in one transaction with its number.

The number is SQLite's `user_version`, which is part of the transaction: a killed migration leaves the version before,
and the next start goes on from there. What a migration did is never edited afterwards, since decks on disk have it; the
next change is a file `version_N` with its STATEMENTS, an entry in MIGRATIONS, and N as `tables.SCHEMA_VERSION`.
Imported only when a deck is older than this program, or looked into.

What they make is the structure of a deck: the tables, triggers, views and indexes that it should have and no others. A
trigger that is not ours may drop what is graded, an index of another's may refuse it. All that is ours can be made anew
without a loss; of tables only those that are gone, and whose content follows from the log and the card files.
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
    """The SQL `statements` that make version `version` out of the one before, and what they call that is Python's."""

    version: int
    statements: tuple[str, ...]
    functions: Callable[[], Mapping[str, Callable[[Any, Any], Any]]] = dict  # by their names, each of two values

    def teach(self, deck: sqlite3.Connection) -> None:
        """Give SQLite the functions that the statements call."""
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

Part: TypeAlias = tuple[str, str, str]  # its type, its name, and the SQL that makes it
# Tables whose content is computed again, and what has to be forgotten for that; of a question in progress (`pending`)
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
    """How a deck differs from what it should be: in its header, in foreign parts, in parts of ours."""

    version: int  # as its tables tell
    application: int  # the id of the program, as the header states it
    stated: int  # the version, as the header states it
    foreign: tuple[Part, ...]  # triggers, views and indexes that are not ours
    broken: tuple[Part, ...]  # parts of ours that are gone or changed, as they should be
    lost: tuple[str, ...] = ()  # tables that are gone with what only they held

    @property
    def misstated(self) -> bool:
        """Whether the header says something else than the tables."""
        return (self.application, self.stated) != (APPLICATION_ID, self.version)


@cache
def parts_of(version: int) -> frozenset[Part]:
    """Return the parts that a deck of a version has."""
    with closing(sqlite3.connect(":memory:")) as memory_deck:
        for migration in MIGRATIONS[:version]:
            migration.teach(memory_deck)
            for statement in migration.statements:
                memory_deck.execute(statement)
        return frozenset(memory_deck.execute(PARTS))


def tables_of(version: int) -> frozenset[Part]:
    """Return the tables that a deck of a version has."""
    return frozenset(part for part in parts_of(version) if part[0] == "table")


def structure_of(connection: sqlite3.Connection) -> Structure | None:
    """Return how the deck is built; None if its tables are those of no version."""
    parts = frozenset(connection.execute(PARTS))
    version = next((version for version in range(SCHEMA_VERSION, 0, -1) if tables_of(version) <= parts), None)
    if version is None:
        return None
    application, stated = _header(connection)
    if 0 < stated < version and tables_of(stated) == tables_of(version):
        version = stated  # a later version has the same tables, and other indexes
    return Structure(version, application, stated, _foreign(parts, version), tuple(sorted(parts_of(version) - parts)))


def repairable_structure_of(connection: sqlite3.Connection) -> Structure | None:
    """Return how the deck is built, of which tables may be gone too; None if it is none of ours."""
    return structure_of(connection) or _without_tables(connection)


def _without_tables(connection: sqlite3.Connection) -> Structure | None:
    """Return how a deck is built of which tables are gone; None if it is none, by its header or the tables left."""
    parts = frozenset(connection.execute(PARTS))
    application, version = _header(connection)
    if application != APPLICATION_ID or not 0 < version <= SCHEMA_VERSION:
        return None
    own_tables = {part[1]: part for part in tables_of(version)}
    absent = own_tables.keys() - {name for kind, name, _ in parts if kind == "table"}
    if not absent or not {part for name, part in own_tables.items() if name not in absent} <= parts:
        return None
    irreplaceable = absent - COMPUTED.keys()
    broken = sorted(parts_of(version) - parts, key=lambda part: (part[0] != "table", part))  # a table before its index
    foreign = _foreign(parts, version)
    return Structure(
        version, application, version, foreign, () if irreplaceable else tuple(broken), tuple(sorted(irreplaceable))
    )


def _foreign(parts: frozenset[Part], version: int) -> tuple[Part, ...]:
    """Return the triggers, views and indexes that are not ours."""
    names = {part[:2] for part in parts_of(version)}
    return tuple(sorted(part for part in parts - parts_of(version) if part[0] != "table" and part[:2] not in names))


def _header(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return the id of the program and the version that the header states."""
    application, stated = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    return int(application[0]), int(stated[0])


def mend_header(connection: sqlite3.Connection, structure: Structure) -> None:
    """Make the header state the program and the version that the tables have."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {structure.version}")


def remake(connection: sqlite3.Connection, structure: Structure) -> None:
    """Rebuild the parts of ours that are gone or changed; a table among them is gone."""
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
    """Remove our triggers, within a transaction, while values are mended; return the SQL that makes them again."""
    triggers = [part for part in parts_of(SCHEMA_VERSION) if part[0] == "trigger"]
    for _, name, _ in triggers:
        connection.execute(f"DROP TRIGGER IF EXISTS {_quoted(name)}")
    return [sql for _, _, sql in triggers]


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
