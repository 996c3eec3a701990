"""The layout of all screens: any size, resizing, wide and combining characters, vi keys, and the mouse alone."""

from __future__ import annotations

import pytest
from sample_size import sample

from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import COMMANDS
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.widgets.key_bar import KeyBar

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]
WIDE = """topic: chains
cards:
  - id: wide
    kind: cloze
    text: 連鎖律 means “{{chain|链}} rule”, and é is e with an accent; "e\\u0301" too.
  - id: options
    kind: choice
    ask: どちらが外側の関数ですか？ `sin(x²)` の。
    options:
      - {text: 正弦（サイン）, right: true, why: 最後に計算するものだから。}
      - {text: 二乗}
"""


def indent(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip())


@pytest.mark.thorough
@pytest.mark.sampled
@pytest.mark.parametrize("size", sample(SIZES, 1), ids=str)
async def test_every_screen_fits_every_size(started, size):
    async with started(size=size) as learner:
        width, height = size

        async def fits(*keys: str, text: str) -> None:
            lines = (await learner.without_notices(*keys)).splitlines()
            assert len(lines) == height
            assert max(map(len, lines)) <= width
            assert text in learner.screen()
            assert learner.app.screen.query_one(KeyBar).region.bottom == height
            assert "help" in lines[-1]
            assert indent(lines[-1]) == min(indent(line) for line in lines[:-1] if line.strip()), (
                "the keys are aligned with the text"
            )

        await learner.type("cos(x^2)")
        await fits(text="read as")
        await fits("enter", text="✗ Not quite")
        await fits("x", "enter", text="Enter: grade 1")
        assert "▸ 1 ◂" in learner.screen()
        await fits("f1", text="After the verdict")
        await fits("escape", "f4", text="Stopped too early")
        await fits("escape", "4", text="which function is the outer one?")
        for _ in range(3):
            await learner.press("f5")
        await fits("f5", text="Session finished")
        await fits("enter", text="Mnemosyne")
        await fits("comma", text="▸ day_start")


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 40)])
async def test_the_keys_stay_below_the_text_when_a_section_opens_beside_it_and_closes(started, size):
    async with started(size=size) as learner:
        for _ in range(2):
            await learner.press("f4")
            lines = learner.screen().splitlines()
            assert indent(lines[-1]) == indent(lines[0])


async def test_a_resize_keeps_what_is_typed_and_the_focus(started):
    async with started() as learner:
        await learner.type("2x cos(")
        line = learner.app.screen.query_one("AnswerLine")
        for size in ((60, 20), (200, 60), (40, 15), (120, 40)):
            await learner.pilot.resize_terminal(*size)
            await learner.settle()
            assert line.value == "2x cos("
            assert learner.app.screen.focused is line
        await learner.type("x^2)")
        assert "2x·cos(x²)" in await learner.press("enter")
        await learner.pilot.resize_terminal(60, 20)
        await learner.settle()
        assert "▸ 5 ◂" in learner.screen()
        await learner.press("enter")
        assert "1 done" in learner.screen()


@pytest.mark.thorough
async def test_a_resize_keeps_what_is_typed_into_a_setting(started):
    async with started(StartScreen.HOME) as learner:
        await learner.press("comma", "j", "enter", "4", "2")
        await learner.pilot.resize_terminal(60, 20)
        await learner.settle()
        assert "▸ new_per_day           42" in await learner.press("enter")


@pytest.mark.thorough
async def test_wide_and_combining_characters_stay_in_their_cells(started, place):
    place.write(WIDE)
    async with started() as learner:
        screen = learner.screen()
        assert "連鎖律 means" in screen
        await learner.pilot.press("e", "́")
        await learner.settle()
        await learner.press("backspace", "backspace")
        screen = await learner.answer("链")
        assert "✓ Correct" in screen
        await learner.press("enter")
        assert "どちらが外側の関数ですか？" in learner.screen()
        screen = await learner.press("1", "enter")
        assert any("✓" in line and "正弦（サイン）" in line for line in screen.splitlines())
        for size in ((60, 20), (41, 20)):
            await learner.pilot.resize_terminal(*size)
            await learner.settle()
            strips = learner.app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {size[0]}


@pytest.mark.thorough
async def test_vi_keys_scroll_whatever_is_long(started):
    async with started(StartScreen.HOME) as learner:
        for opening, place in (("l", CommandPlace.LESSON), ("f1", CommandPlace.HELP)):
            await learner.press(opening)
            assert learner.app.screen.place is place
            page = learner.app.screen.query_one("#page")

            async def row_after(*keys: str, page=page) -> float:
                await learner.press(*keys)
                return page.scroll_offset.y

            assert await row_after("j", "j") == 2
            assert await row_after("k") == 1
            assert await row_after("ctrl+d") == 1 + page.size.height // 2
            assert await row_after("ctrl+u") == 1
            assert await row_after("G") == page.max_scroll_y > 5
            assert await row_after("g") == 0
            assert await row_after("down") == 1
            await learner.press("escape")


@pytest.mark.thorough
async def test_home_verdict_and_summary_scroll_where_the_screen_is_low(started):
    async with started(size=(60, 12)) as learner:
        await learner.answer("cos(x^2)")
        await learner.answer("x")
        body = learner.app.screen.query("VerticalScroll").first()
        await learner.press("G")
        assert body.scroll_offset.y == body.max_scroll_y > 0
        await learner.press("g", "j")
        assert body.scroll_offset.y == 1
        for key in ("4", *["f5"] * 4):
            await learner.press(key)
        report = learner.app.screen.query("VerticalScroll").first()
        await learner.press("G")
        assert report.scroll_offset.y == report.max_scroll_y > 0


async def test_letters_that_scroll_elsewhere_are_typed_into_the_answer(started):
    async with started() as learner:
        await learner.type("jkgGu")
        assert learner.app.screen.query_one("AnswerLine").value == "jkgGu"


async def reachable(learner) -> set[str]:
    """Return the commands that the mouse reaches at this place: on the key bar, or by their row of the help."""
    screen = learner.app.screen
    assert isinstance(screen, PlacedScreen)
    entries = screen.query_one(KeyBar).keys()
    bar = {key.command.id for key in entries}
    assert "help" in bar, "the rest is reached from the help"
    await learner.press("f1")
    rows = {
        command.id
        for group in learner.app.screen.query("CommandGroup")
        if group.subject.live
        for command in group.subject.commands
        if not command.per_key
    }
    await learner.press("escape")
    return bar | rows


@pytest.mark.thorough
async def test_every_command_can_be_given_with_the_mouse(started):
    async with started(size=(80, 24)) as learner:

        async def complete(place: CommandPlace, by_other_means: set[str]) -> None:
            assert learner.app.screen.place is place
            command_ids = {command.id for command in COMMANDS if place in command.places}
            assert command_ids - await reachable(learner) <= by_other_means

        wheel = {"scroll"}
        await complete(CommandPlace.ASKING, wheel | {"choose"})  # a click on the option
        await learner.answer("cos(x^2)")
        await learner.answer("x")
        await complete(CommandPlace.JUDGED, wheel | {"grade"})  # a click on the grade
        for key in ("4", *["f5"] * 4):
            await learner.press(key)
        await complete(CommandPlace.SUMMARY, wheel)
        await learner.press("enter")
        await complete(CommandPlace.HOME, wheel | {"mistake"})  # a click on the mistake
        await learner.press("comma")
        await complete(CommandPlace.SETTINGS, wheel)


@pytest.mark.thorough
async def test_the_palette_opens_with_the_mouse(started):
    async with started(StartScreen.HOME, size=(80, 40)) as learner:
        await learner.press("f1")
        row = next(at for at, line in enumerate(learner.screen().splitlines()) if "Find a command" in line)
        await learner.pilot.click(offset=(20, row))
        await learner.settle()
        assert type(learner.app.screen).__name__ == "CommandPalette"


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=str)
async def test_a_notice_covers_no_question(started, size):
    async with started(size=size) as learner:
        screen_text = await learner.press("f5")
        assert "Buried until tomorrow" in screen_text
        assert "In sin(x²), which function is the outer one?" in screen_text
