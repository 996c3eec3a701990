"""The screens as pictures: after `pytest --snapshot-update`, look at every picture that changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mnemosyne.collection import card_changes
from mnemosyne.collection.safety import daily_backup
from mnemosyne.review.backlog import Backlog
from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.tui.app import MnemosyneApp, StartScreen
from mnemosyne.tui.theme import DARK, LIGHT

SMALL, LARGE = (80, 24), (120, 40)
WRONG = ("c", "o", "s", "left_parenthesis", "x", "^", "2", "right_parenthesis")
RIGHT = ("2", "x", "space", *WRONG)


@pytest.fixture
def pictured(place, settle, snap_compare, monkeypatch, tmp_path) -> Callable[..., bool]:
    """Return a function that compares the screen after some keys; each key must have had its effect before the next."""
    monkeypatch.chdir(tmp_path)
    config = Path("config.toml")  # visible in the picture, so the same in every run

    def compare(
        *steps: tuple[str, ...],
        start: StartScreen = StartScreen.REVIEW,
        size: tuple[int, int] = SMALL,
        theme: str = DARK.name,
    ) -> bool:
        if theme != DARK.name:  # set through the settings too: when they are read, they would put the default back
            config.write_text(f'theme = "{theme}"\n', encoding="utf-8")
        place.settings = replace(place.settings, config_file=config, theme=theme)
        app = MnemosyneApp(place.open, start, theme=theme)
        app.animation_level = "none"

        async def drive(pilot) -> None:
            await settle(pilot)
            for keys in steps:
                await pilot.press(*keys)
                await settle(pilot)
            for line in pilot.app.screen.query("AnswerLine, ValueLine, QueryLine"):
                line.cursor_blink = False

        try:
            return snap_compare(app, run_before=drive, terminal_size=size)
        finally:
            app.deck_thread.close()

    return compare


def test_every_picture_in_the_light_theme_is_light():
    pictures = [*Path(__file__).parent.glob("__snapshots__/*/*light*.svg")]
    assert pictures
    ground = f'fill="{DARK.background.lower()}"'
    assert [picture.name for picture in pictures if ground in picture.read_text(encoding="utf-8").lower()] == []


sizes = pytest.mark.parametrize(
    "size", [SMALL, pytest.param(LARGE, marks=pytest.mark.thorough)], ids=["small", "large"]
)
looks = pytest.mark.parametrize(
    ("size", "theme"),
    [
        (SMALL, DARK.name),
        pytest.param(LARGE, DARK.name, marks=pytest.mark.thorough),
        pytest.param(SMALL, LIGHT.name, marks=pytest.mark.thorough),
    ],  # the theme does not change the layout
    ids=["small", "large", "small-light"],
)


@looks
def test_home_of_a_newcomer(pictured, size, theme):
    assert pictured(start=StartScreen.HOME, size=size, theme=theme)


@looks
def test_home_after_a_year(pictured, lived, size, theme):
    assert pictured(start=StartScreen.HOME, size=size, theme=theme)


@looks
def test_a_backlog(pictured, lived, monkeypatch, size, theme):
    monkeypatch.setattr("mnemosyne.collection.today.backlog_of", lambda due, days: Backlog(214, 40, 20))
    assert pictured(("enter",), start=StartScreen.HOME, size=size, theme=theme)


@pytest.mark.thorough
@looks
def test_a_section_beside_the_question(pictured, size, theme):
    assert pictured(RIGHT, ("f4",), size=size, theme=theme)


@pytest.mark.thorough
@looks
def test_the_lesson_with_its_contents(pictured, size, theme):
    assert pictured(("l",), ("t",), start=StartScreen.HOME, size=size, theme=theme)


def test_a_pause(pictured):
    assert pictured(("f10",))


@pytest.mark.thorough
def test_a_hint_of_three(pictured):
    assert pictured(("f2",), ("f2",))


@sizes
def test_a_question_with_its_live_reading(pictured, size):
    assert pictured(RIGHT, size=size)


@sizes
def test_a_right_answer(pictured, size):
    assert pictured(RIGHT, ("enter",), size=size)


@pytest.mark.thorough
def test_an_unreadable_answer(pictured):
    assert pictured(RIGHT[:-1], ("enter",))


@pytest.mark.thorough
def test_a_half_typed_name(pictured):
    assert pictured((*RIGHT, "s", "i"))


@pytest.mark.thorough
def test_the_signs_open_in_the_light_theme(pictured):
    assert pictured(("f8",), (*RIGHT, "+", "y"), ("ctrl+g",))


@pytest.mark.thorough
def test_a_second_try(pictured):
    assert pictured(WRONG, ("enter",))


def test_a_named_mistake(pictured):
    assert pictured(WRONG, ("enter",), ("home", "left_parenthesis", "end", "right_parenthesis", "enter"))


def test_options(pictured):
    assert pictured(("f5",))


def test_a_gap_to_fill(pictured):
    assert pictured(("f5",), ("f5",))


def test_the_summary(pictured):
    assert pictured(RIGHT, ("enter",), ("enter",), *[("f5",)] * 4)


@pytest.mark.thorough
@looks
def test_help(pictured, size, theme):
    assert pictured(("f1",), size=size, theme=theme)


@pytest.mark.thorough
@looks
def test_settings(pictured, size, theme):
    assert pictured(("comma",), ("j", "j", "j"), ("right",), start=StartScreen.HOME, size=size, theme=theme)


@pytest.mark.thorough
def test_a_setting_that_will_not_do(pictured):
    assert pictured(("comma",), ("j",), ("enter",), ("m", "a", "n", "y"), ("enter",), start=StartScreen.HOME)


@pytest.mark.thorough
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


THEMES = pytest.mark.parametrize(
    "theme", [DARK.name, pytest.param(LIGHT.name, marks=pytest.mark.thorough)], ids=["dark", "light"]
)
MARKED = (("f",), ("j", "s"), ("space",), ("shift+down",))


@pytest.mark.thorough
@looks
def test_browse(pictured, place, size, theme):
    assert pictured(("b",), *MARKED, start=StartScreen.HOME, size=size, theme=theme)


@THEMES
@pytest.mark.thorough
def test_a_query_that_cannot_be_read(pictured, theme):
    query = (*"new", "space", *"tags", "colon", "x")
    assert pictured(("b",), ("slash",), query, start=StartScreen.HOME, theme=theme)


@pytest.mark.thorough
def test_the_question_before_a_reset(pictured):
    assert pictured(("b",), ("a",), ("r",), start=StartScreen.HOME)


@pytest.mark.thorough
@looks
def test_a_card(pictured, place, size, theme):
    history(place)
    assert pictured(("b",), ("enter",), start=StartScreen.HOME, size=size, theme=theme)


def history(place):
    """Write two months of one card: it is learnt, drilled, forgotten, relearnt, reset and learnt again."""
    steps = [
        (0, 4, "2x cos(x^2)", "correct", None),
        (1, 5, "2x*cos(x^2)", "correct", None),
        (7, 5, "cos(x^2) 2x", "correct", None),
        (25, 1, "cos(x^2)", "incorrect", "missing-inner-derivative"),
        (26, 4, "2x cos(x²)", "correct", None),
        (32, 2, "", None, None),
        (33, 4, "2x cos(x^2)", "correct", None),
    ]
    first = place.clock.moment
    with place.open() as collection:
        collection.sync()
        memory = Memory()
        for ahead, quality, answer, verdict, mistake in steps:
            place.clock.moment = first + timedelta(days=ahead)
            day = place.clock.today()
            after = sm2.review(memory, quality, day)
            graded = Review(
                "sine-of-square", place.clock.now(), timedelta(), day, False, 1, answer, verdict, mistake, quality,
                quality, 0, 1, timedelta(seconds=20 + 7 * ahead), memory, after,
            )  # fmt: skip
            collection.repository.record(graded)
            if quality == 1:
                collection.repository.record(replace(graded, drill=True, quality=4, before=after))
            memory = after
        place.clock.moment = first + timedelta(days=40)
        card_changes.reset(collection, ["sine-of-square"])
        place.clock.moment = first + timedelta(days=45)
