"""Choosing rows of a list: one by one, in ranges, all; a range never loses what was chosen before it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.tui.card_selection import CardSelection

IDS = tuple("abcdefgh")
rows = st.integers(0, len(IDS) - 1)
chosen = st.frozensets(st.sampled_from(IDS))


@given(chosen, rows, rows)
def test_a_range_has_its_ends_and_adds_to_what_was_chosen(before, anchor, cursor):
    choice = CardSelection(before).stretched(anchor)
    between = set(IDS[min(anchor, cursor) : max(anchor, cursor) + 1])
    assert choice.all(IDS, cursor) == before | between
    assert choice.settled(IDS, cursor) == CardSelection(before | between)


@given(chosen, rows, rows)
def test_a_held_range_stays_while_the_cursor_moves_until_it_is_released(before, anchor, cursor):
    selection = CardSelection(before).toggle_range(IDS, anchor)
    assert selection.settled(IDS, cursor) == selection
    assert selection.toggle_range(IDS, cursor) == CardSelection(selection.all(IDS, cursor))


@given(chosen, rows)
def test_toggling_a_card_twice_leaves_it_as_it_was(before, cursor):
    assert CardSelection(before).turned(IDS, cursor).turned(IDS, cursor) == CardSelection(before)


def test_all_and_then_none():
    assert CardSelection(frozenset("a")).all_or_none(IDS, 0) == CardSelection(frozenset(IDS))
    assert CardSelection(frozenset(IDS)).all_or_none(IDS, 0) == CardSelection()
