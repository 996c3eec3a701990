"""What is done to cards on the browse screen: each change, its opposite, its undoing, and what cannot be done."""

from __future__ import annotations

from datetime import date

import pytest

from mnemosyne.review.query import CardStatus, Query, Term
from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.screens.browse import BrowseScreen
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.screens.summary import SummaryScreen
from mnemosyne.tui.widgets.card_table import CardTable
from mnemosyne.tui.widgets.query_line import QueryLine

CARDS = ["sine-of-square", "outer-one", "direction", "rate", "in-words"]


def listed_ids(learner):
    return list(learner.app.screen.query_one(CardTable).ids)


async def open_browse(learner):
    return await learner.press("b")


async def look_for(learner, query):
    """Replace the query, and return the ids of the cards it finds."""
    learner.app.screen.query_one(QueryLine).value = query
    await learner.settle()
    return listed_ids(learner)


def state_word(state):
    return {CardStatus.SUSPENDED: "suspended", CardStatus.BURIED: "buried", CardStatus.FLAG: "flagged"}[state]


def in_state(place, state):
    from mnemosyne.collection.browsing import find_cards

    with place.open() as collection:
        return list(find_cards(collection, Query((Term(state),))))


@pytest.mark.parametrize(
    ("key", "state", "sign", "notice", "opposite_notice"),
    [
        ("s", CardStatus.SUSPENDED, "‖", "Suspended: 2 cards.", "Unsuspended: 2 cards."),
        pytest.param(
            *("b", CardStatus.BURIED, "↷", "Buried until tomorrow: 2 cards.", "Unburied: 2 cards."),
            marks=pytest.mark.thorough,
        ),
        pytest.param(
            *("f", CardStatus.FLAG, "⚑", "Flagged: 2 cards.", "Unflagged: 2 cards."), marks=pytest.mark.thorough
        ),
    ],
)
async def test_cards_are_changed_changed_back_and_the_change_undone(
    started, place, key, state, sign, notice, opposite_notice
):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await learner.press("space", "space")
        assert sum(sign in line for line in (await learner.press(key)).split("\n")[3:9]) == 2
        assert in_state(place, state) == CARDS[:2]
        await learner.press(key)
        assert in_state(place, state) == []
        await learner.press("u")
        assert in_state(place, state) == CARDS[:2]
        assert learner.notices == [notice, opposite_notice, f"Undone: 2 cards are {state_word(state)} again."]
        await learner.press("u")
        assert in_state(place, state) == []
        last = f"Undone: 2 cards are no longer {state_word(state)}."
        assert learner.notices == [notice, opposite_notice, last]
        await learner.press("u")
        assert learner.notices == [notice, opposite_notice, last, "There is nothing to undo."]


@pytest.mark.thorough
async def test_undoing_a_change_leaves_alone_the_cards_that_were_so_before(started, place):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await learner.press("f", "a", "f")
        assert in_state(place, CardStatus.FLAG) == CARDS
        await learner.press("u")
        assert in_state(place, CardStatus.FLAG) == CARDS[:1]


@pytest.mark.thorough
async def test_a_suspended_card_is_brought_back(started, place):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await learner.press("s")
        assert await look_for(learner, "suspended") == ["sine-of-square"]
        await learner.press("s")
        assert listed_ids(learner) == []
        assert "no cards" in learner.screen()


async def test_a_reset_asks_first_and_is_undone(started, place):
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter")
        await learner.press("escape")
        await open_browse(learner)
        assert "Reset 1 card to new?" in await learner.press("r")
        await learner.press("enter")
        assert "due 11 Mar 2026 · 1 day · ease 2.60" in learner.screen()
        await learner.press("r", "2")
        assert "sine-of-square · derivative · never reviewed" in await learner.press("enter")
        assert "ease 2.60" in await learner.press("u")
        assert len([path for path in place.settings.backup_folder.iterdir() if "before-reset" in path.name]) == 1
        assert learner.notices == [
            "Reset to new: “Differentiate sin(x²)”.",
            "Undone: the reset of “Differentiate sin(x²)”.",
        ]


@pytest.mark.thorough
async def test_cards_that_are_new_cannot_be_reset(started):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await learner.press("r", "2")
        await learner.press("enter")
        assert learner.notices == ["There is nothing to reset: these cards are already new."]


@pytest.mark.thorough
async def test_a_missing_card_is_found_by_name_and_says_how_to_bring_it_back(started, place):
    async with started(StartScreen.HOME) as learner:
        place.write("cards:\n  - {id: other, kind: recall, ask: What?, answer: That.}\n")
        await open_browse(learner)
        assert listed_ids(learner) == ["other"]
        assert await look_for(learner, "missing") == CARDS
        assert "5 cards not in any file" in learner.screen()
        assert "This card is no longer in any card file. It comes" in learner.screen()
        await learner.press("enter")
        await learner.press("e")
        assert "is no longer in any card file" in learner.notices[-1]


@pytest.mark.thorough
async def test_an_editor_is_opened_at_the_card(started, place, monkeypatch):
    opened = []
    monkeypatch.setattr(
        "mnemosyne.tui.suspended_editor.edit_within", lambda app, path, line: edited(opened, line, place)
    )
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await learner.press("G")
        assert "Say it anew." in await learner.press("e")
        assert opened == [22]


async def edited(opened, line, place):
    opened.append(line)
    place.write(place.deck_file.read_text(encoding="utf-8").replace("Say the chain rule.", "Say it anew."))


async def test_a_selection_is_practised_and_a_query_reviewed(started, place):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await learner.press("down", "space")
        question = await learner.press("p")
        assert "chains · choice · practice" in question
        assert "0 done · 1 left" in question
        assert "● 1 selected" in await learner.press("escape"), "back where the practice was started"
        await look_for(learner, "kind:cloze OR kind:numeric")
        learner.app.screen.query_one(CardTable).focus()
        question = await learner.press("n")
        assert "0 done · 2 left" in question
        assert "chains · cloze" in question
        assert "practice" not in question


@pytest.mark.thorough
async def test_a_session_started_in_browse_leads_back_there_and_shows_what_it_changed(started, place):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await look_for(learner, "kind:numeric")
        learner.app.screen.query_one(CardTable).focus()
        await learner.press("n")
        await learner.press("f3")
        await learner.press("4")
        assert isinstance(learner.app.screen, SummaryScreen)
        screen_text = await learner.press("escape")
        assert isinstance(learner.app.screen, BrowseScreen)
        assert "kind:numeric" in screen_text
        assert "never reviewed" not in screen_text
        await learner.press("n")
        await learner.press("enter")
        assert isinstance(learner.app.screen, HomeScreen)
        assert len(learner.app.screen_stack) == 2, "home has replaced all other screens"


@pytest.mark.thorough
async def test_home_resumes_a_session_that_was_left_on_top_of_browse(started, place):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await look_for(learner, "kind:cloze")
        learner.app.screen.query_one(CardTable).focus()
        await learner.press("p")
        await learner.press(*"outer", "escape")
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)
        question = await learner.press("enter")
        assert "chains · cloze · practice" in question
        assert "outer" in question


def due_days(place):
    with place.open() as collection:
        return {card_id: collection.repository.memory(card_id).due for card_id in CARDS}


@pytest.mark.thorough
async def test_a_due_date_is_set_and_the_cards_spread_and_both_undone(started, place):
    async with started() as learner:
        for _ in CARDS[:3]:
            await learner.press("f3")
            await learner.press("4")
        await learner.press("escape")
        await open_browse(learner)
        before = due_days(place)
        assert list(before.values()) == [date(2026, 3, 11)] * 3 + [None] * 2
        dialog = await learner.press("d")
        assert "Due date of 1 card" in dialog
        assert "A number of days from today" in dialog
        assert "Not a day: soon; type a number of days, or a date like" in await learner.press(*"soon", "enter")
        await learner.press("ctrl+u", *"24 dec", "enter")
        assert due_days(place) == {**before, CARDS[0]: date(2026, 12, 24)}
        assert "due 24 Dec 2026 · 1 day · ease 2.50" in learner.screen()
        assert "Spread 5 cards" in await learner.press("a", "D")
        await learner.press(*"3 days", "enter")
        days = [date(2026, 3, 13), date(2026, 3, 12), date(2026, 3, 11)]  # from tomorrow on: all were reviewed today
        assert due_days(place) == dict(zip(CARDS, [*days, None, None], strict=True))
        await learner.press("d", *"2", "enter")
        new = "New cards have no due date: the daily limit decides when they come."
        changes = [
            "Due on 24 Dec 2026: “Differentiate sin(x²)”.",
            f"Due from 12 Mar 2026 to 13 Mar 2026: 2 cards. {new}",
            f"Due on 12 Mar 2026: 2 cards. {new}",
        ]
        assert learner.notices == changes
        for _ in range(2):
            await learner.press("u")
            assert learner.notices == [*changes, "Undone: the due dates of 2 cards."]
        assert due_days(place) == {**before, CARDS[0]: date(2026, 12, 24)}
        await learner.press("u")
        assert due_days(place) == before
        assert learner.notices == [*changes, "Undone: the due date of “Differentiate sin(x²)”."]


@pytest.mark.thorough
async def test_no_typed_day_changes_nothing_and_new_cards_have_no_due_date(started, place):
    async with started(StartScreen.HOME) as learner:
        await open_browse(learner)
        await learner.press("d", "escape")
        await learner.press("D", "escape")
        assert learner.notices == []
        await learner.press("d", "3", "enter")
        assert learner.notices == ["New cards have no due date: the daily limit decides when they come."]
        assert set(due_days(place).values()) == {None}


@pytest.mark.thorough
async def test_the_history_of_a_card_lists_the_due_date_that_was_set(started):
    async with started() as learner:
        await learner.press("f3")
        await learner.press("4")
        await learner.press("escape")
        await open_browse(learner)
        await learner.press("d", "9", "enter")
        page = await learner.press("enter")
        assert "You set this due date; after that, the schedule continues as usual." in page
        page = await learner.press("G")
        assert "○ due on 19 Mar 2026, set by hand" in page
