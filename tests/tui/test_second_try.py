"""What a first answer leads to: a second try that no accidental key uses up, and reasons once it is given up."""

from __future__ import annotations

import pytest


@pytest.mark.thorough
async def test_the_same_answer_once_more_does_not_use_up_the_second_try(started, place):
    async with started() as learner:
        await learner.answer("cos(x^2)")
        again = await learner.press("enter")
        assert "You have just tried this answer. Change it, or show the solution." in again
        assert "Enter: grade 2" in await learner.answer("*2x")


@pytest.mark.thorough
async def test_giving_up_on_a_choice_says_why_the_right_option_is_right(started):
    async with started() as learner:
        await learner.press("f5")
        screen_text = await learner.press("f3")
        assert "It is worked out last." in screen_text
        assert "It is worked out first." not in screen_text
        assert "The answer" not in screen_text, "the options show it"


async def test_an_unnamed_mistake_shows_what_is_known_and_may_be_corrected_once(started, place):
    async with started() as learner:
        again = await learner.answer("7")
        assert (
            "  Differentiate sin(x²).\n\n"
            "  ✗ Not quite: not equal to the derivative (see the values below). You have\n"
            "    one more try.\n\n"
            "    at x = 1.5   your answer   chain rule   finite difference (± 5·10⁻¹¹)\n"
            "                 7             −1.884521    −1.884521\n\n"
            "    link   outer function   inner u\n"
            "    1      sin(u)           x²\n"
            "    2      u²               x"
        ) in again
        assert "2x" not in again, "no derivative is given away"
        assert "Hint 1 of 3" in await learner.press("f2")
        await learner.press(*["backspace"])
        graded = await learner.answer("2x cos(x^2)")
        assert "  Enter: grade 2 (correct after an unnamed mistake and 1 hint)" in graded


@pytest.mark.thorough
async def test_what_is_known_is_there_again_in_another_session(started):
    async with started() as learner:
        again = (await learner.answer("7")).split("✗")[1]
    async with started() as learner:
        assert learner.screen().split("✗")[1] == again


async def test_a_wrong_choice_and_a_wrong_number_have_no_second_try(started):
    async with started() as learner:
        await learner.press("f5")
        assert "Enter: grade 1 (incorrect" in await learner.press("1", "enter")
        await learner.press("enter", "f5")
        assert "Enter: grade 1 (incorrect" in await learner.answer("13")


@pytest.mark.thorough
async def test_the_mistaken_link_is_marked_by_sign_and_word(started):
    async with started() as learner:
        await learner.answer("7")
        await learner.press("backspace")
        graded = await learner.answer("cos(x^2)")
        for line in (
            "  link   outer function   inner u   derivative\n",
            "  1      sin(u)           x²        cos(x²)      ✓\n",
            "  2      u²               x         2x           ✗ mistake here\n",
        ):
            assert line in graded


async def test_the_solution_after_a_wrong_answer_says_what_was_wrong_with_it(started):
    async with started() as learner:
        await learner.answer("cos(x^2)")
        screen_text = await learner.press("f3")
        for line in (
            "  ✗ Incorrect: inner derivative missing\n",
            "    your answer                      correct answer\n    cos(x²)                          2x·cos(x²)\n",
            "  2      u²               x         2x           ✗ mistake here\n",
        ):
            assert line in screen_text
        assert "Enter: grade 1 (incorrect, then given up)" in screen_text


async def test_the_solution_alone_is_no_verdict(started):
    async with started() as learner:
        screen_text = await learner.press("f3")
        assert "  ○ The answer\n\n    2x·cos(x²)\n" in screen_text
        assert "mistake here" not in screen_text


@pytest.mark.thorough
async def test_no_link_is_marked_where_the_mistake_belongs_to_none(started):
    async with started() as learner:
        await learner.answer("7")
        await learner.press("backspace")
        graded = await learner.answer("6x cos(x^2)")
        assert "right up to a constant factor" in graded.lower()
        assert "mistake here" not in graded


@pytest.mark.thorough
async def test_a_screen_that_grows_shows_the_question_at_its_full_height(started):
    async with started() as learner:
        await learner.answer("7")
        await learner.pilot.resize_terminal(120, 40)
        await learner.settle()
        screen_text = learner.screen()
        assert "f(x) = sin(x²)" in screen_text
        assert "    2      u²               x\n" in screen_text
