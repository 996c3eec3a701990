"""The screens as pictures: run pytest with `--snapshot-update` to make them anew, then look at them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mnemosyne.collection.safety import daily_backup
from mnemosyne.review.backlog import Backlog
from mnemosyne.tui.app import MnemosyneApp, StartScreen
from mnemosyne.tui.theme import DARK, LIGHT

SMALL, LARGE = (80, 24), (120, 40)
WRONG = ("c", "o", "s", "left_parenthesis", "x", "^", "2", "right_parenthesis")
RIGHT = ("2", "x", "space", *WRONG)


@pytest.fixture
def pictured(place, settle, snap_compare, monkeypatch, tmp_path) -> Callable[..., bool]:
    """Compare the screen after some keys; each must have had its effect before the next."""
    monkeypatch.chdir(tmp_path)
    place.settings = replace(place.settings, config_file=Path("config.toml"))  # shown; the same in every run

    def compare(
        *steps: tuple[str, ...],
        start: StartScreen = StartScreen.REVIEW,
        size: tuple[int, int] = SMALL,
        theme: str = DARK.name,
    ) -> bool:
        app = MnemosyneApp(place.open, start, theme=theme)
        app.animation_level = "none"

        async def drive(pilot) -> None:
            await settle(pilot)
            for keys in steps:
                await pilot.press(*keys)
                await settle(pilot)
            for line in pilot.app.screen.query("AnswerLine, ValueLine"):
                line.cursor_blink = False

        try:
            return snap_compare(app, run_before=drive, terminal_size=size)
        finally:
            app.desk.close()

    return compare


looks = pytest.mark.parametrize(
    ("size", "theme"),
    [(SMALL, DARK.name), (LARGE, DARK.name), (SMALL, LIGHT.name), (LARGE, LIGHT.name)],
    ids=["small", "large", "small-light", "large-light"],
)


@looks
def test_home_of_a_newcomer(pictured, size, theme):
    assert pictured(start=StartScreen.HOME, size=size, theme=theme)


@looks
def test_home_after_a_year(pictured, lived, size, theme):
    assert pictured(start=StartScreen.HOME, size=size, theme=theme)


@looks
def test_a_backlog(pictured, lived, monkeypatch, size, theme):
    monkeypatch.setattr("mnemosyne.collection.today.backlog", lambda due, days: Backlog(214, 40, 20))
    assert pictured(("enter",), start=StartScreen.HOME, size=size, theme=theme)


@looks
def test_a_passage_beside_the_question(pictured, size, theme):
    assert pictured(RIGHT, ("f4",), size=size, theme=theme)


@looks
def test_the_lesson_with_its_contents(pictured, size, theme):
    assert pictured(("l",), ("t",), start=StartScreen.HOME, size=size, theme=theme)


def test_a_pause(pictured):
    assert pictured(("f10",))


def test_a_hint_of_three(pictured):
    assert pictured(("f2",), ("f2",))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_a_question_with_its_live_reading(pictured, size):
    assert pictured(RIGHT, size=size)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_a_right_answer(pictured, size):
    assert pictured(RIGHT, ("enter",), size=size)


def test_an_unreadable_answer(pictured):
    assert pictured(RIGHT[:-1], ("enter",))


def test_a_half_typed_name(pictured):
    assert pictured((*RIGHT, "s", "i"))


def test_the_signs_open_in_the_light_theme(pictured):
    assert pictured(("f8",), (*RIGHT, "+", "y"), ("ctrl+g",))


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


@pytest.mark.parametrize("theme", [(), ("f8",)], ids=["dark", "light"])
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_help(pictured, size, theme):
    assert pictured(theme, ("f1",), size=size)


@pytest.mark.parametrize("theme", [(), ("f8",)], ids=["dark", "light"])
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_settings(pictured, size, theme):
    assert pictured(theme, ("comma",), ("j", "j", "j"), ("right",), start=StartScreen.HOME, size=size)


def test_a_setting_that_will_not_do(pictured):
    assert pictured(("comma",), ("j",), ("enter",), ("m", "a", "n", "y"), ("enter",), start=StartScreen.HOME)


def test_a_key_that_is_waited_for(pictured):
    assert pictured(("comma",), ("G",), ("enter",), start=StartScreen.HOME)


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
