"""What goes into the answer line in the real app: by keys and mouse, from earlier answers, from the clipboard."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import partial

import pytest
from sample_size import sample
from textual import events

from mnemosyne.collection import card_changes
from mnemosyne.review.record import Mark
from mnemosyne.tui.widgets.answer_box import AnswerBox
from mnemosyne.tui.widgets.symbol_row import SymbolRow

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


@asynccontextmanager
async def fields(typing):
    """Give the learner a question with several fields."""
    async with typing() as learner:
        await learner.press("f5")
        await learner.press("f5")
        yield learner


def values(learner):
    return [line.value for line in learner.app.screen.query_one(AnswerBox).lines]


def focused(learner):
    lines = learner.app.screen.query_one(AnswerBox).lines
    return lines.index(learner.app.screen.focused)


# Completion.


async def test_a_name_is_completed_behind_the_cursor_and_other_matches_are_listed_below(typing):
    async with typing() as learner:
        screen_text = await learner.type("2x si")
        assert "2x sin(" in screen_text
        assert "Tab sin   sinh   sign   sigmoid" in screen_text
        assert learner.line.value == "2x si", "nothing is inserted before it is accepted"
        await learner.press("tab")
        assert learner.line.value == "2x sin("
        assert learner.line.cursor_position == 7


@pytest.mark.thorough
async def test_the_right_arrow_accepts_too_but_only_at_the_end(typing):
    async with typing() as learner:
        await learner.type("2x sin(x) co")
        await learner.press("home")
        assert "cos(" not in learner.screen()
        await learner.press("right")
        assert learner.line.cursor_position == 1
        await learner.press("end", "right")
        assert learner.line.value == "2x sin(x) cos("


async def test_a_half_typed_name_is_pointed_at_only_when_it_is_submitted(typing):
    async with typing() as learner:
        assert "The name si is not" not in await learner.type("2x si")
        assert learner.marked(underline=True) == ""
        assert "? The name “si” is not a function or variable here." in await learner.press("enter")
        assert learner.marked(underline=True) == "3s 4i"


async def test_tab_goes_to_the_next_field(typing):
    async with fields(typing) as learner:
        await learner.type("x^2")
        await learner.press("tab")
        await learner.type("co")
        await learner.press("tab")
        await learner.type("u)")
        await learner.press("tab")
        assert values(learner) == ["x^2", "cos(u)", "", ""]
        await learner.press("tab", "tab")
        assert focused(learner) == 0, "after the last field comes the first"
        await learner.press("shift+tab")
        assert focused(learner) == 3, "and before the first the last"
        await learner.press("up")
        assert focused(learner) == 2
        await learner.press("down")
        assert focused(learner) == 3


@pytest.mark.thorough
async def test_a_semicolon_moves_on_and_what_is_typed_next_goes_into_the_next_field(typing):
    async with fields(typing) as learner:
        for character in "x^2;cos(u);2x;2x cos(x^2)":
            learner.app.post_message(events.Key(character, character))  # faster than any effect
        await learner.settle()
        assert values(learner) == ["x^2", "cos(u)", "2x", "2x cos(x^2)"]
        assert "✓ Correct" in await learner.press("enter")


@pytest.mark.thorough
async def test_one_line_that_is_pasted_is_split_among_the_fields(typing):
    async with fields(typing) as learner:
        learner.app.post_message(events.Paste("x^2; cos(u); 2x;"))
        for character in "2x cos":
            learner.app.post_message(events.Key("space" if character == " " else character, character))
        await learner.settle()
        assert values(learner) == ["x^2", "cos(u)", "2x", "2x cos"]


@pytest.mark.thorough
async def test_the_first_empty_field_gets_the_focus_and_all_are_named(typing):
    async with fields(typing) as learner:
        await learner.type("x^2")
        await learner.press("tab", "tab")
        await learner.type("2x")
        assert "? dy/du and dy/dx are missing." in await learner.press("enter")
        assert focused(learner) == 1, "the first empty one"
        await learner.type("cos(u)")
        assert "? dy/dx is missing." in await learner.press("enter")
        assert focused(learner) == 3


@pytest.mark.thorough
async def test_what_cannot_be_read_is_pointed_at_in_its_field(typing):
    async with fields(typing) as learner:
        await learner.paste("x^2; cos(u; 2x; 2x cos(x^2)")
        screen_text = await learner.press("enter")
        assert "? dy/du: This ( is never closed." in screen_text
        assert focused(learner) == 1
        line = learner.app.screen.focused
        assert line.doubted == (3, 4)


async def test_each_field_is_judged_beside_itself_and_a_right_one_is_not_red(typing):
    async with fields(typing) as learner:
        await learner.paste("x^2; -cos(u); 2x; 2x cos(x^2)")
        screen_text = await learner.press("enter")
        assert "✗ Not quite: 3 of 4 fields are right. You have one more try." in screen_text
        for label in ("✓ u =", "✗ dy/du =", "✓ du/dx =", "✓ dy/dx ="):
            assert label in screen_text
        assert focused(learner) == 1, "where there is something to correct"
        assert "Right except for the sign: check y." in screen_text
        screen_after_change = await learner.press("backspace")
        assert "✗ dy/du" not in screen_after_change
        assert "✓ du/dx" in screen_after_change
        judged = await learner.answer("+1)")
        assert "✗ Incorrect" in judged
        assert "✓ u       x²" in judged


# Symbols.


async def test_a_symbol_is_chosen_by_its_digit(typing):
    async with typing() as learner:
        await learner.type("2x")
        screen_text = await learner.press("ctrl+g")
        assert "1 x²  2 xⁿ  3 √" in screen_text
        await learner.press("3")
        assert learner.line.value == "2x√()"
        await learner.type("x")
        assert learner.line.value == "2x√(x)", "the cursor is between the brackets"


@pytest.mark.thorough
async def test_a_symbol_is_chosen_with_arrows_and_goes_around_the_selection(typing):
    async with typing() as learner:
        await learner.type("x+1")
        await learner.press("shift+home", "ctrl+g", "right", "left", "left", "right", "enter")
        assert learner.line.value == "(x+1)²"


async def test_escape_closes_the_symbols_and_stays_on_the_question(typing):
    async with typing() as learner:
        await learner.type("2x")
        await learner.press("ctrl+g", "escape")
        assert learner.line.has_focus
        assert "Ctrl+G symbols" in learner.screen()
        await learner.type("f")
        assert learner.line.value == "2xf"


async def test_a_letter_over_the_open_symbols_is_typed_and_commands_nothing(typing):
    async with typing() as learner:
        await learner.press("ctrl+g")
        screen_text = await learner.press("u")
        assert learner.line.value == "u"
        assert learner.line.has_focus
        assert "u undo" not in screen_text
        assert learner.notices == []


async def test_a_click_inserts_the_symbol_and_leaves_the_cursor_in_the_line(typing):
    async with typing() as learner:
        await learner.type("2x")
        await learner.pilot.click(SymbolRow, offset=(1, 0))
        assert learner.line.value == "2x²"
        row_text = learner.app.screen.query_one(SymbolRow).render().plain
        await learner.pilot.click(SymbolRow, offset=(row_text.index("ln"), 0))
        assert learner.line.value == "2x²ln()"
        assert learner.line.has_focus


@pytest.mark.thorough
async def test_words_have_no_symbols_no_completion_and_no_marks(typing):
    async with typing() as learner:
        for _ in range(3):
            await learner.press("f5")
        learner.app.clear_notifications()
        screen_text = await learner.type("si(")
        assert "symbols" not in screen_text
        assert "sin" not in screen_text
        assert learner.marked(underline=True) == ""
        await learner.press("ctrl+g")
        assert learner.line.has_focus


# Earlier answers.


@pytest.mark.thorough
async def test_up_recalls_what_was_typed_for_another_card_and_down_brings_the_draft_back(typing):
    async with typing() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter")
        await learner.type("-2x")
        await learner.press("up")
        assert learner.line.value == "2x cos(x^2)"
        assert learner.line.cursor_at_end
        await learner.press("down")
        assert learner.line.value == "-2x"


@pytest.mark.thorough
async def test_a_second_try_offers_no_answer_to_the_same_card(typing):
    async with typing() as learner:
        await learner.answer("cos(x^2)")
        assert "You have one more try." in learner.screen()
        await learner.press("ctrl+u", "up")
        assert learner.line.value == ""


@pytest.mark.thorough
async def test_a_drill_does_not_give_its_answer_away(typing, place):
    place.write("\n".join(DECK.splitlines()[:2]) + "\n")
    async with typing() as learner:
        await learner.answer("2x cos(x^2)")
        assert "↻ drill" in await learner.press("1")
        await learner.press("up")
        assert learner.line.value == ""


@pytest.mark.thorough
async def test_what_could_not_be_read_is_not_offered_again(typing):
    async with typing() as learner:
        await learner.answer("2x cos(")
        await learner.press("f5", "up")
        assert learner.line.value == ""


# Pasting.


async def test_pasted_latex_becomes_one_line_and_is_read_live(typing):
    async with typing() as learner:
        assert await learner.paste("\\[\n\\frac{1}{2}\t\\cos\\left(x^2\\right)\n\\].\n") == (
            "\\[ \\frac{1}{2} \\cos\\left(x^2\\right) \\]"
        )
        assert "─ · cos(x²)" in learner.screen()


async def test_a_paste_that_is_too_long_is_refused_with_a_reason(typing):
    async with typing() as learner:
        await learner.type("x+")
        assert await learner.paste("x+" * 1_000) == "x+"
        assert learner.notices == ["Not pasted: an answer has at most 2,000 characters."]
        assert len(await learner.paste("+x" * 999)) == 2_000


@pytest.mark.thorough
async def test_what_is_cut_can_be_pasted(typing):
    async with typing() as learner:
        await learner.type("x+1")
        await learner.press("shift+home", "ctrl+x")
        assert learner.line.value == ""
        await learner.press("ctrl+v", "ctrl+v")
        assert learner.line.value == "x+1x+1"


@pytest.mark.thorough
async def test_function_keys_are_still_commands(typing):
    async with typing() as learner:
        await learner.type("2x")
        assert "f(x) = cos(x²)" in await learner.press("f5")


# Undo.


async def test_undo_undoes_typing_while_there_is_text_and_the_last_grade_otherwise(typing):
    async with typing() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter")
        await learner.type("sin x")
        await learner.press("ctrl+z")
        assert learner.line.value == "sin "
        await learner.press("ctrl+z", "ctrl+z")
        assert learner.line.value == ""
        assert learner.notices == []
        await learner.press("ctrl+y", "ctrl+y", "ctrl+y", "ctrl+y")
        assert learner.line.value == "sin x", "nothing is lost"
        await learner.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert "f(x) = sin(x²)" in await learner.press("ctrl+z")
        assert learner.notices == ["Undone: grade 5 for “Differentiate sin(x²)”."]


@pytest.mark.thorough
async def test_undo_undoes_pasting_deleting_and_completing(typing):
    async with typing() as learner:
        await learner.type("2x ")
        await learner.paste("cos(x^2)")
        await learner.press("ctrl+u")
        assert learner.line.value == ""
        await learner.press("ctrl+y")
        assert learner.line.value == ""
        await learner.type("si")
        await learner.press("tab")
        for expected in ("si", "", "2x cos(x^2)", "2x ", "2x", ""):
            learner.line.undo()
            assert learner.line.value == expected


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("leaving", "coming_back"),
    sample([("f3", "0 ctrl+z"), ("escape", "enter"), ("ctrl+l", "escape"), ("f9", ""), ("f10", "x"), ("f4", "f4")], 1),
)
async def test_what_was_typed_waits_with_its_question(typing, monkeypatch, leaving, coming_back):
    monkeypatch.setenv("EDITOR", "no-such-editor")
    async with typing() as learner:
        await learner.type("2x cos(")
        await learner.press(leaving)
        for key in coming_back.split():
            await learner.press(key)
        assert "f(x) = sin(x²)" in learner.screen()
        assert learner.line.value == "2x cos("
        await learner.press("ctrl+z")
        assert learner.line.value == "2x cos"


BACK = {
    "f5": partial(card_changes.set_mark, mark=Mark.BURIED, on=False),
    "f6 2 enter": partial(card_changes.set_mark, mark=Mark.SUSPENDED, on=False),
}


@pytest.mark.thorough
@pytest.mark.parametrize(("leaving", "brought_back"), BACK.items())
async def test_what_was_typed_waits_for_a_card_that_was_buried(typing, place, leaving, brought_back):
    place.write("\n".join(DECK.splitlines()[:2]) + "\n")
    async with typing() as learner:
        await learner.type("2x cos(")
        for key in leaving.split():
            await learner.press(key)
        with place.open() as collection:
            brought_back(collection, ["first"])
        await learner.press("escape")
        assert "f(x) = sin(x²)" in await learner.press("enter")
        assert learner.line.value == "2x cos("


@pytest.mark.thorough
async def test_an_answer_that_was_submitted_is_not_kept_as_a_draft(typing):
    async with typing() as learner:
        await learner.answer("2x cos(x^2)")
        await learner.press("enter", "ctrl+z")
        assert "f(x) = sin(x²)" in learner.screen()
        assert learner.line.value == ""
