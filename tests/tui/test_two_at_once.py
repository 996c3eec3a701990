"""A second app on the same deck is warned and may go on; a card graded in both is drilled, and the app says so.

It also says what became of a grade where the events of another device were merged meanwhile.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from devices import Device, lost_card
from hand_clock import HandClock

from mnemosyne.store.carriers import end_of_log, new_events
from mnemosyne.store.log import read_reviews
from mnemosyne.store.merging import take_in
from mnemosyne.store.rows import Position
from mnemosyne.tui.app import StartScreen

OTHER_SESSION_OPEN = "Another session is open on this deck. You can continue; a card answered in both counts once."
DRILLED = (
    "“Differentiate sin(x²)” was already reviewed today in another session or on another device. "
    "Your grade is saved as a drill."
)


@pytest.mark.thorough
async def test_the_second_app_is_warned_once_and_a_card_graded_in_both_is_drilled(started, place):
    async with started() as first, started(StartScreen.HOME) as second:
        assert (first.notices, second.notices) == ([], [])
        await second.press("enter")
        assert second.notices == [OTHER_SESSION_OPEN]
        await second.press("escape", "enter")
        assert second.notices == [OTHER_SESSION_OPEN], "once, however often a session is started"
        for learner in (first, second):
            assert "✓ Correct" in await learner.answer("2x cos(x^2)")
        await first.press("4")
        await second.press("1")
        assert (first.notices, second.notices) == ([], [OTHER_SESSION_OPEN, DRILLED])
        assert second.app.unstored is None
        for learner in (first, second):
            assert "In sin(x²)," in await learner.without_notices()
    with place.open() as collection:
        reviews = [(review.card_id, review.quality, review.drill) for review in read_reviews(collection.deck)]
        assert reviews == [("sine-of-square", 4, False), ("sine-of-square", 1, True)]


async def test_a_grade_counts_although_another_device_reviewed_the_card_meanwhile(started, place, tmp_path):
    other_device = Device(tmp_path / "other.sqlite", cards=("sine-of-square",))
    async with started() as learner:
        assert "✓ Correct" in await learner.answer("2x cos(x^2)")
        other_device.grade(HandClock().moment - timedelta(days=1), "sine-of-square", 4)
        events = new_events(other_device.engine, Position(), end_of_log(other_device.engine))
        with place.open() as collection:
            take_in(collection.deck, events, collection.rules.scheduler, lost_card)
        other_device.engine.dispose()
        await learner.press("4")
        assert learner.notices == [
            "The schedule of “Differentiate sin(x²)” was changed in another session or on another device. "
            "Your grade is saved; the next review is in 6 days."
        ]
        assert "In sin(x²)," in await learner.without_notices()
        assert "f(x) = sin(x²)" in await learner.press("ctrl+z")
    with place.open() as collection:
        assert [(review.quality, review.drill) for review in read_reviews(collection.deck)] == [(4, False)]
