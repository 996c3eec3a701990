"""A review session at the keyboard, from the question to the stored grade."""

from __future__ import annotations

import re

import pytest
from textual import events

from mnemosyne.store.log import read_reviews
from mnemosyne.tui.screens.summary import SummaryScreen
from mnemosyne.tui.type_ahead import BEAT
from mnemosyne.verdict import Word


def log(place):
    with place.open() as collection:
        return [
            (review.card_id, review.quality, review.proposed, review.answer) for review in read_reviews(collection.deck)
        ]


async def test_a_right_answer_shows_verdict_evidence_links_and_six_qualities(started, place):
    async with started() as learner:
        screen_text = learner.screen()
        assert "f(x) = sin(x²)" in screen_text
        assert "0 done · 5 left" in screen_text
        assert "read as  2x·cos(x²)" in await learner.type("2x cos(x^2)")
        graded = await learner.press("enter")
    for phrase in (
        "✓ Correct",
        "at x = 1.5   your answer   chain rule   finite difference (± 5·10⁻¹¹)",
        "             −1.884521     −1.884521    −1.884521",
        "link   outer function   inner u   derivative",
        "1      sin(u)           x²        cos(x²)",
        "2      u²               x         2x",
        "Enter: grade 5 (correct in 0 s; target 1 min",
        "▸ 5 ◂",
        "↻ tomorrow   ↻ tomorrow   ↻ tomorrow   ↻ tomorrow    tomorrow     tomorrow",
    ):
        assert phrase in graded
    assert log(place) == [], "nothing is stored before the learner grades"


async def test_enter_accepts_the_proposed_quality_and_stores_it_before_the_next_question_appears(started, place):
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        following = await learner.press("enter")
        assert "which function is the outer one?" in following
        assert "1 done · 4 left" in following
        assert log(place) == [("sine-of-square", 5, 5, "2x cos(x^2)")]


async def test_a_digit_replaces_the_proposal_and_both_are_stored(started, place):
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("4")
    assert log(place) == [("sine-of-square", 4, 5, "2x cos(x^2)")]


async def test_an_unreadable_answer_is_pointed_at_and_costs_nothing(started, place):
    async with started() as learner:
        doubted = await learner.answer("2x cos(x^2")
        assert "        ▊▁" in doubted
        assert "                  ^\n  ? This ( is never closed." in doubted
        assert "✓ Correct" in await learner.answer(")")
        await learner.press("enter")
    assert log(place) == [("sine-of-square", 5, 5, "2x cos(x^2)")]


async def test_a_named_mistake_may_be_corrected_once(started, place):
    async with started() as learner:
        again = await learner.answer("cos(x^2)")
        assert "✗ Not quite: inner derivative missing. In sin(x²) the inner function is x²;" in again
        assert "You have one more try." in again
        assert "cos(x^2)" in again, "what was typed is there to be corrected"
        assert "correct answer" not in again, "the answer is not given away"
        graded = await learner.answer("*2x")
        assert "Enter: grade 2 (correct after a misconception" in graded
        await learner.press("enter")
    assert log(place) == [("sine-of-square", 2, 2, "cos(x^2)*2x")]


async def test_a_second_wrong_answer_shows_the_solution(started, place):
    async with started() as learner:
        await learner.answer("cos(x^2)")
        graded = await learner.answer("*x")
        assert "✗ Incorrect" in graded
        assert "your answer" in graded
        assert "2x·cos(x²)" in graded
        assert "Enter: grade 1 (incorrect" in graded
        await learner.press("enter")
    assert log(place) == [("sine-of-square", 1, 1, "cos(x^2)*x")]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("typed", "verdict_text"),
    [
        ("Chain", "  ✓ Correct\n\n    The chain rule.\n"),
        ("linked", "  ✓ Correct\n\n    your answer                      correct answer\n    linked    "),
        ("sum", f"  ✗ Incorrect\n\n    your answer{' ' * 22}correct answer\n    sum{' ' * 30}The chain rule.\n"),
    ],
)
async def test_the_verdict_on_a_word_says_the_right_one_once(started, place, typed, verdict_text):
    place.write("cards:\n  - {id: words, kind: cloze, text: 'The {{chain|linked}} rule.'}\n")
    async with started() as learner:
        assert verdict_text in await learner.answer(typed)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("To differentiate ln(x²), begin with the {{logarithm|ln}}.", "ln"),
        ("The area is the {{product|a}} of a and b.", "a"),
        ("The {{logarithm|log}} of a logarithm is a log of a log.", "log"),
    ],
)
async def test_a_synonym_is_shown_beside_the_text_though_it_occurs_elsewhere_in_it(started, place, text, typed):
    place.write(f"cards:\n  - {{id: words, kind: cloze, text: '{text}'}}\n")
    async with started() as learner:
        lines = [line.strip() for line in (await learner.answer(typed)).splitlines()]
        assert "✓ Correct" in lines
        at = next(i for i, line in enumerate(lines) if line.startswith("your answer"))
        assert lines[at + 1].split("  ")[0] == typed


async def test_giving_up_shows_the_answer_and_its_chain(started, place):
    async with started() as learner:
        screen_text = await learner.press("f3")
        assert "○ The answer" in screen_text
        assert "2x·cos(x²)" in screen_text
        assert "1      sin(u)           x²        cos(x²)" in screen_text
        assert "Enter: grade 0 (given up" in screen_text
        await learner.press("enter")
    assert log(place) == [("sine-of-square", 0, 0, "")]


async def test_hints_come_one_by_one_and_lower_the_proposed_quality(started):
    async with started() as learner:
        await learner.type("2x")
        first = await learner.press("f2")
        assert "What is inside the sine?" in first
        assert "It is x²." not in first
        assert "Hint 1 of 3: " in first
        assert "Hint 2 of 3: It is x²." in await learner.press("f2")
        last = await learner.press("f2")
        assert "Hint 3 of 3: The derivative of x² is 2x. The outer derivative is yours\n" in last
        assert "F2 hint" not in last, "there is no fourth"
        assert learner.app.screen.query_one("AnswerLine").value == "2x", "what was typed stays"
        assert "Enter: grade 3 (correct after 3 hints" in await learner.answer(" cos(x^2)")


async def test_nothing_and_idk_are_no_answers(started, place):
    async with started() as learner:
        before = learner.screen()
        assert await learner.press("enter") == before
        await learner.answer("idk")
        assert "read as" not in learner.screen()
        assert "Type an answer, or press F3 to see the solution." in learner.screen()
        assert learner.app.screen.query_one("AnswerLine").value == "idk"
    assert log(place) == []


async def test_every_kind_of_card_from_the_first_to_the_summary(started, place):
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        options = await learner.press("enter")
        right = "1" if "▸ 1  the sine" in options or "  1  the sine" in options else "2"
        assert "✓ Correct" in await learner.press(right, "enter")
        assert "From the ____ function to the ____ one." in await learner.press("enter")
        assert "✓ Correct" in await learner.answer("OUTSIDE; inner")
        assert "dy/du = 3 and du/dx = 4." in await learner.press("enter")
        assert "✓ Correct" in await learner.answer("3*4")
        assert "Say the chain rule." in await learner.press("enter")
        revealed = await learner.press("enter")
        assert "Differentiate the outer function and multiply" in revealed
        assert await learner.press("enter") == revealed, "only the learner knows how well he knew it"
        end = await learner.press("4")
        assert isinstance(learner.app.screen, SummaryScreen)
        assert "Session finished" in end
        assert "5 cards · 5 new · 5 passed" in end
    assert [(card, quality) for card, quality, *_ in log(place)] == [
        ("sine-of-square", 5),
        ("outer-one", 4),
        ("direction", 5),
        ("rate", 5),
        ("in-words", 4),
    ]


async def test_a_card_graded_below_four_comes_back_as_a_drill_that_leaves_the_schedule(started, place):
    place.settings = place.settings.__class__(
        place.settings.data_dir, place.settings.config_file, place.settings.card_folders, new_per_day=1
    )
    async with started() as learner:
        await learner.press("f3")
        drill = await learner.press("1")
        assert "↻ drill" in drill
        graded = await learner.answer("2x cos(x^2)")
        assert "drill: schedule unchanged" in graded
        assert "done" in graded
        await learner.press("enter")
        assert isinstance(learner.app.screen, SummaryScreen)
    with place.open() as collection:
        first, second = read_reviews(collection.deck)
    assert not first.drill
    assert second.drill
    assert second.after == first.after


@pytest.mark.thorough
async def test_buried_and_suspended_cards_are_named(started):
    async with started() as learner:
        assert "which function is the outer one?" in await learner.press("f5")
        screen_text = await learner.press("f6")
        assert "Suspend this card?" in screen_text
        assert "which function is the outer one?" in await learner.press("enter"), "Enter alone keeps it"
        await learner.press("f6", "2")
        assert "From the ____" in await learner.press("enter")
        assert learner.notices == [
            "Buried until tomorrow: “Differentiate sin(x²)”.",
            "Suspended: “In sin(x²), which function is the …”.",
        ]
        await learner.press("ctrl+z")
        assert learner.notices[2:] == [
            "Undone: “In sin(x²), which function is the …” is no longer suspended.",
        ]
        assert "which function is the outer one?" in await learner.without_notices()
        await learner.press("ctrl+z")
        assert learner.notices == ["Undone: “Differentiate sin(x²)” is no longer buried."]
        assert "f(x) = sin(x²)" in await learner.without_notices()


@pytest.mark.thorough
async def test_a_card_with_fresh_numbers_is_named_with_the_current_ones(started, place):
    place.write(
        "cards:\n"
        "  - {id: power, kind: derivative, f: '({a}x + 1)^3', where: {a: 2..90}}\n"
        "  - {id: other, kind: derivative, f: sin(x)}\n"
    )
    async with started() as learner:
        factor = re.search(r"\((\d+)x", learner.screen())[1]
        name = f"“Differentiate ({factor}x + 1)³”"
        assert name in await learner.press("f6")
        await learner.press("escape")
        await learner.press("f5")
        assert learner.notices == [f"Buried until tomorrow: {name}."]
        await learner.press("f5")
        await learner.press("ctrl+z", "ctrl+z")
        undone = learner.notices[-1]
        factor = re.search(r"\((\d+)x", await learner.without_notices())[1]
        assert undone == f"Undone: “Differentiate ({factor}x + 1)³” is no longer buried."


@pytest.mark.thorough
async def test_typed_letters_never_bury_or_suspend_a_card(started, place):
    async with started() as learner:
        await learner.press("f5")
        for letter in "abcdeghijkmnopqrstvwxyz":
            await learner.pilot.press(letter)
        await learner.settle()
        assert "which function is the outer one?" in learner.screen()
    assert log(place) == []


async def test_a_flag_is_shown_and_removed(started):
    async with started() as learner:
        assert "⚑" in await learner.press("f7")
        assert "⚑" not in await learner.press("f7")


async def test_what_was_typed_survives_home_and_the_lesson(started):
    async with started() as learner:
        await learner.type("2x co")
        lesson = await learner.press("ctrl+l")
        assert "Stopped too early" in lesson
        assert "2*x*cos(x^2)" in lesson, "Markdown leaves the asterisks of formulas alone"
        assert "2x co" in await learner.press("escape")
        assert "5 new" in await learner.press("escape")
        assert "2x co" in await learner.press("enter")


async def test_the_lesson_opens_at_the_section_on_the_mistake(started):
    async with started() as learner:
        await learner.answer("cos(x^2)")
        assert "Stopped too early" in "".join((await learner.press("ctrl+l")).splitlines()[:6])


async def test_an_interrupted_session_resumes_where_it_stopped(started, place):
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter", "f5")
        await learner.answer("wrong; words")
        assert "✗ Not quite: 0 of 2 blanks are right. You have one more try." in learner.screen()
        await learner.type("er")
        await learner.press("enter")
        assert "✗ Incorrect" in learner.screen()
    async with started() as learner:  # the app was closed before the answer was graded
        assert "✗ Incorrect" in learner.screen()
        assert "✗ blank 1   wronger       outer" in learner.screen()
        await learner.press("1")
        assert "dy/du = 3" in learner.screen()
    assert [card for card, *_ in log(place)] == ["sine-of-square", "direction"]


@pytest.mark.thorough
async def test_the_clock_shows_the_time_that_counts(started, place):
    async with started() as learner:
        place.clock.turn(seconds=75)
        learner.app.screen.steps.tick()
        await learner.settle()
        assert "1:15" in learner.screen()
        assert "Enter: grade 4 (correct in 1 min 15 s; target 1 min" in await learner.answer("2x cos(x^2)")


async def test_a_question_without_a_proposal_offers_none(started, place):
    place.write("cards:\n  - {id: recall, kind: recall, ask: Why?, answer: So.}\n")
    async with started() as learner:
        graded = await learner.press("enter")
        assert "0–5: Compare your answer with the one shown and grade yourself." in graded
        assert "Enter accept" not in graded
        assert "F7 flag" in graded


async def test_an_undecided_answer_is_the_learners_own_to_grade(started, place, monkeypatch):
    async with started() as learner:
        runner = learner.app.screen.steps.runner
        decided = runner._deck_thread.judge

        async def undecided(question, text):
            verdict = await decided(question, text)
            return verdict.__class__(Word.UNDECIDED, "the check took longer than 3 s", expected=verdict.expected)

        monkeypatch.setattr(runner._deck_thread, "judge", undecided)
        graded = await learner.answer("2x cos(x^2)")
        assert "? Undecided" in graded
        assert await learner.press("enter") == graded, "there is no proposal to accept"
        await learner.press("4")
    assert log(place) == [("sine-of-square", 4, None, "2x cos(x^2)")]


@pytest.mark.thorough
async def test_what_was_typed_before_the_verdict_was_seen_is_reported_as_ignored(started, place):
    async with started() as learner:
        await learner.type("2x cos(x^2)")
        for key in ("enter", "u", "e", "4"):
            learner.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await learner.settle()
        assert "✓ Correct" in learner.screen()
        while not learner.notices:
            await learner.pilot.pause(BEAT)
        assert learner.notices == ["Ignored, because it was typed before this appeared: ue4"]


@pytest.mark.thorough
async def test_a_shown_formula_is_copied_as_latex(started):
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("y")
        screen_text = learner.screen()
        for choice in ("question: sin(x²)", "your answer: 2x·cos(x²)", "correct answer: 2x·cos(x²)", "link 1: sin(u)"):
            assert choice in screen_text
        await learner.press("enter")  # the correct answer is highlighted first
        assert learner.app.clipboard == r"2x \cdot \cos\left(x^{2}\right)"
        assert learner.notices == [rf"Copied as LaTeX: {learner.app.clipboard}"]
        await learner.press("y", "1", "enter")
        assert learner.app.clipboard == r"\sin\left(x^{2}\right)"
        await learner.press("y", "escape")
        assert learner.notices == [rf"Copied as LaTeX: {learner.app.clipboard}"], "it replaces the first notice"
        await learner.press("enter", "enter")
        await learner.press("1", "enter")
        await learner.press("y")
        assert learner.notices[-1] == "There is no formula to copy."
