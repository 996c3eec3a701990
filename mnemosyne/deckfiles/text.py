"""Reading a text file of a deck, with one clear line for everything that a file can be instead."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISREG

LARGEST = 1_000_000  # bytes; with the other limits, what can be loaded in a second


_TOO_LARGE = f"the file has over {LARGEST:,} bytes; split it"


class FileError(Exception):
    """Why a file cannot be used, in one line."""


def read_text(path: Path) -> str:
    """The text of a file; FileError if it is no regular UTF-8 text of a sensible size."""
    try:
        if path.is_dir():
            raise FileError("this is a folder, not a card file")
        status = path.stat()
        if not S_ISREG(status.st_mode):
            raise FileError("this is no regular file")
        if status.st_size > LARGEST:
            raise FileError(_TOO_LARGE)
        return decoded(path.read_bytes())
    except OSError as error:
        raise FileError(f"the file cannot be read: {error.strerror or type(error).__name__}") from None


def decoded(data: bytes) -> str:
    """Return the text that a file's bytes are; FileError if they are no UTF-8, or too many."""
    if len(data) > LARGEST:
        raise FileError(_TOO_LARGE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"not UTF-8 at byte {error.start + 1}; save the file as UTF-8") from None
