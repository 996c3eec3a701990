"""A file that appears only once it is whole and on the disk, private to its owner; a fault leaves nothing behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, lines: Iterable[str]) -> None:
    """Write the lines into the file, in UTF-8; a link stays a link. OSError where that cannot be done."""
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            stream.writelines(lines)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
        keep_names(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def keep_names(folder: Path) -> None:
    """Force to the disk which names the folder holds, where the platform can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
