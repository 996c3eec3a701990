"""The study day as a specification: the start of the day, clocks that jump, zones that skip or repeat a date."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mnemosyne.scheduling.study_day import day_begins, days_between, plus_days, study_day

FOUR = time(4)
BERLIN = ZoneInfo("Europe/Berlin")  # clocks forward 2024-03-31 02:00, back 2024-10-27 03:00
NEW_YORK = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")  # moved across the date line: there was no 2011-12-30
KWAJALEIN = ZoneInfo("Pacific/Kwajalein")  # there were two of 1969-09-30
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # clocks change by half an hour
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")  # UTC+14
HONOLULU = ZoneInfo("Pacific/Honolulu")  # UTC-10
ZONES = [UTC, BERLIN, NEW_YORK, APIA, KWAJALEIN, LORD_HOWE, KIRITIMATI, HONOLULU, ZoneInfo("Africa/Casablanca")]

zones = st.sampled_from(ZONES)
starts = st.times().map(lambda start: start.replace(tzinfo=None))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def at(zone: ZoneInfo, *local: int, fold: int = 0) -> datetime:
    return datetime(*local, tzinfo=zone, fold=fold)


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ((2024, 1, 15, 12, 0), date(2024, 1, 15)),
        ((2024, 1, 15, 23, 59), date(2024, 1, 15)),
        ((2024, 1, 16, 0, 0), date(2024, 1, 15)),
        ((2024, 1, 16, 3, 59), date(2024, 1, 15)),
        ((2024, 1, 16, 4, 0), date(2024, 1, 16)),
        ((2024, 3, 1, 3, 59), date(2024, 2, 29)),
        ((2023, 3, 1, 3, 59), date(2023, 2, 28)),
        ((2024, 1, 1, 1, 0), date(2023, 12, 31)),
    ],
)
def test_a_study_day_begins_at_four_in_the_morning(local: tuple[int, ...], day: date) -> None:
    assert study_day(at(BERLIN, *local), BERLIN, FOUR) == day


def test_a_study_day_may_begin_at_midnight_or_late() -> None:
    assert study_day(at(BERLIN, 2024, 1, 16, 0, 0), BERLIN, time(0)) == date(2024, 1, 16)
    assert study_day(at(BERLIN, 2024, 1, 16, 22, 59), BERLIN, time(23)) == date(2024, 1, 15)


def test_one_moment_is_on_different_study_days_in_different_zones() -> None:
    moment = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
    assert study_day(moment, KIRITIMATI, FOUR) == date(2024, 1, 15)  # 02:00 on the 16th
    assert study_day(moment, HONOLULU, FOUR) == date(2024, 1, 14)  # 02:00 on the 15th
    assert study_day(moment + timedelta(hours=2), KIRITIMATI, FOUR) == date(2024, 1, 16)
    assert study_day(moment + timedelta(hours=2), HONOLULU, FOUR) == date(2024, 1, 15)


def test_a_flight_across_the_date_line_repeats_or_skips_a_study_day() -> None:
    moment = datetime(2024, 1, 15, 20, 0, tzinfo=UTC)
    assert study_day(moment, KIRITIMATI, FOUR) == date(2024, 1, 16)
    assert study_day(moment, HONOLULU, FOUR) == date(2024, 1, 15)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2024, 3, 29), 24), (date(2024, 3, 30), 23), (date(2024, 10, 25), 24), (date(2024, 10, 26), 25)],
)
def test_a_study_day_with_a_clock_change_in_its_night_is_an_hour_shorter_or_longer(day: date, hours: int) -> None:
    begins, ends = (day_begins(study_date, BERLIN, FOUR) for study_date in (day, plus_days(day, 1)))
    assert ends - begins == timedelta(hours=hours)


def test_an_hour_that_comes_twice_belongs_to_one_study_day() -> None:
    first, second = (at(BERLIN, 2024, 10, 27, 2, 30, fold=fold) for fold in (0, 1))
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    assert study_day(first, BERLIN, FOUR) == study_day(second, BERLIN, FOUR) == date(2024, 10, 26)


def test_a_start_that_comes_twice_counts_the_first_time() -> None:
    start = time(2, 30)
    assert day_begins(date(2024, 10, 27), BERLIN, start) == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    assert study_day(at(BERLIN, 2024, 10, 27, 2, 29, fold=0), BERLIN, start) == date(2024, 10, 26)
    assert study_day(at(BERLIN, 2024, 10, 27, 2, 30, fold=0), BERLIN, start) == date(2024, 10, 27)
    assert study_day(at(BERLIN, 2024, 10, 27, 2, 10, fold=1), BERLIN, start) == date(2024, 10, 27)


def test_a_start_that_is_skipped_counts_by_the_clock_before_the_change() -> None:
    start = time(2, 30)
    assert day_begins(date(2024, 3, 31), BERLIN, start) == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)
    assert study_day(at(BERLIN, 2024, 3, 31, 3, 29), BERLIN, start) == date(2024, 3, 30)
    assert study_day(at(BERLIN, 2024, 3, 31, 3, 30), BERLIN, start) == date(2024, 3, 31)


def test_clocks_set_back_over_midnight_do_not_bring_back_the_day_before() -> None:
    havana = ZoneInfo("America/Havana")  # 2024-11-03: from 01:00 back to 00:00
    azores = ZoneInfo("Atlantic/Azores")  # 2024-10-27: from 01:00 back to 00:00
    assert study_day(at(havana, 2024, 11, 3, 0, 30, fold=1), havana, time(0)) == date(2024, 11, 3)
    assert study_day(at(azores, 2024, 10, 27, 0, 30, fold=1), azores, time(0)) == date(2024, 10, 27)
    saint_johns = ZoneInfo("America/St_Johns")  # 2009-11-01 at 00:01, back to 23:01 of 31 October
    again = at(saint_johns, 2009, 10, 31, 23, 30, fold=1)
    assert again.astimezone(saint_johns).date() == date(2009, 10, 31)
    assert study_day(again, saint_johns, time(0)) == date(2009, 11, 1)


def test_a_skipped_date_is_no_study_day() -> None:
    last = datetime(2011, 12, 30, 10, 0, tzinfo=UTC)  # 24:00 on the 29th is 00:00 on the 31st
    start = last + timedelta(hours=4)
    assert study_day(last, APIA, FOUR) == date(2011, 12, 29)
    assert study_day(start - timedelta(seconds=1), APIA, FOUR) == date(2011, 12, 29)
    assert study_day(start, APIA, FOUR) == date(2011, 12, 31)


def test_a_repeated_date_is_one_study_day() -> None:
    first = at(KWAJALEIN, 1969, 9, 30, 12, 0)
    second = at(KWAJALEIN, 1969, 9, 30, 12, 0, fold=1)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=23)
    assert study_day(first, KWAJALEIN, FOUR) == study_day(second, KWAJALEIN, FOUR) == date(1969, 9, 30)
    assert study_day(at(KWAJALEIN, 1969, 9, 30, 1, 0, fold=1), KWAJALEIN, FOUR) == date(1969, 9, 30)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a moment without a time zone has no study day$"):
        study_day(datetime(2024, 1, 15, 12), BERLIN, FOUR)


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_the_first_and_the_last_moment_have_a_study_day(zone: ZoneInfo) -> None:
    assert study_day(datetime.min.replace(tzinfo=UTC), zone, FOUR) <= date(1, 1, 2)
    assert study_day(datetime.max.replace(tzinfo=UTC), zone, FOUR) >= date(9999, 12, 30)
    assert day_begins(date.min, zone, time(0)) < day_begins(date.max, zone, time(23, 59))


@given(moments, zones, starts)
@example(datetime(2011, 12, 30, 10, 0, tzinfo=UTC), APIA, FOUR)
@example(datetime(1969, 10, 1, 0, 0, tzinfo=UTC), KWAJALEIN, FOUR)
def test_a_moment_lies_between_the_start_of_its_study_day_and_that_of_the_next(
    moment: datetime, zone: ZoneInfo, start: time
) -> None:
    day = study_day(moment, zone, start)
    assert day_begins(day, zone, start) <= moment < day_begins(plus_days(day, 1), zone, start)


@given(moments, st.timedeltas(timedelta(), timedelta(days=3)), zones, starts)
def test_the_study_day_never_runs_backwards(moment: datetime, later: timedelta, zone: ZoneInfo, start: time) -> None:
    assert study_day(moment, zone, start) <= study_day(moment + later, zone, start)


@given(moments, st.integers(-14, 14), starts)
def test_without_clock_changes_the_study_day_is_the_local_date_less_the_start(
    moment: datetime, hours: int, start: time
) -> None:
    zone = timezone(timedelta(hours=hours))
    since_midnight = datetime.combine(date.min, start) - datetime.min
    assert study_day(moment, zone, start) == (moment.astimezone(zone) - since_midnight).date()


@given(moments, zones, zones)
def test_the_zone_in_which_a_moment_is_written_makes_no_difference(
    moment: datetime, written_zone: ZoneInfo, zone: ZoneInfo
) -> None:
    assert study_day(moment.astimezone(written_zone), zone, FOUR) == study_day(moment, zone, FOUR)


def test_days_are_added_and_counted() -> None:
    assert plus_days(date(2024, 2, 28), 1) == date(2024, 2, 29)
    assert plus_days(date(2024, 3, 1), -1) == date(2024, 2, 29)
    assert plus_days(date(9999, 12, 30), 5) == date.max
    assert plus_days(date(1, 1, 2), -5) == date.min
    assert plus_days(date.max, 10**12) == date.max
    assert days_between(date(2024, 2, 28), date(2024, 3, 1)) == 2
    assert days_between(date(2024, 3, 1), date(2024, 2, 28)) == -2
