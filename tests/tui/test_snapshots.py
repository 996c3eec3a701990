"""The screens as pictures: run pytest with `--snapshot-update` to make them anew, then look at them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mnemosyne.collection.safety import daily_backup
from mnemosyne.tui.app import MnemosyneApp, StartScreen

SMALL, LARGE = (80, 24), (120, 40)
WRONG = ("c", "o", "s", "left_parenthesis", "x", "^", "2", "right_parenthesis")
RIGHT = ("2", "x", "space", *WRONG)


@pytest.fixture
def pictured(place, settle, snap_compare) -> Callable[..., bool]:
    """Compare the screen after some keys; each must have had its effect before the next."""

    def compare(
        *steps: tuple[str, ...], start: StartScreen = StartScreen.REVIEW, size: tuple[int, int] = SMALL
    ) -> bool:
        app = MnemosyneApp(place.open, start)
        app.animation_level = "none"

        async def drive(pilot) -> None:
            await settle(pilot)
            for keys in steps:
                await pilot.press(*keys)
                await settle(pilot)
            for line in pilot.app.screen.query("AnswerLine"):
                line.cursor_blink = False

        try:
            return snap_compare(app, run_before=drive, terminal_size=size)
        finally:
            app.desk.close()

    return compare


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_home(pictured, size):
    assert pictured(start=StartScreen.HOME, size=size)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_a_question_with_its_live_reading(pictured, size):
    assert pictured(RIGHT, size=size)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_a_right_answer(pictured, size):
    assert pictured(RIGHT, ("enter",), size=size)


def test_an_unreadable_answer(pictured):
    assert pictured(RIGHT[:-1], ("enter",))


def test_a_second_try(pictured):
    assert pictured(WRONG, ("enter",))


def test_a_named_mistake(pictured):
    assert pictured(WRONG, ("enter",), ("enter",))


def test_options(pictured):
    assert pictured(("f5",))


def test_a_gap_to_fill(pictured):
    assert pictured(("f5",), ("f5",))


def test_the_summary(pictured):
    assert pictured(RIGHT, ("enter",), ("enter",), *[("f5",)] * 4)


def test_help(pictured):
    assert pictured(("f1",))


def test_the_lesson(pictured):
    assert pictured(("f4",))


def test_the_light_theme(pictured):
    assert pictured(RIGHT, ("enter",), ("f8",))


def test_a_damaged_deck(pictured, place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    place.settings = replace(place.settings, data_dir=Path("data"))  # the same on every machine
    with place.open() as collection:
        session = collection.session()
        session.give_up()
        session.grade(3)
        daily_backup(collection)
    place.settings.deck_path.write_bytes(b"no deck" * 1000)
    assert pictured(start=StartScreen.HOME)
