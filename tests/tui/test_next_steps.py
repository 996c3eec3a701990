"""Where nothing is left, home and the summary say why, and offer what can be done."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mnemosyne.collection import Collection
from mnemosyne.store.log import read_reviews
from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.screens.browse import BrowseScreen
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.screens.review import ReviewScreen
from mnemosyne.tui.screens.summary import SummaryScreen


@pytest.fixture
def one_a_day(place):
    """A learner who is given one new card a day."""
    place.settings = replace(place.settings, new_per_day=1)
    return place


async def finished(learner) -> str:
    """Answer and grade the card of the day."""
    await learner.answer("2x cos(x^2)")
    return await learner.press("enter")


async def test_the_summary_says_why_it_is_over_and_offers_more(started, one_a_day):
    async with started() as learner:
        screen_text = await finished(learner)
        assert "Today's limit on new cards (1) has been reached: 4 new cards are left." in screen_text
        assert "m shows what else can be done" in screen_text
        screen_text = await learner.press("m")
        for line in (
            "What else?",
            "Learn 4 more new cards",
            "Practise 1 card seen so far",
            "Choose cards to practise, by tag, topic or words",
            "Nothing more for now",
            "Practice changes no schedule.",
        ):
            assert line in screen_text
        await learner.press("enter")
        assert isinstance(learner.app.screen, ReviewScreen)
        assert "0 done · 4 left" in learner.screen()


async def test_practice_says_what_it_is_and_changes_no_schedule(started, one_a_day):
    async with started() as learner:
        await finished(learner)
        screen_text = await learner.press("m", "2", "enter")
        assert "chains · derivative · practice" in screen_text
        assert "your choice, schedule unchanged · interval" in screen_text
        assert screen_text.count("practice") == 1
        judged = await learner.answer("2x cos(x^2)")
        assert "practice: schedule unchanged" in judged
        end = await learner.press("1")
        assert isinstance(learner.app.screen, SummaryScreen)
        assert "1 practised, 0 passed" in end
        assert "Practised 1 card. Practice changes no schedule." in end
        assert "chains · derivative · practice" in await learner.press("u")
    with one_a_day.open() as collection:
        assert [(review.quality, review.practice) for review in read_reviews(collection.deck)] == [(5, False)]


async def test_home_says_why_nothing_is_waiting_and_enter_leads_on(started, one_a_day):
    async with started() as learner:
        await finished(learner)
        home = " ".join((await learner.press("enter")).split())
        assert isinstance(learner.app.screen, HomeScreen)
        assert "Done for today. Today's limit on new cards (1) has been reached: 4 new cards are left." in home
        assert "Enter shows what else can be done: new cards, practice Topic" in home
        offered = await learner.press("enter")
        assert "Learn 4 more new cards" in offered
        assert "Study ahead" not in offered
        await learner.press("5", "enter")
        assert isinstance(learner.app.screen, HomeScreen)
        await learner.press("m")
        await learner.press("4", "enter")
        assert isinstance(learner.app.screen, BrowseScreen)


def footer(screen: str) -> list[str]:
    """Return the entries of the last line, and above all what Enter does."""
    return re.split(r" {2,}", screen.splitlines()[-1].strip())


@pytest.mark.thorough
async def test_the_footer_of_home_says_what_enter_does_now(started, one_a_day):
    async with started(StartScreen.HOME) as learner:
        assert footer(learner.screen())[0] == "Enter start"
        await learner.press("enter")
        assert footer(await learner.press("escape"))[0] == "Enter resume"
        await learner.press("enter")
        await finished(learner)
        footer_items = footer(await learner.press("enter"))
        assert footer_items[0] == "Enter more"
        assert "m more" not in footer_items, "Enter does the same"
        assert "What else?" in await learner.press("enter")


@pytest.mark.thorough
async def test_home_says_of_practice_that_was_left_that_enter_resumes_it(started, one_a_day):
    async with started() as learner:
        await finished(learner)
        await learner.press("m", "2", "enter")
        home = await learner.press("escape")
        assert "Done for today." in home
        assert "resumes practice  1 left" in home
        assert "shows what else can be done" not in home
        assert footer(home)[0] == "Enter resume"
        assert "chains · derivative · practice" in await learner.press("enter")


@pytest.mark.thorough
async def test_home_says_of_more_new_cards_that_were_left_that_enter_resumes_them(started, one_a_day):
    async with started() as learner:
        await finished(learner)
        await learner.press("m", "enter")
        home = await learner.press("escape")
        assert "resumes the session  4 left" in home
        assert "shows what else can be done" not in home
        assert "0 done · 4 left" in await learner.press("enter")


@pytest.mark.thorough
async def test_home_counts_what_is_left_of_practice_and_not_what_the_day_asks(started, place):
    place.settings = replace(place.settings, new_per_day=2)
    async with started() as learner:
        await finished(learner)
        await learner.press("escape", "m")
        row = next(line for line in learner.screen().splitlines() if "Practise 1 card seen so far" in line)
        await learner.press(re.findall(r"\d", row)[0], "enter")
        home = await learner.press("escape")
        assert "resumes practice  1 left" in home
        assert "1 new" not in home.split("Topic")[0]


@pytest.mark.thorough
async def test_the_mistakes_of_the_day_fit_on_home_below_what_else_can_be_done(started, one_a_day):
    async with started() as learner:
        await learner.answer("cos(x^2)")
        await learner.press("f3", "enter")
        await finished(learner)
        home = await learner.press("enter")
        assert "Done for today." in home
        assert [line for line in home.splitlines() if "inner derivative missing" in line]
        assert learner.app.screen.max_scroll_y == 0
        assert {widget.max_scroll_y for widget in learner.app.screen.query("*")} == {0}


async def test_what_is_buried_is_named_and_what_is_waiting_is_offered(started, one_a_day):
    async with started() as learner:
        await learner.press("f5")
        learner.app.clear_notifications()
        assert "1 card is buried until tomorrow." in await learner.press("m")
        assert "Go on with 1 card that is waiting" in learner.screen()


@pytest.mark.thorough
async def test_studying_ahead_says_that_it_counts(started, place):
    place.settings = replace(place.settings, new_per_day=1)
    async with started() as learner:
        await finished(learner)
    place.clock.turn(days=1)
    place.settings = replace(place.settings, new_per_day=0)
    async with started() as learner:
        await finished(learner)
    place.clock.turn(days=3)
    async with started(StartScreen.HOME) as learner:
        screen_text = await learner.press("m")
        assert "Study ahead: 1 card due within 3 days" in screen_text
        assert "An early review counts in full" in screen_text
        choice = next(number for number in "123" if f"{number}  Study ahead" in screen_text)
        await learner.press(choice, "enter")
        await learner.answer("2x cos(x^2)")
        await learner.press("5")
    with place.open() as collection:
        assert reviewed(collection) == [(5, False), (5, False), (5, False)]
        memory = collection.repository.memory("sine-of-square")
        assert (memory.repetitions, memory.reviewed) == (3, place.clock.today())


def reviewed(collection: Collection) -> list[tuple[int, bool]]:
    return [(review.quality, review.practice) for review in read_reviews(collection.deck)]


@pytest.mark.thorough
async def test_an_exam_is_a_session_with_its_own_summary(started, place):
    async with started() as learner:
        await learner.press("f3")
        await learner.press("5")
        await learner.press("escape")
        screen_text = await learner.press("m")
        assert "Take an exam: functions that no card has" in " ".join(screen_text.split())
        choice = next(number for number in "123456" if f"{number}  Take an exam" in screen_text)
        assert "derivative · practice" in await learner.press(choice, "enter")
        assert "answer it, show its solution" in await _said_after(learner, "f5")
        for _ in range(10):
            await learner.press("f3")
            end = await learner.press("1")
        assert "10 practised, 0 passed" in end
        assert "sine of something" in end
        assert "0 of 10 right" in end


async def _said_after(learner, key: str) -> str:
    await learner.press(key)
    return " ".join(learner.notices)
