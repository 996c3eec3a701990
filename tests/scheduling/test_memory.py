"""When a card is due, as a specification, even where the clock was wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from folds import fold_history
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory

DAY = date(2026, 3, 10)
NEXT_YEAR = date(2027, 3, 10)


def test_a_new_card_is_due_on_any_day() -> None:
    assert Memory().due_on(date.min)


@pytest.mark.parametrize(("days", "due"), [(0, False), (5, False), (6, True), (400, True)])
def test_a_seen_card_is_due_from_its_day_on(days: int, due: bool) -> None:
    memory = fold_history([(4, DAY - timedelta(days=1)), (4, DAY)])
    assert memory.due_on(DAY + timedelta(days=days)) == due


@pytest.mark.parametrize(("back", "due"), [(0, False), (1, False), (2, True), (365, True)])
def test_a_card_reviewed_on_a_future_day_is_due_now_unless_it_is_the_day_after_as_over_the_date_line(
    back: int, due: bool
) -> None:
    memory = fold_history([(5, NEXT_YEAR), (5, NEXT_YEAR)])
    assert memory.due_on(NEXT_YEAR - timedelta(days=back)) == due


@given(st.lists(st.tuples(st.integers(0, 5), st.dates()), min_size=1), st.dates())
def test_whatever_the_clock_did_no_card_waits_longer_than_its_interval(
    history: list[tuple[int, date]], today: date
) -> None:
    memory = fold_history(history)
    assert memory.due is not None
    if not memory.due_on(today):
        assert (memory.due - today).days <= memory.interval + 1


@given(st.lists(st.tuples(st.integers(0, 5), st.dates()), min_size=1))
def test_no_state_is_before_its_own_review(history: list[tuple[int, date]]) -> None:
    memory = Memory()
    for quality, day in history:
        memory = sm2.review(memory, quality, day)
        assert memory.reviewed == day
        assert memory.due is not None
        assert memory.due > day or day == date.max
