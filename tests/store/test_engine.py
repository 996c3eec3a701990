"""Opening a deck: what is created, with which settings, and everything that is refused, in the words that are shown.

And its transactions: all or nothing, each as durable as requested.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from mnemosyne.errors import StoreError
from mnemosyne.store.backup import look_into
from mnemosyne.store.engine import open_deck, reading, writing
from mnemosyne.store.quick_names import deck_owners
from mnemosyne.store.sync import sync_cards
from mnemosyne.store.tables import APPLICATION_ID, SCHEMA_VERSION
from mnemosyne.store.values import has_wild

POSIX = pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have such permissions")


def refusal(path: Path) -> str:
    with pytest.raises(StoreError) as caught:
        open_deck(path)
    return str(caught.value)


def pragma(engine: Engine, name: str, write: bool = False) -> object:
    with (writing if write else reading)(engine) as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("fullfsync", 1),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("application_id", APPLICATION_ID),
        ("user_version", SCHEMA_VERSION),
    ],
)
def test_a_deck_has_these_settings_on_every_connection(deck: Engine, name: str, value: object):
    assert pragma(deck, name) == value
    assert pragma(deck, name, write=True) == value


def test_an_existing_deck_is_opened_as_it_is(path: Path, make_card: Callable, make_repository: Callable):
    first = open_deck(path)
    sync_cards(first, [make_card("a")], {})
    first.dispose()
    again = open_deck(path)
    assert make_repository(again).card("a").id == "a"
    again.dispose()


def test_missing_folders_are_created(tmp_path: Path):
    path = tmp_path / "not" / "there" / "deck.sqlite"
    open_deck(path).dispose()
    assert path.is_file()


@POSIX
@pytest.mark.parametrize("name", ["a deck's ünïcode ✓.sqlite", "q?mode=ro#x.sqlite", "%20.sqlite", ":memory: no"])
def test_any_file_name_is_taken_literally(tmp_path: Path, name: str):
    open_deck(tmp_path / name).dispose()
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_an_empty_file_becomes_a_deck(path: Path):
    path.touch()
    engine = open_deck(path)
    assert pragma(engine, "user_version") == SCHEMA_VERSION
    engine.dispose()


def test_closing_leaves_one_file(path: Path, make_card: Callable):
    engine = open_deck(path)
    sync_cards(engine, [make_card("a")], {})
    engine.dispose()
    assert list(path.parent.iterdir()) == [path]


@POSIX
def test_the_files_of_a_deck_are_private(tmp_path: Path, make_card: Callable):
    path = tmp_path / "data" / "deck.sqlite"
    before = os.umask(0)
    try:
        engine = open_deck(path)
        sync_cards(engine, [make_card("a")], {})
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        engine.dispose()
    finally:
        os.umask(before)
    assert modes == {"deck.sqlite": 0o600, "deck.sqlite-wal": 0o600, "deck.sqlite-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_folder_is_refused(tmp_path: Path):
    assert refusal(tmp_path) == f"{tmp_path}: this is a folder, not a deck; give the path of a file"


@POSIX
def test_a_pipe_and_a_device_are_refused_without_waiting(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        assert refusal(path) == (
            f"{path}: the deck cannot be opened for writing (this is not a regular file); "
            "allow writing there, or keep the deck elsewhere"
        )


@pytest.mark.parametrize("text", ["hello", "# cards\n" * 1000, "\0" * 100])
def test_a_file_that_is_not_a_database_is_refused_and_left_alone(path: Path, text: str):
    path.write_text(text)
    assert refusal(path) == (
        f"{path}: this is not a deck; `mnemosyne restore` lists the backups; restoring one keeps the damaged file"
    )
    assert path.read_text() == text


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE notes (id INTEGER)"],
        ["PRAGMA user_version = 3"],
        ["PRAGMA application_id = 1234"],
        ["CREATE TABLE card (id TEXT)", "PRAGMA user_version = 1"],
    ],
)
def test_another_programs_database_is_refused_and_left_alone(path: Path, statements: list[str]):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    before = path.read_bytes()
    assert refusal(path) == f"{path}: this is another program's database; give another path for the deck"
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_newer_schema_is_refused_and_left_alone(path: Path):
    open_deck(path).dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    assert refusal(path) == (
        f"{path}: a newer Mnemosyne wrote this deck (schema {SCHEMA_VERSION + 1}; "
        f"this one reads up to {SCHEMA_VERSION}); install the newest version: pip install -U mnemosyne-review"
    )
    assert path.read_bytes() == before


@POSIX
def test_a_path_through_a_file_is_refused(tmp_path: Path):
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "deck.sqlite"
    assert refusal(path) == (
        f"{path}: the deck cannot be opened for writing (File exists); allow writing there, or keep the deck elsewhere"
    )


@POSIX
def test_a_read_only_folder_is_refused(public_folder: Path):
    closed = public_folder / "closed"
    closed.mkdir(mode=0o500)
    path = closed / "deck.sqlite"
    assert refusal(path) == (
        f"{path}: the deck cannot be opened for writing (Permission denied); "
        "allow writing there, or keep the deck elsewhere"
    )


@POSIX
def test_a_read_only_file_is_refused(public_folder: Path):
    path = public_folder / "deck.sqlite"
    open_deck(path).dispose()
    path.chmod(0o400)
    assert refusal(path) == (
        f"{path}: the deck cannot be opened for writing (Permission denied); "
        "allow writing there, or keep the deck elsewhere"
    )


@POSIX
def test_a_folder_that_cannot_be_looked_into_is_refused(public_folder: Path):
    closed = public_folder / "closed"
    closed.mkdir(mode=0o000)
    path = closed / "deck.sqlite"
    assert refusal(path) == (
        f"{path}: the deck cannot be opened for writing (Permission denied); "
        "allow writing there, or keep the deck elsewhere"
    )
    closed.chmod(0o700)


@POSIX
def test_a_deck_in_a_folder_that_became_read_only_is_refused(public_folder: Path):
    closed = public_folder / "closed"
    closed.mkdir()
    path = closed / "deck.sqlite"
    open_deck(path).dispose()
    closed.chmod(0o500)
    message = refusal(path)
    closed.chmod(0o700)
    hint = "allow writing to the file, to its -wal and -shm if there are any, and to its folder"
    assert message == f"{path}: the deck cannot be written; {hint}"


@POSIX
def test_a_deck_that_was_read_only_for_a_while_can_be_written_again(public_folder: Path):
    """SQLite gives the files beside the deck the deck's own permissions."""
    path = public_folder / "deck.sqlite"
    open_deck(path).dispose()
    path.chmod(0o400)
    look_into(path, "rw")
    look_into(path)
    deck_owners(path)
    has_wild(path)
    assert sorted(beside.name for beside in public_folder.glob("deck.sqlite-*")) == []
    path.chmod(0o600)
    open_deck(path).dispose()


@pytest.fixture
def filled(deck: Engine, make_card: Callable) -> Engine:
    """Fill the deck with cards."""
    sync_cards(deck, [make_card(f"card-{n}", n) for n in range(9)], {})
    return deck


def test_an_exception_rolls_back(filled: Engine):
    with pytest.raises(RuntimeError, match="second thoughts"), writing(filled) as connection:
        connection.exec_driver_sql("DELETE FROM card_tag")
        raise RuntimeError("second thoughts")
    with reading(filled) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM card_tag").scalar_one() == 9


def test_a_connection_serves_one_transaction_after_another_until_the_deck_is_disposed(filled: Engine):
    with reading(filled) as connection:
        first = connection.connection.driver_connection
    with writing(filled) as connection, reading(filled) as second_connection:
        assert connection.connection.driver_connection is first
        assert second_connection is not connection
        second = second_connection.connection.driver_connection
    filled.dispose()
    for driver in (first, second):
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            driver.execute("SELECT 1")


def test_each_commit_is_as_durable_as_requested_whatever_its_connection_did_before(filled: Engine):
    levels = []
    for durable in (True, False, False, True):
        with writing(filled, durable=durable) as connection:
            levels.append(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())
        with reading(filled) as connection:
            connection.exec_driver_sql("SELECT 1")
    assert levels == [2, 1, 1, 2]  # FULL, NORMAL
