"""The stats screen as pictures: each page at two sizes, one in the light theme, one without colours."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from sample_size import others_thorough
from synthetic import Item, answers, fill

from mnemosyne.tui.app import MnemosyneApp, StartScreen

SMALL, LARGE = (80, 24), (120, 40)
MISTAKES = ("missing-inner-derivative", "sign-flipped", "trig-sign", "constant-factor", "power-not-reduced")
DECK = "cards:\n" + "".join(
    f"  - {{id: card-{n}, kind: derivative, f: {f}, tags: [{tag}]}}\n"
    for n, (f, tag) in enumerate(
        [("x^2", "first"), ("sin(x)", "first"), ("sin(x^2)", "second"), ("e^(sin(x)^2)", "third")] * 10
    )
)


def a_year(place, collection):
    """Write the cards and give them a year of reviews."""
    place.write(DECK)
    collection.sync()
    today = collection.clock.today()
    cards = [Item(f"card-{n}", 1 + n % 4, (MISTAKES[n % 3], MISTAKES[2 + n % 3])) for n in range(40)]
    fill(collection.deck, answers(cards, today - timedelta(days=365), 366, seed=5))


@pytest.fixture(scope="module")
def year(deck_with_past):
    """Return the deck of that year; made once, since that takes seconds."""
    return deck_with_past(a_year)


@pytest.fixture
def pictured(place, year, settle, snap_compare):
    """Return a function that compares the screen after some keys, for a learner with that year of reviews."""
    place.write(DECK)
    place.settings.data_dir.mkdir()
    shutil.copy(year, place.settings.deck_path)

    def compare(*keys: str, size: tuple[int, int] = SMALL) -> bool:
        app = MnemosyneApp(place.open, StartScreen.HOME)
        app.animation_level = "none"

        async def drive(pilot) -> None:
            await settle(pilot)
            for key in ("s", *keys):
                await pilot.press(key)
                await settle(pilot)

        try:
            return snap_compare(app, run_before=drive, terminal_size=size)
        finally:
            app.deck_thread.close()

    return compare


@pytest.mark.parametrize("size", [SMALL, pytest.param(LARGE, marks=pytest.mark.thorough)], ids=["small", "large"])
@pytest.mark.parametrize("page", others_thorough("1234"))
def test_page(pictured, page, size):
    assert pictured("p", "p", page, size=size)


@pytest.mark.thorough
@pytest.mark.parametrize("page", "13")
def test_in_the_light_theme(pictured, page):
    assert pictured("p", "p", "f8", page, size=LARGE)


@pytest.mark.thorough
def test_without_colours(pictured, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert pictured("p", "p", "3")


@pytest.mark.thorough
def test_a_month_by_days(pictured):
    assert pictured("1", size=LARGE)
