"""A screen may be left at any moment while work is under way for it: results that come later do no harm.

Textual removes the widgets of a screen one by one, over several turns of the event loop; in one of the rounds
the result of the deck thread arrives at each of these turns.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sample_size import sample, sample_size
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen

from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.tui.app import MnemosyneApp, StartScreen
from mnemosyne.tui.deck_thread import DeckThread
from mnemosyne.tui.screen_messages import ShowHome, ShowReview
from mnemosyne.tui.screens.browse import BrowseScreen
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.screens.lesson import LessonScreen
from mnemosyne.tui.screens.review import ReviewScreen
from mnemosyne.tui.screens.settings import SettingsScreen
from mnemosyne.tui.screens.stats import StatsScreen
from mnemosyne.tui.widgets.question_view import QuestionView

TURNS = range(0, 9, 9 // sample_size(1, 9))  # of the event loop since a screen began to be removed

pytestmark = pytest.mark.sampled
work = DeckThread.work


class LateResults:
    """Holds back the results of the deck thread until they are released."""

    def __init__(self) -> None:
        self._gate = asyncio.Event()
        self._holding = asyncio.Event()

    async def hold_back(self, result: Any) -> Any:
        self._holding.set()
        await self._gate.wait()
        return result

    async def wait_until_holding(self) -> None:
        """Wait until a result is being held back."""
        await asyncio.wait_for(self._holding.wait(), 60)

    def hold(self) -> None:
        self._gate.clear()
        self._holding.clear()

    def release(self) -> None:
        self._gate.set()


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> LateResults:
    results = LateResults()
    results.release()

    async def held(thread: DeckThread, task: Callable[[Any], Any]) -> Any:
        return await results.hold_back(await work(thread, task))

    monkeypatch.setattr(DeckThread, "work", held)
    return results


async def go_to(learner: Any, message: Message, screen: type[Screen[Any]]) -> None:
    """Open that screen, and wait until it is in front and has settled."""
    learner.app.post_message(message)
    await learner.settle()
    assert isinstance(learner.app.screen, screen)


async def wait_for_removal(screen: Screen[Any]) -> None:
    """Wait until Textual is removing the screen."""
    async with asyncio.timeout(60):
        while screen.display:
            await asyncio.sleep(0)


Leave = Callable[[MnemosyneApp, Screen[Any]], object]


async def leave_at_each_turn(
    learner: Any, late: LateResults, ask: Callable[[], Awaitable[object]], leave: Leave
) -> None:
    for turn in TURNS:
        await ask()
        await late.wait_until_holding()
        screen = learner.app.screen
        leave(learner.app, screen)
        await wait_for_removal(screen)
        for _ in range(turn):
            await asyncio.sleep(0)
        late.release()
        await learner.settle()
        assert learner.app.is_running
        assert learner.app.screen is not screen


async def test_home_is_left_while_it_counts(started, late):
    async with started(StartScreen.HOME) as learner:

        async def ask() -> None:
            await go_to(learner, ShowHome(), HomeScreen)
            late.hold()
            learner.app.screen.load()

        await leave_at_each_turn(learner, late, ask, lambda app, _: app.post_message(ShowReview()))


@pytest.mark.thorough
async def test_a_review_is_left_while_it_starts_or_undoes(started, late):
    async with started(StartScreen.HOME) as learner:

        async def begin() -> None:
            await go_to(learner, ShowHome(), HomeScreen)
            late.hold()
            learner.app.post_message(ShowReview(plan=SessionPlan()))
            async with asyncio.timeout(60):
                while not isinstance(learner.app.screen, ReviewScreen):
                    await asyncio.sleep(0)

        async def undo() -> None:
            await go_to(learner, ShowReview(plan=SessionPlan()), ReviewScreen)
            late.hold()
            learner.app.screen.action_undo()

        await leave_at_each_turn(learner, late, begin, lambda app, _: app.post_message(ShowHome()))
        await leave_at_each_turn(learner, late, undo, lambda app, _: app.post_message(ShowHome()))


@pytest.mark.parametrize("make", sample([BrowseScreen, SettingsScreen, StatsScreen, lambda: LessonScreen("chains")], 2))
async def test_a_screen_over_home_is_left_while_it_loads(started, late, make):
    async with started(StartScreen.HOME) as learner:

        async def ask() -> None:
            late.hold()
            await learner.app.push_screen(make())

        await leave_at_each_turn(learner, late, ask, lambda _, screen: screen.dismiss())


@pytest.mark.parametrize("turn", TURNS)
async def test_a_question_is_left_while_it_is_resized(started, turn):
    """The view is given a new size, and what it does after the next frame comes later still."""
    async with started() as learner:
        screen = learner.app.screen
        view = screen.query_one(QuestionView)
        view.on_resize(Resize(view.size, view.size))  # what it does after the next frame is still to come
        learner.app.post_message(ShowHome())
        await wait_for_removal(screen)
        for _ in range(turn):
            await asyncio.sleep(0)
        view.on_resize(Resize(view.size, view.size))
        await learner.settle()
        assert isinstance(learner.app.screen, HomeScreen)
        view.on_resize(Resize(view.size, view.size))


@pytest.mark.thorough
@pytest.mark.parametrize("turn", TURNS)
async def test_a_lesson_is_left_while_it_scrolls_to_a_heading(started, turn):
    async with started(StartScreen.HOME) as learner:
        screen = LessonScreen("chains")
        await learner.app.push_screen(screen)
        await learner.settle()
        screen.go_to(0)
        screen.dismiss()
        await wait_for_removal(screen)
        for _ in range(turn):
            await asyncio.sleep(0)
        screen.go_to(0)
        await learner.settle()
        assert isinstance(learner.app.screen, HomeScreen)
        screen.go_to(0)
