"""Reading a text file of a deck, with one clear message for everything else that a path may be."""

from __future__ import annotations

from pathlib import Path

from mnemosyne.regular_file import IrregularFileError, open_regular

LARGEST = 1_000_000  # bytes; with the other limits, as much as can be loaded in a second


_TOO_LARGE = f"the file is larger than {LARGEST:,} bytes; split it"


class FileError(Exception):
    """The reason why a file cannot be used."""


def read_text(path: Path) -> str:
    """Return the text of a file; raise FileError if it is not a regular UTF-8 file of reasonable size."""
    return decoded(read_data(path))


def read_data(path: Path) -> bytes:
    """Return the bytes of a file; raise FileError if it is not a regular file of reasonable size."""
    if path.is_dir():
        raise FileError("this is a folder, not a file")
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST + 1)
    except IrregularFileError as error:
        raise FileError(str(error)) from None
    except OSError as error:
        raise FileError(f"the file cannot be read: {error.strerror or type(error).__name__}") from None
    if len(data) > LARGEST:
        raise FileError(_TOO_LARGE)
    return data


def decoded(data: bytes) -> str:
    """Return a file's bytes decoded; raise FileError if they are not UTF-8, or too many."""
    if len(data) > LARGEST:
        raise FileError(_TOO_LARGE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"not UTF-8 at byte {error.start + 1}; save the file as UTF-8") from None
