"""Typing an answer in the real app: what the line shows, what keys and mouse put into it, what pasting does."""

from __future__ import annotations

import pytest
from textual import events

from mnemosyne.tui.widgets.answer_line import AnswerLine
from mnemosyne.tui.widgets.live_reading import LiveReading
from mnemosyne.tui.widgets.signs import Signs

DECK = """cards:
  - {id: first, kind: derivative, f: sin(x^2)}
  - {id: second, kind: derivative, f: cos(x^2)}
  - {id: fields, kind: steps, f: sin(x^2)}
  - {id: words, kind: cloze, text: 'From {{outer}} to {{inner}}.'}
"""


@pytest.fixture
def typing(started, place):
    place.write(DECK)
    return started


def line(learner):
    return learner.app.screen.query_one(AnswerLine)


def marked(learner, **wanted):
    """The line's characters that are shown with all the wanted attributes of style, with their columns."""
    found = ""
    column = 0
    for segment in line(learner).render_line(0):
        for char in segment.text:
            if segment.style and all(getattr(segment.style, name) == value for name, value in wanted.items()):
                found += f"{column}{char} "
            column += 1
    return found.strip()


async def paste(learner, text):
    learner.app.post_message(events.Paste(text))
    await learner.settle()
    return line(learner).value


async def next_card(learner):
    await learner.press("f5")


# What the line shows.


async def test_the_partner_of_the_bracket_at_the_cursor_is_shown_without_need_of_colour(typing):
    async with typing() as learner:
        await learner.type("2(x+1)")
        assert marked(learner, reverse=True, bold=True) == "1( 5)"
        await learner.press("left", "left")
        assert marked(learner, reverse=True, bold=True) == ""
        await learner.press("left", "left")
        assert marked(learner, reverse=True, bold=True) == "1( 5)", "the bracket just left of the cursor"


async def test_bars_are_partners_too(typing):
    async with typing() as learner:
        await learner.type("2|x|")
        assert marked(learner, reverse=True) == "1| 3|"


async def test_a_bracket_without_a_partner_is_underlined(typing):
    async with typing() as learner:
        await learner.type("((x)")
        assert marked(learner, underline=True) == "0("
        await learner.press("home", "delete", "end")
        assert marked(learner, underline=True) == ""
        await learner.type(")")
        assert marked(learner, underline=True, bold=True) == "3)"


async def test_what_cannot_be_read_is_underlined_in_the_line_with_the_reason_below(typing):
    async with typing() as learner:
        shown = await learner.type("2x + y3")
        assert "the variable here is x, not y" in shown
        assert marked(learner, underline=True) == "5y 63"
        assert "^^" in shown
        await learner.press("enter")
        assert marked(learner, underline=True, bold=True) == "5y 63", "now it matters"
        await learner.press("backspace", "backspace")
        assert marked(learner, underline=True) == "3+"
        assert marked(learner, bold=True) == "", "it is being typed again"


async def test_columns_are_right_behind_wide_and_combining_characters(typing):
    async with typing() as learner:
        shown = await paste(learner, "（x）+ x\u0301 + y")
        assert shown == "（x）+ x\u0301 + y"
        rows = learner.screen().splitlines()
        typed = next(row for row in rows if "（x）" in row)
        carets = next(row for row in rows if row.strip("^ ") == "" and "^" in row)
        before = typed[: typed.index("\u0301")]
        assert carets.index("^") == len(before) + 2, "two characters before it are two cells wide"


async def test_names_of_functions_have_a_colour_of_their_own(typing):
    async with typing() as learner:
        await learner.type("2x cos(x)")
        colour = learner.app.theme_variables["function"].lower()
        coloured = [
            segment.text
            for segment in line(learner).render_line(0)
            if segment.style and segment.style.color and segment.style.color.triplet.hex == colour
        ]
        assert coloured == ["cos"]


async def test_without_colours_the_marks_are_there(typing, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with typing() as learner:
        await learner.type("(2(x)")
        row = next(row for row in learner.app.screen._compositor.render_strips() if "(2(x)" in row.text)
        shown = {(segment.text, segment.style.underline, segment.style.reverse) for segment in row if segment.style}
        assert ("(", True, None) in shown, "it has no partner"
        assert {("(", None, True), (")", None, True)} <= shown, "partners"


async def test_a_key_and_its_reading_ask_for_no_new_layout(typing):
    async with typing() as learner:
        await learner.type("2x cos(x^2")
        layouts = []
        screen = learner.app.screen
        refresh_layout = screen._refresh_layout
        screen._refresh_layout = lambda *args, **options: (layouts.append(args), refresh_layout(*args, **options))
        await learner.type(")/(1+x)")
        await learner.press("backspace")
        assert learner.app.screen.query_one(LiveReading).subject.text == "2x cos(x^2)/(1+x"
        assert layouts == []


# Completion.


async def test_a_name_is_completed_behind_the_cursor_with_what_else_begins_so_below(typing):
    async with typing() as learner:
        shown = await learner.type("2x si")
        assert "2x sin(" in shown
        assert "Tab sin   sinh   sign   sigmoid" in shown
        assert line(learner).value == "2x si", "nothing is written before it is accepted"
        await learner.press("tab")
        assert line(learner).value == "2x sin("
        assert line(learner).cursor_position == 7


async def test_right_accepts_too_but_only_at_the_end(typing):
    async with typing() as learner:
        await learner.type("2x sin(x) co")
        await learner.press("home")
        assert "cos(" not in learner.screen()
        await learner.press("right")
        assert line(learner).cursor_position == 1
        await learner.press("end", "right")
        assert line(learner).value == "2x sin(x) cos("


async def test_a_half_typed_name_is_pointed_at_only_when_it_is_given(typing):
    async with typing() as learner:
        assert "si is not a known name" not in await learner.type("2x si")
        assert marked(learner, underline=True) == ""
        assert "? si is not a known name: use known functions" in await learner.press("enter")
        assert marked(learner, underline=True) == "3s 4i"


async def test_tab_goes_to_the_next_field(typing):
    async with typing() as learner:
        await next_card(learner)
        await next_card(learner)
        await learner.type("x^2")
        await learner.press("tab")
        await learner.type("co")
        await learner.press("tab")
        await learner.type("u)")
        await learner.press("tab")
        assert line(learner).value == "x^2; cos(u); "
        await learner.press("tab")
        assert line(learner).cursor_position == 3, "after the last field comes the first"


# Signs.


async def test_a_sign_is_chosen_by_its_digit(typing):
    async with typing() as learner:
        await learner.type("2x")
        shown = await learner.press("ctrl+g")
        assert "1 x²  2 xⁿ  3 √" in shown
        await learner.press("3")
        assert line(learner).value == "2x√()"
        await learner.type("x")
        assert line(learner).value == "2x√(x)", "the cursor is between the brackets"


async def test_a_sign_is_chosen_with_arrows_and_goes_around_the_selection(typing):
    async with typing() as learner:
        await learner.type("x+1")
        await learner.press("shift+home", "ctrl+g", "right", "left", "left", "right", "enter")
        assert line(learner).value == "(x+1)²"


async def test_escape_closes_the_signs_and_stays_on_the_question(typing):
    async with typing() as learner:
        await learner.type("2x")
        await learner.press("ctrl+g", "escape")
        assert line(learner).has_focus
        assert "Ctrl+G signs" in learner.screen()
        await learner.type("f")
        assert line(learner).value == "2xf"


async def test_a_letter_over_the_open_signs_is_typed_and_commands_nothing(typing):
    async with typing() as learner:
        await learner.press("ctrl+g")
        shown = await learner.press("u")
        assert line(learner).value == "u"
        assert line(learner).has_focus
        assert "u undo" not in shown
        assert learner.said == []


async def test_a_click_puts_the_sign_and_leaves_the_cursor_in_the_line(typing):
    async with typing() as learner:
        await learner.type("2x")
        await learner.pilot.click(Signs, offset=(1, 0))
        assert line(learner).value == "2x²"
        shown = learner.app.screen.query_one(Signs).render().plain
        await learner.pilot.click(Signs, offset=(shown.index("ln"), 0))
        assert line(learner).value == "2x²ln()"
        assert line(learner).has_focus


async def test_words_have_no_signs_no_completion_and_no_marks(typing):
    async with typing() as learner:
        for _ in range(3):
            await next_card(learner)
        shown = await learner.type("si(")
        assert "signs" not in shown
        assert "sin" not in shown
        assert marked(learner, underline=True) == ""
        await learner.press("ctrl+g")
        assert line(learner).has_focus


# What was typed before.


async def test_up_takes_up_what_was_typed_for_another_card_and_down_brings_the_draft_back(typing):
    async with typing() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter")
        await learner.type("-2x")
        await learner.press("up")
        assert line(learner).value == "2x cos(x^2)"
        assert line(learner).cursor_at_end
        await learner.press("down")
        assert line(learner).value == "-2x"


async def test_at_a_second_try_there_is_nothing_of_the_same_card(typing):
    async with typing() as learner:
        await learner.answer("cos(x^2)")
        assert "You may correct it once." in learner.screen()
        await learner.press("ctrl+u", "up")
        assert line(learner).value == ""


async def test_a_drill_does_not_give_its_answer_away(typing, place):
    place.write("\n".join(DECK.splitlines()[:2]) + "\n")
    async with typing() as learner:
        await learner.answer("2x cos(x^2)")
        assert "↻ drill" in await learner.press("1")
        await learner.press("up")
        assert line(learner).value == ""


async def test_what_could_not_be_read_is_no_history(typing):
    async with typing() as learner:
        await learner.answer("2x cos(")
        await learner.press("f5", "up")
        assert line(learner).value == ""


# Pasting.


async def test_pasted_latex_becomes_one_line_and_is_read_live(typing):
    async with typing() as learner:
        assert await paste(learner, "\\[\n\\frac{1}{2}\t\\cos\\left(x^2\\right)\n\\].\n") == (
            "\\[ \\frac{1}{2} \\cos\\left(x^2\\right) \\]"
        )
        assert "─ · cos(x²)" in learner.screen()


async def test_a_paste_that_is_too_long_is_cut_with_a_word(typing):
    async with typing() as learner:
        await learner.type("x+")
        assert len(await paste(learner, "x+" * 1500)) == 2_000
        assert learner.said == ["What was pasted is cut: an answer has at most 2,000 characters."]


async def test_what_is_cut_can_be_pasted(typing):
    async with typing() as learner:
        await learner.type("x+1")
        await learner.press("shift+home", "ctrl+x")
        assert line(learner).value == ""
        await learner.press("ctrl+v", "ctrl+v")
        assert line(learner).value == "x+1x+1"


async def test_function_keys_and_undo_still_command(typing):
    async with typing() as learner:
        await learner.type("2x")
        await learner.press("ctrl+z")
        assert learner.said == ["Nothing to take back: no grade is stored."]
        assert "f(x) = cos(x²)" in await learner.press("f5")
