"""Faults of the disk, the file and other programs, each in the one line that is shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from mnemosyne.errors import CardError, DamagedError, StoreError
from mnemosyne.review.ports import Scope
from mnemosyne.store import counts, log
from mnemosyne.store.database_file import PUT_BACK, as_store_errors
from mnemosyne.store.engine import open_deck, reading, writing
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards


@pytest.fixture
def filled(deck: Engine, make_card: Callable) -> Engine:
    """Fill the deck with cards."""
    sync_cards(deck, [make_card(f"card-{n}", n) for n in range(2000)], {})
    return deck


@pytest.fixture
def locked(filled: Engine, path: Path) -> Iterator[Engine]:
    """Lock the deck, as another program that writes for longer than we wait."""
    with reading(filled) as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        yield filled
        writer.execute("ROLLBACK")


def test_a_full_disk_is_reported_and_the_session_continues_when_there_is_space(
    filled: Engine, path: Path, repository: SqlRepository, make_review: Callable
):
    with reading(filled) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with reading(filled) as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    stored = 0
    with pytest.raises(StoreError) as caught:
        for stored in range(2000):
            repository.record(make_review(f"card-{stored}", 4, answer="x" * 500))
    assert str(caught.value) == f"{path}: the disk is full; free some space and continue; everything saved is safe"
    assert repository.last_review().number == stored
    assert repository.memory(f"card-{stored}").new
    with reading(filled) as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {2 * pages}")
    assert repository.record(make_review(f"card-{stored}", 4)).number == stored + 1


def test_a_deck_that_another_program_keeps_locked_is_reported(
    locked: Engine, path: Path, repository: SqlRepository, make_review: Callable
):
    with pytest.raises(StoreError) as caught:
        repository.record(make_review("card-1", 4))
    assert str(caught.value) == (
        f"{path}: the deck is in use by another program; let it finish or close it, then try again"
    )
    assert repository.memory("card-1").new, "reading continues while another program writes"


def test_a_deck_that_may_not_be_written_is_reported(filled: Engine, path: Path, repository: SqlRepository):
    with reading(filled) as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreError) as caught:
        repository.flag("card-1", flagged=True)
    hint = "allow writing to the file, to its -wal and -shm if there are any, and to its folder"
    assert str(caught.value) == f"{path}: the deck cannot be written; {hint}"


@pytest.mark.parametrize(
    "read",
    [
        lambda engine, repository, day: repository.new(day, Scope()),
        lambda engine, repository, day: counts.topic_counts(engine, day),
        lambda engine, repository, day: list(log.memories(engine)),
    ],
    ids=["new", "topics", "memories"],
)
def test_a_damaged_deck_is_reported(filled: Engine, path: Path, make_repository: Callable, day, read: Callable):
    filled.dispose()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(2 * 4096)
        file.write(b"\xff" * (size - 2 * 4096))
    with pytest.raises(StoreError) as caught:
        engine = open_deck(path)
        read(engine, make_repository(engine), day)
    assert str(caught.value) == f"{path}: the deck is damaged; {PUT_BACK}"


@pytest.mark.parametrize("code", ["SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR"])
def test_a_disk_that_fails_is_reported(code: str):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = getattr(sqlite3, code)
    with pytest.raises(StoreError) as caught, as_store_errors("deck.sqlite"):
        raise error
    assert str(caught.value) == (
        "deck.sqlite: the disk cannot be read or written; check that it is connected and has space"
    )


def test_a_statement_that_fails_because_the_deck_has_changed_reports_damage(filled: Engine, path: Path):
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA writable_schema = ON")
        alter = "UPDATE sqlite_master SET sql = replace(sql, 'lapses', 'ease') WHERE name = 'card_memory'"
        assert writer.execute(alter).rowcount == 1
    with pytest.raises(DamagedError) as caught, reading(filled) as connection:
        connection.exec_driver_sql("SELECT * FROM absent")
    assert caught.value.message == f"{path}: the deck is damaged"


def test_invalid_text_is_damage(filled: Engine, path: Path, repository: SqlRepository):
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("UPDATE card SET content = CAST(x'ff22' AS TEXT) WHERE id = 'card-1'")
    with pytest.raises(DamagedError):
        repository.card("card-1")


def test_a_row_that_cannot_be_read_is_reported_with_its_remedy(filled: Engine, path: Path, repository: SqlRepository):
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("UPDATE card SET due = 'soon', reviewed = 'now', content = '{' WHERE id = 'card-1'")
    with pytest.raises(CardError) as caught:
        repository.memory("card-1")
    assert str(caught.value) == (
        "card-1: the deck's data on this card cannot be read; `mnemosyne doctor --fix` repairs it"
    )
    with pytest.raises(CardError) as caught:
        repository.card("card-1")
    assert (
        str(caught.value) == "card-1: the deck's copy of this card cannot be read; `mnemosyne doctor --fix` repairs it"
    )


def test_a_mistake_of_this_program_is_not_reported_as_damage(deck: Engine):
    with pytest.raises(OperationalError, match="no such table"), reading(deck) as connection:
        connection.exec_driver_sql("SELECT * FROM absent")
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), writing(deck) as connection:
        connection.exec_driver_sql("INSERT INTO card_tag VALUES ('nobody', 'tag')")
