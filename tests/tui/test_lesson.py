"""The lesson's screen: its contents, its formulas, search, the cards of a passage, and where it was left."""

from __future__ import annotations

import pytest

from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.screens.lesson import LessonScreen
from mnemosyne.tui.screens.review import ReviewScreen

SMALL, LARGE, TINY = (80, 24), (120, 40), (60, 20)
LESSON = (
    "# The rule {#rule}\n\nText.\n\n"
    + "".join(f"## Passage {n} {{#p{n}}}\n\nAbout `{n}*x*cos(x^2)` and *more*.\n\n" for n in range(12))
    + "## The end {#pitfall-stopped-early}\n\nA needle, and no [link](https://example.org).\n"
)


@pytest.fixture
def lesson(place):
    (place.deck_file.parent / "lesson.md").write_text(LESSON, encoding="utf-8")


async def at_rest(learner, *keys: str) -> None:
    """Press the keys, and wait until the page neither grows nor scrolls any more."""
    await learner.press(*keys)
    page, places = learner.app.screen.query_one("#page"), [(-1.0, -1)]
    while places[-3:] != [places[-1]] * 3:
        await learner.settle()
        places.append((page.scroll_y, page.virtual_size.height))


def top(screen: str) -> str:
    return "\n".join(screen.splitlines()[:4])


@pytest.mark.parametrize("size", [SMALL, LARGE, TINY], ids=["small", "large", "tiny"])
async def test_formulas_survive_and_anchors_are_not_shown(started, lesson, size):
    async with started(StartScreen.HOME, size=size) as learner:
        shown = await learner.press("l")
        assert "The rule" in shown
        assert "0*x*cos(x^2)" in shown
        assert "{#" not in shown
        assert "Esc back" in shown


async def test_the_contents_stand_beside_a_wide_page_and_follow_it(started, lesson):
    async with started(StartScreen.HOME, size=LARGE) as learner:
        assert "Passage 11" in await learner.press("l"), "the contents name it"
        contents = learner.app.screen.query_one("ContentsList")
        assert contents.highlighted == 0
        await learner.press("pagedown")
        assert contents.highlighted > 0


@pytest.mark.parametrize("size", [SMALL, TINY], ids=["small", "tiny"])
async def test_a_key_brings_the_contents_over_a_narrow_page(started, lesson, size):
    async with started(StartScreen.HOME, size=size) as learner:
        assert "Passage 11" not in await learner.press("l")
        assert "Passage 11" in await learner.press("t")
        there = await learner.press("end", "up", "enter")
        assert "Passage 11" in top(there) or "The end" in there
        assert learner.app.screen.query_one("#page").has_focus
        assert "Passage 5" in await learner.press("t")
        await learner.press("escape")
        assert isinstance(learner.app.screen, LessonScreen), "the first Esc only closes the contents"
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_a_heading_can_be_clicked(started, lesson):
    async with started(StartScreen.HOME, size=LARGE) as learner:
        await learner.press("l")
        await learner.pilot.click("ContentsList", offset=(6, 6))
        await learner.settle()
        assert "Passage 4" in top(learner.screen())


async def test_it_is_found_again_where_it_was_left(started, lesson):
    async with started(StartScreen.HOME) as learner:
        await learner.press("l")
        left = await learner.press("pagedown", "down")
        assert "The rule" not in left
        await learner.press("escape")
        assert await learner.press("l") == left


async def test_words_are_searched_in_it(started, lesson):
    async with started(StartScreen.HOME) as learner:
        assert "needle" not in await learner.press("l")
        await learner.press("slash")
        await learner.type("NEEDLE")
        assert "A needle, and no link." in await learner.press("enter")
        assert learner.said == ["1 of 1"]
        await learner.press("slash", "ctrl+u")
        await learner.type("about")
        await learner.press("enter")
        await learner.press("n")
        assert learner.said[1:] == ["1 of 12", "2 of 12"]
        await learner.press("slash")
        await learner.type("!")
        await learner.press("enter")
        assert learner.said[-1] == "The lesson does not contain: !.", "the next search begins anew"


async def test_from_a_passage_to_its_cards(started, lesson):
    async with started(StartScreen.HOME) as learner:
        await at_rest(learner, "l")
        await at_rest(learner, "t", "end", "enter")
        assert "A needle" in learner.screen()
        assert "1 card on: The end" in await learner.press("c"), "though it cannot come up to the top of the page"
        await at_rest(learner, "escape", "home")
        assert "1 card on: The rule" in await learner.press("c"), "that of a section beneath it"
        await at_rest(learner, "escape", "t", "home", "down", "enter")
        assert "No cards for this section." in await learner.press("c")


async def test_the_cards_of_the_passage_at_the_top_can_be_reviewed(started, place, lesson):
    place.write(place.deck_file.read_text(encoding="utf-8").replace("pitfall-stopped-early", "p3"))
    async with started(StartScreen.HOME) as learner:
        await at_rest(learner, "l")
        await at_rest(learner, "t", "down", "down", "down", "down", "enter")
        listed = await learner.press("c")
        assert "1 card on: Passage 3" in listed
        assert "new  Differentiate sin(x²)." in listed
        question = await learner.press("enter")
        assert isinstance(learner.app.screen, ReviewScreen)
        assert "f(x) = sin(x²)" in question
        assert "0 done · 1 left" in question
        assert "Enter" in await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_a_review_that_stands_behind_is_not_replaced(started, place, lesson):
    place.write(place.deck_file.read_text(encoding="utf-8").replace("pitfall-stopped-early", "p3"))
    async with started() as learner:
        await learner.type("2x")
        await at_rest(learner, "ctrl+l")
        listed = await learner.press("c")
        assert "1 card on: Passage 3" in listed
        assert "Review" not in listed
        await learner.press("enter", "escape")
        assert learner.app.screen.query_one("AnswerLine").value == "2x"


async def test_the_cards_of_a_section_and_those_beneath_it_can_be_practised(started, place, lesson):
    place.write(place.deck_file.read_text(encoding="utf-8").replace("pitfall-stopped-early", "p3"))
    async with started(StartScreen.HOME) as learner:
        await learner.press("l", "home")
        listed = await learner.press("c")
        assert "1 card on: The rule" in listed
        assert "Practise 1 card; the schedule stays" in listed
        question = await learner.press("2", "enter")
        assert isinstance(learner.app.screen, ReviewScreen)
        assert "chains · derivative · practice" in question


async def test_letters_move_in_the_contents(started, lesson):
    async with started(StartScreen.HOME) as learner:
        await learner.press("l", "t", "g")
        contents = learner.app.screen.query_one("ContentsList")
        assert contents.highlighted == 0
        await learner.press("j", "j", "k")
        assert contents.highlighted == 1
        await learner.press("G")
        assert contents.highlighted == contents.option_count - 1
