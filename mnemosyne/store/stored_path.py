"""Paths as a deck stores them: a byte of a name that is not UTF-8 is kept as a character for private use, and back."""

from __future__ import annotations

from typing import Final

_BYTES: Final = range(0x80, 0x100)  # of which Python makes the halves of surrogate pairs, which UTF-8 cannot hold
_PRIVATE: Final = 0x10FE00  # in Unicode's last private plane, where no name has a character
_OUT: Final = {0xDC00 + byte: _PRIVATE + byte for byte in _BYTES}
_IN: Final = {_PRIVATE + byte: 0xDC00 + byte for byte in _BYTES}


def path_out(path: str) -> str:
    """Return the path as it can be stored."""
    return path if path.isascii() else path.translate(_OUT)


def path_in(stored: str) -> str:
    """Return the path that `path_out` stored."""
    return stored if stored.isascii() else stored.translate(_IN)
