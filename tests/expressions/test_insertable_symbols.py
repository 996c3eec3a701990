"""Symbols: what each inserts into the line or around a selection, and where the cursor goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.expressions.insertable_symbols import SIGNS, insert_symbol, insertable_symbols
from mnemosyne.expressions.reading import read

BY_NAME = {sign.shown: sign for sign in SIGNS}


def with_symbol(name, marked):
    """Return the line after a symbol, ▮ at its cursor; in `marked`, ▮ is the cursor, or two enclose a selection."""
    start = marked.index("▮")
    end = marked.rindex("▮") - (1 if marked.count("▮") > 1 else 0)
    text, cursor = insert_symbol(BY_NAME[name], marked.replace("▮", ""), start, end)
    return f"{text[:cursor]}▮{text[cursor:]}"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("√", "2x▮", "2x√(▮)"),
        ("√", "2▮x + 1▮", "2√(x + 1)▮"),
        ("x²", "cos(x▮)", "cos(x²▮)"),
        ("x²", "▮", "(▮)²"),
        ("x²", "2+▮", "2+(▮)²"),
        ("x²", "▮x+1▮", "(x+1)²▮"),
        ("xⁿ", "x▮", "x^▮"),
        ("xⁿ", "|x|▮", "|x|^▮"),
        ("e^", "x▮", "xe^(▮)"),
        ("|x|", "▮", "|▮|"),
        ("a/b", "▮1+x▮", "(1+x)/()▮"),
        ("π", "2▮", "2π▮"),
        ("·", "2▮x▮", "2·▮"),
    ],
)
def test_a_symbol_is_inserted_at_the_cursor(name, before, after):
    assert with_symbol(name, before) == after


def test_names_of_the_question_that_keyboards_lack_are_symbols_too():
    assert [sign.shown for sign in insertable_symbols(frozenset("xθ"))] == [*BY_NAME, "θ"]


@pytest.mark.parametrize(
    ("name", "filled"),
    [("√", "x√(x)"), ("∛", "x∛(x)"), ("|x|", "x|x|"), ("e^", "xe^(x)"), ("ln", "xln(x)"), ("x²", "x²x"), ("π", "xπx")],
)
def test_what_a_symbol_inserts_can_be_read(name, filled):
    text, cursor = insert_symbol(BY_NAME[name], "x", 1, 1)
    assert f"{text[:cursor]}x{text[cursor:]}" == filled
    read(filled, frozenset("x"))


@given(st.sampled_from(SIGNS), st.text(max_size=10), st.data())
def test_what_is_around_the_selection_stays(sign, text, data):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    put_in, cursor = insert_symbol(sign, text, start, end)
    assert put_in.startswith(text[:start])
    assert put_in.endswith(text[end:])
    assert start < cursor <= len(put_in) - len(text[end:])
