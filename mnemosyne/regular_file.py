"""Opening a file only if it is a regular one, as a pipe or a device could block, or never end; and following links."""

from __future__ import annotations

import os
from errno import ELOOP
from pathlib import Path
from stat import S_ISREG
from typing import IO, Final

_NO_WAIT: Final[int] = getattr(os, "O_NONBLOCK", 0) | getattr(
    os, "O_BINARY", 0
)  # a pipe opens without waiting, then is refused


class IrregularFileError(OSError):
    """The file is a pipe, a device, a folder or a socket."""

    def __init__(self) -> None:
        super().__init__("this is not a regular file")
        self.strerror = str(self)


def open_regular(path: Path, flags: int = os.O_RDONLY, mode: str = "rb") -> IO[bytes]:
    """Open the file with the flags of `os.open`; raise IrregularFileError if it is not a regular one, OSError
    if it cannot be opened.

    A new file is readable by its owner alone.
    """
    handle = os.open(path, flags | _NO_WAIT, 0o600)
    if not S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise IrregularFileError
    return os.fdopen(handle, mode)


def require_regular(path: Path) -> None:
    """Raise IrregularFileError if the path exists and is not a regular file; OSError if it cannot be examined."""
    if path.exists() and not S_ISREG(path.stat().st_mode):
        raise IrregularFileError


def followed(path: Path) -> Path:
    """Return the absolute path that the links in a path lead to; raise OSError if they lead in a circle.

    Up to Python 3.12 `Path.resolve` raises RuntimeError for these; later ones return a link.
    """
    try:
        target = path.resolve()
    except RuntimeError:
        target = path
    if target.is_symlink():
        raise OSError(ELOOP, os.strerror(ELOOP), str(path))
    return target


def holds_a_deck(path: Path) -> bool:
    """Return whether a path is a file with more than one byte: SQLite takes a shorter one for a new database."""
    return path.is_file() and path.stat().st_size > 1


def permits(path: Path, mode: int) -> bool:
    """Return whether this process may use a path in a mode of `os.access`, as its effective user."""
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)
