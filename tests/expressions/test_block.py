"""Blocks of characters: they keep their width, and meet on their baselines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.expressions.block import (
    Block,
    enclosed,
    fraction_block,
    row_of,
    text_block,
    under_root,
    with_subscript,
    with_superscript,
)

FRACTION = fraction_block(text_block("1"), text_block("x + 1"), "─", 0)


@st.composite
def blocks(draw):
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    return Block(("#" * width,) * height, draw(st.integers(0, height - 1)))


@given(st.lists(blocks(), min_size=1, max_size=4))
def test_a_row_is_as_wide_as_its_parts_and_keeps_their_characters(parts):
    row = row_of(*parts)
    assert row.width == sum(part.width for part in parts)
    assert {len(line) for line in row.lines} == {row.width}
    assert str(row).count("#") == sum(part.width * part.height for part in parts)
    assert row.lines[row.baseline].count("#") == row.width


@given(blocks(), blocks())
def test_an_exponent_stands_above_the_baseline(base, exponent):
    power = with_superscript(base, exponent)
    right = [line[base.width :] for line in power.lines]
    assert (power.width, power.lines[power.baseline][: base.width]) == (base.width + exponent.width, "#" * base.width)
    assert not any(line.strip() for line in right[power.baseline :])


@given(blocks(), blocks(), st.integers(0, 1))
def test_a_bar_covers_both_parts_of_a_fraction(top, bottom, margin):
    fraction = fraction_block(top, bottom, "-", margin)
    assert fraction.lines[fraction.baseline] == "-" * (max(top.width, bottom.width) + 2 * margin)
    assert fraction.height == top.height + 1 + bottom.height


@pytest.mark.parametrize(
    ("block", "picture"),
    [
        (row_of(text_block("1 + "), FRACTION), "      1\n1 + ─────\n    x + 1"),
        (enclosed(text_block("x"), "(⎛⎜⎝", ")⎞⎟⎠"), "(x)"),
        (enclosed(FRACTION, "(⎛⎜⎝", ")⎞⎟⎠"), "⎛  1  ⎞\n⎜─────⎟\n⎝x + 1⎠"),
        (with_subscript(text_block("log"), text_block("a")), "log\n   a"),
        (under_root(text_block("x + 1"), "√", "_", "─", "┌", "│"), " _____\n√x + 1"),
        (under_root(FRACTION, "√", "_", "─", "┌", "│"), " ┌──────\n │   1\n │ ─────\n√│ x + 1"),
    ],
)
def test_pictures(block, picture):
    assert str(block) == picture
