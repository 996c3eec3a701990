"""What a learner is told about a clock that may be wrong, word for word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mnemosyne.review.clock_doubt import clock_doubt

TODAY = date(2026, 3, 10)


def test_a_clock_that_was_set_back_by_a_year() -> None:
    assert clock_doubt(date(2027, 3, 10), TODAY) == (
        "This machine's clock says 10 Mar 2026, but the last review was on 10 Mar 2027: if the clock is wrong, "
        "correct it before you review; cards graded after today will be asked again"
    )


def test_a_clock_that_was_set_forward_by_a_year_or_a_learner_who_comes_back() -> None:
    assert clock_doubt(date(2025, 3, 10), TODAY) == (
        "This machine's clock says 10 Mar 2026, 365 days after the last review: if the clock is wrong, correct it "
        "before you review"
    )


@pytest.mark.parametrize("days", [-180, -30, -1, 0, 1], ids="last review {} days from today".format)
def test_nothing_is_said_of_an_ordinary_day_nor_of_a_flight_across_the_date_line(days: int) -> None:
    assert clock_doubt(TODAY + timedelta(days=days), TODAY) == ""


def test_nothing_is_said_on_the_first_day() -> None:
    assert clock_doubt(None, TODAY) == ""
