"""Numbers, intervals and times as the screens write them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mnemosyne.tui.numbers import days, decimal, stopwatch


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "undefined"),
        (0.0, "0"),
        (2.0, "2"),
        (-1.884521039, "−1.884521"),
        (1e-11, "10⁻¹¹"),
        (5.04e-11, "5.04·10⁻¹¹"),
        (-1e20, "−1·10²⁰"),
        (1.5e7, "1.5·10⁷"),
        (float("inf"), "inf"),
    ],
)
def test_a_number_has_seven_digits_a_true_minus_and_a_power_of_ten(value, text):
    assert decimal(value) == text


def test_an_error_needs_one_digit():
    assert decimal(5.04e-11, 1) == "5·10⁻¹¹"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (-3, "today"),
        (0, "today"),
        (1, "tomorrow"),
        (2, "2 days"),
        (59, "59 days"),
        (60, "2 months"),
        (364, "12 months"),
        (365, "1 year"),
        (366, "1 year"),
        (500, "1.4 years"),
        (731, "2 years"),
        (36_525, "100 years"),
    ],
)
def test_an_interval_is_written_as_people_say_it(count, text):
    assert days(count) == text


def test_every_interval_of_less_than_a_century_fits_below_its_key():
    assert max(len(days(count)) for count in range(36_500)) <= 10


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-1, "0:00"), (0, "0:00"), (42.9, "0:42"), (60, "1:00"), (725, "12:05"), (3599, "59:59"), (3723, "1:02:03")],
)
def test_a_time_is_written_as_on_a_stopwatch(seconds, text):
    assert stopwatch(timedelta(seconds=seconds)) == text
