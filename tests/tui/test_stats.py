"""The stats screen: its pages, its periods and topics, and a learner who has not begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from synthetic import Item, answers, fill
from written_log import write_log

from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.screens.stats import StatsScreen

IDS = ("sine-of-square", "outer-one", "direction", "rate", "in-words")
MISTAKES = ("missing-inner-derivative", "sign-flipped")


@pytest.fixture
def with_a_past(place) -> Callable[[], None]:
    """Return a function that gives the learner a hundred days of reviews."""

    def live() -> None:
        with place.open() as collection:
            collection.sync()
            today = collection.clock.today()
            cards = [Item(id_, 2, MISTAKES if n == 0 else ()) for n, id_ in enumerate(IDS)]
            fill(collection.deck, answers(cards, today - timedelta(days=100), 101, seed=2))

    return live


async def test_s_opens_it_from_home_and_escape_goes_back(started, with_a_past):
    with_a_past()
    async with started(StartScreen.HOME) as learner:
        screen_text = await learner.press("s")
        assert isinstance(learner.app.screen, StatsScreen)
        assert "1 Overview" in screen_text
        assert "all topics · last 30 days" in screen_text
        assert "5: 0 new," in screen_text
        home = await learner.press("escape")
        assert "starts" in home or "Done for today." in home


async def test_pages_are_turned_by_tab_number_and_mouse(started, with_a_past):
    with_a_past()
    async with started(StartScreen.HOME, size=(80, 60)) as learner:
        await learner.press("s", "p", "p", "p")
        assert "Reviews per week" in learner.screen()
        assert "True retention" in await learner.press("tab")
        assert "inner derivative missing" in await learner.press("3")
        assert "By kind" in await learner.press("n")
        assert "Reviews per week" in await learner.press("tab")
        await learner.pilot.click("StatsHead", offset=(16, 0))
        await learner.settle()
        assert "True retention" in learner.screen()


async def test_periods_and_topics_cycle(started, with_a_past):
    with_a_past()
    async with started(StartScreen.HOME) as learner:
        await learner.press("s")
        for period in ("last 90 days", "last 365 days", "all time", "last 7 days", "last 30 days"):
            assert f"all topics · {period}" in await learner.press("p")
        assert "Chains · last 30 days" in await learner.press("t")
        assert "all topics · last 30 days" in await learner.press("t")


@pytest.mark.thorough
async def test_each_misconception_has_its_trend_in_words(started, lived):
    async with started(StartScreen.HOME, size=(80, 60)) as learner:
        page = await learner.press("s", "p", "p", "3")
        lines = [line.strip() for line in page.splitlines()]
        trends = {line.removeprefix("→  "): lines[at + 2] for at, line in enumerate(lines) if line.startswith("→  ")}
        assert trends == {
            "inner derivative missing": "steady: 10.2 → 11.2 per 100 answers",
            "wrong sign": "steady: 10.5 → 10.4 per 100 answers",
            "outer derivative evaluated at x": "steady: 10.3 → 9.8 per 100 answers",
        }


async def test_before_the_first_review_every_page_can_be_opened(started):
    async with started(StartScreen.HOME) as learner:
        await learner.press("s")
        for page in "1234":
            screen_text = await learner.press(page)
            assert "all topics" in screen_text, page
            assert "counting" not in screen_text, page


@pytest.mark.thorough
async def test_it_opens_from_the_palette(started, with_a_past):
    async with started(StartScreen.HOME) as learner:
        await learner.press("ctrl+p")
        await learner.pilot.press(*"stats")
        await learner.settle()
        await learner.press("down", "enter")
        assert isinstance(learner.app.screen, StatsScreen)


@pytest.mark.thorough
async def test_the_weights_are_fitted_beside_the_app_and_the_schedulers_compared_without_a_wait(started, place):
    """The log is so long that another process does both: the page is there first, then the table."""
    with place.open() as collection:
        collection.sync()
        write_log(collection.deck, collection.clock.today())
    async with started(StartScreen.HOME, size=(100, 60)) as learner:
        await learner.press("s")
        screen_text = await learner.press("2")
        assert "Schedulers on your log" in screen_text
        assert "comparing …" not in screen_text
        assert (
            " ".join(screen_text.split()).count("FSRS's weights were last fitted on 10 Mar 2026 to 1,000 reviews:") == 1
        )
        assert "fsrs, fitted weights" in screen_text
        assert learner.notices == []
