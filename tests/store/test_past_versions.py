"""Decks of every past schema version, stored as their version wrote them: each opens with all that was in it.

When the schema changes, a deck of the version before goes into `decks/` as SQL: `sqlite3.Connection.iterdump`,
with the header's two numbers in front.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sample_size import sample, sample_size

from mnemosyne.review.log_event import is_event_id
from mnemosyne.store.engine import migrate, open_deck
from mnemosyne.store.migrations import Migration
from mnemosyne.store.tables import SCHEMA_VERSION

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
    7: {
        "card": 9,
        "fsrs_memory": 6,
        "schedule": 1,
        "fit": 1,
        "card_tag": 10,
        "card_chain": 1,
        "review": 23,
        "reset": 5,
        "mark_change": 8,
        "tally": 11,
        "pending": 1,
        "deck_file": 1,
    },
    8: {
        "card": 9,
        "fsrs_memory": 6,
        "schedule": 1,
        "fit": 1,
        "card_tag": 10,
        "card_chain": 1,
        "review": 23,
        "reset": 5,
        "mark_change": 11,
        "undo": 5,
        "device": 0,
        "carrier": 0,
        "tally": 11,
        "pending": 1,
        "deck_file": 1,
    },
    9: {
        "card": 9,
        "fsrs_memory": 6,
        "schedule": 1,
        "fit": 1,
        "card_tag": 10,
        "card_chain": 1,
        "review": 23,
        "reset": 5,
        "mark_change": 11,
        "undo": 5,
        "device": 1,
        "carrier": 1,
        "tally": 11,
        "pending": 1,
        "deck_file": 1,
    },
}
CONTENT[10] = CONTENT[11] = CONTENT[9]
BEFORE_IDS = [version for version in STORED if version < 8]
SAID_BY_THE_ID = "after_review"  # the place in the log, until version 7
UNLOGGED = [("put-away", "buried_until", "2026-03-12"), ("put-away", "suspended", "1"), ("word", "flagged", "1")]
COMING = (
    Migration(SCHEMA_VERSION + 1, ("ALTER TABLE card ADD COLUMN note TEXT", "UPDATE card SET note = id || ' noted'")),
    Migration(SCHEMA_VERSION + 2, ("CREATE TABLE later AS SELECT note FROM card", "DROP INDEX card_queue")),
)


@pytest.fixture
def stored_deck(path: Path) -> Callable[[int], dict[str, list[dict[str, Any]]]]:
    """Return a function that puts a stored deck at `path`, as its version left it, and returns its content."""

    def put(version: int) -> dict[str, list[dict[str, Any]]]:
        with closing(sqlite3.connect(path)) as deck:
            deck.executescript((DECKS / f"version-{version}.sql").read_text(encoding="utf-8"))
        return content(path)

    return put


def content(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table."""
    with closing(sqlite3.connect(path)) as deck:
        deck.row_factory = sqlite3.Row
        names = [name for (name,) in deck.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [dict(row) for row in deck.execute(f"SELECT * FROM {name}")] for name in names}


def lasting_content(of: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Return what no migration may lose: all but the files of the last sync, and what is now stored in another way."""
    return {
        name: [{column: value for column, value in row.items() if column != SAID_BY_THE_ID} for row in rows]
        for name, rows in of.items()
        if name not in ("deck_file", "mark_change")
    }


def restricted_to(now: dict[str, list[dict[str, Any]]], before: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Return, of what is there now, the tables and columns that were there before."""
    return {
        name: [{column: row[column] for column in rows[0]} for row in now[name]] if rows else now[name]
        for name, rows in lasting_content(before).items()
    }


def test_every_past_version_is_stored():
    assert set(STORED) >= set(range(1, SCHEMA_VERSION))


@pytest.mark.parametrize("version", STORED)
def test_a_past_version_opens_with_all_that_was_in_it(path: Path, version: int, stored_deck: Callable):
    before = stored_deck(version)
    assert {name: len(rows) for name, rows in before.items()} == CONTENT[version]
    open_deck(path).dispose()
    assert restricted_to(content(path), before) == lasting_content(before)
    with closing(sqlite3.connect(path)) as deck:
        assert deck.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert deck.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert deck.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("version", BEFORE_IDS)
def test_every_mark_has_an_event_that_gave_it(path: Path, version: int, stored_deck: Callable):
    before = stored_deck(version).get("mark_change", [])
    open_deck(path).dispose()
    changes = content(path)["mark_change"]
    old = [change for change in changes if change["changed_at"] == 0]
    assert sorted((change["card_id"], change["mark"], change["value"]) for change in old) == UNLOGGED
    new = [(change["card_id"], change["mark"], change["value"], change["undone_at"]) for change in changes]
    logged = [(change["card_id"], change["mark"], change["after"], change["undone_at"]) for change in before]
    assert [change for change in new if change[:3] not in UNLOGGED] == logged


@pytest.mark.parametrize("version", BEFORE_IDS)
def test_the_order_of_ids_is_that_of_the_log(path: Path, version: int, stored_deck: Callable):
    before = stored_deck(version)
    places = [((row["number"], 0, 0), "review", row["number"]) for row in before["review"]]
    for table in ("reset", "mark_change"):
        places += [((row[SAID_BY_THE_ID], 1, row["number"]), table, row["number"]) for row in before.get(table, [])]
    open_deck(path).dispose()
    after = content(path)
    ids = {(table, row["number"]): row["id"] for table in ("review", "reset", "mark_change") for row in after[table]}
    ordered = list(dict.fromkeys(ids[table, number] for _, table, number in sorted(places)))
    assert ordered == sorted(ordered)
    assert all(map(is_event_id, ids.values()))


@pytest.mark.parametrize("version", STORED)
def test_copies_that_are_migrated_apart_have_the_same_ids(
    path: Path, tmp_path: Path, version: int, stored_deck: Callable
):
    stored_deck(version)
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(path.read_bytes())
    for deck in (path, copy):
        open_deck(deck).dispose()
    original_ids, copy_ids = (
        {
            table: [row["id"] for row in rows if row.get("changed_at") != 0]
            for table, rows in content(deck).items()
            if rows and "device" in rows[0]
        }
        for deck in (path, copy)
    )
    assert original_ids == copy_ids
    assert original_ids.keys() >= {"review", "undo"}


@pytest.mark.parametrize("version", STORED)
def test_past_reviews_have_the_exercise_that_their_cards_still_have(path: Path, version: int, stored_deck: Callable):
    stored_deck(version)
    open_deck(path).dispose()
    exercises: dict[str, set[str | None]] = {}
    for row in content(path)["review"]:
        exercises.setdefault(row["card_id"], set()).add(row["exercise"])
    graph = '"at":[["w","2"],["x","3"]],"graph":[["u","w*x"],["L","u^2"]]'
    assert exercises == {
        "formula": {f'{{"kind":"derivative","f":"sin({a}*x^2)","by":"x"}}' for a in (3, 7)},
        "leibniz": {'{"kind":"steps","f":"exp(x^3)","by":"x"}'},
        "graph": {f'{{"kind":"backprop","f":"L","by":"w",{graph}}}'},
        **{card_id: {None} for card_id in ("gone", "number", "option", "put-away", "thought", "word")},
    }
    assert {row["fields"] for row in content(path)["review"]} == {None}


@pytest.mark.parametrize("version", STORED)
def test_what_was_undone_is_an_event(path: Path, version: int, stored_deck: Callable):
    stored_deck(version)
    open_deck(path).dispose()
    after = content(path)
    undone = {row["id"] for table in ("review", "reset", "mark_change") for row in after[table] if row["undone_at"]}
    assert {row["event_id"] for row in after["undo"]} == undone
    assert len(after["undo"]) == len(undone) > 0


@pytest.mark.thorough
@pytest.mark.sampled
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("version", sample(STORED, 2))
def test_an_interrupted_migration_is_resumed_from_any_point(
    path: Path, version: int, stored_deck: Callable, die_at: Callable, monkeypatch: pytest.MonkeyPatch
):
    for module in ("engine", "database_file"):
        monkeypatch.setattr(f"mnemosyne.store.{module}.SCHEMA_VERSION", COMING[-1].version)

    def migrated() -> None:
        engine = open_deck(path)
        migrate(engine, COMING)
        engine.dispose()

    stride = 60 // (sample_size(2, 60) if version == STORED[0] else sample_size(1, 8))  # fewer for later versions
    step, died = 1 - stride, True
    while died:
        step += stride
        path.unlink(missing_ok=True)
        before = stored_deck(version)
        died = die_at(step, migrated)
        migrated()
        after = content(path)
        assert restricted_to(after, before) == lasting_content(before)
        assert after["later"] == [{"note": f"{row['id']} noted"} for row in before["card"]]
    assert step > len(COMING) * 6
