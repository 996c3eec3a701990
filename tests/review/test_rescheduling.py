"""Due dates by hand: how a day is typed, what is refused, and how cards are spread over days."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.errors import InputError
from mnemosyne.review.rescheduling import parse_day, parse_days, spread
from mnemosyne.scheduling.study_day import days_between, plus_days
from mnemosyne.text import calendar_day

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("0", TODAY),
        ("today", TODAY),
        (" Tomorrow ", date(2026, 11, 29)),
        ("3", date(2026, 12, 1)),
        ("+10", date(2026, 12, 8)),
        ("10 days", date(2026, 12, 8)),
        ("1 day", date(2026, 11, 29)),
        ("2026-12-24", date(2026, 12, 24)),
        ("24 Dec 2026", date(2026, 12, 24)),
        ("24 dec", date(2026, 12, 24)),
        ("24 December 2026", date(2026, 12, 24)),
        ("28 Nov", TODAY),
        ("27 Nov", date(2027, 11, 27)),
        ("36500", date(2126, 11, 4)),
    ],
)
def test_a_day_may_be_typed_in_many_ways(text: str, day: date):
    assert parse_day(text, TODAY) == day


HINT = "type a number of days, or a date like 2026-12-24 or 24 Dec"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"not a day: nothing typed; {HINT}"),
        ("soon", f"not a day: soon; {HINT}"),
        ("-3", f"not a day: -3; {HINT}"),
        ("30 Feb", f"not a day: 30 Feb; {HINT}"),
        ("3 Foo", f"not a day: 3 Foo; {HINT}"),
        ("24 Dec soon", f"not a day: 24 Dec soon; {HINT}"),
        ("2026-11-27", "27 Nov 2026 is in the past; type today or a later day"),
        ("99999", "this day is more than a hundred years away; type an earlier day"),
        ("9999999999999", "this day is more than a hundred years away; type an earlier day"),
    ],
)
def test_what_is_not_a_day_is_refused(text: str, message: str):
    with pytest.raises(InputError) as caught:
        parse_day(text, TODAY)
    assert str(caught.value) == message


@given(st.text(max_size=12))
def test_any_text_is_a_day_from_today_on_or_refused(text: str):
    with suppress(InputError):
        assert parse_day(text, TODAY) >= TODAY


@given(st.dates(TODAY, date(2100, 1, 1)))
def test_days_are_read_as_screens_write_them(day: date):
    assert parse_day(calendar_day(day), TODAY) == day == parse_day(day.isoformat(), TODAY)


@pytest.mark.parametrize(("text", "days"), [("7", 7), (" 1 day", 1), ("365 Days", 365)])
def test_a_number_of_days(text: str, days: int):
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["", "0", "366", "-1", "week", "1.5"])
def test_what_is_not_a_number_of_days_is_refused(text: str):
    with pytest.raises(InputError) as caught:
        parse_days(text)
    assert str(caught.value) == f"not a number of days: {text or 'nothing typed'}; type a number from 1 to 365"


@given(st.integers(0, 60), st.integers(1, 40))
def test_cards_are_spread_evenly_in_their_order(count: int, days: int):
    ids = [f"card-{number}" for number in range(count)]
    spread_days = spread(ids, TODAY, days)
    assert list(spread_days) == ids
    assert list(spread_days.values()) == sorted(spread_days.values())
    assert all(0 <= days_between(TODAY, day) < days for day in spread_days.values())
    per_day = Counter(spread_days.values())
    if count >= days:
        counts = [per_day[plus_days(TODAY, day)] for day in range(days)]
        assert max(counts) - min(counts) <= 1
    else:
        assert max(per_day.values(), default=0) <= 1
