"""Homes whose programs are killed; kills.py says how."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from kills import DECK, Home, Killing


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with eight cards, three of them reviewed before; it is only copied."""
    folder = tmp_path_factory.mktemp("small")
    home = Home(folder / "home", folder / "topics")
    home.cards.parent.mkdir(parents=True)
    home.cards.write_text(DECK, encoding="utf-8")
    home.clock.day = date(2026, 3, 1)
    with home.open() as collection:
        session = collection.session()
        for quality in (5, 4, 5):
            home.right(session)
            session.grade(quality)
    return home


@pytest.fixture
def home(small_home: Home, tmp_path: Path) -> Home:
    """Return a home with eight cards, three of them reviewed before; nothing is open."""
    return small_home.copy(tmp_path / "home")


@pytest.fixture
def killing(home: Home, tmp_path: Path) -> Killing:
    """Return an object that kills actions in copies of the home."""
    return Killing(home, tmp_path)
