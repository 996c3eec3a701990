"""How a typed answer is understood: its formulas, what cannot be read yet, and how the last word may be completed."""

from __future__ import annotations

import pytest

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.cloze import Cloze
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.kinds.numeric import Numeric
from mnemosyne.cards.kinds.steps import Steps
from mnemosyne.cards.question import make_question
from mnemosyne.expressions.line import to_line
from mnemosyne.tui.answer_reading import Doubt, fields_of, reading_of
from mnemosyne.tui.widgets.live_reading import read_as


def question(content):
    return make_question(Card("it", "chains", content), 0)


DERIVATIVE = question(Derivative("sin(x^2)"))
STEPS = question(Steps("sin(x^2)"))
WORDS = question(Cloze("From {{outer}} to {{inner}}."))


def line(reading):
    return None if reading.formula is None else to_line(reading.formula)


def rows_below(reading, width=60, room=8):
    return [line.plain.rstrip() for line in read_as(reading, width, room).lines]


def test_a_formula_is_read():
    reading = reading_of("2x cos(x^2)", DERIVATIVE)
    assert line(reading) == "2*x*cos(x^2)"
    assert reading.doubt is None


def test_what_is_there_so_far_is_read_with_its_brackets_closed():
    reading = reading_of("2x cos(x^2", DERIVATIVE)
    assert line(reading) == "2*x*cos(x^2)"
    assert reading.doubt == Doubt("This ( is never closed.", (6, 7))


def test_a_half_typed_name_is_no_fault():
    reading = reading_of("2x co", DERIVATIVE)
    assert reading.words[:2] == ("cos", "cot")
    assert reading.doubt is None


def test_what_the_checker_could_not_read_stays_marked_until_the_text_is_changed():
    doubt = Doubt("too long", (0, 2))
    assert reading_of("2x co", DERIVATIVE, doubt).doubt == doubt


def test_each_field_is_read_by_itself():
    first = reading_of("x^2", STEPS)
    second = reading_of("cos(u", STEPS, field=1)
    assert (line(first), line(second)) == ("x^2", "cos(u)")
    assert second.doubt == Doubt("This ( is never closed.", (3, 4))


@pytest.mark.parametrize(
    ("field", "typed"), enumerate(("u = x^2", "dy/du = cos(u)", "du/dx = 2x", "dy/dx = 2x cos(x^2)"))
)
def test_a_field_typed_with_its_name_is_read_as_without(field, typed):
    reading_with_name = reading_of(typed, STEPS, field=field)
    assert reading_with_name.doubt is None
    assert line(reading_with_name) == line(reading_of(typed.partition(" = ")[2], STEPS, field=field))


@pytest.mark.parametrize("typed", ["25", "25 %", "25%"])
def test_a_number_is_read_with_the_unit_that_is_asked_for(typed):
    reading = reading_of(typed, question(Numeric("How much?", "25", unit="%")))
    assert (line(reading), reading.doubt) == ("25", None)


def test_words_are_not_read():
    assert reading_of("si(", WORDS) == reading_of("", WORDS)


def test_what_fits_is_typeset():
    assert rows_below(reading_of("1/x", DERIVATIVE)) == ["         1", "read as  ─", "         x"]


def test_what_is_too_high_is_written_on_one_line():
    assert rows_below(reading_of("1/(1+1/(1+1/x))", DERIVATIVE), room=4) == ["read as  1/(1 + 1/(1 + 1/x))"]


def test_of_what_is_too_wide_the_end_is_shown():
    assert rows_below(reading_of("+".join(["x"] * 60), DERIVATIVE), width=30, room=3)[0] == "⋮"
    assert len(rows_below(reading_of("+".join(["x"] * 60), DERIVATIVE), width=30, room=3)) == 3


@pytest.mark.parametrize(
    ("question_asked", "text", "fields"),
    [
        (STEPS, "x^2; cos(u);2x", ("x^2", "cos(u)", "2x", "")),
        (STEPS, "", ("", "", "", "")),
        (STEPS, "1; 2; 3; 4; 5", ("1", "2", "3", "4; 5")),
        (WORDS, "outer; inner", ("outer", "inner")),
        (DERIVATIVE, "2x; 3", ("2x; 3",)),
    ],
)
def test_an_answer_is_split_among_its_fields(question_asked, text, fields):
    assert fields_of(text, question_asked) == fields
