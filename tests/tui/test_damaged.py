"""A deck that cannot be used: the newest good backup is offered, one key puts it back, and the damaged file is kept."""

from __future__ import annotations

import asyncio

import pytest

from mnemosyne.errors import DamagedError
from mnemosyne.store.backup import backups
from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.screens.damaged import DamagedScreen
from mnemosyne.tui.screens.home import HomeScreen


@pytest.fixture
async def backed_up(started, place):
    """Give the learner one grade in the deck, a backup of it made at the next start, and a second grade since."""
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter")
    async with started() as learner:
        await learner.press("f3")
        await learner.press("1")
    return place


def overwrite(place) -> None:
    """Overwrite the deck with something that is no database."""
    place.settings.deck_path.write_bytes(b"no deck" * 3000)


async def test_a_backup_is_made_at_the_first_start_of_a_study_day_with_something_to_lose(backed_up, started):
    (backup,) = backups(backed_up.settings.backup_folder)
    assert (backup.reason, backup.made_at) == ("daily", backed_up.clock.moment)
    backed_up.clock.turn(hours=20)
    async with started(StartScreen.HOME):
        assert len(backups(backed_up.settings.backup_folder)) == 1
    backed_up.clock.turn(hours=4)
    async with started(StartScreen.HOME):
        assert len(backups(backed_up.settings.backup_folder)) == 2


@pytest.mark.thorough
async def test_the_newest_good_backup_is_offered(backed_up, started):
    overwrite(backed_up)
    async with started(StartScreen.HOME) as learner:
        screen = learner.screen()
        assert isinstance(learner.app.screen, DamagedScreen)
        assert "The deck is damaged" in screen
        assert "The newest good backup was made on 10 Mar 2026, 07:00." in screen
        assert "Contents: 5 cards, 1 review, the last on 10 Mar 2026." in screen


async def test_enter_restores_it_and_the_damaged_file_is_kept(backed_up, started):
    overwrite(backed_up)
    async with started() as learner:
        await learner.press("enter")
        assert isinstance(learner.app.screen, HomeScreen)
        assert "4 new" in learner.screen()
        assert learner.notices == [
            "The deck has been restored; the damaged file is kept as deck.damaged-20260310T070000Z.sqlite."
        ]
        assert learner.app.failure is None
    assert (backed_up.settings.data_dir / "deck.damaged-20260310T070000Z.sqlite").read_bytes()[:7] == b"no deck"


@pytest.mark.thorough
async def test_quitting_instead_says_how_to_restore_it(backed_up, started):
    overwrite(backed_up)
    async with started(StartScreen.HOME) as learner:
        await learner.press("q")
        assert isinstance(learner.app.failure, DamagedError)
        assert str(learner.app.failure) == (
            f"{backed_up.settings.deck_path}: this is not a deck; `mnemosyne restore 1` restores the backup from "
            "10 Mar 2026, 07:00 (5 cards, 1 review, the last on 10 Mar 2026)"
        )


@pytest.mark.thorough
async def test_for_a_deck_that_was_deleted_its_backup_is_offered(backed_up, started):
    backed_up.settings.deck_path.unlink()
    async with started(StartScreen.HOME) as learner:
        assert "the deck is gone, but there are backups of it" in " ".join(learner.screen().split())
        await learner.press("enter")
        assert learner.notices == ["The deck has been restored."]


@pytest.mark.thorough
async def test_after_damage_in_the_middle_of_a_session_the_backup_is_offered_too(backed_up, started):
    async with started() as learner:
        overwrite(backed_up)
        for companion in ("-wal", "-shm"):
            backed_up.settings.deck_path.with_name(f"deck.sqlite{companion}").unlink(missing_ok=True)
        await asyncio.to_thread(learner.app.deck_thread._collection.deck.dispose)
        await learner.press("f3")
        assert isinstance(learner.app.screen, DamagedScreen)
        await learner.press("enter")
        assert isinstance(learner.app.screen, HomeScreen)


@pytest.mark.thorough
async def test_without_a_good_backup_the_app_ends_with_the_reason(backed_up, started):
    overwrite(backed_up)
    for backup in backups(backed_up.settings.backup_folder):
        backup.path.write_bytes(b"no backup" * 1000)
    async with started(StartScreen.HOME) as learner:
        assert str(learner.app.failure) == (
            f"{backed_up.settings.deck_path}: this is not a deck; "
            "none of its backups can be used: move the deck and its backups elsewhere to begin a new deck"
        )
