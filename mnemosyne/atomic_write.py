"""Atomic writes: a file appears only once it is complete and on the disk, private to its owner; a fault leaves none."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

    _FULL_SYNC: Final[int | None] = getattr(fcntl, "F_FULLFSYNC", None)
else:
    _FULL_SYNC: Final[int | None] = None


def write_atomically(path: Path, lines: Iterable[str]) -> None:
    """Write the lines into the file, in UTF-8; a link stays a link. OSError where that cannot be done."""
    write_bytes_atomically(path, (line.encode("utf-8", "backslashreplace") for line in lines))


def write_bytes_atomically(path: Path, parts: Iterable[bytes]) -> None:
    """Write the parts into the file as `write_atomically` does with lines."""
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with naming(path), os.fdopen(handle, "wb") as stream:
            stream.writelines(parts)
            stream.flush()
            fsync_file(stream.fileno())
        draft.replace(target)
        fsync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Make an OSError name the file that could not be written: where the disk is full, the system does not."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def fsync_file(handle: int) -> None:
    """Force an open file to the disk; on macOS past the disk's own memory too, where that can be had."""
    if _FULL_SYNC is not None:
        with suppress(OSError):
            fcntl.fcntl(handle, _FULL_SYNC)
            return
    os.fsync(handle)


def fsync_folder(folder: Path) -> None:
    """Force to the disk which names the folder holds, where the platform can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
