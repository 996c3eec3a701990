"""The app on a disk that is full or removed: reported once, what was typed stays, and the same key stores it later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mnemosyne.errors import StoreError
from mnemosyne.store.log import read_reviews
from mnemosyne.text import as_sentence
from mnemosyne.tui.app import MnemosyneApp, StartScreen, run_app
from mnemosyne.tui.screens.review import ReviewScreen
from mnemosyne.tui.widgets.answer_line import AnswerLine


@pytest.fixture
def on_disk(place, small_disk):
    """Put the deck of the place on a small disk."""
    place.settings = replace(place.settings, data_dir=small_disk.folder)
    return place


def answer_text(learner):
    return learner.app.screen.query_one(AnswerLine).value


def log(place):
    with place.open() as collection:
        return [(review.card_id, review.quality, review.attempts) for review in read_reviews(collection.deck)]


async def test_an_answer_stays_until_there_is_room_for_it(on_disk, small_disk):
    full = f"{small_disk.folder}/deck.sqlite: the disk is full; free some space and continue; everything saved is safe."
    async with on_disk.started() as learner:
        await learner.type("cos(x^2)")
        small_disk.fill()
        await learner.press("enter")
        assert (answer_text(learner), learner.notices) == ("cos(x^2)", [full])
        await learner.press("enter")
        assert (answer_text(learner), learner.notices) == ("cos(x^2)", [full]), "shown once"
        assert "read as  cos(x²)·2" in await learner.type("*2"), "the line can still be edited"
        await learner.press("backspace", "backspace")
        small_disk.free()
        assert "You have one more try." in await learner.press("enter")
        assert learner.notices == [], "the notice goes once it is no longer true"
        assert "✓ Correct" in await learner.answer("*2x")
        await learner.press("enter")
    assert log(on_disk) == [("sine-of-square", 2, 2)]


@pytest.mark.thorough
async def test_a_grade_waits_for_room_too_and_is_stored_once(on_disk, small_disk):
    async with on_disk.started() as learner:
        await learner.answer("2x cos(x^2)")
        small_disk.fill()
        for key in ("4", "4"):
            assert "✓ Correct" in await learner.press(key)
        assert len(learner.notices) == 1
        small_disk.free()
        assert "which function is the outer one?" in await learner.press("4")
    assert log(on_disk) == [("sine-of-square", 4, 1)]


@pytest.mark.thorough
async def test_flag_bury_and_undo_are_refused_on_a_full_disk_and_work_once_there_is_room(on_disk, small_disk):
    async with on_disk.started() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter", "escape", "enter")
        small_disk.fill()
        for key in ("f7", "f5", "u"):
            await learner.press(key)
            assert isinstance(learner.app.screen, ReviewScreen)
        assert len(learner.notices) == 1
        small_disk.free()
        assert "f(x) = sin(x²)" in await learner.press("u")
    assert log(on_disk) == []


async def test_a_disk_that_is_full_from_the_start_ends_the_app_with_the_reason(on_disk, small_disk):
    small_disk.fill()
    async with on_disk.started(StartScreen.HOME) as learner:
        assert isinstance(learner.app.failure, StoreError)
    assert learner.app.failure.message.endswith("deck.sqlite: the disk is full")


@pytest.mark.thorough
async def test_a_session_can_be_left_where_its_beginning_failed(on_disk, small_disk):
    async with on_disk.started(StartScreen.HOME) as learner:
        small_disk.fill()
        on_disk.write(on_disk.deck_file.read_text(encoding="utf-8").replace("sin(x^2)", "sin(x^4)"))
        await learner.press("enter")
        assert len(learner.notices) == 1
        small_disk.free()
        await learner.press("escape")
        assert "f(x) = sin(x⁴)" in await learner.press("enter")


async def test_a_disk_that_is_removed_is_reported_and_the_answer_stays(on_disk, small_disk):
    async with on_disk.started() as learner:
        await learner.type("2x cos(x^2)")
        small_disk.take_away()
        await learner.press("enter")
        assert answer_text(learner) == "2x cos(x^2)"
        reason = "the deck is no longer there (No such file or directory); put it back, then continue"
        assert learner.notices == [as_sentence(f"{small_disk.folder}/deck.sqlite: {reason}")]
        assert as_sentence(str(learner.app.unstored)) == learner.notices[0]


def test_the_command_line_reports_a_step_that_could_not_be_stored(place, monkeypatch):
    def fail_to_store(app):
        app.unstored = StoreError("the disk is full")

    monkeypatch.setattr(MnemosyneApp, "run", fail_to_store)
    with pytest.raises(StoreError, match=r"^the disk is full$"):
        run_app(MnemosyneApp(place.open))
