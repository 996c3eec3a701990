"""A leech, a card that keeps being forgotten: after its grade, it can be kept, suspended or read about at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mnemosyne.collection.browsing import find_cards
from mnemosyne.review.query import parse_query


async def test_a_leech_is_named_and_kept(started, place):
    place.settings = replace(place.settings, new_per_day=1, leech_lapses=1)
    async with started() as learner:
        await learner.press("f3")
        screen_text = await learner.press("0")
        assert "You have forgotten this card once." in screen_text
        assert "Suspend it: it won't be asked again" in screen_text
        drill = await learner.press("escape")
        assert "↻ drill" in drill, "Esc keeps the card"
        assert learner.notices == []


@pytest.mark.thorough
async def test_a_leech_can_be_suspended_at_once(started, place):
    place.settings = replace(place.settings, leech_lapses=1)
    async with started() as learner:
        await learner.press("f3")
        await learner.press("0")
        following = await learner.press("2", "enter")
        assert "  1  the " in following
        assert "drill" not in following
        assert learner.notices == ["Suspended: “Differentiate sin(x²)”."]
    with place.open() as collection:
        assert list(find_cards(collection, parse_query("suspended"))) == ["sine-of-square"]


@pytest.mark.thorough
async def test_a_leech_can_be_read_about_at_once(started, place):
    place.settings = replace(place.settings, leech_lapses=1)
    async with started() as learner:
        await learner.press("f3")
        await learner.press("0")
        assert "Stopped too early" in "".join((await learner.press("3", "enter")).splitlines()[:6])
        assert "which function is the outer one?" in await learner.press("escape")
