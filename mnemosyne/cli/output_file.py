"""The file named by `-o`, written completely or not at all; errors are reported in one line."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mnemosyne.atomic_write import write_bytes_atomically
from mnemosyne.errors import InputError
from mnemosyne.regular_file import followed

_FULL: Final = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def write_output(path: Path, lines: Iterable[str]) -> None:
    """Write the lines to the file, in UTF-8; raise InputError with a one-line message on failure."""
    write_output_bytes(path, (line.encode("utf-8", "backslashreplace") for line in lines))


def write_output_bytes(path: Path, parts: Iterable[bytes]) -> None:
    """Write the parts to the file; raise InputError with a one-line message on failure."""
    with _one_line_errors(path):
        _require_writable(path, followed(path))
        write_bytes_atomically(path, parts)


def _require_writable(path: Path, target: Path) -> None:
    if not target.parent.is_dir():
        raise InputError(f"{path}: there is no folder {target.parent}", "create it, or pass another path")
    if target.is_dir():
        raise InputError(f"{path}: this is a folder", "pass the path of a file in it")
    if target.exists() and not target.is_file():
        raise InputError(f"{path}: not a regular file", "leave out -o and redirect the output there")


@contextmanager
def _one_line_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise InputError(f"{path}: the disk is full", "free some space, or write to another disk") from error
        reason = error.strerror or type(error).__name__
        raise InputError(f"{path}: cannot be written ({reason})", "pass another path, or allow writing") from error
