"""Restoring a backup: in one step, undoable, and never while another program has the deck open."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from sample_size import sample
from sqlalchemy import Engine

from mnemosyne.errors import DamagedError, StoreError
from mnemosyne.store.backup import Backup, Reason, back_up, backups, check_backup, put_back
from mnemosyne.store.database_file import DeckContents
from mnemosyne.store.engine import open_deck
from mnemosyne.store.sync import sync_cards
from mnemosyne.store.tables import SCHEMA_VERSION

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)
LATER = datetime(2024, 3, 11, 12, tzinfo=UTC)
KEPT = "deck.damaged-20240311T120000Z.sqlite"
PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the backups go."""
    return tmp_path / "backups"


@pytest.fixture
def backup(
    path: Path, deck: Engine, folder: Path, make_card: Callable, make_repository: Callable, make_review
) -> Backup:
    """Return a backup of a deck with one grade; the deck has two by now, and no program has it open."""
    sync_cards(deck, [make_card(f"card-{n}", n) for n in range(300)], {})
    repository = make_repository(deck)
    repository.record(make_review("card-1", 4))
    first_backup = back_up(path, folder, NOON, Reason.DAILY)
    repository.record(make_review("card-2", 5))
    deck.dispose()
    return first_backup


def dump(path: Path) -> list[str]:
    """Return everything in a deck."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_the_backup_becomes_the_deck(path: Path, folder: Path, backup: Backup):
    restoration = put_back(backup.path, path, folder, LATER)
    assert restoration.contents == DeckContents(300, 1, date(2024, 3, 10), SCHEMA_VERSION)
    assert dump(path) == dump(backup.path)
    assert sorted(file.name for file in path.parent.iterdir()) == ["backups", "deck.sqlite"]


def test_restoring_is_undoable(path: Path, folder: Path, backup: Backup):
    before = dump(path)
    replaced_deck = put_back(backup.path, path, folder, LATER).kept
    assert replaced_deck == Backup(folder / "20240311T120000000000Z-before-restore.sqlite", LATER, "before-restore")
    assert backups(folder) == [replaced_deck, backup]
    put_back(replaced_deck.path, path, folder, LATER)
    assert dump(path) == before


def test_a_deck_that_is_gone_or_empty_is_restored(path: Path, folder: Path, backup: Backup):
    for vanish in (path.unlink, lambda: path.write_bytes(b"")):
        vanish()
        restoration = put_back(backup.path, path, folder, LATER)
        assert (restoration.kept, restoration.damaged) == (None, None)
        assert dump(path) == dump(backup.path)


def test_a_deck_that_a_session_has_open_is_left_alone(
    path: Path, folder: Path, backup: Backup, make_repository: Callable, make_review: Callable
):
    session = open_deck(path)
    repository = make_repository(session)
    assert repository.memory("card-1").reviewed
    before = dump(path)
    with pytest.raises(StoreError) as caught:
        put_back(backup.path, path, folder, LATER)
    assert str(caught.value) == (
        f"{path}: the deck is in use by another program; let it finish or close it, then try again"
    )
    assert dump(path) == before
    assert repository.record(make_review("card-3", 4)).number == 3
    session.dispose()
    put_back(backup.path, path, folder, LATER)
    assert dump(path) == dump(backup.path)


def test_a_damaged_backup_is_refused_and_the_deck_left_alone(path: Path, folder: Path, backup: Backup):
    before = dump(path)
    with backup.path.open("r+b") as file:
        file.seek(5 * PAGE)
        file.write(b"\xff" * 3 * PAGE)
    with pytest.raises(DamagedError):
        put_back(backup.path, path, folder, LATER)
    assert dump(path) == before
    assert backups(folder) == [backup]


def test_a_file_that_is_not_a_backup_is_refused(path: Path, folder: Path, backup: Backup, tmp_path: Path):
    text_file = tmp_path / "other.txt"
    text_file.write_text("hello\n" * 1000)
    with pytest.raises(StoreError) as caught:
        put_back(text_file, path, folder, LATER)
    assert caught.value.message == f"{text_file}: this is not a deck"


def test_a_backup_of_an_older_version_becomes_a_deck_of_this_one(path: Path, folder: Path, backup: Backup):
    old = folder / "old.sqlite"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript((Path(__file__).parent / "decks" / "version-1.sql").read_text(encoding="utf-8"))
    put_back(old, path, folder, LATER)
    assert check_backup(path).version == SCHEMA_VERSION
    assert [entry.reason for entry in backups(folder)] == ["before-restore", "daily"]


def header_destroyed(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\0" * 100)


def header_overwritten(path: Path) -> None:
    path.write_text("not a database any more " * 4000)


def truncated(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size * 2 // 3)


def cut_in_a_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 + 77)


def page_of_zeros(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(3 * PAGE)
        file.write(b"\0" * PAGE)


def with_noise(seed: int) -> Callable[[Path], None]:
    def noise(path: Path) -> None:
        chance = Random(seed)
        with path.open("r+b") as file:
            for _ in range(8):
                file.seek(chance.randrange(path.stat().st_size // PAGE) * PAGE)
                file.write(chance.randbytes(PAGE))

    noise.__name__ = f"pages_of_noise_{seed}"
    return noise


DAMAGE = [header_destroyed, header_overwritten, truncated, cut_in_a_page, page_of_zeros, *map(with_noise, range(12))]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_a_damaged_deck_is_reported_and_kept_and_the_backup_restored(
    path: Path, folder: Path, backup: Backup, damage: Callable
):
    damage(path)
    broken = path.read_bytes()
    with pytest.raises(DamagedError) as caught:
        back_up(path, folder, LATER, Reason.DAILY)
    assert caught.value.message in (f"{path}: the deck is damaged", f"{path}: this is not a deck")
    assert backups(folder) == [backup]
    restoration = put_back(backup.path, path, folder, LATER)
    assert (restoration.kept, restoration.damaged) == (None, path.with_name(KEPT))
    assert path.with_name(KEPT).read_bytes()[PAGE:] == broken[PAGE:]
    assert dump(path) == dump(backup.path)
    assert backups(folder) == [backup]


def test_a_second_damaged_file_does_not_replace_the_first(path: Path, folder: Path, backup: Backup):
    for _ in range(2):
        header_overwritten(path)
        put_back(backup.path, path, folder, LATER)
    assert sorted(file.name for file in path.parent.glob("*.damaged-*")) == [
        KEPT,
        "deck.damaged-20240311T120001Z.sqlite",
    ]


@pytest.mark.parametrize("alien", [b"", b"garbage" * 3000, b"\0" * 9000], ids=["empty", "garbage", "zeros"])
def test_a_foreign_write_ahead_log_is_not_applied(path: Path, folder: Path, backup: Backup, alien: bytes):
    before = dump(path)
    path.with_name("deck.sqlite-wal").write_bytes(alien)
    assert dump(path) == before
    open_deck(path).dispose()
    assert dump(path) == before


def test_a_lost_write_ahead_log_costs_its_answers_and_nothing_else(
    path: Path, folder: Path, backup: Backup, make_repository: Callable, make_review: Callable
):
    before = dump(path)
    engine = open_deck(path)
    make_repository(engine).record(make_review("card-4", 4))
    copied = path.read_bytes()  # without the log beside it
    engine.dispose()
    path.write_bytes(copied)
    assert dump(path) == before
    assert check_backup(path).reviews == 2


def test_the_log_of_a_damaged_deck_is_not_applied_to_the_backup(
    path: Path, folder: Path, backup: Backup, make_repository: Callable, make_review: Callable
):
    engine = open_deck(path)
    make_repository(engine).record(make_review("card-4", 4))
    log = path.with_name("deck.sqlite-wal").read_bytes()
    engine.dispose()
    header_overwritten(path)
    path.with_name("deck.sqlite-wal").write_bytes(log)
    put_back(backup.path, path, folder, LATER)
    assert dump(path) == dump(backup.path)
    assert path.with_name(KEPT).stat().st_size > 0
    assert sorted(file.name for file in path.parent.iterdir() if file.name.startswith("deck.sqlite")) == [path.name]


@pytest.mark.sampled
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(
    "step", sample(["copy_whole", "back_up_through", "open_deck", "replace", "link", "fsync_folder"], 2)
)
@pytest.mark.parametrize("damaged", [False, True], ids=["whole", "damaged"])
def test_a_restore_that_is_killed_leaves_one_deck_or_the_other(
    path: Path, folder: Path, backup: Backup, step: str, damaged: bool, monkeypatch: pytest.MonkeyPatch
):
    if damaged:
        header_overwritten(path)
    states = [path.read_bytes() if damaged else dump(path), dump(backup.path)]
    module = Path if step == "replace" else os if step == "link" else sys.modules[put_back.__module__]
    child = os.fork()
    if child == 0:
        setattr(module, step, lambda *_: os._exit(9))
        with suppress(BaseException):
            put_back(backup.path, path, folder, LATER)
        os._exit(0)
    os.waitpid(child, 0)
    state = path.read_bytes() if damaged and path.read_bytes() == states[0] else dump(path)
    assert state in states
    put_back(backup.path, path, folder, LATER)
    assert dump(path) == dump(backup.path)
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(".")] == []
