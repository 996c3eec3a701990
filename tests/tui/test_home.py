"""The home screen: what waits, one key to start, and what cannot be started."""

from __future__ import annotations

from mnemosyne.errors import StoreError
from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.screens.review import ReviewScreen


async def test_it_says_what_waits(started):
    async with started(StartScreen.HOME) as learner:
        assert "Tuesday 10 March" in learner.screen()
        assert "Enter   starts  5 new" in learner.screen()


async def test_after_a_review_it_shows_streak_drills_and_coming_days(started, place):
    async with started() as learner:
        await learner.press("f3")
        await learner.press("1")
        home = await learner.press("escape")
        assert "1 day in a row" in home
        assert "4 new · 1 to drill" in home
        assert "Wed 11" in home
        assert "█" in home


async def test_enter_starts_and_escape_comes_back(started):
    async with started(StartScreen.HOME) as learner:
        await learner.press("enter")
        assert isinstance(learner.app.screen, ReviewScreen)
        assert "starts" in await learner.press("escape")


async def test_with_nothing_left_it_says_so(started, place):
    place.write("cards: []\n")
    async with started(StartScreen.HOME) as learner:
        assert "There are no cards yet" in learner.screen() or "Nothing waits today." in learner.screen()


async def test_undo_takes_back_a_grade_of_an_earlier_session(started, place):
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter")
    place.clock.wait(days=1)
    async with started(StartScreen.HOME) as learner:
        assert "f(x) = sin(x²)" in await learner.press("u")
        assert learner.said == ["Taken back: sine-of-square, graded 5."]


async def test_a_clock_that_was_set_back_is_doubted_once(started, place):
    place.clock.wait(days=365)
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter")
    place.clock.wait(days=-365)
    async with started(StartScreen.HOME) as learner:
        assert "1 due" in learner.screen()
        await learner.press("enter")
        await learner.press("escape")
        assert learner.said == [
            "This machine's clock says 2026-03-10, but the last review was on 2027-03-10: if the clock is wrong, set "
            "it right before you review; cards graded after today are asked again"
        ]


async def test_broken_card_files_are_counted_and_the_rest_works(started, place):
    place.write(place.deck_file.read_text(encoding="utf-8") + "  - {id: broken, kind: derivative, f: sin(}\n")
    async with started(StartScreen.HOME) as learner:
        assert "5 new" in learner.screen()
        assert learner.said == ["1 fault in the card files; `mnemosyne cards check` names them."]


async def test_a_deck_that_cannot_be_opened_ends_the_app_with_one_message(started, place):
    place.settings.data_dir.mkdir(parents=True)
    place.settings.deck_path.write_bytes(b"no deck" * 1000)
    async with started(StartScreen.HOME) as learner:
        assert isinstance(learner.app.failure, StoreError)
        assert str(place.settings.deck_path) in str(learner.app.failure)
