"""Keys that answer what a frame shows are taken from the moment at which it is written."""

from __future__ import annotations

import time

from textual import events

from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.review_steps import ReviewSteps


async def test_a_key_that_answers_the_frame_is_taken_however_late_the_step_ends(started, monkeypatch):
    """On a busy machine the frame is out, and the process comes to the rest of the step much later."""
    come_into_view = ReviewSteps._come_into_view

    def late(steps: ReviewSteps, before: object) -> None:
        if steps.place is CommandPlace.JUDGED:
            steps._screen.app.post_message(
                events.Key("enter", None)
            )  # takes its time when it is made: the frame is out
            time.sleep(0.02)
        come_into_view(steps, before)

    monkeypatch.setattr(ReviewSteps, "_come_into_view", late)
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        assert "1 done" in learner.screen()
