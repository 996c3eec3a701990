"""Migrations, backups and restores, killed at every step: the deck is the old one or the new one, never neither."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mnemosyne.cli.entry import run
from mnemosyne.store import log
from mnemosyne.store.engine import open_deck
from mnemosyne.store.tables import SCHEMA_VERSION

pytestmark = [
    pytest.mark.sampled,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
]

# kills, at least, of each action
LEAST = {"migration": 30, "backup": 30, "restore": 60, "restore over a damaged deck": 60}
OLDEST = Path(__file__).parents[2] / "store" / "decks" / "version-1.sql"


def answers_in(path: Path) -> list[str]:
    """Return the answers of a deck or a backup that count, in the log's order."""
    with closing(sqlite3.connect(path)) as deck:
        assert deck.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [a for (a,) in deck.execute("SELECT answer FROM review WHERE undone_at IS NULL ORDER BY number")]


def check_that_a_session_continues(copy: Any) -> None:
    """Assert that a session asks, and stores a grade."""
    with copy.open() as collection:
        session = collection.session()
        assert session.question is not None
        session.give_up()
        assert session.grade(4).number > 0


@pytest.fixture
def backed_up(home: Any) -> Any:
    """Return a home with a backup of three answers, and a deck that has had a fourth since."""
    assert run(home.arguments("backup")) == 0
    with home.open() as collection:
        session = collection.session()
        home.wrong(session)
        session.give_up()
        session.grade(1)
    return home


THREE = ["2x cos(x^2)"] * 3
FOUR = [*THREE, "cos(x^2)"]


def contents_of_backups(copy: Any) -> list[list[str]]:
    """Return what the finished backups contain."""
    return [answers_in(path) for path in sorted(copy.settings.backup_folder.glob("*.sqlite"))]


@pytest.mark.thorough
def test_migration(killing: Any, home: Any):
    def prepare(copy: Any) -> None:
        copy.deck.unlink()
        with closing(sqlite3.connect(copy.deck)) as deck:
            deck.executescript(OLDEST.read_text(encoding="utf-8"))

    def migrate(copy: Any, acknowledge: Callable[[str], None]) -> None:
        with copy.open() as collection:
            assert collection.deck
            acknowledge("migrated 0")

    prepare(home)
    before = answers_in(home.deck)
    assert before

    def check_copy(copy: Any, acknowledgements: list[str]) -> None:
        with closing(sqlite3.connect(copy.deck)) as deck:
            (version,) = deck.execute("PRAGMA user_version").fetchone()
        assert version in range(1, SCHEMA_VERSION + 1)
        assert version == SCHEMA_VERSION or not acknowledgements
        check_that_a_session_continues(copy)
        assert answers_in(copy.deck)[: len(before)] == before
        assert all(backup_answers == before for backup_answers in contents_of_backups(copy))

    assert killing.everywhere(migrate, check_copy, prepare) >= LEAST["migration"]


@pytest.mark.thorough
def test_backup(killing: Any, backed_up: Any):
    def back_up(copy: Any, acknowledge: Callable[[str], None]) -> None:
        assert run(copy.arguments("backup")) == 0
        acknowledge("backed-up 0")

    def check_copy(copy: Any, acknowledgements: list[str]) -> None:
        assert contents_of_backups(copy) in ([THREE], [THREE, FOUR])
        assert contents_of_backups(copy) == [THREE, FOUR] or not acknowledgements
        assert answers_in(copy.deck) == FOUR
        check_that_a_session_continues(copy)

    assert killing.everywhere(back_up, check_copy) >= LEAST["backup"]


@pytest.mark.thorough
def test_restore(killing: Any, backed_up: Any):
    def restore(copy: Any, acknowledge: Callable[[str], None]) -> None:
        assert run(copy.arguments("restore", "1", "--yes")) == 0
        acknowledge("restored 0")

    def check_copy(copy: Any, acknowledgements: list[str]) -> None:
        deck_answers = answers_in(copy.deck)
        assert deck_answers in (THREE, FOUR)
        assert deck_answers == THREE or not acknowledgements
        assert THREE in contents_of_backups(copy)
        assert deck_answers == FOUR or FOUR in contents_of_backups(copy), "what was there before is kept"
        open_deck(copy.deck).dispose()
        check_that_a_session_continues(copy)

    assert killing.everywhere(restore, check_copy) >= LEAST["restore"]


@pytest.mark.thorough
def test_restore_over_a_damaged_deck(killing: Any, backed_up: Any):
    def prepare(copy: Any) -> None:
        with copy.deck.open("r+b") as deck:
            deck.seek(4096)
            deck.write(b"\xff" * 8192)

    def restore(copy: Any, acknowledge: Callable[[str], None]) -> None:
        assert run(copy.arguments("restore", "1", "--yes")) == 0
        acknowledge("restored 0")

    prepare(backed_up)
    damaged = backed_up.deck.read_bytes()[100:]  # the part after the header; the header contains the journal mode

    def check_copy(copy: Any, acknowledgements: list[str]) -> None:
        assert THREE in contents_of_backups(copy)
        files = [path.read_bytes()[100:] for path in copy.deck.parent.glob("deck*.sqlite")]
        assert damaged in files, "the damaged file is kept, here or under another name"
        if not acknowledgements:
            assert run(copy.arguments("restore", "1", "--yes")) == 0, "what was interrupted can be done again"
        assert answers_in(copy.deck) == THREE
        with copy.open() as collection:
            assert dict(log.memories(collection.deck))
        check_that_a_session_continues(copy)

    assert killing.everywhere(restore, check_copy, prepare) >= LEAST["restore over a damaged deck"]
