"""Formulas in two dimensions, as literal pictures, in Unicode and in ASCII."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Call, Number, Product, Quotient, Sum, Symbol
from mnemosyne.expressions.typeset import MOST_LINES, typeset

UNICODE = {
    "2x cos(x^2)": """
        2x·cos(x²)
    """,
    "1/2x": """
        1
        ─ · x
        2
    """,
    "cos(sqrt(x))/(2sqrt(x))": """
        cos(√x)
        ───────
          2√x
    """,
    "e^(2x)": """
         2x
        e
    """,
    "e^(x^2) cos(x)": """
         x²
        e  ·cos(x)
    """,
    "2^x ln 2": """
         x
        2 ·ln(2)
    """,
    "e^(-x^2/2)": """
         −x²/2
        e
    """,
    "e^e^x": """
          x
         e
        e
    """,
    "(e^x)^2": """
        ⎛ x⎞²
        ⎝e ⎠
    """,
    "((x+1)/2)^n": """
        ⎛x + 1⎞n
        ⎜─────⎟
        ⎝  2  ⎠
    """,
    "sin(1/x)^2": """
            ⎛1⎞
        sin²⎜─⎟
            ⎝x⎠
    """,
    "sin(x)^2": """
        sin²(x)
    """,
    "sin(x)^n": """
              n
        sin(x)
    """,
    "sin(x)^-1": """
        sin(x)⁻¹
    """,
    "sqrt(x^2+1)": """
         ______
        √x² + 1
    """,
    "sqrt(1/(x+1))": """
         ┌──────
         │   1
         │ ─────
        √│ x + 1
    """,
    "sqrt(x)^3": """
        (√x)³
    """,
    "root(x+1,5)": """
          _____
        ⁵√x + 1
    """,
    "cbrt(x)": """
        ∛x
    """,
    "root(x,n)": """
        root(x, n)
    """,
    "|x/2|": """
        │x│
        │─│
        │2│
    """,
    "|x|/x": """
        |x|
        ───
         x
    """,
    "log(x,a)^n": """
               n
        log (x)
           a
    """,
    "log2(x)": """
        log₂(x)
    """,
    "sigmoid(x)*(1-sigmoid(x))": """
        σ(x)·(1 − σ(x))
    """,
    "max(0,x)": """
        max(0, x)
    """,
    "-1/x^2": """
          1
        − ──
          x²
    """,
    "x - 1/x + 1/(x+1)": """
            1     1
        x − ─ + ─────
            x   x + 1
    """,
    "1/(1+1/(1+x))": """
             1
        ───────────
               1
         1 + ─────
             1 + x
    """,
    "x - (a - b)": """
        x − (a − b)
    """,
    "-(x+1)": """
        −(x + 1)
    """,
    "(-1)*x": """
        (−1)·x
    """,
    "2(x+1)(x-1)": """
        2(x + 1)(x − 1)
    """,
    "(2x)^3": """
        (2x)³
    """,
    "2pi x": """
        2πx
    """,
}

ASCII = {
    "2x cos(x^2)": r"""
              / 2\
        2x*cos\x /
    """,
    "cos(sqrt(x))/(2sqrt(x))": r"""
        cos(sqrt(x))
        ------------
         2*sqrt(x)
    """,
    "e^(-x^2/2)": r"""
         -x^2/2
        e
    """,
    "sin(x)^2": r"""
              2
        sin(x)
    """,
    "((x+1)/2)^2": r"""
        /x + 1\2
        |-----|
        \  2  /
    """,
    "sqrt(x+1)": r"""
          _____
        \/x + 1
    """,
    "sqrt(1/x)": r"""
           __
          | 1
          | -
        \/| x
    """,
    "cbrt(x)": """
        cbrt(x)
    """,
    "log2(θ)": """
        log (theta)
           2
    """,
    "|x/2|": """
        |x|
        |-|
        |2|
    """,
    "sigmoid(x) - pi": """
        sigmoid(x) - pi
    """,
}


def _picture(text):
    return dedent(text).strip("\n").rstrip(" ")


@pytest.mark.parametrize(("typed", "picture"), UNICODE.items())
def test_unicode_pictures(typed, picture):
    assert str(typeset(read(typed))) == _picture(picture)


@pytest.mark.parametrize(("typed", "picture"), ASCII.items())
def test_ascii_pictures(typed, picture):
    assert str(typeset(read(typed), ascii=True)) == _picture(picture)


def test_the_baseline_is_the_line_of_the_formula():
    block = typeset(read("1/x + e^(2x)"))
    assert (block.lines[block.baseline].rstrip(), block.height, block.width) == ("─ + e", 3, 7)


def test_a_wide_sum_stays_on_one_baseline():
    block = typeset(Sum(tuple(Quotient(Symbol("x"), Number(term)) for term in range(10, 90))))
    assert (block.height, block.lines[1].count("──"), block.lines[1].count(" + ")) == (3, 80, 79)


def test_what_is_taller_than_a_screen_becomes_a_line():
    tower = read("x")
    for _ in range(MOST_LINES):
        tower = Quotient(Number(1), Call("sin", (tower,)))
    block = typeset(Product((Number(2), tower)))
    assert block.height == 1
    assert block.lines[0].startswith("2·(1/sin(1/sin(")


@given(data=st.data())
def test_every_line_is_as_wide_as_the_block(data, trees):
    tree = data.draw(trees)
    for block in (typeset(tree), typeset(tree, ascii=True)):
        assert {len(line) for line in block.lines} == {block.width}
        assert 0 <= block.baseline < block.height <= MOST_LINES


@given(data=st.data())
def test_ascii_pictures_contain_only_ascii(data, trees):
    assert str(typeset(data.draw(trees), ascii=True)).isascii()
