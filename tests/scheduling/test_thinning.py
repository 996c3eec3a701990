"""Which backups are kept: typical examples, and what holds for any of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.scheduling.thinning import DAILY, MONTHLY, WEEKLY, worth_keeping

TODAY = date(2024, 6, 12)  # a Wednesday


def days_ago(days: int, hour: int = 8) -> datetime:
    """Return a moment some days ago."""
    return datetime(2024, 6, 12, hour, tzinfo=UTC) - timedelta(days=days)


def ages_of_kept(moments: set[datetime]) -> list[int]:
    """Return how many days old each of the kept backups is, newest first."""
    backup_times = worth_keeping(moments, datetime.date, TODAY)
    return [(TODAY - moment.date()).days for moment in sorted(backup_times, reverse=True)]


def test_nothing_to_keep():
    assert ages_of_kept(set()) == []


def test_all_of_today_and_yesterday_and_the_newest_of_the_day_before():
    moments = {days_ago(day, hour) for day in range(3) for hour in (8, 12, 20)}
    assert ages_of_kept(moments) == [0, 0, 0, 1, 1, 1, 2]
    assert days_ago(2, 20) in worth_keeping(moments, datetime.date, TODAY)


def test_a_year_of_daily_backups():
    days = [f"2024-06-{day:02}" for day in range(12, 0, -1)]
    sundays = ["2024-05-26", "2024-05-19", "2024-05-12", "2024-05-05", "2024-04-28", "2024-04-21", "2024-04-14"]
    ends_of_months = ["2024-05-31", "2024-04-30", "2024-03-31", "2024-02-29", "2024-01-31"]
    ends_of_months += ["2023-12-31", "2023-11-30", "2023-10-31"]
    left = worth_keeping({days_ago(day) for day in range(366)}, datetime.date, TODAY)
    assert {moment.date().isoformat() for moment in left} == {*days, *sundays, *ends_of_months}


def test_a_pause_removes_no_older_backup():
    before = {days_ago(day) for day in (200, 201, 202)}
    assert ages_of_kept(before | {days_ago(0)}) == [0, 200, 201, 202]


def test_backups_dated_in_the_future_are_kept():
    assert ages_of_kept({days_ago(-400, hour) for hour in range(3)} | {days_ago(0)}) == [-400, -400, -400, 0]


moments = st.sets(st.datetimes(datetime(2023, 1, 1), datetime(2024, 6, 12, 23), timezones=st.just(UTC)), max_size=80)


@given(moments)
def test_the_newest_is_kept_and_so_is_everything_of_two_days(backup_times: set[datetime]):
    left = worth_keeping(backup_times, datetime.date, TODAY)
    assert left <= backup_times
    assert {moment for moment in backup_times if moment.date() >= plus_days(TODAY, -1)} <= left
    assert not backup_times or max(backup_times) in left


@given(moments)
def test_beyond_two_days_there_are_never_more_than_the_rule_says(backup_times: set[datetime]):
    left = worth_keeping(backup_times, datetime.date, TODAY)
    assert len([moment for moment in left if moment.date() < plus_days(TODAY, -1)]) <= DAILY + WEEKLY + MONTHLY


@given(moments)
def test_thinning_again_removes_nothing_more(backup_times: set[datetime]):
    left = worth_keeping(backup_times, datetime.date, TODAY)
    assert worth_keeping(left, datetime.date, TODAY) == left


@pytest.mark.parametrize("a_day", [1, 3])
def test_day_by_day_the_oldest_backup_is_nine_months_old(a_day: int):
    left: frozenset[datetime] = frozenset()
    for ago in range(500, -1, -1):
        new_times = {days_ago(ago, hour) for hour in range(8, 8 + a_day)}
        left = worth_keeping(left | new_times, datetime.date, plus_days(TODAY, -ago))
    assert min(left).date() == date(2023, 10, 31)
    assert len(left) <= 2 * a_day + DAILY + WEEKLY + MONTHLY
