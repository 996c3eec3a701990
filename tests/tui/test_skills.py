"""Skills where a learner sees them: on home, on the stats screen, and on a card's page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from history import live

from mnemosyne.collection import Collection, skills
from mnemosyne.collection.today import Today, today_of
from mnemosyne.scheduling.skills.known_skill import KnownSkill
from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.screens import home
from mnemosyne.tui.skill_bars import short_bar, skill_bar, skills_sentence

SINE = KnownSkill("sin", 0.923, 1204)
LOGARITHM = KnownSkill("ln", 0.71, 1)


def test_a_bar():
    (line,) = skill_bar(SINE, 76).lines
    assert line.plain == "sine of something                   92 %  " + "█" * 18 + "   1,204 answers"
    (line,) = skill_bar(LOGARITHM, 40).lines
    assert line.plain == "logarithm                           71 %  ███        1 answer"


def test_a_short_bar():
    assert short_bar(LOGARITHM).lines[0].plain == "logarithm ████· 71 %"


def test_what_a_card_exercises():
    sentence = skills_sentence((("two links", None), ("logarithm", LOGARITHM), ("sine of something", SINE)), 80)
    assert [line.plain for line in sentence.lines] == ["Exercises two links · logarithm 71 % · sine of something 92 %"]
    assert skills_sentence((), 80).lines == ()


@pytest.mark.parametrize(
    ("size", "heading"),
    [((80, 24), "Weakest  "), pytest.param((150, 40), "Weakest skills", marks=pytest.mark.thorough)],
)
async def test_home_stats_and_a_card_show_them(started, place, size, heading):
    with place.open() as collection:
        live(collection, 20, ["sine-of-square"], exercises=True)
    async with started(StartScreen.HOME, size=size) as learner:
        home = learner.screen()
        assert heading in home
        assert "sine of something" in home
        if size == (80, 24):
            assert "Recent mistakes" in home
            assert home.index("q quit") > home.index("Recent mistakes")
        await learner.press("s")
        await learner.press("2")
        stats = await learner.press("end")
        assert "sine of something" in stats
        await learner.press("escape")
        await learner.press("b")
        page = await learner.press("enter")
        assert "Exercises two links 89 % · sine of something 99 %" in page


async def test_nothing_is_shown_without_evidence(started):
    async with started(StartScreen.HOME) as learner:
        assert "Weakest" not in learner.screen()
        await learner.press("s")
        assert "Skills" not in await learner.press("2")


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(80, 24), (150, 40)])
async def test_home_calls_no_skill_weak_right_after_the_first_answer(started, size):
    async with started(size=size) as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter", "escape")
        home = learner.screen()
        assert "done today" in home
        assert "Weakest" not in home


async def test_home_counts_again_once_the_skills_are_known(started, place, monkeypatch):
    monkeypatch.setattr(skills, "PARTS_AT_START", 0)
    counted = []

    def count_today(collection: Collection) -> Today:
        day = today_of(collection)
        counted.append(day.skills_awaited)
        return day

    monkeypatch.setattr(home, "_today", count_today)
    place.settings = replace(place.settings, scheduler="fsrs", skills=True)
    with place.open() as collection:
        live(collection, 20, ["sine-of-square"], exercises=True)
    async with started(StartScreen.HOME) as learner:
        assert (counted[0], counted[-1]) == (True, False)
        assert "sine of something" in learner.screen()
