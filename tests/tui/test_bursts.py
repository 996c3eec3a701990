"""Keys in one burst, some of which open a screen and close it before it has its widgets, never end the app."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from sample_size import others_thorough, sample_size
from textual import events
from textual.css.query import NoMatches

from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.widgets.query_line import QueryLine

OPENING = ("b", "s", "comma", "f4", "f1", "enter", "p", "m", "1", "ctrl+p", "u")
FOLLOWING = (
    "slash", "enter", "space", "v", "a", "s", "b", "f", "r", "e", "escape", "n", "N", "t", "c", "j", "G", "1", "7",
    "tab", "f2", "f3", "f4", "f5", "f6", "u", "p", "comma", "f1", "up", "down", "ctrl+p", "y", "i", "m", "l", "x",
)  # fmt: skip
SIGNS = {"slash": "/", "comma": ",", "enter": "\r", "space": " "}
BURSTS = Random(0).sample([(*pair, last) for pair in product(OPENING, FOLLOWING) for last in FOLLOWING[::6]], 2_000)

pytestmark = pytest.mark.sampled


def key(name: str) -> events.Key:
    return events.Key(name, SIGNS.get(name, name if len(name) == 1 else None))


@pytest.mark.parametrize("burst", BURSTS[: sample_size(2, 25)], ids="-".join)
async def test_no_burst_of_keys_ends_the_app(started, lived, burst):
    async with started(StartScreen.HOME) as learner:
        for name in burst:
            learner.app.post_message(key(name))
        await learner.settle()
        assert learner.app.bug is None


async def test_a_key_waits_until_its_screen_has_widgets(started, lived):
    async with started(StartScreen.HOME) as learner:
        for name in ("b", "slash"):
            learner.app.post_message(key(name))
        await learner.settle()
        await learner.type("x")
        assert learner.app.screen.query_one(QueryLine).value == "x"


@pytest.mark.parametrize("name", others_thorough(["b", "s", "comma", "f4", "m", "enter", "ctrl+p"]))
async def test_the_app_may_end_while_a_screen_opens(place, lived, name):
    async with place.started(StartScreen.HOME) as learner:
        learner.app.post_message(key(name))
        learner.app.post_message(key("ctrl+q"))
    assert learner.app.bug is None


async def test_a_widget_that_a_shown_screen_lacks_is_a_bug(place, lived):
    with pytest.raises(NoMatches):
        async with place.started(StartScreen.HOME) as learner:
            assert isinstance(learner.app.screen, HomeScreen)
            learner.app.screen.call_later(learner.app.screen.query_one, "#nothing")
            await learner.pilot.pause()
    assert isinstance(learner.app.bug, NoMatches)
