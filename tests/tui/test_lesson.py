"""The lesson's screen: its contents, its formulas, search, the cards of a section, and the place where it was left."""

from __future__ import annotations

import pytest
from sample_size import others_thorough
from textual import events

from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.screens.lesson import LessonScreen
from mnemosyne.tui.screens.review import ReviewScreen

SMALL, LARGE, TINY = (80, 24), (120, 40), (60, 20)
LESSON = (
    "# The rule {#rule}\n\nText.\n\n"
    + "".join(f"## Section {n} {{#p{n}}}\n\nAbout `{n}*x*cos(x^2)` and *more*.\n\n" for n in range(12))
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


def count_line(learner) -> str:
    return str(learner.app.screen.query_one("#matches").content)


def top(screen: str) -> str:
    return "\n".join(screen.splitlines()[:4])


@pytest.mark.parametrize("size", others_thorough([SMALL, LARGE, TINY]), ids=["small", "large", "tiny"])
async def test_formulas_are_shown_and_anchors_are_not(started, lesson, size):
    async with started(StartScreen.HOME, size=size) as learner:
        screen_text = await learner.press("l")
        assert "The rule" in screen_text
        assert "0*x*cos(x^2)" in screen_text
        assert "{#" not in screen_text
        assert "Esc back" in screen_text


@pytest.mark.thorough
async def test_the_contents_stand_beside_a_wide_page_and_follow_it(started, lesson):
    async with started(StartScreen.HOME, size=LARGE) as learner:
        assert "Section 11" in await learner.press("l"), "the contents list it"
        contents = learner.app.screen.query_one("ContentsList")
        assert contents.highlighted == 0
        await learner.press("pagedown")
        assert contents.highlighted > 0


@pytest.mark.thorough
async def test_a_heading_longer_than_the_contents_are_wide_is_shown_whole_and_stays_indented(started, place):
    headings = [f"## Section {n}\n\n### A mistake and its correction" for n in range(30)]
    (place.deck_file.parent / "lesson.md").write_text("# The rule\n\n" + "\n\n".join(headings), encoding="utf-8")
    async with started(StartScreen.HOME, size=LARGE) as learner:
        lines = (await learner.press("l")).splitlines()
        first = next(row for row, line in enumerate(lines) if line.startswith("     A mistake and its"))
        assert lines[first + 1].startswith("     correction")


@pytest.mark.thorough
@pytest.mark.parametrize("size", [SMALL, TINY], ids=["small", "tiny"])
async def test_a_key_brings_the_contents_over_a_narrow_page(started, lesson, size):
    async with started(StartScreen.HOME, size=size) as learner:
        assert "Section 11" not in await learner.press("l")
        assert "Section 11" in await learner.press("t")
        there = await learner.press("end", "up", "enter")
        assert "Section 11" in top(there) or "The end" in there
        assert learner.app.screen.query_one("#page").has_focus
        assert "Section 5" in await learner.press("t")
        await learner.press("escape")
        assert isinstance(learner.app.screen, LessonScreen), "the first Esc only closes the contents"
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


@pytest.mark.thorough
async def test_a_heading_can_be_clicked(started, lesson):
    async with started(StartScreen.HOME, size=LARGE) as learner:
        await learner.press("l")
        await learner.pilot.click("ContentsList", offset=(6, 6))
        await learner.settle()
        assert "Section 4" in top(learner.screen())


@pytest.mark.thorough
async def test_it_opens_again_where_it_was_left(started, lesson):
    async with started(StartScreen.HOME) as learner:
        await learner.press("l")
        left = await learner.press("pagedown", "down")
        assert "The rule" not in left
        await learner.press("escape")
        assert await learner.press("l") == left


@pytest.mark.thorough
async def test_a_search_typed_faster_than_its_line_appears_commands_nothing(started, lesson):
    async with started(StartScreen.HOME) as learner:
        await learner.press("l")
        for key in ("slash", *"ctNneedle", "enter"):
            learner.app.post_message(events.Key(key, {"slash": "/", "enter": None}.get(key, key)))
        await learner.settle()
        assert isinstance(learner.app.screen, LessonScreen)
        assert learner.notices == ["The lesson does not contain “ctNneedle”."]


async def test_words_are_searched_for_in_it(started, lesson):
    async with started(StartScreen.HOME) as learner:
        assert "needle" not in await learner.press("l")
        await learner.press("slash")
        await learner.type("NEEDLE")
        assert "A needle, and no link." in await learner.press("enter")
        assert count_line(learner) == "NEEDLE: 1 of 1   n next   N previous   Esc closes"
        await at_rest(learner, "slash", "ctrl+u")
        await learner.type("about")
        await at_rest(learner, "enter")
        assert "About 0*x*cos(x^2)" in learner.screen()
        assert count_line(learner) == "about: 1 of 12   n next   N previous   Esc closes"
        assert learner.highlighted("about") == ["About"] * 12, "all of them are marked"
        await at_rest(learner, "n")
        assert "about: 2 of 12" in count_line(learner)
        await at_rest(learner, "N", "N")
        assert "about: 12 of 12" in count_line(learner)
        assert "About 11*x*cos(x^2)" in learner.screen()
        await at_rest(learner, "n")
        assert "about: 1 of 12" in count_line(learner)
        assert learner.notices == [], "nothing covers the text"
        await learner.press("escape")
        assert isinstance(learner.app.screen, LessonScreen), "the first Esc closes the search"
        assert learner.highlighted("about") == []
        await learner.press("n")
        assert learner.notices == ["Press / to search the lesson first."]
        await learner.press("slash")
        await learner.type("!")
        await learner.press("enter")
        assert learner.notices[-1] == "The lesson does not contain “!”."
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


FAR = (
    """# Rules {#rules}

| rule | what |
| --- | --- |
| chain | outer times *inner* |

```python
inner = 2
```

- an item
  > quoted inner
"""
    + "word " * 400
    + "and the inner one.\n"
)


@pytest.mark.thorough
async def test_matches_are_marked_in_tables_code_and_quotes_and_far_down_in_a_paragraph(started, place):
    (place.deck_file.parent / "lesson.md").write_text(FAR, encoding="utf-8")
    async with started(StartScreen.HOME, size=TINY) as learner:
        await at_rest(learner, "l")
        await learner.press("slash")
        await learner.type("inner")
        await at_rest(learner, "enter")
        assert "inner: 1 of 4" in count_line(learner)
        assert "outer times inner" in learner.screen()
        await at_rest(learner, "n")
        assert "inner = 2" in learner.screen()
        await at_rest(learner, "n", "n")
        assert "inner: 4 of 4" in count_line(learner)
        assert "and the inner one." in learner.screen(), "its own line is in view, not only its paragraph"
        assert learner.highlighted("inner") == ["inner"] * 4


@pytest.fixture
def another_topic(place):
    folder = place.deck_file.parent.parent / "sums"
    folder.mkdir()
    (folder / "topic.yaml").write_text("id: sums\ntitle: Sums of [terms]\n", encoding="utf-8")
    (folder / "lesson.md").write_text("# How to add\n\nTerm by term.\n", encoding="utf-8")


@pytest.mark.thorough
async def test_with_several_lessons_home_asks_which(started, another_topic):
    async with started(StartScreen.HOME) as learner:
        screen_text = await learner.press("l")
        assert "Which lesson?" in screen_text
        assert "1  Chains" in screen_text
        assert "2  Sums of [terms]" in screen_text
        assert "Term by term." in await learner.press("2", "enter")
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)
        await learner.press("l")
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen), "Esc chooses none"


@pytest.mark.thorough
@pytest.mark.parametrize("way", ["home", "question", "lesson", "browse", "stats"])
async def test_every_lesson_is_in_the_palette(started, another_topic, way):
    start = StartScreen.REVIEW if way == "question" else StartScreen.HOME
    async with started(start) as learner:
        for key in {"lesson": ("l", "enter"), "browse": ("b",), "stats": ("s",)}.get(way, ()):
            await learner.press(key)
        behind = learner.app.screen
        await learner.press("ctrl+p")
        await learner.type("sums")
        await learner.palette_hits(1)
        assert "Term by term." in await learner.press("down", "enter")
        await learner.press("escape")
        assert learner.app.screen is behind or way == "lesson"


async def test_without_a_lesson_home_says_how_to_write_one(started, place):
    (place.deck_file.parent / "lesson.md").unlink()
    async with started(StartScreen.HOME) as learner:
        await learner.press("l")
        assert learner.notices[-1:] == ["No topic has a lesson yet. Write one as lesson.md in a topic's folder."]


async def test_from_a_section_to_its_cards(started, lesson):
    async with started(StartScreen.HOME) as learner:
        await at_rest(learner, "l")
        await at_rest(learner, "t", "end", "enter")
        assert "A needle" in learner.screen()
        assert "1 card on: The end" in await learner.press("c"), "though it cannot be scrolled to the top of the page"
        await at_rest(learner, "escape", "home")
        assert "1 card on: The rule" in await learner.press("c"), "the card of a section beneath it"
        await at_rest(learner, "escape", "t", "home", "down", "enter")
        assert "No cards for this section." in await learner.press("c")


@pytest.mark.thorough
async def test_the_cards_of_the_section_at_the_top_can_be_reviewed(started, place, lesson):
    place.write(place.deck_file.read_text(encoding="utf-8").replace("pitfall-stopped-early", "p3"))
    async with started(StartScreen.HOME) as learner:
        await at_rest(learner, "l")
        await at_rest(learner, "t", "down", "down", "down", "down", "enter")
        listed = await learner.press("c")
        assert "1 card on: Section 3" in listed
        assert "new  Differentiate sin(x²)." in listed
        question = await learner.press("enter")
        assert isinstance(learner.app.screen, ReviewScreen)
        assert "f(x) = sin(x²)" in question
        assert "0 done · 1 left" in question
        assert "Section 3" in await learner.press("escape"), "back where the session was started"
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


@pytest.mark.thorough
async def test_the_review_behind_the_lesson_is_not_replaced(started, place, lesson):
    place.write(place.deck_file.read_text(encoding="utf-8").replace("pitfall-stopped-early", "p3"))
    async with started() as learner:
        await learner.type("2x")
        await at_rest(learner, "ctrl+l")
        listed = await learner.press("c")
        assert "1 card on: Section 3" in listed
        assert "Review" not in listed
        await learner.press("enter", "escape")
        assert learner.app.screen.query_one("AnswerLine").value == "2x"


@pytest.mark.thorough
async def test_the_cards_of_a_section_and_those_beneath_it_can_be_practised(started, place, lesson):
    place.write(place.deck_file.read_text(encoding="utf-8").replace("pitfall-stopped-early", "p3"))
    async with started(StartScreen.HOME) as learner:
        await learner.press("l")
        await learner.press("home")
        listed = await learner.press("c")
        assert "1 card on: The rule" in listed
        assert "Practise 1 card (changes no schedule)" in listed
        question = await learner.press("2", "enter")
        assert isinstance(learner.app.screen, ReviewScreen)
        assert "chains · derivative · practice" in question


@pytest.mark.thorough
async def test_letters_move_in_the_contents(started, lesson):
    async with started(StartScreen.HOME) as learner:
        await at_rest(learner, "l")
        await learner.press("t", "g")
        contents = learner.app.screen.query_one("ContentsList")
        assert contents.highlighted == 0
        await learner.press("j", "j", "k")
        assert contents.highlighted == 1
        await learner.press("G")
        assert contents.highlighted == contents.option_count - 1
