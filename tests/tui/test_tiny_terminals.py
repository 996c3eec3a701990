"""No size of the terminal ends the app: on each screen, and at the start of each, down to one cell."""

from __future__ import annotations

from itertools import product

import pytest
from sample_size import sample, sample_size

from mnemosyne.tui.app import StartScreen

SIZES = [(1, 1), *sample([size for size in product(range(1, 11), repeat=2) if size != (1, 1)], 4)]
SCREENS = {
    "home": (StartScreen.HOME, ()),
    "review": (StartScreen.REVIEW, ()),
    "browse": (StartScreen.HOME, ("b",)),
    "statistics": (StartScreen.HOME, ("s",)),
    "settings": (StartScreen.HOME, ("comma",)),
    "lesson": (StartScreen.HOME, ("f4",)),
    "help": (StartScreen.HOME, ("f1",)),
    "palette": (StartScreen.HOME, ("ctrl+p",)),
}


pytestmark = pytest.mark.sampled


@pytest.mark.parametrize("name", sample(list(SCREENS), 2))
async def test_a_screen_follows_the_terminal_to_any_size(started, lived, name):
    start, keys = SCREENS[name]
    async with started(start) as learner:
        if keys:
            await learner.press(*keys)
        for size in SIZES:
            await learner.pilot.resize_terminal(*size)
            learner.screen()
        await learner.pilot.resize_terminal(80, 24)
        await learner.settle()
        assert learner.screen().strip()


@pytest.mark.parametrize("size", SIZES[: sample_size(1, 2)])
@pytest.mark.parametrize("name", sample(list(SCREENS)[::-1], 2))  # those that are not resized above
async def test_a_screen_opens_in_a_terminal_of_any_size(started, lived, name, size):
    start, keys = SCREENS[name]
    async with started(start, size) as learner:
        if keys:
            await learner.press(*keys)
        await learner.pilot.resize_terminal(80, 24)
        await learner.settle()
        assert learner.screen().strip()
