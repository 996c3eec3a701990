"""The program with a home of its own: inside the tests' process, or as a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import Program, run_process
from sqlalchemy import insert

from mnemosyne.store import tables
from mnemosyne.store.engine import open_deck, writing


@pytest.fixture
def home(tmp_path):
    """An empty folder for data and settings."""
    return tmp_path / "home"


@pytest.fixture
def mnemosyne(home, warm_children):
    """Run `mnemosyne ARGUMENTS` and return status, standard output and standard error as text."""
    return Program(home)


@pytest.fixture
def mnemosyne_process(home):
    """Run it as a process of its own: only for what needs a process, since each costs a second."""
    return Program(home, run_process)


def _named(home: Path, name: str) -> None:
    """Give the deck of a home the name of a device."""
    deck = open_deck(home / "deck.sqlite")
    with writing(deck) as connection:
        connection.execute(insert(tables.device), {"id": 1, "name": name})
    deck.dispose()


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Path, Path]:
    """Return two homes whose devices have names."""
    laptop, desktop = tmp_path / "laptop", tmp_path / "desktop"
    _named(laptop, "laptop")
    _named(desktop, "desktop")
    return laptop, desktop
