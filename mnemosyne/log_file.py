"""The error log: appended to, readable by its owner alone, and limited to about a megabyte."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import IO, Final

from mnemosyne.regular_file import open_regular

LONGEST: Final = 1 << 20  # bytes that a log may have before its older half is dropped
_KEPT: Final = LONGEST // 2


def open_log(path: Path) -> IO[bytes]:
    """Open the log for appending, without its older half if it is too long; raise OSError if it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_regular(path, os.O_RDWR | os.O_CREAT, "rb+") as log:
        _shorten(log)
    return open_regular(path, os.O_WRONLY | os.O_APPEND, "ab")


def log_exception(path: Path, occasion: str, error: BaseException) -> None:
    """Append an exception with its traceback and what was being done; raise OSError if the log cannot be written."""
    lines = "".join(traceback.format_exception(error))
    with open_log(path) as log:
        log.write(f"mnemosyne {occasion}\n{lines}\n".encode("utf-8", "backslashreplace"))


def has_room(handle: int) -> bool:
    """Return whether an open log, given by its file descriptor, may still grow; always True for a
    terminal or a pipe.
    """
    return os.fstat(handle).st_size < 2 * LONGEST


def _shorten(log: IO[bytes]) -> None:
    """Keep only the newest lines of a log that is too long."""
    size = log.seek(0, os.SEEK_END)
    if size <= LONGEST:
        return
    log.seek(size - _KEPT)
    newest = log.read(_KEPT).partition(b"\n")[2]
    log.seek(0)
    log.write(newest)
    log.truncate()
