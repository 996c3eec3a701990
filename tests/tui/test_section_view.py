"""The lesson's section beside the question, or below it, while the answer is typed."""

from __future__ import annotations

import pytest
from sample_size import others_thorough

from mnemosyne.tui.screens.review import ReviewScreen
from mnemosyne.tui.widgets.section_view import SectionView

SMALL, LARGE, TINY = (80, 24), (120, 40), (60, 20)
HEADING = "Stopped too early"


@pytest.mark.parametrize("size", others_thorough([SMALL, LARGE, TINY]), ids=["small", "large", "tiny"])
async def test_it_opens_without_taking_the_line_away_and_the_same_key_closes_it(started, size):
    async with started(size=size) as learner:
        await learner.type("2x c")
        opened = await learner.press("f4")
        assert HEADING in opened
        assert "f(x) = sin(x²)" in opened
        assert "2x cos(x^2)" in await learner.type("os(x^2)")
        closed = await learner.press("f4")
        assert HEADING not in closed
        assert "2x cos(x^2)+1" in await learner.type("+1")


async def test_it_stands_beside_the_question_where_there_is_room(started):
    async with started(size=LARGE) as learner:
        opened = await learner.press("f4")
        row = next(line for line in opened.splitlines() if "f(x) =" in line)
        assert "│" in row
    async with started(size=SMALL) as learner:
        opened = await learner.press("f4")
        assert opened.index("f(x) =") < opened.index(HEADING)


@pytest.mark.thorough
async def test_it_follows_a_resize(started):
    async with started(size=LARGE) as learner:
        await learner.press("f4")
        await learner.pilot.resize_terminal(*SMALL)
        await learner.settle()
        screen_text = learner.screen()
        assert screen_text.index("f(x) =") < screen_text.index(HEADING)


@pytest.mark.thorough
async def test_the_page_keys_scroll_it_while_the_answer_is_typed(started):
    async with started(size=SMALL) as learner:
        await learner.press("f4")
        section = learner.app.screen.query_one(SectionView)
        assert section.max_scroll_y > 0
        await learner.press("pagedown")
        assert section.scroll_y > 0
        await learner.press("pageup")
        assert section.scroll_y == 0
        assert learner.app.screen.query_one("AnswerLine").has_focus


async def test_after_the_verdict_arrows_scroll_it_and_letters_are_commands(started):
    async with started(size=SMALL) as learner:
        await learner.answer("2x cos(x^2)")
        assert HEADING in await learner.press("l")
        await learner.press("down")
        assert learner.app.screen.query_one(SectionView).scroll_y > 0
        assert HEADING not in await learner.press("l")
        await learner.press("l")
        assert "which function is the outer one?" in await learner.press("4")
        assert HEADING not in learner.screen(), "the next question starts without it"


@pytest.mark.thorough
async def test_escape_closes_it_before_it_leaves_the_question(started):
    async with started() as learner:
        await learner.press("f4")
        assert HEADING not in await learner.press("escape")
        assert isinstance(learner.app.screen, ReviewScreen)


@pytest.mark.thorough
async def test_a_named_mistake_brings_its_own_section(started, place):
    lesson = place.deck_file.parent / "lesson.md"
    text = lesson.read_text(encoding="utf-8").replace("{#pitfall-stopped-early}", "{#other}")
    lesson.write_text(text + "\n## Cure {#pitfall-stopped-early}\n\nThe inner derivative.\n", encoding="utf-8")
    place.write(place.deck_file.read_text(encoding="utf-8").replace("lesson: pitfall-stopped-early", "lesson: other"))
    async with started() as learner:
        assert HEADING in await learner.press("f4")
        assert "Cure" in await learner.answer("cos(x^2)"), "on the second try"
        assert "✗ Incorrect" in await learner.answer("*1")
        assert "Cure" in await learner.press("f4"), "and at the verdict"


@pytest.mark.thorough
async def test_on_a_low_screen_the_section_replaces_the_verdict_until_it_is_closed(started):
    async with started(size=SMALL) as learner:
        await learner.press("f4")
        assert "✓ Correct" in await learner.answer("2x cos(x^2)"), "the verdict comes first"
        for width in (60, 80, 99):
            await learner.pilot.resize_terminal(width, 24)
            opened = await learner.press("f4")
            assert HEADING in opened
            assert "✓ Correct" not in opened
            assert "Paragraph 0" in opened, "there is room to read"
            closed = await learner.press("f4")
            assert "✓ Correct" in closed
            assert HEADING not in closed


async def test_a_topic_without_a_lesson_says_so(started, place):
    (place.deck_file.parent / "lesson.md").unlink()
    place.write(place.deck_file.read_text(encoding="utf-8").replace("    lesson: pitfall-stopped-early\n", ""))
    async with started() as learner:
        assert "This topic has no lesson." in await learner.press("f4")


async def test_a_graph_of_seven_lines_stays_in_view_above_it(started, place):
    graph = '{a: "w*x", h: "sin(a)", k: "cos(a)", p: "h*k", L: "(p - 1)^2"}'
    place.write(f"topic: mine\ncards:\n  - {{id: graph, kind: backprop, let: {graph}, ask: dL/dw}}\n")
    async with started(size=SMALL) as learner:
        opened = await learner.press("f4")
        assert [name for name in ("w", "x", "a = ", "h = ", "k = ", "p = ", "L = ") if name not in opened] == []
        assert learner.app.screen.query_one("AnswerLine").has_focus
        assert learner.app.screen.query_one(SectionView).size.height >= 4
