"""Notices: none hides a question, however many there are and however narrow the screen is; none is said twice."""

from __future__ import annotations

import pytest

SENTENCES = (
    "Ignored, because it was typed before this appeared: 2x cos(x^2)",
    "Undone: the grade of the card that asks: Differentiate sin(x²).",
    "The checker is not ready yet; grade yourself meanwhile; later answers will be checked.",
    "The card files have 2 problems; `mnemosyne cards check` lists them.",
)


async def rest(learner) -> str:
    await learner.settle()
    return learner.screen()


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=["tiny", "small", "large"])
async def test_no_notices_hide_the_question(started, size):
    async with started(size=size) as learner:
        before = learner.screen()
        for count, sentence in enumerate(SENTENCES, 1):
            learner.app.say(sentence)
            screen_text = await rest(learner)
            assert len(learner.notices) == count
            lines = [line.strip() for line in screen_text.splitlines()]
            assert lines.count("Differentiate:") == lines.count("f(x) = sin(x²)") == 1, screen_text
        learner.app.clear_notifications()
        assert await rest(learner) == before


async def test_the_same_is_not_said_twice(started):
    async with started() as learner:
        for sentence in (SENTENCES[0], SENTENCES[1], SENTENCES[0]):
            learner.app.say(sentence)
        screen_text = await rest(learner)
        assert learner.notices == [SENTENCES[1], SENTENCES[0]], "the newest comes last"
        assert screen_text.count("Ignored, because") == 1


@pytest.mark.thorough
async def test_a_notice_that_goes_gives_the_room_back(started):
    async with started(size=(60, 20)) as learner:
        before = learner.screen()
        for sentence in SENTENCES:
            learner.app.say(sentence)
        await rest(learner)
        for _ in SENTENCES:
            await learner.pilot.click("Toast")
        await rest(learner)
        assert learner.notices == []
        assert learner.screen() == before


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=["small", "tiny"])
async def test_every_line_of_a_notice_shows_at_the_top_whatever_its_length(started, size):
    """Measured separately, a notice's width and height once lost its last line at some lengths."""
    async with started(size=size) as learner:
        for length in range(5, 45):
            path = "/".join("a-b_c"[: 1 + number % 5] for number in range(length))
            learner.app.say(f"{path}:3: hub.url must be text; the default is 'mnemosyne-dark'")
            lines = [line.strip() for line in (await rest(learner)).splitlines()]
            notice = [line for line in lines if line.startswith("▌")]
            assert lines[: len(notice)] == notice, length
            assert "'mnemosyne-dark'" in "".join(line.strip("▌ ") for line in notice), length
            learner.app.clear_notifications()


@pytest.mark.thorough
async def test_a_remark_replaces_an_earlier_one_on_the_same_action(started):
    async with started() as learner:
        screen_text = await learner.press("f5", "f5", "f5", "f5")
        assert screen_text.count("Buried until tomorrow:") == 1, screen_text
        learner.app.say("deck.yaml:3: no id.", warning=True)
        learner.app.say("deck.yaml:9: no id.", warning=True)
        assert (await rest(learner)).count("no id.") == 2, "each warning matters"


async def test_notices_hide_no_heading_of_the_summary(started):
    async with started() as learner:
        await learner.press("f3")
        screen_text = await learner.press("4", "f5", "f5", "f5", "f5")
        assert "Session finished" in screen_text
        for count, sentence in enumerate(SENTENCES, 1):
            learner.app.say(sentence)
            screen_text = await rest(learner)
            assert f"\n{' ' * 4}Session finished" in screen_text, f"{count}:\n{screen_text}"
