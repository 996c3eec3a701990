"""Atomic writes: a file appears only once complete and on disk, a new one readable by its owner alone; a
failed write leaves none. `replace_unchanged` writes only over the content that its caller has read: where a folder
can be locked, programs that use it wait for each other, two seconds at most.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES
from pathlib import Path
from typing import Final

from mnemosyne.regular_file import followed, permits

if sys.platform != "win32":
    import fcntl

    _FULL_SYNC: Final[int | None] = getattr(fcntl, "F_FULLFSYNC", None)
else:
    _FULL_SYNC: Final[int | None] = None

_MOST_TRIES: Final = 200  # while another program replaces a file in the same folder, which is brief
_PAUSE: Final = 0.01  # seconds between two tries


def write_atomically(path: Path, lines: Iterable[str]) -> None:
    """Write the lines to the file in UTF-8; a symbolic link stays a link.

    Raises OSError if the file cannot be written.
    """
    write_bytes_atomically(path, (line.encode("utf-8", "backslashreplace") for line in lines))


def write_bytes_atomically(path: Path, parts: Iterable[bytes]) -> None:
    """Write the parts to the file, as `write_atomically` writes lines."""
    _write(followed(path), path, parts)


def replace_unchanged(path: Path, before: bytes | None, after: bytes) -> bool:
    """Write the file if it still has the content `before`, None for a missing one, and return whether it has.

    The file keeps its mode, and a symbolic link stays a link. Raises OSError if it cannot be written, and for a
    read-only file, even where its folder would allow replacing it.
    """
    target = followed(path)
    if target.exists() and not permits(target, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), str(path))
    with _locked(target.parent):
        unchanged = (target.read_bytes() if target.exists() else None) == before
        if unchanged:
            _write(target, path, [after], None if before is None else stat.S_IMODE(target.stat().st_mode))
    return unchanged


def _write(target: Path, path: Path, parts: Iterable[bytes], mode: int | None = None) -> None:
    """Write a file through a draft beside it; errors name `path`."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with naming(path), os.fdopen(handle, "wb") as stream:
            stream.writelines(parts)
            stream.flush()
            fsync_file(stream.fileno())
        if mode is not None:
            draft.chmod(mode)
        draft.replace(target)
        fsync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other programs from replacing a file in the folder meanwhile, where the platform can lock a folder.

    After two seconds go on without: the other program may have been stopped.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        for _ in range(_MOST_TRIES):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_PAUSE)
            except OSError:  # a network drive may have no locks
                break
            else:
                break
        yield
    finally:
        os.close(handle)  # this also releases the lock


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
