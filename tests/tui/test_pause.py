"""A pause: the question is hidden and its clock stops, whether the learner asks for it or has gone away."""

from __future__ import annotations

import pytest
from sample_size import others_thorough
from textual import events

from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.screens.pause import PauseScreen
from mnemosyne.tui.screens.review import ReviewScreen


async def tick(learner):
    learner.app.screen.steps.tick()
    await learner.settle()
    return learner.screen()


@pytest.mark.parametrize("key", others_thorough(["f10", "ctrl+s"]))
async def test_it_hides_the_question_and_keeps_what_was_typed(started, place, key):
    async with started() as learner:
        await learner.type("2x co")
        place.clock.turn(seconds=5)
        paused = await learner.press(key)
        assert "Paused at 0:05\n" in paused
        assert "What you typed is kept." in paused
        assert "sin(x²)" not in paused
        place.clock.turn(minutes=3)
        assert "0:05" in await learner.press("z")
        assert learner.app.screen.query_one("AnswerLine").value == "2x co", "the key is not typed"
        assert "2x cos" in await learner.type("s"), "the line has the focus again"


@pytest.mark.thorough
@pytest.mark.parametrize("key", ["enter", "escape", "f1", "f10", "q", "5"])
async def test_any_key_continues_and_does_nothing_else(started, key):
    async with started() as learner:
        screen_before = learner.screen()
        await learner.press("f10")
        assert await learner.press(key) == screen_before
        assert isinstance(learner.app.screen, ReviewScreen)


async def test_a_burst_of_keys_closes_the_pause_and_no_other_screen(started):
    async with started() as learner:
        await learner.press("f10")
        for sign in "12+4":
            learner.app.post_message(events.Key(sign, sign))
        await learner.settle()
        assert isinstance(learner.app.screen, ReviewScreen)


async def test_a_click_continues(started):
    async with started() as learner:
        await learner.press("f10")
        await learner.pilot.click()
        await learner.settle()
        assert isinstance(learner.app.screen, ReviewScreen)


async def test_ten_minutes_without_a_key_are_a_pause(started, place):
    async with started() as learner:
        place.clock.turn(minutes=9, seconds=59)
        assert "9:59" in await tick(learner)
        place.clock.turn(seconds=31)
        paused = await tick(learner)
        assert isinstance(learner.app.screen, PauseScreen)
        assert "Nothing was typed for 10 minutes; the time after that is not counted." in " ".join(paused.split())
        assert "Paused at 10:00" in paused
        place.clock.turn(hours=1)
        assert "10:00" in await learner.press("space")


async def test_typing_keeps_the_clock_going(started, place):
    async with started() as learner:
        for sign in "sincos":
            place.clock.turn(minutes=4)
            await learner.type(sign)
            await tick(learner)
        assert isinstance(learner.app.screen, ReviewScreen)
        assert "24:00" in await tick(learner)


@pytest.mark.thorough
async def test_no_pause_once_the_answer_is_judged(started, place):
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        place.clock.turn(hours=1)
        assert "✓ Correct" in await tick(learner)
        assert "✓ Correct" in await learner.press("f10")


@pytest.mark.thorough
async def test_the_clock_can_be_hidden(started):
    async with started() as learner:
        assert "0:00" in learner.screen()
        assert "0:00" not in await learner.press("ctrl+t")
        await learner.answer("2x cos(x^2)")
        assert "0:00" not in await learner.press("enter")
        assert "0:00" in await learner.press("ctrl+t")


async def test_the_setting_hides_the_clock_from_the_start(started):
    async with started(StartScreen.REVIEW, timer=False) as learner:
        assert "0:00" not in learner.screen()
        assert "0 done · 5 left" in learner.screen()
