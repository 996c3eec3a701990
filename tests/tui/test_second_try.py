"""What a first answer leads to: a second try that no slip of the hand uses up, and reasons once it is given up."""

from __future__ import annotations


async def test_the_same_answer_once_more_does_not_use_up_the_second_try(started, place):
    async with started() as learner:
        await learner.answer("cos(x^2)")
        again = await learner.press("enter")
        assert "This was just judged: change it, or have the solution shown." in again
        assert "Enter takes 2" in await learner.answer("*2x")


async def test_a_choice_that_was_given_up_says_why_the_right_option_is_right(started):
    async with started() as learner:
        await learner.press("f5")
        shown = await learner.press("f3")
        assert "It is worked out last." in shown
        assert "It is worked out first." not in shown
        assert "The answer" not in shown, "the options show it"
