"""Atomic writes: a file appears only once complete and on disk, readable by its owner alone; a
failed write leaves none.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from mnemosyne.regular_file import followed

if sys.platform != "win32":
    import fcntl

    _FULL_SYNC: Final[int | None] = getattr(fcntl, "F_FULLFSYNC", None)
else:
    _FULL_SYNC: Final[int | None] = None


def write_atomically(path: Path, lines: Iterable[str]) -> None:
    """Write the lines to the file in UTF-8; a symbolic link stays a link.

    Raises OSError if the file cannot be written.
    """
    write_bytes_atomically(path, (line.encode("utf-8", "backslashreplace") for line in lines))


def write_bytes_atomically(path: Path, parts: Iterable[bytes]) -> None:
    """Write the parts to the file, as `write_atomically` writes lines."""
    target = followed(path)
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
    """Make an OSError name the file that could not be written: on a full disk the system leaves it out."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def fsync_file(handle: int) -> None:
    """Flush an open file to disk; on macOS past the drive's own cache too, if the file system allows it."""
    if _FULL_SYNC is not None:
        with suppress(OSError):
            fcntl.fcntl(handle, _FULL_SYNC)
            return
    os.fsync(handle)


def fsync_folder(folder: Path) -> None:
    """Flush the folder's list of names to disk, where the platform can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
