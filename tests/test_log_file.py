"""The log file: bounded however much goes wrong, and never waited for when something else has its name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mnemosyne.log_file import LONGEST, has_room, open_log
from mnemosyne.regular_file import IrregularFileError, open_regular, require_regular

LINE = b"a traceback's line, more or less as long as they are\n"


def test_a_log_keeps_its_newest_lines_and_stays_bounded(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "checker.log"
    for number in range(300):
        with open_log(path) as log:
            log.write(LINE * 200 + b"%d\n" % number)
        assert path.stat().st_size < LONGEST + 200 * len(LINE) + 4
    lines = path.read_bytes().splitlines(keepends=True)
    assert lines[-1] == b"299\n"
    assert set(lines) - {b"%d\n" % number for number in range(300)} == {LINE}, "no line is cut"


def test_a_log_is_private_and_appended_to(tmp_path: Path) -> None:
    path = tmp_path / "checker.log"
    for line in (b"one\n", b"two\n"):
        with open_log(path) as log:
            log.write(line)
    assert path.read_bytes() == b"one\ntwo\n"
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_a_full_log_has_no_room(tmp_path: Path) -> None:
    path = tmp_path / "checker.log"
    with path.open("wb") as log:
        assert has_room(log.fileno())
        log.truncate(2 * LONGEST)
        assert not has_room(log.fileno())


@pytest.fixture(params=["pipe", "device", "folder"])
def irregular(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return something with the name of a file that is not one."""
    if request.param == "folder":
        return tmp_path
    if not hasattr(os, "mkfifo"):
        pytest.skip("only POSIX systems have named pipes and devices")
    if request.param == "device":
        return Path("/dev/zero")
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def test_what_is_not_a_regular_file_is_refused_at_once(irregular: Path) -> None:
    with pytest.raises(OSError):
        open_log(irregular)
    with pytest.raises(OSError):
        open_regular(irregular)
    with pytest.raises(IrregularFileError, match=r"^this is not a regular file$"):
        require_regular(irregular)


def test_a_missing_file_is_not_refused(tmp_path: Path) -> None:
    require_regular(tmp_path / "nothing")
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "nothing")
