"""Whatever a stranger writes, a reader sees all of it, in the order in which it stands."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.text import one_line, visible

DIRECTIONS = {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2x cos(x²)", "2x cos(x²)"),
        ("a\x1b[31mb\x07c\u202ed", "a�[31mb�c�d"),
        ("a\tb\r\nc", "a\tb�\nc"),
        ("\x1b]0;title\x07", "�]0;title�"),
        ("a\x9b2Jb\x85", "a�2Jb�"),
        ("\u202egnp.exe", "�gnp.exe"),
        ("\ud800\ue000\u2028\u200b", "����"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_what_has_no_shape_is_shown_as_one(text, shown):
    assert visible(text) == shown


@given(st.text())
def test_as_many_characters_as_before_and_none_without_a_shape(text):
    shown = visible(text)
    assert len(shown) == len(text)
    assert visible(shown) == shown
    assert "\n" not in one_line(text)


def test_of_all_of_unicode_only_line_feed_tab_and_joiner_have_no_shape():
    """The rule from the other side: what a terminal obeys, hides or turns around is in one of these categories."""
    shown = set(visible("".join(map(chr, range(sys.maxunicode + 1)))))
    shapeless = {letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    assert shapeless == {"\n", "\t", "\u200d"}
    assert not [letter for letter in shown if unicodedata.bidirectional(letter) in DIRECTIONS]
