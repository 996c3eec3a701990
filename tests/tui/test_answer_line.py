"""What the answer line shows while mathematics is typed: matching brackets, what cannot be read, function names."""

from __future__ import annotations

import pytest

from mnemosyne.tui.widgets.live_reading import LiveReading


async def test_the_match_of_the_bracket_at_the_cursor_is_visible_without_colour(started):
    async with started() as learner:
        await learner.type("2(x+1)")
        assert learner.marked(reverse=True, bold=True) == "1( 5)"
        await learner.press("left", "left")
        assert learner.marked(reverse=True, bold=True) == ""
        await learner.press("left", "left")
        assert learner.marked(reverse=True, bold=True) == "1( 5)", "the bracket just left of the cursor"


@pytest.mark.thorough
async def test_bars_match_too(started):
    async with started() as learner:
        await learner.type("2|x|")
        assert learner.marked(reverse=True) == "1| 3|"


async def test_a_bracket_without_a_match_is_underlined(started):
    async with started() as learner:
        await learner.type("((x)")
        assert learner.marked(underline=True) == "0("
        await learner.press("home", "delete", "end")
        assert learner.marked(underline=True) == ""
        await learner.type(")")
        assert learner.marked(underline=True, bold=True) == "3)"


async def test_what_cannot_be_read_is_underlined_in_the_line_with_the_reason_below(started):
    async with started() as learner:
        screen_text = await learner.type("2x + y3")
        assert "The variable here is x, not y3." in screen_text
        assert learner.marked(underline=True) == "5y 63"
        assert "^^" in screen_text
        await learner.press("enter")
        assert learner.marked(underline=True, bold=True) == "5y 63", "after Enter the fault is shown"
        await learner.press("backspace", "backspace")
        assert learner.marked(underline=True) == "3+"
        assert learner.marked(bold=True) == "", "it is being typed again, so no fault is shown"


async def test_columns_are_right_behind_wide_and_combining_characters(started):
    async with started() as learner:
        line_text = await learner.paste("（x）+ x\u0301 + y")
        assert line_text == "（x）+ x\u0301 + y"
        rows = learner.screen().splitlines()
        typed = next(row for row in rows if "（x）" in row)
        carets = next(row for row in rows if row.strip("^ ") == "" and "^" in row)
        before = typed[: typed.index("\u0301")]
        assert carets.index("^") == len(before) + 2, "two characters before it are two cells wide"


async def test_names_of_functions_have_a_colour_of_their_own(started):
    async with started() as learner:
        await learner.type("2x cos(x)")
        colour = learner.app.theme_variables["function"].lower()
        coloured = [
            segment.text
            for segment in learner.line.render_line(0)
            if segment.style and segment.style.color and segment.style.color.triplet.hex == colour
        ]
        assert coloured == ["cos"]


@pytest.mark.thorough
async def test_the_marks_are_there_without_colours(started, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with started() as learner:
        await learner.type("(2(x)")
        row = next(row for row in learner.app.screen._compositor.render_strips() if "(2(x)" in row.text)
        styled_texts = {
            (segment.text, segment.style.underline, segment.style.reverse) for segment in row if segment.style
        }
        assert ("(", True, None) in styled_texts, "it has no matching bracket"
        assert {("(", None, True), (")", None, True)} <= styled_texts, "a matching pair"


async def test_a_key_and_its_reading_need_no_new_layout(started):
    async with started() as learner:
        await learner.type("2x cos(x^2")
        layouts = []
        screen = learner.app.screen
        refresh_layout = screen._refresh_layout
        screen._refresh_layout = lambda *args, **options: (layouts.append(args), refresh_layout(*args, **options))
        await learner.type(")/(1+x)")
        await learner.press("backspace")
        assert learner.app.screen.query_one(LiveReading).subject.text == "2x cos(x^2)/(1+x"
        assert layouts == []
