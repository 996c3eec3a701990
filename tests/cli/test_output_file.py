"""A file that appears only once it is complete: private, through links, and with nothing left behind on failure."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys

import pytest

from mnemosyne.cli.output_file import write_output
from mnemosyne.errors import InputError, StoreError


def names(folder):
    """Return the names in the folder."""
    return sorted(path.name for path in folder.iterdir())


def broken_after(*lines):
    """Yield lines, and then fail as whoever makes them may."""
    yield from lines
    raise StoreError("the deck is damaged")


def test_the_lines_are_in_the_file_and_only_its_owner_reads_them(tmp_path):
    write_output(tmp_path / "out.csv", ["a\n", "x²\r\n", "\ud800\n"])
    assert (tmp_path / "out.csv").read_bytes() == "a\nx²\r\n\\ud800\n".encode()
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o600
    assert names(tmp_path) == ["out.csv"]


def test_a_fault_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path):
    (tmp_path / "out.csv").write_text("old")
    with pytest.raises(StoreError, match="the deck is damaged"):
        write_output(tmp_path / "out.csv", broken_after("new\n"))
    assert (tmp_path / "out.csv").read_text() == "old"
    assert names(tmp_path) == ["out.csv"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_output(tmp_path / "link.csv", ["new\n"])
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere/out.csv", "{path}: there is no folder {folder}/nowhere; create it, or pass another path"),
        ("", "{path}: this is a folder; pass the path of a file in it"),
        ("pipe", "{path}: not a regular file; leave out -o and redirect the output there"),
        ("x" * 300, "{path}: cannot be written (File name too long); pass another path, or allow writing"),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="the messages are POSIX's")
def test_where_it_cannot_be_written_it_says_why(tmp_path, name, message):
    os.mkfifo(tmp_path / "pipe")
    path = tmp_path / name
    with pytest.raises(InputError) as caught:
        write_output(path, ["a\n"])
    assert str(caught.value) == message.format(path=path, folder=tmp_path)
    assert names(tmp_path) == ["pipe"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG])
def test_a_full_disk_is_reported_and_leaves_nothing(tmp_path, monkeypatch, number):
    def full(_handle):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError) as caught:
        write_output(tmp_path / "out.csv", ["a\n"])
    assert str(caught.value) == f"{tmp_path / 'out.csv'}: the disk is full; free some space, or write to another disk"
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has such limits")
def test_a_file_that_may_grow_no_further_is_reported_and_leaves_nothing(tmp_path):
    """A process of its own has a real limit on the size of a file."""
    probe = (
        "import resource, sys, pathlib\n"
        "from mnemosyne.cli.output_file import write_output\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "write_output(pathlib.Path(sys.argv[1]), ('x' * 999 + '\\n' for _ in range(1000)))\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", probe, str(tmp_path / "out.csv")], capture_output=True, text=True, check=False
    )
    assert process.stderr.splitlines()[-1].endswith("the disk is full; free some space, or write to another disk")
    assert names(tmp_path) == []
