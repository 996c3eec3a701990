"""The home screen: what is waiting, one key to start, and what cannot be started."""

from __future__ import annotations

import re
import threading
from dataclasses import replace

import pytest
from patience import PATIENCE
from sample_size import others_thorough
from textual import events

from mnemosyne.errors import StoreError
from mnemosyne.review.backlog import Backlog
from mnemosyne.tui.app import MnemosyneApp, StartScreen
from mnemosyne.tui.screens import home
from mnemosyne.tui.screens.dialog import Dialog
from mnemosyne.tui.screens.review import ReviewScreen
from mnemosyne.tui.widgets.day_overview import DayOverview


async def test_it_says_what_is_waiting(started):
    async with started(StartScreen.HOME) as learner:
        assert "Tuesday 10 March" in learner.screen()
        assert "Enter   starts  5 new" in learner.screen()


async def test_after_a_review_it_shows_streak_drills_and_coming_days(started, place):
    async with started() as learner:
        await learner.press("f3")
        await learner.press("1")
        screen_text = await learner.press("escape")
        assert "1 day in a row" in screen_text
        assert "4 new · 1 to drill" in screen_text
        assert "Wed 11" in screen_text
        assert "█" in screen_text


async def test_enter_starts_and_escape_comes_back(started):
    async with started(StartScreen.HOME) as learner:
        await learner.press("enter")
        assert isinstance(learner.app.screen, ReviewScreen)
        assert "resumes" in await learner.press("escape")


async def test_with_nothing_left_it_says_so(started, place):
    place.write("cards: []\n")
    async with started(StartScreen.HOME) as learner:
        assert "There are no cards yet" in learner.screen() or "Done for today." in learner.screen()


async def test_undo_undoes_a_grade_of_an_earlier_session(started, place):
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter")
    place.clock.turn(days=1)
    async with started(StartScreen.HOME) as learner:
        assert "f(x) = sin(x²)" in await learner.press("u")
        assert learner.notices == ["Undone: grade 5 for “Differentiate sin(x²)”."]


async def test_undo_without_a_grade_says_so_and_starts_no_session(started, place):
    async with started(StartScreen.HOME) as learner:
        assert "resumes" not in await learner.press("u")
        assert learner.notices == ["There is nothing to undo."]
    async with started(StartScreen.HOME) as learner:
        assert "resumes" not in learner.screen()


@pytest.mark.thorough
async def test_undo_of_a_reset_counts_again_and_starts_no_session(started, place):
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter")
        await learner.press("escape")
        await learner.press("b")
        await learner.press("r")
        await learner.press("2")
        await learner.press("enter")
        await learner.press("escape")
        before, after = learner.screen(), await learner.press("u")
        assert ("5 new" in before, "4 new" in after) == (True, True), after
        assert learner.notices[-1] == "Undone: the reset of “Differentiate sin(x²)”."


@pytest.mark.thorough
async def test_the_lesson_is_that_of_the_first_topic_that_has_one(started, place):
    first = place.deck_file.parent.parent / "a-topic-without" / "cards.yaml"
    first.parent.mkdir()
    first.write_text(
        "topic: a-topic-without\ncards:\n  - {id: one, kind: recall, ask: A, answer: B}\n", encoding="utf-8"
    )
    async with started(StartScreen.HOME) as learner:
        assert "One function works on the value of another" in await learner.press("l")


async def test_the_palette_offers_what_works_here_once_and_leaves_the_key_bar_alone(started):
    async with started(StartScreen.HOME) as learner:
        bar = learner.screen().splitlines()[-1]
        assert "q quit" in bar
        opened = await learner.press("ctrl+p")
        assert bar.rstrip() in opened
        titles = [command.title for command in learner.app.get_system_commands(learner.app.screen_stack[-2])]
        assert {"Settings", "Stats", "Browse"} <= set(titles)
        assert len(titles) == len(set(titles))
        assert not any("-" in title for title in titles)


@pytest.mark.thorough
async def test_a_clock_that_was_set_back_is_questioned_once(started, place):
    place.clock.turn(days=365)
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter")
    place.clock.turn(days=-365)
    async with started(StartScreen.HOME) as learner:
        assert "        1        4        0        5" in learner.screen(), (
            "one card is due, though its due date is in the future"
        )
        await learner.press("enter")
        await learner.press("escape")
        assert learner.notices == [
            "This machine's clock says 10 Mar 2026, but the last review was on 10 Mar 2027: if the clock is wrong, "
            "correct it before you review; cards graded after today will be asked again"
        ]


async def test_broken_card_files_are_counted_and_the_rest_works(started, place):
    place.write(place.deck_file.read_text(encoding="utf-8") + "  - {id: broken, kind: derivative, f: sin(}\n")
    async with started(StartScreen.HOME) as learner:
        assert "5 new" in learner.screen()
        assert learner.notices == ["The card files have 1 problem; `mnemosyne cards check` lists them."]


async def test_a_deck_that_cannot_be_opened_ends_the_app_with_one_message(started, place):
    place.settings.data_dir.mkdir(parents=True)
    place.settings.deck_path.write_bytes(b"no deck" * 1000)
    async with started(StartScreen.HOME) as learner:
        assert isinstance(learner.app.failure, StoreError)
        assert str(place.settings.deck_path) in str(learner.app.failure)


@pytest.mark.parametrize("size", others_thorough([(80, 24), (120, 40), (60, 20)]), ids=["small", "large", "tiny"])
async def test_a_newcomer_is_told_what_to_do_and_what_is_promised(started, place, size):
    (place.deck_file.parent / "topic.yaml").write_text(
        "id: chains\ntitle: Chains\ndescription: Chains of functions, from sin(x²) on.\n", encoding="utf-8"
    )
    async with started(StartScreen.HOME, size=size) as learner:
        screen_text = learner.screen() + await learner.press("end")
        for phrase in ("Chains of functions", "cos(x^2), and", "Typos cost nothing", "F1"):
            assert phrase in screen_text
        await learner.press("enter", "f3")
        await learner.press("5")
        assert "Typos cost nothing" not in await learner.press("escape"), "a newcomer needs it only once"


@pytest.mark.thorough
async def test_the_forecast_says_what_it_counts_and_uses_the_room_at_every_size(started, lived):
    async with started(StartScreen.HOME) as learner:
        for size, legend, days in (
            ((60, 24), ("Due and new,", "if graded 4"), 7),
            ((85, 24), ("Forecast if graded 4", "█ due  ▒ new"), 7),
            ((120, 30), ("Forecast if graded 4  █ due  ▒ new",), 7),
            ((120, 40), ("Forecast if graded 4  █ due  ▒ new",), 14),
            ((120, 30), ("Forecast if graded 4  █ due  ▒ new",), 7),
        ):
            await learner.pilot.resize_terminal(*size)
            await learner.settle()
            overview = learner.app.screen.query_one(DayOverview)
            lines = [line.plain for line in overview.picture(overview.content_size.width).lines]
            assert all(any(part in line for line in lines) for part in legend), size
            assert sum(bool(re.match("(today|[A-Z][a-z]{2} [0-9]+) ", line)) for line in lines) == days, size


@pytest.mark.parametrize("size", others_thorough([(80, 24), (120, 40), (60, 20)]), ids=["small", "large", "tiny"])
async def test_after_a_year_home_shows_recent_mistakes_and_the_forecast(started, lived, size):
    async with started(StartScreen.HOME, size=size) as learner:
        screen_text = learner.screen() + await learner.press("end")
        for phrase in (
            "if graded 4",
            "today",
            "less · ░ ▒ ▓ █ more",
            "Recent mistakes",
            "inner derivative missing",
        ):
            assert phrase in screen_text
        monday = next(
            line.partition("Mon ")[2].rstrip("█▁▂▃▄▅▆▇ ") for line in screen_text.splitlines() if "Mon " in line
        )
        assert len(monday.replace(" ", "")) > (48 if size[0] >= 80 else 30)


async def test_a_recent_mistake_leads_to_its_section(started, place, lived):
    lesson = place.deck_file.parent / "lesson.md"
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(text.replace("{#intuition}", "{#slip-table}"), encoding="utf-8")
    async with started(StartScreen.HOME) as learner:
        assert "1  wrong sign" in learner.screen()
        assert "The chain rule" in "".join((await learner.press("1")).splitlines()[:4])
        await learner.press("escape")
        number = next(n for n in "123" if f"{n}  inner derivative missing" in learner.screen())
        await learner.press(number)
        assert learner.notices == [], "the lesson has a section on it"
        assert "Stopped too early" in "".join(learner.screen().splitlines()[:4])


async def test_a_mistake_without_a_section_of_the_lesson_opens_nothing(started, place, lived):
    (place.deck_file.parent / "lesson.md").unlink()
    place.write(place.deck_file.read_text(encoding="utf-8").replace("    lesson: pitfall-stopped-early\n", ""))
    async with started(StartScreen.HOME) as learner:
        await learner.press("1")
        assert learner.notices == ["The lesson has no section on this."]


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "large"])
async def test_a_click_on_a_mistake_does_what_its_digit_does(started, lived, size):
    async with started(StartScreen.HOME, size=size) as learner:
        rows = learner.screen().splitlines()
        row = next(row for row, line in enumerate(rows) if "inner derivative missing" in line)
        await learner.pilot.click(offset=(rows[row].index("inner"), row - 3))
        await learner.settle()
        assert "Mnemosyne" in learner.screen(), "a click on anything else does nothing"
        await learner.pilot.click(offset=(rows[row].index("inner"), row))
        await learner.settle()
        assert "Stopped too early" in "".join(learner.screen().splitlines()[:4])


async def test_home_follows_the_study_day(started, place, lived):
    """Once `day_start` has passed, the counts are those of the new day, without a key being pressed."""
    async with started(StartScreen.HOME) as learner:
        assert "Tuesday 10 March" in learner.screen()
        place.clock.turn(days=1)
        learner.app.screen.follow()
        await learner.settle()
        assert "Wednesday 11 March" in learner.screen()


@pytest.mark.parametrize("event", [events.AppBlur, events.AppFocus])
async def test_home_counts_again_when_the_terminal_gets_the_focus(started, place, event):
    async with started(StartScreen.HOME) as learner:
        assert "5 new" in learner.screen()
        learner.app.post_message(events.AppBlur())
        await learner.settle()
        place.write("cards:\n  - {id: other, kind: recall, ask: What?, answer: That.}\n")
        learner.app.post_message(event())
        await learner.settle()
        assert ("1 new" in learner.screen()) == (event is events.AppFocus)


@pytest.mark.thorough
async def test_home_counts_again_after_another_screen_and_after_being_stopped(started, place):
    async with started(StartScreen.HOME) as learner:
        await learner.press("f1")
        place.write("cards:\n  - {id: other, kind: recall, ask: What?, answer: That.}\n")
        assert "1 new" in await learner.press("escape")
        place.write("cards: []\n")
        learner.app.app_resume_signal.publish(learner.app)
        await learner.settle()
        assert "1 new" not in learner.screen()


async def test_enter_before_the_counts_are_there_still_asks_how_many(place, settle, monkeypatch):
    """Pressing Enter at once opens the dialog that would open a moment later, and does nothing else."""
    go = threading.Event()
    counted = home._today

    def slowly(collection):
        assert go.wait(PATIENCE)
        day = counted(collection)
        return replace(day, backlog=Backlog(140, 40, 70), cut_off=False)

    monkeypatch.setattr(home, "_today", slowly)
    app = MnemosyneApp(place.open, StartScreen.HOME)
    try:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await pilot.pause()
            await pilot.press("enter", "q", "u")
            assert app.is_running
            go.set()
            await settle(pilot)
            assert isinstance(app.screen, Dialog)
            assert app.screen._saying.title.startswith("140 cards are due")
            await pilot.press("escape")
            await settle(pilot)
            assert app.is_running
            assert isinstance(app.screen, home.HomeScreen)
    finally:
        go.set()
        app.deck_thread.close()


@pytest.mark.thorough
async def test_text_that_follows_enter_on_home_is_on_the_first_questions_line(started):
    async with started(StartScreen.HOME) as learner:
        for key in ("enter", "2", "x"):
            learner.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await learner.settle()
        assert "f(x) = sin(x²)" in learner.screen()
        assert learner.line.value == "2x"


async def test_the_unit_of_the_new_cards_is_named_and_a_key_opens_its_section(started, place):
    second = "cards:\n  - {id: later, kind: recall, ask: What?, answer: That.}\n"
    (place.deck_file.parent / "second.yaml").write_text(second, encoding="utf-8")
    async with started(StartScreen.HOME) as learner:
        assert "Unit 1 of 2: First · 0 of 5 cards begun   p section" in learner.screen()
        await learner.pilot.resize_terminal(54, 24)
        await learner.settle()
        assert re.search("Unit 1 of 2: First   p section *\n *0 of 5 cards begun *\n", learner.screen())
        assert "Stopped too early" in await learner.press("p")
