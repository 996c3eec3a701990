"""What decks and learners write is shown literally: no markup, no control code, on any screen."""

from __future__ import annotations

import json

import pytest
from sample_size import sample
from sqlalchemy import update

from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import to_json
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.store.engine import writing
from mnemosyne.store.tables import card
from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.literal import literal, printable

HOSTILE = [
    "[x]",
    "f[x]",
    "[/0]",
    "[/",
    "2*x*cos(x)",
    "[@click=app.quit]x[/]",
    "[red]x",
    "**x",
    "$x",
    "$5 or $6",
    "<b>x</b>",
    "[a](javascript:b)",
    "# x",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_content_is_literal(text):
    assert literal(text).plain == text


def test_no_control_character_reaches_the_terminal():
    assert printable("a\x1b[31mb\x07c\u202ed") == "a�[31mb�c�d"
    assert printable("a\tb\r\nc") == "a    b\nc"


@pytest.mark.thorough
@pytest.mark.sampled
@pytest.mark.parametrize("text", sample(HOSTILE, 2))
async def test_every_screen_shows_a_decks_text_literally(started, place, text):
    quoted_text = json.dumps(text)
    (place.deck_file.parent / "topic.yaml").write_text(f"id: chains\ntitle: {quoted_text}\n", encoding="utf-8")
    (place.deck_file.parent / "lesson.md").write_text(f"# Lesson\n\n`{text}`\n", encoding="utf-8")
    place.write(
        "cards:\n"
        f"  - {{id: recall, kind: recall, ask: {quoted_text}, answer: {quoted_text}, hints: [{quoted_text}]}}\n"
        "  - {id: choice, kind: choice, ask: Which?, "
        f"options: [{{text: {quoted_text}, right: true, why: {quoted_text}}}, {{text: b}}]}}\n"
    )
    async with started(StartScreen.HOME) as learner:
        assert text in await learner.press("enter")
        assert learner.screen().count(text) == 1
        assert (await learner.press("f2")).count(text) == 2
        assert text in await learner.press("f4")
        await learner.press("escape")
        assert (await learner.press("enter")).count(text) >= 2
        assert text in await learner.press("4")
        assert text in await learner.press("1", "enter")


@pytest.mark.thorough
@pytest.mark.sampled
@pytest.mark.parametrize("text", ["a\x1b[31mb", *sample(HOSTILE, 1)])
async def test_browse_shows_ids_prompts_and_queries_literally(started, place, text):
    printable_text = printable(text)
    place.write("cards:\n  - {id: recall, kind: recall, ask: What?, answer: That.}\n")
    content = to_json(Card(text, text, Recall(text, text)))
    with place.open() as collection:
        collection.sync()
        with writing(collection.deck) as connection:
            connection.execute(update(card).values(id=text, topic=text, content=content))
    async with started(StartScreen.HOME, size=(120, 40)) as learner:
        screen = await learner.press("b")
        assert screen.count(printable_text) >= 4, "its id, topic and prompt in the table, and again in the preview"
        learner.app.screen.query_one("QueryLine").value = f'"{text}"'
        await learner.settle()
        assert printable_text in learner.screen()
        assert learner.screen().count(printable_text) >= 5
        learner.app.screen.query_one("QueryLine").value = f"tags:{text}"
        await learner.settle()
        assert f"tags:{printable_text.split()[0]}" in learner.screen()
        assert (await learner.press("enter")).count(printable_text) >= 2
        await learner.press("escape")
        await learner.press("f")
        assert learner.notices[-1] == f"Flagged: “{printable_text}”."


@pytest.mark.sampled
@pytest.mark.parametrize("text", sample(["[/", "[x]", "f[x]", "[/0]", "[@click=app.quit]x[/]"], 1))
async def test_an_answer_is_shown_as_it_was_typed(started, place, text):
    place.write("cards:\n  - {id: cloze, kind: cloze, text: 'A {{word}}.'}\n")
    async with started() as learner:
        learner.app.screen.query_one("AnswerLine").value = text
        assert text in await learner.press("enter")


async def test_a_notice_is_literal(started):
    async with started(StartScreen.HOME) as learner:
        learner.app.say("[/0] \x1b[31m [@click=app.quit]x[/]")
        await learner.settle()
        assert "[/0] �[31m [@click=app.quit]x[/]" in learner.screen()
