"""Who else has a session on a deck: each holds a lock of the operating system on a file beside it while it lives.

Such a lock ends with its process, however that ends, so none is ever stale. It only tells and forbids nothing: two
sessions are safe on one deck. Where the system or the disk has no locks, everybody counts as being alone.
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

_LOCK_SUFFIX: Final = ".lock"  # the suffix after the deck's whole name
_PLACES: Final = 64  # sessions that can be told apart where locks are on bytes
_GLANCES: Final = 200  # times that a session waits for another that looks who is there, which is done in no time
_GLANCE: Final = 0.005  # seconds


class Presence:
    """One session's sign on the deck at `path`; `alone` says whether it was the only one when it came.

    A sign that is not `shared` is had by one at a time: who is not alone has none.
    """

    def __init__(self, path: Path, *, shared: bool = True) -> None:
        self.alone = True
        self._file: int | None = None
        with suppress(OSError):
            self._file = os.open(path.with_name(path.name + _LOCK_SUFFIX), os.O_RDWR | os.O_CREAT, 0o600)
            self.alone = _enter(self._file) if shared else _lock_whole(self._file)

    def leave(self) -> None:
        """Remove the sign; safe to call again."""
        if self._file is not None:
            os.close(self._file)  # and with it the lock
        self._file = None


def others(path: Path) -> bool:
    """Return whether a session is on the deck at `path` at this moment."""
    visitor = Presence(path)
    visitor.leave()
    return not visitor.alone


if sys.platform == "win32":

    def _enter(file: int) -> bool:
        """Lock the first byte that is free, and return whether all were free."""
        free = [place for place in range(_PLACES) if _lock_byte(file, place, msvcrt.LK_NBLCK)]
        for place in free[1:]:
            _lock_byte(file, place, msvcrt.LK_UNLCK)
        return len(free) == _PLACES

    def _lock_whole(file: int) -> bool:
        """Return whether the lock is had, by nobody else."""
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
        for _ in range(_GLANCES):
            if _lock(file, fcntl.LOCK_SH):
                break
            time.sleep(_GLANCE)  # somebody else has the whole lock, to see whether he is alone, and shares it at once
        return alone

    def _lock_whole(file: int) -> bool:
        """Return whether the lock is had, by nobody else."""
        return _lock(file, fcntl.LOCK_EX)

    def _lock(file: int, how: int) -> bool:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
