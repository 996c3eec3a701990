"""A file that appears only once it is whole and on the disk, private to its owner; a fault leaves nothing behind."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mnemosyne.errors import InputError

_FULL: Final = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def write_whole(path: Path, lines: Iterable[str]) -> None:
    """Write the lines into the file, in UTF-8; InputError, in one line, where that cannot be done."""
    with _told(path):
        target = path.resolve()  # through a link, so that the link stays one
        _see_file(path, target)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        draft = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                stream.writelines(lines)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(target)
            _keep_name(target.parent)
        finally:
            draft.unlink(missing_ok=True)


def _see_file(path: Path, target: Path) -> None:
    if not target.parent.is_dir():
        raise InputError(f"{path}: there is no folder {target.parent}", "make it, or give another path")
    if target.is_dir():
        raise InputError(f"{path}: this is a folder", "give the path of a file in it")
    if target.exists() and not target.is_file():
        raise InputError(f"{path}: this is no ordinary file", "leave -o away and redirect the output there")


def _keep_name(folder: Path) -> None:
    """See that the folder's entry, too, is on the disk, where the platform can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise InputError(f"{path}: the disk is full", "free some space, or write to another disk") from error
        reason = error.strerror or type(error).__name__
        raise InputError(f"{path}: cannot be written ({reason})", "allow it, or give another path") from error
