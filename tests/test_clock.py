"""The clock's zone: by name wherever there is one, so that a day in the other half of the year has its own offset."""

from __future__ import annotations

import sys
import time as time_module
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from struct import pack
from types import SimpleNamespace

import pytest

from mnemosyne import clock
from mnemosyne.clock import SystemClock

WINTER, SUMMER = (datetime(2026, month, 1, 12, tzinfo=UTC) for month in (1, 7))
posix = pytest.mark.skipif(sys.platform == "win32", reason="these are the places of POSIX systems")


def offsets() -> list[timedelta | None]:
    """Return the local offsets of winter and summer, by the clock."""
    zone = SystemClock(time(4)).zone()
    return [moment.astimezone(zone).utcoffset() for moment in (WINTER, SUMMER)]


@pytest.mark.parametrize("name", ["Europe/Zurich", ":Europe/Zurich"])
def test_the_environment_names_the_zone(monkeypatch, name):
    monkeypatch.setenv("TZ", name)
    assert offsets() == [timedelta(hours=1), timedelta(hours=2)]


@posix
def test_otherwise_the_system_names_the_zone(monkeypatch, tmp_path):
    zones = tmp_path / "share" / "zoneinfo" / "Europe"
    zones.mkdir(parents=True)
    (zones / "Zurich").touch()
    (tmp_path / "localtime").symlink_to(zones / "Zurich")
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(clock, "_LOCALTIME", tmp_path / "localtime")
    assert offsets() == [timedelta(hours=1), timedelta(hours=2)]


def zone_file(folder: Path) -> Path:
    """Write Zurich's rules of today as a file of RFC 9636 that no link names, as a container has a copy of one."""
    head = b"TZif2" + bytes(15) + pack(">6l", 0, 0, 0, 0, 1, 4)
    block = head + pack(">lbb", 3600, 0, 0) + b"CET\0"
    path = folder / "localtime"
    path.write_bytes(block * 2 + b"\nCET-1CEST,M3.5.0,M10.5.0/3\n")
    return path


@posix
@pytest.mark.parametrize("prefix", ["", ":"])
def test_the_environment_may_give_the_file_of_the_zone(monkeypatch, tmp_path, prefix):
    monkeypatch.setenv("TZ", f"{prefix}{zone_file(tmp_path)}")
    assert offsets() == [timedelta(hours=1), timedelta(hours=2)]


@pytest.mark.parametrize(
    ("rule", "hours"),
    [
        ("CET-1CEST,M3.5.0,M10.5.0/3", (1, 2)),
        (":CET-1CEST,M3.5.0,M10.5.0/3", (1, 2)),
        ("EST5EDT,M3.2.0,M11.1.0", (-5, -4)),
    ],
)
def test_the_environment_may_give_the_rule_of_the_zone(monkeypatch, rule, hours):
    monkeypatch.setenv("TZ", rule)
    assert offsets() == [timedelta(hours=number) for number in hours]


@posix
def test_the_system_may_have_a_copy_of_the_zones_file_instead_of_a_link(monkeypatch, tmp_path):
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(clock, "_LOCALTIME", zone_file(tmp_path))
    assert offsets() == [timedelta(hours=1), timedelta(hours=2)]
    assert SystemClock(time(4)).zone() is SystemClock(time(4)).zone()


@posix
@pytest.mark.parametrize(
    "name",
    [
        "/dev/zero",
        "/dev",
        "Nowhere/Atlantis",
        "/etc/passwd",
        "../../etc/passwd",
        "UTC+3",
        "x" * 300,
        "CET-1CEST,M3.5.0",
        "é,M3.5.0",
    ],
)
def test_without_a_known_name_the_offset_of_the_moment_is_used(monkeypatch, name):
    monkeypatch.setenv("TZ", name)
    monkeypatch.setattr(clock, "_LOCALTIME", Path("/nowhere/localtime"))
    assert offsets() == [datetime.now().astimezone().utcoffset()] * 2


@posix
@pytest.mark.parametrize("name", ["AAA-99", "AAA+24:59:59", "AAA-24"])
def test_an_offset_of_a_day_or_more_is_ignored(monkeypatch, name):
    monkeypatch.setenv("TZ", name)
    time_module.tzset()
    try:
        assert offsets() == [timedelta(0)] * 2
    finally:
        monkeypatch.undo()
        time_module.tzset()


def test_windows_has_its_own_names_for_zones(monkeypatch):
    """Windows has no link to a zone; a package that is installed only there translates its names."""
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(clock, "_LOCALTIME", Path("/nowhere/localtime"))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "tzlocal", SimpleNamespace(get_localzone_name=lambda: "Europe/Zurich"))
    assert offsets() == [timedelta(hours=1), timedelta(hours=2)]
