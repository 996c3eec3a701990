"""Dialogs, using the question about a backlog: arrows, digits, Enter, Esc and the mouse, at every size."""

from __future__ import annotations

import pytest
from sample_size import others_thorough

from mnemosyne.review.backlog import Backlog
from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.screens.dialog import Dialog, DialogTextView
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.screens.review import ReviewScreen

SIZES = [(80, 24), (120, 40), (60, 20)]


@pytest.fixture
def backlog(monkeypatch):
    """Make the five new cards count as 214 due ones, of which three are proposed."""
    monkeypatch.setattr("mnemosyne.collection.today.backlog_of", lambda due, days: Backlog(214, 3, 2))


@pytest.mark.parametrize("size", others_thorough(SIZES), ids=["small", "large", "tiny"])
async def test_a_backlog_is_asked_about_and_enter_takes_what_is_proposed(started, backlog, size):
    async with started(StartScreen.HOME, size=size) as learner:
        screen_text = await learner.press("enter")
        assert "214 cards are due. Do 3 today?" in screen_text
        for choice in (
            "▸ 1  3 cards",
            "2  2 cards, a short session",
            "3  everything due today",
            "4  spread over 72 days, about 3 a day",
            "Esc back",
        ):
            assert choice in screen_text
        assert "0 done · 3 left" in await learner.press("enter")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("keys", "left"), [(["2", "enter"], 2), (["down", "down", "space"], 5), (["3", "enter"], 5), (["up", "enter"], 5)]
)
async def test_another_choice_sets_another_limit(started, backlog, keys, left):
    async with started(StartScreen.HOME) as learner:
        await learner.press("enter")
        assert f"0 done · {left} left" in await learner.press(*keys)


async def test_a_click_chooses(started, backlog):
    async with started(StartScreen.HOME) as learner:
        await learner.press("enter")
        await learner.pilot.click("Options", offset=(8, 1))
        await learner.settle()
        assert "0 done · 2 left" in learner.screen()


async def test_escape_goes_back_to_home(started, backlog):
    async with started(StartScreen.HOME) as learner:
        await learner.press("enter")
        assert isinstance(learner.app.screen, Dialog)
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_an_interrupted_session_resumes_without_asking(started, backlog):
    async with started(StartScreen.HOME) as learner:
        await learner.press("enter")
        await learner.press("2", "enter", "f3")
        await learner.press("5")
        home = await learner.press("escape")
        assert "Enter   resumes" in home
        await learner.press("enter")
        assert isinstance(learner.app.screen, ReviewScreen)
        assert "1 done · 1 left" in learner.screen(), "with the limit that was chosen"
    async with started(StartScreen.HOME) as learner:  # after a restart the session resumes, without its limit
        assert "Enter   resumes" in learner.screen()
        assert "0 done · 4 left" in await learner.press("enter")


@pytest.mark.parametrize("size", others_thorough(SIZES), ids=["small", "large", "tiny"])
async def test_the_text_of_a_long_dialog_does_not_touch_its_scrollbar(started, size):
    async with started(size=size) as learner:
        await learner.app.push_screen(Dialog("Cards", [("due", "Differentiate this. " * 20)] * 20, ["Keep it"]))
        await learner.settle()
        dialog = learner.app.screen
        bar = dialog.query_one(DialogTextView).parent.vertical_scrollbar
        assert bar.region.width == 1
        assert dialog.query_one(DialogTextView).content_region.right < bar.region.x
