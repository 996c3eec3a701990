"""How moments, zones and durations are written, for other programs to read back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mnemosyne.reports.column import day_text, duration_seconds, moment_text, offset_minutes


def test_a_moment_is_iso_8601_in_utc_and_reads_back():
    moment = datetime(2026, 3, 10, 7, 0, 0, 123456, tzinfo=UTC)
    assert moment_text(moment) == "2026-03-10T07:00:00.123Z"
    assert datetime.fromisoformat(moment_text(moment)) == moment.replace(microsecond=123000)


@pytest.mark.parametrize("offset", [0, 60, -210, 345, -720, 840])
def test_an_offset_is_minutes(offset):
    assert offset_minutes(timedelta(minutes=offset)) == offset


def test_durations_are_seconds_to_the_millisecond():
    assert duration_seconds(timedelta(seconds=12, microseconds=345678)) == 12.346


def test_a_missing_day_is_empty():
    assert day_text(None) is None
