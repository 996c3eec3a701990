"""Grades are undone: in the session, from the summary, and after a restart."""

from __future__ import annotations

from dataclasses import replace

from mnemosyne.store.log import read_reviews


def log(place):
    with place.open() as collection:
        return [
            (review.card_id, review.quality, review.proposed, review.answer) for review in read_reviews(collection.deck)
        ]


async def test_undo_removes_the_grade_and_asks_the_question_again(started, place):
    async with started() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter")
        again = await learner.press("u")
        assert "f(x) = sin(x²)" in again
        assert learner.notices == ["Undone: grade 5 for “Differentiate sin(x²)”."]
        assert "0 done · 5 left" in await learner.without_notices()
    assert log(place) == []


async def test_undo_with_nothing_to_undo_says_so(started):
    async with started() as learner:
        await learner.press("ctrl+z")
        assert learner.notices == ["There is nothing to undo."]


async def test_the_last_grade_is_undone_from_the_summary_and_after_a_restart(started, place):
    place.settings = replace(place.settings, new_per_day=1)
    for restart in (False, True):
        async with started() as learner:
            await learner.answer("2x cos(x^2)")
            assert "Session finished" in await learner.press("enter")
            if not restart:
                assert "f(x) = sin(x²)" in await learner.press("u")
                assert "0 done · 1 left" in await learner.without_notices()
    async with started() as learner:
        assert "No cards to review" in learner.screen()
        assert "f(x) = sin(x²)" in await learner.press("u")
    assert log(place) == []
