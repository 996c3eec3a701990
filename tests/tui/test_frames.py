"""Keys that answer what a frame shows count as soon as somebody can have seen it, and not before."""

from __future__ import annotations

import time

import pytest
from textual import events

from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.review_steps import ReviewSteps
from mnemosyne.tui.screens import placed_screen
from mnemosyne.tui.type_ahead import REACTION


async def test_a_key_that_answers_the_frame_is_taken_however_late_the_step_ends(started, monkeypatch):
    """On a busy machine the frame is shown long before the process gets to the rest of the step."""
    come_into_view = ReviewSteps._come_into_view

    def late(steps: ReviewSteps, before: object) -> None:
        if steps.place is CommandPlace.JUDGED:
            steps._screen.app.post_message(
                events.Key("enter", None)
            )  # the key's time is when it is made: the frame is already shown
            time.sleep(0.02)
        come_into_view(steps, before)

    monkeypatch.setattr(ReviewSteps, "_come_into_view", late)
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        assert "1 done" in learner.screen()


@pytest.mark.parametrize(
    ("after", "notice"),
    [
        (0.0, "Ignored, because it was typed before this appeared: u"),
        pytest.param(
            REACTION * 0.9, "Ignored, because it was typed before this appeared: u", marks=pytest.mark.thorough
        ),
        (REACTION, "There is nothing to undo."),
    ],
)
async def test_a_key_that_came_with_the_frame_answers_nothing(started, monkeypatch, after, notice):
    """A letter typed just before the verdict is read only when the verdict's frame is already being made."""
    come_into_view = ReviewSteps._come_into_view

    def followed(steps: ReviewSteps, before: object) -> None:
        if steps.place is CommandPlace.JUDGED and not typed:
            typed.append(events.Key("u", "u"))
            typed[0].time = steps._screen._first_frame + after
            steps._screen.app.post_message(typed[0])
        come_into_view(steps, before)

    typed: list[events.Key] = []
    monkeypatch.setattr(placed_screen, "REACTION", REACTION)
    monkeypatch.setattr(ReviewSteps, "_come_into_view", followed)
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        while not learner.notices:
            await learner.settle()
        assert learner.notices == [notice]
