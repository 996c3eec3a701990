"""The browse screen: cards found, sorted, selected, changed and viewed, with the keyboard and with the mouse."""

from __future__ import annotations

import pytest
from sample_size import others_thorough
from textual import events

from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.screens.browse import BrowseScreen
from mnemosyne.tui.screens.card_details import CardScreen
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.widgets.card_table import CardTable
from mnemosyne.tui.widgets.query_line import QueryLine

CARDS = ["sine-of-square", "outer-one", "direction", "rate", "in-words"]


def listed_ids(learner):
    return list(learner.app.screen.query_one(CardTable).ids)


def selected_ids(learner):
    return list(learner.app.screen.query_one(CardTable).chosen)


def card_at_cursor(learner):
    return learner.app.screen.query_one(CardTable).card


async def open_browse(learner):
    return await learner.press("b")


async def look_for(learner, query):
    """Replace the query, and return the ids of the cards it finds."""
    learner.app.screen.query_one(QueryLine).value = query
    await learner.settle()
    return listed_ids(learner)


async def test_all_cards_are_listed_with_what_they_ask(started):
    async with started(StartScreen.HOME) as learner:
        screen = await open_browse(learner)
        assert listed_ids(learner) == CARDS
        assert "5 cards" in screen
        assert "Differentiate sin(x²)." in screen
        assert "sine-of-square · derivative · never reviewed" in screen


@pytest.mark.thorough
async def test_escape_goes_home_where_changes_are_counted(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await learner.press("s")
        assert "4 new" in await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


QUERIES = {
    "kind:choice": ["outer-one"],
    "-tag:first": [],
    "new": CARDS,
    "due": [],
    "SAY": ["in-words"],
    "sine": ["sine-of-square", "outer-one"],
    "x^2": ["sine-of-square", "outer-one"],
}


async def test_the_query_finds(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        assert {query: await look_for(learner, query) for query in QUERIES} == QUERIES


async def test_the_query_is_written_and_left_with_enter_or_escape(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await learner.press("slash", *"kind", "colon", *"cl", "tab")
        assert learner.app.screen.query_one(QueryLine).value == "kind:cloze"
        assert listed_ids(learner) == ["direction"]
        assert "1 of 5 cards" in await learner.press("enter")
        await learner.press("slash", "escape")
        assert isinstance(learner.app.screen, BrowseScreen)
        assert learner.app.screen.focused is learner.app.screen.query_one(CardTable)


@pytest.mark.parametrize("query", others_thorough(["rbfsa", "sin", "kind:cloze", "d D p n"]))
async def test_a_query_typed_faster_than_its_line_appears_commands_nothing(started, query):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        for character in f"/{query}":
            names = {"/": "slash", " ": "space", ":": "colon"}
            learner.app.post_message(events.Key(names.get(character, character), character))
        await learner.settle()
        assert learner.app.screen.query_one(QueryLine).value == query
        assert isinstance(learner.app.screen, BrowseScreen)
        assert learner.notices == []


async def test_a_term_that_cannot_be_read_is_pointed_at_and_the_others_find(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        assert await look_for(learner, "kind:cloze") == ["direction"]
        assert await look_for(learner, "new tags:x") == CARDS
        lines = learner.screen().split("\n")
        assert lines[0].index("tags:x") == lines[1].index("^^^^^^")
        assert "^^^^^^ unknown term tags:x; did you mean tag:x?" in lines[1]
        assert await look_for(learner, "new") == CARDS


@pytest.mark.thorough
async def test_a_word_that_finds_nothing_and_resembles_a_term_gets_a_suggestion(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await look_for(learner, "flagged")
        assert "no cards match  did you mean flag?" in learner.screen()


@pytest.mark.thorough
async def test_an_unknown_unit_is_named_with_the_nearest(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        assert await look_for(learner, "unit:1") == CARDS
        assert await look_for(learner, "unit:firts") == []
        assert "there is no unit firts; did you mean first?" in learner.screen()
        assert await look_for(learner, "unit:first") == CARDS
        assert "no unit" not in learner.screen()


async def test_a_query_that_finds_nothing_says_how_to_go_on(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await learner.press("slash")
        await learner.type("tag:nosuch")
        await learner.settle()
        assert "no cards match  change the query, or clear it with Ctrl+U" in learner.screen()
        assert "\n 5 cards" in await learner.press("ctrl+u")
        assert listed_ids(learner) == CARDS


async def test_a_column_sorts_then_reverses_then_restores_the_order(started):
    async with started(StartScreen.HOME, size=(120, 40)) as learner:
        await open_browse(learner)
        assert "card ▲" in await learner.press("2")
        assert listed_ids(learner) == sorted(CARDS)
        assert "card ▼" in await learner.press("2")
        assert listed_ids(learner) == sorted(CARDS, reverse=True)
        await learner.press("2")
        assert listed_ids(learner) == CARDS


@pytest.mark.thorough
async def test_the_cursor_stays_on_its_card_when_the_order_changes(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await learner.press("j", "2")
        assert card_at_cursor(learner) == "outer-one"


@pytest.mark.thorough
async def test_the_cursor_moves_as_in_vi(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        for key, card in {
            "j": 1,
            "down": 2,
            "k": 1,
            "G": 4,
            "g": 0,
            "ctrl+d": 4,
            "ctrl+u": 0,
            "end": 4,
            "home": 0,
        }.items():
            await learner.press(key)
            assert card_at_cursor(learner) == CARDS[card], key


async def test_cards_are_selected_one_by_one_in_ranges_and_all(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        assert "● 1 selected" in await learner.press("space")
        assert card_at_cursor(learner) == "outer-one"
        await learner.press("j", "shift+down")
        assert selected_ids(learner) == ["sine-of-square", "direction", "rate"]
        await learner.press("g", "space")
        assert selected_ids(learner) == ["direction", "rate"]
        await learner.press("escape")
        assert selected_ids(learner) == []
        await learner.press("g", "v", "j", "j")
        assert selected_ids(learner) == CARDS[:3]
        await learner.press("k", "v", "G")
        assert selected_ids(learner) == CARDS[:2]
        await learner.press("a")
        assert selected_ids(learner) == CARDS
        await learner.press("a")
        assert selected_ids(learner) == []


@pytest.mark.thorough
async def test_a_selected_card_that_the_query_no_longer_finds_is_deselected(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await learner.press("a")
        await look_for(learner, "kind:cloze")
        assert selected_ids(learner) == ["direction"]


async def test_the_card_shows_its_events_and_its_interval_over_time(started, place):
    async with started(size=(80, 30)) as learner:
        await learner.press("f3")
        await learner.press("1")
        await learner.press("escape")
        await open_browse(learner)
        screen = await learner.press("enter")
        assert isinstance(learner.app.screen, CardScreen)
        assert "Interval over time" in screen
        assert "1 d┤" in screen
        assert "█" in screen
        assert "1 event" in screen
        row = next(line for line in screen.split("\n") if line.strip().startswith("10 Mar 2026  1"))
        assert "new → 1" in row
        assert "○ without an answer" in row
        await learner.press("escape")
        assert isinstance(learner.app.screen, BrowseScreen)


@pytest.mark.thorough
async def test_a_card_without_a_review_says_so(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        screen = await learner.press("enter")
        assert "Not reviewed yet." in screen
        assert f"{'first.yaml'}:4" in screen.replace("\n", "")


async def test_the_answer_is_shown_beside_the_question(started):
    async with started(StartScreen.HOME, size=(120, 40)) as learner:
        await open_browse(learner)
        assert "The answer" in learner.screen()
        assert "12" in await learner.press("j", "j", "j")


@pytest.mark.thorough
async def test_the_mouse_alone_is_enough(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        pilot = learner.pilot
        await pilot.click(CardTable, offset=(20, 2))
        await learner.settle()
        assert card_at_cursor(learner) == "direction"
        await pilot.click(CardTable, offset=(0, 3))
        await pilot.click(CardTable, offset=(20, 4), shift=True)
        await learner.settle()
        assert selected_ids(learner) == ["rate", "in-words"]
        await pilot.click("CardTableHead", offset=(10, 0))
        await learner.settle()
        assert listed_ids(learner) == ["outer-one", "direction", "sine-of-square", "rate", "in-words"], "by kind"
        await pilot.click(CardTable, offset=(20, 1), times=2)
        await learner.settle()
        assert isinstance(learner.app.screen, CardScreen)


@pytest.mark.thorough
async def test_a_long_list_fetches_only_what_is_near(started, place):
    place.write(
        "cards:\n" + "".join(f"  - {{id: card-{n}, kind: recall, ask: Say {n}., answer: x}}\n" for n in range(500))
    )
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        table = learner.app.screen.query_one(CardTable)
        assert len(table.ids) == 500
        assert len(table._rows) < 60
        assert "Say 499." in await learner.press("G")
        assert card_at_cursor(learner) == "card-499"
        assert len(table._rows) < 120


@pytest.mark.thorough
async def test_a_deck_without_cards_has_nothing_to_open(started, place):
    place.write("cards: []\n")
    async with started(StartScreen.HOME) as learner:
        assert "0 cards" in await open_browse(learner)
        for key in ("enter", "space", "v", "a", "s", "r", "e", "j", "G", "u"):
            await learner.press(key)
        assert isinstance(learner.app.screen, BrowseScreen)


@pytest.mark.thorough
async def test_the_events_of_a_card_stand_in_columns_however_long_its_intervals(lived, started):
    async with started(StartScreen.HOME, size=(120, 60)) as learner:
        await open_browse(learner)
        lines = (await learner.press("enter")).splitlines()
    events = [line for line in lines if " 0:20 " in line]
    assert any("→ 36,500" in line for line in events)
    assert len({line.index(" 0:20 ") for line in events}) == 1, events
