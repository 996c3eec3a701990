"""The sync that runs in the background at the start: what another device did is counted at once, on every screen."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from patience import PATIENCE
from sqlalchemy import select

from mnemosyne.collection import Collection, syncing
from mnemosyne.collection.syncing import sync_folder
from mnemosyne.store import tables
from mnemosyne.store.engine import reading
from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.deck_thread import DeckThread
from mnemosyne.tui.screen_messages import ShowHome, ShowReview
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.screens.review import ReviewScreen

TURNS = range(9)  # of the event loop, counted from the moment at which home begins to be removed

run_detached = DeckThread.run_detached


class OtherDevice:
    """Another device of the same learner, with the same cards."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    @property
    def name(self) -> str:
        """Return the name of the device."""
        with reading(self._collection.deck) as connection:
            return connection.execute(select(tables.device.c.name)).scalar_one()

    def grade(self, quality: int) -> None:
        """Give up on the next card, grade it, and leave the review in the folder."""
        session = self._collection.session()
        session.give_up()
        session.grade(quality)
        folder = self._collection.settings.sync_folder
        assert folder is not None
        assert sync_folder(self._collection, folder).sent == 1


@pytest.fixture
def other_device(place) -> Iterator[OtherDevice]:
    """Return another device; both have the folder in their settings."""
    root = place.settings.data_dir.parent
    place.settings = replace(place.settings, sync_folder=root / "shared")
    with Collection(replace(place.settings, data_dir=root / "other"), place.clock) as collection:
        yield OtherDevice(collection)


async def wait_for_text(learner: Any, text: str) -> None:
    """Wait until the screen shows the text; fail if it never does."""
    for _ in range(500):
        if text in learner.screen():
            return
        await learner.settle()
    raise AssertionError(learner.screen())


async def test_home_counts_what_another_device_left_before_the_start(other_device, started):
    other_device.grade(4)
    async with started(StartScreen.HOME) as learner:
        await wait_for_text(learner, "Enter   starts  4 new")
        assert "1 day in a row" in learner.screen()
        assert learner.notices == [f"1 answer came from {other_device.name}."]
        assert await learner.press("question_mark", "escape")
        assert learner.notices == [f"1 answer came from {other_device.name}."], "it is said only once"


async def test_nothing_is_said_of_a_sync_that_brings_nothing(other_device, started):
    async with started(StartScreen.HOME) as learner:
        learner.app._sync()
        await learner.settle()
        assert learner.notices == []


async def test_a_sync_that_fails_by_a_bug_gives_one_line_and_home_carries_on(other_device, started, place, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("of our own making")

    monkeypatch.setattr(syncing, "sync_folder", broken)
    log = place.settings.log_path
    sentence = (
        f"the sync failed because of a bug: RuntimeError; nothing is lost; please report it with the end of {log}"
    )
    async with started(StartScreen.HOME) as learner:
        await wait_for_text(learner, "the sync failed because of a bug")
        assert learner.notices == [sentence]
        assert "Enter   starts  5 new" in learner.screen()
    assert "RuntimeError: of our own making" in log.read_text(encoding="utf-8")


async def test_a_sync_that_brings_something_updates_home_and_leaves_a_question_alone(other_device, started):
    async with started(StartScreen.HOME) as learner:
        assert "Enter   starts  5 new" in learner.screen()
        other_device.grade(4)
        learner.app._sync()
        await wait_for_text(learner, "Enter   starts  4 new")
        question = await learner.press("enter")
        assert isinstance(learner.app.screen, ReviewScreen)
        other_device.grade(4)
        learner.app._sync()
        await learner.settle()
        assert learner.screen() == question
        learner.app.clear_notifications()
        await learner.press("escape")
        await wait_for_text(learner, "3 new")
        assert learner.notices == [f"1 answer came from {other_device.name}."]


@pytest.mark.thorough
async def test_home_may_be_left_or_opened_at_any_moment_of_what_a_sync_brings(other_device, started, monkeypatch):
    brought, may_go_on = asyncio.Event(), asyncio.Event()

    async def held(thread: DeckThread, task: Any) -> Any:
        outcome = await run_detached(thread, task)
        brought.set()
        await may_go_on.wait()
        return outcome

    async with started(StartScreen.HOME) as learner:
        monkeypatch.setattr(DeckThread, "run_detached", held)
        for turn in TURNS:
            for message, screen in ((ShowReview(), ReviewScreen), (ShowHome(), HomeScreen)):
                other_device.grade(3)
                brought.clear()
                may_go_on.clear()
                learner.app._sync()
                await asyncio.wait_for(brought.wait(), PATIENCE)
                before = learner.app.screen
                learner.app.post_message(message)
                async with asyncio.timeout(PATIENCE):
                    while learner.app.screen is before:
                        await asyncio.sleep(0)
                for _ in range(turn):
                    await asyncio.sleep(0)
                may_go_on.set()
                await learner.settle()
                assert learner.app.is_running
                assert isinstance(learner.app.screen, screen)


def test_the_end_of_the_app_does_not_wait_for_a_hub_that_never_answers(place):
    exchange_begun, answered = threading.Event(), threading.Event()

    def exchange(_: Collection) -> bool:
        exchange_begun.set()
        return answered.wait()

    async def leave() -> None:
        task = asyncio.create_task(deck_thread.run_detached(exchange))
        while not exchange_begun.is_set():
            await asyncio.sleep(0)
        task.cancel()

    deck_thread = DeckThread(place.open)
    asyncio.run(leave())  # which waits for all its threads
    assert not answered.is_set()
    answered.set()
    deck_thread.close()
    for thread in threading.enumerate():
        if thread.name == "run_detached":
            thread.join()
