"""Nothing is cut off: on every screen, at every size, what does not fit scrolls and shows that it does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from textual.screen import Screen
from textual.widget import Widget

from mnemosyne.tui.app import StartScreen

SIZES = ((60, 24), (99, 24), (120, 40))
EXTREMES = (SIZES[0], SIZES[-1])

LONG = """topic: chains
cards:
  - {id: network, kind: backprop, let: {z: "w*x", a: "sin(z)", b: "a + x", L: "(b - y)^2"}, ask: dL/dw}
"""


def cut_off(screen: Screen[object]) -> Iterator[str]:
    """Yield the widgets that lie partly outside an ancestor that does not scroll."""
    for widget in screen.walk_children(Widget):
        if not widget.display or not widget.size or any(not around.display for around in ancestors(widget)):
            continue
        for around in ancestors(widget):
            below = widget.region.bottom > around.region.bottom
            if around.is_scrollable and (around.show_vertical_scrollbar or not below):
                break  # a scrollable widget may contain more than it shows
            if below or widget.region.right > around.region.right:
                yield f"{widget} at {widget.region} in {around} at {around.region}"
                break


def ancestors(widget: Widget) -> list[Widget]:
    return [around for around in widget.ancestors if isinstance(around, Widget)]


async def cut_off_at_sizes(learner, screen_name: str, sizes: tuple[tuple[int, int], ...] = SIZES) -> list[str]:
    """Return what is cut off at any of the sizes."""
    faults = []
    for size in sizes:
        await learner.pilot.resize_terminal(*size)
        await learner.settle()
        faults += [f"{screen_name}, {size}: {fault}" for fault in cut_off(learner.app.screen)]
    return faults


@pytest.mark.thorough
async def test_nothing_is_cut_off_on_home_and_the_screens_behind_it(started, lived):
    faults = []
    async with started(StartScreen.HOME) as learner:
        faults += await cut_off_at_sizes(learner, "home", EXTREMES)
        for name, keys in (("statistics", "s"), ("browse", "b"), ("settings", ","), ("help", "f1"), ("lesson", "f4")):
            await learner.press("comma" if keys == "," else keys)
            faults += await cut_off_at_sizes(learner, name, EXTREMES)
            await learner.press("escape")
    assert faults == []


@pytest.mark.thorough
async def test_nothing_is_cut_off_while_a_question_is_asked_and_judged(started, place):
    place.write(LONG)
    faults = []
    async with started() as learner:
        faults += await cut_off_at_sizes(learner, "question")
        await learner.press("f4")
        faults += await cut_off_at_sizes(learner, "question with its section")
        await learner.press("f4")
        await learner.answer("7")
        faults += await cut_off_at_sizes(learner, "second try")
        await learner.press("f3")
        faults += await cut_off_at_sizes(learner, "verdict")
        await learner.press("f4")
        faults += await cut_off_at_sizes(learner, "verdict with the section")
    assert faults == []


@pytest.mark.thorough
async def test_the_whole_message_on_a_wrong_first_answer_is_seen_below_a_tall_graph(started, place):
    place.write(LONG)
    async with started() as learner:
        await learner.answer("7")
        for width in (60, 65, 75, 80, 95, 120):
            await learner.pilot.resize_terminal(width, 24)
            await learner.settle()
            screen_text = " ".join(learner.screen().split())
            assert "✗ Not quite:" in screen_text, width
            assert re.search(r"You have .*one more try\.", screen_text), width
