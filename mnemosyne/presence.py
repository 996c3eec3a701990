"""Which sessions are on a deck: each holds an operating system lock on a file beside it while it runs.

The lock ends with the process, however that ends, so it is never stale. It only informs and forbids
nothing: two sessions can safely share a deck. On systems or disks without locks, every session
seems to be alone.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCK_SUFFIX: Final = ".lock"  # appended to the deck's file name
_PLACES: Final = 64  # most sessions that can be distinguished where bytes are locked
_ATTEMPTS: Final = 200  # most attempts while another session holds the whole lock, which is only for an instant
_PAUSE: Final = 0.005  # seconds between two attempts


class Presence:
    """A session's lock on the deck at `path`; `alone` says whether there was no other at its start.

    If it is not `shared`, only one session can have it: unless it is `alone`, this one does not.
    """

    def __init__(self, path: Path, *, shared: bool = True) -> None:
        self.alone = True
        self._file: int | None = None
        with suppress(OSError):
            self._file = os.open(path.with_name(path.name + _LOCK_SUFFIX), os.O_RDWR | os.O_CREAT, 0o600)
            self.alone = _enter(self._file) if shared else _lock_whole(self._file)

    def leave(self) -> None:
        """Release the lock; can be called repeatedly."""
        if self._file is not None:
            os.close(self._file)  # this also releases the lock
        self._file = None


def has_sessions(path: Path) -> bool:
    """Return whether any session is on the deck at `path`."""
    presence = Presence(path)
    presence.leave()
    return not presence.alone


if sys.platform == "win32":

    def _enter(file: int) -> bool:
        """Lock the first free byte, and return whether all were free."""
        free = [place for place in range(_PLACES) if _lock_byte(file, place, msvcrt.LK_NBLCK)]
        for place in free[1:]:
            _lock_byte(file, place, msvcrt.LK_UNLCK)
        return len(free) == _PLACES

    def _lock_whole(file: int) -> bool:
        """Try to take the exclusive lock; return whether it was free."""
        return _lock_byte(file, 0, msvcrt.LK_NBLCK)

    def _lock_byte(file: int, place: int, how: int) -> bool:
        os.lseek(file, place, os.SEEK_SET)
        try:
            msvcrt.locking(file, how, 1)
        except OSError:
            return False
        return True

else:

    def _enter(file: int) -> bool:
        """Share the lock with all other sessions, and return whether there were none."""
        alone = _lock_whole(file)
        for _ in range(_ATTEMPTS):
            if _lock(file, fcntl.LOCK_SH):
                break
            time.sleep(_PAUSE)  # another session is checking whether it is alone, and will share the lock at once
        return alone

    def _lock_whole(file: int) -> bool:
        """Try to take the exclusive lock; return whether it was free."""
        return _lock(file, fcntl.LOCK_EX)

    def _lock(file: int, how: int) -> bool:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
