"""Numbered migrations: each takes a deck from the version before to its own, in one transaction with its number.

The number is SQLite's `user_version`, which is part of the transaction: a killed migration leaves the version before,
and the next start goes on from there. What a migration did is never edited afterwards, since decks on disk have it; the
next change is a file `version_N` with its STATEMENTS, an entry in MIGRATIONS, and N as `tables.SCHEMA_VERSION`.
Imported only when a deck is older than this program.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

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
