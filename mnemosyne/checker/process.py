"""One child process and its pipes: lines out, lines in with a time limit, and a kill that leaves nothing behind."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

from mnemosyne.checker.python import start_python
from mnemosyne.errors import WorkerError
from mnemosyne.log_file import open_log

LONGEST = 1 << 26  # bytes of a line; anything longer is not a message, and must not fill the memory


class ChildGoneError(Exception):
    """The child has ended, so no more lines will come."""


class ChildProcess:
    """A running child; it runs `module` with `arguments`, and its standard error goes to `log`."""

    def __init__(self, module: str, log: Path | None, arguments: Sequence[str] = ()) -> None:
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        self._errors = _opened(log)
        try:
            self._process = start_python(["-m", module, *arguments], stderr=self._errors)
        except WorkerError:
            self._errors.close()
            raise
        self._unsent: SimpleQueue[bytes | None] = SimpleQueue()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._read, self._write)]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether the child has ended."""
        return self._process.poll() is not None

    def _read(self) -> None:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline(LONGEST):
            self._lines.put(line)
        self._lines.put(None)

    def _write(self) -> None:
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):  # the child reads no more; `receive` reports that
            while (line := self._unsent.get()) is not None:
                self._process.stdin.write(line)
                self._process.stdin.flush()

    def send(self, line: bytes) -> None:
        """Queue one line for writing; never wait, even if the child reads nothing."""
        self._unsent.put(line)

    def receive(self, until: float) -> bytes | None:
        """Return the next line, or None once the monotonic time is `until`; raise ChildGoneError
        after the last line.
        """
        try:
            line = self._lines.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            return None
        if line is None:
            self._lines.put(None)
            raise ChildGoneError
        return line

    def kill(self) -> None:
        """End the child and wait for it; may be called again."""
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        self._unsent.put(None)
        for thread in self._threads:
            thread.join()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            with suppress(OSError):
                if stream is not None:
                    stream.close()


def _opened(log: Path | None) -> IO[bytes]:
    """Open the log, or the null device if it cannot be written: a full disk must not stop the checker."""
    if log is not None:
        with suppress(OSError):
            return open_log(log)
    return Path(os.devnull).open("ab")
