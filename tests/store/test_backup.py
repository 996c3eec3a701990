"""Backups: complete, verified, private, in place at once or not at all; and the deck stays in use meanwhile."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from mnemosyne.errors import DamagedError, StoreError
from mnemosyne.store.backup import Backup, Reason, back_up, backups, check_backup, look_into, thin
from mnemosyne.store.database_file import DeckContents
from mnemosyne.store.engine import open_deck
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards
from mnemosyne.store.tables import SCHEMA_VERSION

POSIX = pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have such permissions")
NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the backups go."""
    return tmp_path / "backups"


@pytest.fixture
def filled(deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable) -> Engine:
    """Fill the deck with a hundred cards, two of them graded."""
    sync_cards(deck, [make_card(f"card-{n}", n) for n in range(100)], {})
    repository.record(make_review("card-1", 4))
    repository.record(make_review("card-2", 3))
    return deck


def dump(path: Path) -> list[str]:
    """Return everything in a deck."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def damage(path: Path, seed: int = 1) -> None:
    """Overwrite the second half of a deck with noise."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(Random(seed).randbytes(size - size // 2))


def test_a_backup_is_the_whole_deck_in_one_file(filled: Engine, path: Path, folder: Path):
    backup = back_up(path, folder, NOON, Reason.DAILY)
    assert backup == Backup(folder / "20240310T120000000000Z-daily.sqlite", NOON, "daily")
    assert dump(backup.path) == dump(path)
    contents = DeckContents(cards=100, reviews=2, last=date(2024, 3, 10), version=SCHEMA_VERSION)
    assert check_backup(backup.path) == contents
    assert list(folder.iterdir()) == [backup.path]
    with closing(sqlite3.connect(backup.path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@POSIX
def test_a_backup_is_private(filled: Engine, path: Path, folder: Path):
    before = os.umask(0)
    try:
        backup = back_up(path, folder, NOON, Reason.ASKED)
    finally:
        os.umask(before)
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_session_continues_while_a_backup_is_made(
    filled: Engine, path: Path, folder: Path, repository: SqlRepository, make_review: Callable
):
    with filled.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE card SET flagged = 1")
        backup = back_up(path, folder, NOON, Reason.DAILY)
    assert repository.flagged("card-5")
    with closing(sqlite3.connect(backup.path)) as copy:
        assert copy.execute("SELECT sum(flagged) FROM card").fetchone() == (0,)


def test_backups_are_listed_newest_first_and_other_files_skipped(filled: Engine, path: Path, folder: Path):
    assert backups(folder) == []
    stored_backups = [back_up(path, folder, NOON + timedelta(days=day), Reason.DAILY) for day in (0, 2, 1)]
    for name in ("notes.txt", "99999999T999999999999Z-daily.sqlite", ".20240310T120000000000Z-daily.sqlite.draft"):
        (folder / name).touch()
    assert backups(folder) == [stored_backups[1], stored_backups[2], stored_backups[0]]


@POSIX
def test_a_pipe_or_a_device_among_the_backups_is_reported_and_not_waited_for(folder: Path):
    folder.mkdir()
    os.mkfifo(folder / "20240310T120000000000Z-daily.sqlite")
    (folder / "20240310T130000000000Z-daily.sqlite").symlink_to("/dev/zero")
    for backup in backups(folder):
        for read in (look_into, check_backup):
            with pytest.raises(StoreError) as caught:
                read(backup.path)
            assert str(caught.value) == (
                f"{backup.path}: it cannot be read (this is not a regular file); "
                "move it elsewhere, or give another path"
            )


def test_a_clock_that_stands_still_costs_no_backup(filled: Engine, path: Path, folder: Path):
    for _ in range(3):
        back_up(path, folder, NOON, Reason.ASKED)
    assert [backup.made_at.microsecond for backup in backups(folder)] == [2, 1, 0]


def test_a_damaged_deck_is_not_backed_up(filled: Engine, path: Path, folder: Path):
    good = back_up(path, folder, NOON, Reason.DAILY)
    filled.dispose()
    damage(path)
    with pytest.raises(DamagedError) as caught:
        back_up(path, folder, NOON, Reason.DAILY)
    assert str(caught.value) == (
        f"{path}: the deck is damaged; `mnemosyne restore` lists the backups; restoring one keeps the damaged file"
    )
    assert list(folder.iterdir()) == [good.path]


def test_a_deck_that_does_not_exist_has_no_backup(path: Path, folder: Path):
    with pytest.raises(StoreError) as caught:
        back_up(path, folder, NOON, Reason.ASKED)
    assert str(caught.value) == f"{path}: there is no deck to back up; the first session creates it"
    assert not folder.exists()


def test_another_database_is_not_backed_up(path: Path, folder: Path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (id INTEGER)")
    with pytest.raises(StoreError, match="this is not a deck"):
        back_up(path, folder, NOON, Reason.ASKED)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_reported(filled: Engine, path: Path, tmp_path: Path):
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "backups"
    with pytest.raises(StoreError) as caught:
        back_up(path, folder, NOON, Reason.ASKED)
    assert str(caught.value) == (
        f"{folder}: no backup can be made there (Not a directory); allow writing there, or free some space"
    )


def test_the_remains_of_a_killed_backup_are_removed(filled: Engine, path: Path, folder: Path):
    folder.mkdir()
    old, young = (folder / f".{name}.draft" for name in ("old", "young"))
    for draft, age in ((old, 7200), (young, 60)):
        draft.touch()
        os.utime(draft, (NOON.timestamp() - age,) * 2)
    back_up(path, folder, NOON, Reason.DAILY)
    assert (old.exists(), young.exists()) == (False, True)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_backup_that_is_killed_leaves_no_half_one(filled: Engine, path: Path, folder: Path):
    for step in ("copy_whole", "fsync_folder"):
        child = os.fork()
        if child == 0:
            import mnemosyne.store.backup as module

            setattr(module, step, lambda *_: os._exit(9))
            back_up(path, folder, NOON, Reason.DAILY)
        assert os.waitpid(child, 0)[1] >> 8 == 9
        assert all(check_backup(backup.path).reviews == 2 for backup in backups(folder))


def test_thinning_removes_what_is_not_worth_keeping(filled: Engine, path: Path, folder: Path):
    for hours in range(0, 24 * 5, 12):
        back_up(path, folder, NOON + timedelta(hours=hours), Reason.DAILY)
    removals = thin(folder, datetime.date, date(2024, 3, 15))
    assert [backup.made_at.date().day for backup in removals] == [13, 12, 11]
    assert [backup.made_at.day for backup in backups(folder)] == [15, 14, 14, 13, 12, 11, 10]
    assert thin(folder, datetime.date, date(2024, 3, 15)) == []


def test_thinning_never_removes_the_best(filled: Engine, path: Path, folder: Path):
    monthly_backups = [back_up(path, folder, NOON + timedelta(days=31 * month), Reason.DAILY) for month in range(20)]
    today = monthly_backups[-1].made_at.date()
    removals = thin(folder, lambda moment: moment.date(), today, best=monthly_backups[0].path)
    assert monthly_backups[0] not in removals
    assert thin(folder, lambda moment: moment.date(), today) == [monthly_backups[0]]


@pytest.mark.parametrize("fault", ["", "hello", "\0" * 5000])
def test_a_file_that_is_not_a_backup_is_refused(tmp_path: Path, fault: str):
    file = tmp_path / "some.sqlite"
    file.write_text(fault)
    with pytest.raises(StoreError, match=r"some\.sqlite: this is not a deck"):
        look_into(file)


def test_a_backup_of_a_newer_program_is_refused(filled: Engine, path: Path, folder: Path):
    backup = back_up(path, folder, NOON, Reason.ASKED)
    with closing(sqlite3.connect(backup.path)) as copy:
        copy.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="a newer Mnemosyne wrote this"):
        look_into(backup.path)


def test_a_backup_can_be_opened_as_a_deck(filled: Engine, path: Path, folder: Path, make_repository: Callable):
    backup = back_up(path, folder, NOON, Reason.ASKED)
    engine = open_deck(backup.path)
    assert make_repository(engine).last_review().card_id == "card-2"
    engine.dispose()
