"""A card that keeps being forgotten: it is named after its grade, and can be kept, suspended or read about at once."""

from __future__ import annotations

from dataclasses import replace

from mnemosyne.collection.browsing import find_cards
from mnemosyne.review.query import parse_query


async def test_a_card_that_keeps_slipping_is_named(started, place):
    place.settings = replace(place.settings, new_per_day=1, leech_lapses=1)
    async with started() as learner:
        await learner.press("f3")
        asked = await learner.press("0")
        assert "You have forgotten this card once." in asked
        assert "Suspend it: it won't be asked again" in asked
        drill = await learner.press("escape")
        assert "↻ drill" in drill, "who goes back keeps it"
        assert learner.said == []


async def test_a_card_that_keeps_slipping_can_be_suspended_at_once(started, place):
    place.settings = replace(place.settings, leech_lapses=1)
    async with started() as learner:
        await learner.press("f3")
        await learner.press("0")
        following = await learner.press("2", "enter")
        assert "  1  the " in following
        assert "drill" not in following
        assert learner.said == ["Suspended: “Differentiate sin(x²)”."]
    with place.open() as collection:
        assert list(find_cards(collection, parse_query("suspended"))) == ["sine-of-square"]


async def test_a_card_that_keeps_slipping_can_be_read_about_at_once(started, place):
    place.settings = replace(place.settings, leech_lapses=1)
    async with started() as learner:
        await learner.press("f3")
        await learner.press("0")
        assert "Stopped too early" in "".join((await learner.press("3", "enter")).splitlines()[:6])
        assert "which function is the outer one?" in await learner.press("escape")
