"""The help: every command of every place with its current keys, and a guide that the formula reader agrees with."""

from __future__ import annotations

import pytest

from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.expressions.reading import read
from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import COMMANDS
from mnemosyne.tui.screens.help import MEANINGS, TYPED, CommandGroup, groups
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.screens.lesson import LessonScreen
from mnemosyne.tui.screens.settings import SettingsScreen
from mnemosyne.tui.widgets.qualities import NAMES


@pytest.mark.parametrize("place", [place for place in CommandPlace if place is not CommandPlace.WORKING])
def test_every_command_is_there_wherever_the_help_is_opened(place):
    help_groups = list(groups(place))
    assert {command for _, commands in help_groups for command in commands} == set(COMMANDS)
    assert [title for title, _ in help_groups[:2]] == [place.heading, "Everywhere"]
    assert len({title for title, _ in help_groups}) == len(help_groups)


def test_places_have_titles():
    assert [place.heading for place in (CommandPlace.HOME, CommandPlace.ASKING, CommandPlace.SETTINGS)] == [
        "Home",
        "While answering",
        "Settings",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    zip(
        [typed for typed, _ in TYPED],
        [
            "2x·cos(x²)",
            "x^(1/2)",
            "sin²(x)",
            "sin(2x)",
            "√x + |x|",
            "e^(−x)·ln(x)",
            "π/2",
            "(1/2)·sin(x)",
        ],
        strict=True,
    ),
)
def test_what_the_guide_says_to_type_is_read_as_it_says(text, line):
    assert to_unicode_line(read(text)) == line


def test_every_grade_has_a_meaning():
    assert len(MEANINGS) == len(NAMES) == 6


async def test_rebound_keys_are_shown_as_they_are(started):
    async with started(StartScreen.HOME, keys={"undo": "ctrl+r", "start": "f12"}, size=(80, 60)) as learner:
        page = await learner.press("f1")
        assert "Ctrl+R         Undo typing" in page
        assert "F12            Start (or resume)" in page
        assert "u, Ctrl+Z" not in page


async def click_on(learner, text: str) -> None:
    """Click on the row of the help that begins with the text."""
    row = next(number for number, line in enumerate(learner.screen().splitlines()) if text in line)
    await learner.pilot.click(offset=(20, row))
    await learner.settle()


@pytest.mark.parametrize(("row", "screen"), [("Read a lesson", LessonScreen), ("Change the settings", SettingsScreen)])
async def test_a_click_on_a_row_does_what_it_says(started, row, screen):
    async with started(StartScreen.HOME, size=(80, 60)) as learner:
        await learner.press("f1")
        await click_on(learner, row)
        assert isinstance(learner.app.screen, screen)
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_a_click_on_what_cannot_be_done_here_does_nothing(started):
    async with started(StartScreen.HOME, size=(80, 120)) as learner:
        page = await learner.press("f1")
        await click_on(learner, "Show the next hint")
        assert learner.screen() == page


async def test_a_hint_can_be_had_with_the_mouse_alone(started):
    async with started(size=(80, 60)) as learner:
        await learner.press("f1")
        await click_on(learner, "Show the next hint")
        assert "What is inside the sine?" in learner.screen()


async def test_the_first_group_is_live_and_the_rest_is_not(started):
    async with started(StartScreen.HOME) as learner:
        await learner.press("f1")
        live = [group.subject.live for group in learner.app.screen.query(CommandGroup)]
        assert live[:2] == [True, True]
        assert not any(live[2:])
