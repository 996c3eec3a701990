"""A second app on the same deck: it is told, may go on, and the same card counts once, which is said."""

from __future__ import annotations

from mnemosyne.store.log import read_reviews
from mnemosyne.tui.app import StartScreen

COMPANY = "Another session is open on this deck. You can continue; a card answered in both counts once."
REFUSED = "sine-of-square: this card was graded in another session meanwhile; that grade counts; continue"


async def test_the_second_app_is_told_once_and_the_same_card_counts_once(started, place):
    async with started() as one, started(StartScreen.HOME) as two:
        assert (one.said, two.said) == ([], [])
        await two.press("enter")
        assert two.said == [COMPANY]
        await two.press("escape", "enter")
        assert two.said == [COMPANY], "once, however often a session is begun"
        for learner in (one, two):
            assert "✓ Correct" in await learner.answer("2x cos(x^2)")
        await one.press("4")
        await two.press("1")
        assert (one.said, two.said) == ([], [COMPANY, REFUSED])
        assert two.app.unstored is None
        for learner in (one, two):
            assert "In sin(x²)," in await learner.without_notices()
    with place.open() as collection:
        assert [(review.card_id, review.quality) for review in read_reviews(collection.deck)] == [("sine-of-square", 4)]
