"""vi's keys in the answer line, as an option: what each does, and that Esc leaves only from normal mode."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.vi_keys import ViLine, pressed

TEXT = "2x cos(x^2)"


def line_after(keys: str, text: str = TEXT, cursor: int = 0) -> tuple[str, int, bool]:
    line = ViLine(text, cursor)
    for key in keys:
        line = pressed(line, key)
    return line.text, line.cursor, line.insert


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("l", (TEXT, 1, False)),
        ("lh", (TEXT, 0, False)),
        ("h", (TEXT, 0, False)),
        ("w", (TEXT, 3, False)),
        ("ww", (TEXT, 6, False)),
        ("wwb", (TEXT, 3, False)),
        ("$", (TEXT, 10, False)),
        ("$l", (TEXT, 10, False)),
        ("$0", (TEXT, 0, False)),
        ("x", ("x cos(x^2)", 0, False)),
        ("$x", ("2x cos(x^2", 9, False)),
        ("wD", ("2x ", 2, False)),
        ("dd", ("", 0, False)),
        ("dw", ("cos(x^2)", 0, False)),
        ("$db", ("2x cos(x^)", 9, False)),
        ("wd$", ("2x ", 2, False)),
        ("dz", (TEXT, 0, False)),
        ("wi", (TEXT, 3, True)),
        ("wa", (TEXT, 4, True)),
        ("wI", (TEXT, 0, True)),
        ("A", (TEXT, 11, True)),
        ("z", (TEXT, 0, False)),
    ],
)
def test_what_a_key_does(keys: str, expected: tuple[str, int, bool]):
    assert line_after(keys) == expected


def test_on_an_empty_line_nothing_goes_wrong():
    for key in "hlwb0^$xdDuz ":
        assert line_after(key, "") == ("", 0, False)
    assert line_after("a", "") == ("", 0, True)


@given(st.text("x2^( )s", max_size=12), st.integers(0, 12), st.text("hlwb0^$xdDuz ", max_size=12))
def test_no_keys_move_the_cursor_off_the_text_or_add_to_it(text: str, cursor: int, keys: str):
    line, place, insert = line_after(keys, text, min(cursor, len(text)))
    assert not insert
    rest = iter(text)
    assert all(character in rest for character in line), "what is left keeps its order"
    assert 0 <= place <= max(len(text), 0)
    if keys:
        assert place <= max(0, len(line) - 1)


@pytest.mark.thorough
async def test_escape_goes_to_normal_mode_first_and_leaves_the_question_from_there(started):
    async with started(StartScreen.REVIEW, vi_keys=True) as learner:
        line = learner.app.screen.query_one("AnswerLine")
        await learner.type("2x kos(x^2")
        await learner.press("escape")
        assert (line.normal, line.cursor_position) == (True, 9)
        assert "normal mode" in learner.screen()
        assert "Esc back" in learner.screen()
        await learner.press(*"bbb", "b", "x", "i", "c", "escape")
        assert (line.value, line.normal) == ("2x cos(x^2", True)
        await learner.press("A", ")", "escape", "u", "u")
        assert line.value == "2x os(x^2", "the bracket and the c are undone"
        await learner.press("d", "d", "a")
        assert "normal mode" not in learner.screen()
        assert "Esc back" not in learner.screen()
        await learner.type("2x cos(x^2)")
        assert "Correct" in await learner.press("escape", "enter")
        await learner.press("enter")
        await learner.press("escape")
        assert "Enter   resumes" in await learner.press("escape")


@pytest.mark.thorough
async def test_the_mode_is_shown_where_a_line_has_no_frame(place):
    place.write("topic: chains\ncards:\n  - {id: by-steps, kind: steps, f: sin(x^2)}\n")
    async with place.started(vi_keys=True) as learner:
        await learner.type("x^")
        lines = (await learner.press("escape")).splitlines()
        mode_lines = [line.split() for line in lines if "normal mode" in line]
        assert mode_lines == [["u", "=", "x^", "normal", "mode"]]
        assert "normal mode" not in await learner.press("a")


async def test_without_the_setting_escape_leaves_at_once(started):
    async with started() as learner:
        await learner.type("2x")
        assert "resumes" in await learner.press("escape")
