"""A file is forced to the disk, on macOS beyond the disk's own memory; a read-only file is not replaced."""

from __future__ import annotations

import os
import sys

import pytest

from mnemosyne import atomic_write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fcntl is of POSIX systems")
FULL_SYNC = 51  # F_FULLFSYNC of macOS


@pytest.mark.parametrize(
    ("number", "grants", "calls"),
    [
        (FULL_SYNC, True, ["full"]),
        (FULL_SYNC, False, ["full", "plain"]),  # a network drive
        (None, True, ["plain"]),
    ],
    ids=["macos", "refused", "linux"],
)
def test_a_file_is_forced_to_the_disk_as_far_as_the_system_can(tmp_path, monkeypatch, number, grants, calls):
    sync_calls = []

    def full_sync(_handle, command):
        assert command == FULL_SYNC
        sync_calls.append("full")
        if not grants:
            raise OSError("Operation not supported")

    monkeypatch.setattr(atomic_write, "_FULL_SYNC", number)
    monkeypatch.setattr(atomic_write.fcntl, "fcntl", full_sync)
    monkeypatch.setattr(os, "fsync", lambda _: sync_calls.append("plain"))
    with (tmp_path / "file").open("wb") as file:
        atomic_write.fsync_file(file.fileno())
    assert sync_calls == calls


def test_a_read_only_file_is_not_replaced(public_folder):
    path = public_folder / "cards.yaml"
    path.write_bytes(b"before")
    path.chmod(0o444)
    with pytest.raises(PermissionError) as refused:
        atomic_write.replace_unchanged(path, b"before", b"after")
    assert (refused.value.strerror, refused.value.filename) == ("Permission denied", str(path))
    assert (path.read_bytes(), list(public_folder.iterdir())) == (b"before", [path])
