"""Pasted text: one line, with everything that can be seen, and how it is then read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.pasted import formula_on_one_line, without_line_breaks
from mnemosyne.expressions.reading import read


@pytest.mark.parametrize(
    ("pasted", "line", "formula"),
    [
        (r"\frac{1}{2}\cos\left(x^2\right)", r"\frac{1}{2}\cos\left(x^2\right)", "(1/2)*cos(x^2)"),
        ("$2x\\cos x$.", "$2x\\cos x$", "2*x*cos(x)"),
        ("$$\n2x^3.\n$$", "$$ 2x^3 $$", "2*x^3"),
        ("\\[ 2x\n\\cos x^2 \\].", "\\[ 2x \\cos x^2 \\]", "2*x*cos(x^2)"),
        ("\\[\n  2x.\n\\]\n", "\\[ 2x \\]", "2*x"),
        ("\\(x\\)", "\\(x\\)", "x"),
        ("2x\u00a0cos(x)\t+\r\n1.", "2x cos(x) + 1", "2*x*cos(x) + 1"),
        ("x\u200b^\u20602\ufeff", "x^2", "x^2"),
        ("0.5x", "0.5x", "0.5*x"),
        ("1.", "1", "1"),
    ],
)
def test_a_formula_becomes_one_line_that_can_be_read(pasted, line, formula):
    assert formula_on_one_line(pasted) == line
    assert to_line(read(line, frozenset("x"))) == formula


def test_an_ellipsis_is_not_a_full_stop():
    assert formula_on_one_line("x...") == "x..."


def test_words_keep_their_full_stop():
    assert without_line_breaks("from the outside\nin.\n") == "from the outside in."


def test_control_codes_are_removed():
    assert without_line_breaks("2x\x1b[31m\x07") == "2x[31m"


@given(st.text(max_size=60))
def test_nothing_that_can_be_seen_is_lost(pasted):
    line = without_line_breaks(pasted)

    def visible_characters(text):
        return [char for char in text if not char.isspace() and not unicodedata.category(char).startswith("C")]

    assert visible_characters(line) == visible_characters(pasted)
    assert line.splitlines() in ([], [line])
    assert without_line_breaks(line) == line
