import pytest
from mnemosyne.tui.app import StartScreen
async def test_x(started, place):
    async with started(StartScreen.HOME) as learner:
        print(await learner.press("comma"))
        await learner.press("G","k", "k","enter")
        print(await learner.press("a"))
        await learner.press("enter")
        print(await learner.press("q"))
        print(await learner.press("enter","f10"))
        print(place.settings.config_file.read_text())
        print(await learner.press("g", "enter", *"5"))
        print(await learner.press("enter"))
        print(await learner.press("escape"))
        for i in range(30): await learner.press("j")
        print(await learner.press("escape"))
        assert 0
