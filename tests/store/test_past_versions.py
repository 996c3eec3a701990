"""Decks of every past schema version, stored as their version wrote them: each opens with all that was in it.

When the schema changes, a deck of the version before goes into `decks/` as SQL: `sqlite3.Connection.iterdump`, with the
header's two numbers in front.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mnemosyne.store.engine import open_deck
from mnemosyne.store.header import SCHEMA_VERSION
from mnemosyne.store.migrate import migrate
from mnemosyne.store.migrations import MIGRATIONS, Migration

DECKS = Path(__file__).parent / "decks"
STORED = sorted(int(path.stem.removeprefix("version-")) for path in DECKS.glob("version-*.sql"))
CONTENT = {
    1: {"card": 9, "card_tag": 10, "review": 22, "pending": 1, "deck_file": 1},
    2: {"card": 9, "card_tag": 10, "review": 22, "reset": 4, "pending": 1, "deck_file": 1},
    3: {
        "card": 9,
        "card_tag": 10,
        "card_chain": 1,
        "review": 22,
        "reset": 4,
        "tally": 11,
        "pending": 1,
        "deck_file": 1,
    },
    4: {
        "card": 9,
        "fsrs_memory": 7,
        "schedule": 1,
        "card_tag": 10,
        "card_chain": 1,
        "review": 22,
        "reset": 4,
        "tally": 11,
        "pending": 1,
        "deck_file": 1,
    },
    5: {
        "card": 9,
        "fsrs_memory": 7,
        "schedule": 1,
        "card_tag": 10,
        "card_chain": 1,
        "review": 23,
        "reset": 4,
        "tally": 11,
        "pending": 1,
        "deck_file": 1,
    },
    6: {
        "card": 9,
        "fsrs_memory": 7,
        "schedule": 1,
        "card_tag": 10,
        "card_chain": 1,
        "review": 23,
        "reset": 4,
        "mark_change": 3,
        "tally": 11,
        "pending": 1,
        "deck_file": 1,
    },
}
COMING = (
    Migration(SCHEMA_VERSION + 1, ("ALTER TABLE card ADD COLUMN note TEXT", "UPDATE card SET note = id || ' noted'")),
    Migration(SCHEMA_VERSION + 2, ("CREATE TABLE later AS SELECT note FROM card", "DROP INDEX card_queue")),
)


@pytest.fixture
def stored_deck(path: Path) -> Callable[[int], dict[str, list[dict[str, Any]]]]:
    """Puts a stored deck at `path`, as its version left it; what is in it."""

    def put(version: int) -> dict[str, list[dict[str, Any]]]:
        with closing(sqlite3.connect(path)) as deck:
            deck.executescript((DECKS / f"version-{version}.sql").read_text(encoding="utf-8"))
        return content(path)

    return put


def content(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as deck:
        deck.row_factory = sqlite3.Row
        names = [name for (name,) in deck.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [dict(row) for row in deck.execute(f"SELECT * FROM {name}")] for name in names}


def kept(of: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """What no migration may lose: all but the files that the last sync saw, which can be read again."""
    return {name: rows for name, rows in of.items() if name != "deck_file"}


def within(now: dict[str, list[dict[str, Any]]], before: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Of what is there now, the tables and columns that were there before."""
    return {
        name: [{column: row[column] for column in rows[0]} for row in now[name]] if rows else now[name]
        for name, rows in kept(before).items()
    }


def test_every_past_version_is_stored():
    assert set(STORED) >= set(range(1, SCHEMA_VERSION))


@pytest.mark.parametrize("version", STORED)
def test_a_past_version_opens_with_all_that_was_in_it(path: Path, version: int, stored_deck: Callable):
    before = stored_deck(version)
    assert {name: len(rows) for name, rows in before.items()} == CONTENT[version]
    open_deck(path).dispose()
    assert within(content(path), before) == kept(before)
    with closing(sqlite3.connect(path)) as deck:
        assert deck.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert deck.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert deck.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="killing a fork is for systems that fork")
@pytest.mark.parametrize("version", STORED)
def test_an_interrupted_migration_is_resumed_from_any_point(
    path: Path, version: int, stored_deck: Callable, die_at: Callable, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("mnemosyne.store.engine.SCHEMA_VERSION", COMING[-1].version)

    def migrated() -> None:
        engine = open_deck(path)
        migrate(engine, (*MIGRATIONS, *COMING))
        engine.dispose()

    step, died = 0, True
    while died:
        step += 1
        path.unlink(missing_ok=True)
        before = stored_deck(version)
        died = die_at(step, migrated)
        migrated()
        after = content(path)
        assert within(after, before) == kept(before)
        assert after["later"] == [{"note": f"{row['id']} noted"} for row in before["card"]]
    assert step > len(COMING) * 6
