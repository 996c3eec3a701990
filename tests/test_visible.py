"""Whatever a stranger writes, a reader sees all of it, in the order in which it stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2x cos(x²)", "2x cos(x²)"),
        ("a\x1b[31mb\x07c\u202ed", "a�[31mb�c�d"),
        ("a\tb\r\nc", "a\tb�\nc"),
        ("\ud800\ue000\u2028\u200b", "����"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_what_has_no_shape_is_shown_as_one(text, shown):
    assert visible(text) == shown


@given(st.text())
def test_as_many_characters_as_before_and_none_that_commands(text):
    shown = visible(text)
    assert len(shown) == len(text)
    assert not [letter for letter in shown if unicodedata.category(letter) == "Cc" and letter not in "\n\t"]
