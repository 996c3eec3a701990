"""The terminal's own cursor is at the caret, for braille displays and screen magnifiers."""

from __future__ import annotations

import pytest
from sample_size import sample

from mnemosyne.tui.app import StartScreen


def caret(learner) -> tuple[int, int]:
    """Return where on the screen the caret of the focused line is drawn."""
    line = learner.app.screen.focused
    line.cursor_blink = False
    caret_color = line.get_component_rich_style("input--cursor").bgcolor
    x, y, *_ = line.content_region
    column = 0
    for segment in line.render_line(0):
        if segment.style is not None and segment.style.bgcolor == caret_color:
            return x + column, y
        column += segment.cell_length
    raise AssertionError(learner.screen())


@pytest.mark.sampled
@pytest.mark.parametrize("size", sample([(80, 24), (60, 20), (120, 40)], 1), ids=str)
async def test_it_follows_what_is_typed(started, size):
    async with started(size=size) as learner:
        assert learner.app.cursor_position == caret(learner), "before anything is typed"
        for keys in (["2", "x"], ["left"], ["left"], ["right"], ["end"], ["home"], ["end"], ["backspace"], ["²", "x"]):
            await learner.press(*keys)
            assert learner.app.cursor_position == caret(learner), keys
        await learner.type("+1" * (size[0] // 2 + 2))
        assert learner.app.cursor_position == caret(learner), "a line longer than the screen is wide"
        await learner.press("home")
        assert learner.app.cursor_position == caret(learner)


@pytest.mark.thorough
async def test_it_goes_from_field_to_field_and_with_the_line_that_a_notice_moves(started, place):
    place.write(place.deck_file.read_text(encoding="utf-8").replace("cards:\n", "cards:\n" + STEPS, 1))
    async with started(size=(60, 20)) as learner:
        places = [learner.app.cursor_position]
        assert places[0] == caret(learner)
        for _ in range(3):
            await learner.press("tab")
            assert learner.app.cursor_position == caret(learner)
            places.append(learner.app.cursor_position)
        assert len({y for _, y in places}) == 4
        for sentence in ("one", "two", "three", "four"):
            learner.app.say(sentence)
        await learner.settle()
        assert learner.app.cursor_position == caret(learner)


STEPS = "  - {id: by-steps, kind: steps, f: sin(x^2)}\n"


@pytest.mark.thorough
async def test_it_is_in_the_query_line_too(started):
    async with started(StartScreen.HOME) as learner:
        await learner.press("b")
        await learner.press("slash")
        await learner.type("due")
        assert learner.app.cursor_position == caret(learner)
