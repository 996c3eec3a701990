"""Periods and the spans that they are cut into."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.progress.period import MOST_SPANS, SPAN_DAYS, Period, last_days, span_days, spans

UNTIL = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("days", "length", "count"),
    [(1, 1, 1), (30, 1, 30), (53, 1, 53), (54, 7, 8), (90, 7, 13), (365, 7, 53), (3650, 91, 41)],
)
def test_a_long_period_is_cut_into_few_spans(days: int, length: int, count: int):
    period = last_days(UNTIL, days)
    assert (span_days(period), len(spans(period))) == (length, count)


def test_the_last_span_is_whole_and_the_first_may_be_short():
    parts = spans(last_days(UNTIL, 54))
    assert parts[0] == Period(date(2026, 1, 16), date(2026, 1, 20))
    assert parts[1] == Period(date(2026, 1, 21), date(2026, 1, 27))
    assert parts[-1] == Period(date(2026, 3, 4), UNTIL)


@given(st.integers(1, 20_000))
def test_spans_are_consecutive_and_make_up_the_period(days: int):
    period = last_days(UNTIL, days)
    parts = spans(period)
    assert (parts[0].since, parts[-1].until) == (period.since, period.until)
    assert all(earlier.until + timedelta(days=1) == later.since for earlier, later in pairwise(parts))
    assert sum(span.days for span in parts) == days
    assert len(parts) <= MOST_SPANS or span_days(period) == SPAN_DAYS[-1]
