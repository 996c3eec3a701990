"""The app in a process of its own, drawn by Textual's web driver: packets on its standard streams.

A packet is one letter (D: what a terminal would be sent, or would send; M: a JSON object about it), the length of the
rest in four bytes, most significant first, and the rest.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Final

from mnemosyne.checker.python import OWN_GROUP, environment
from mnemosyne.web import DRIVER_VARIABLE, WEB_DRIVER

_READY: Final = b"__GANGLION__\n"  # the line that Textual's web driver writes before its first packet
_PATIENCE: Final = 10.0  # seconds to end in; every answer is stored before the next question shows
_MOST_WAITING: Final = 1 << 20  # bytes typed that the app has not read; what comes after is dropped


class AppProcess:
    """One run of the app."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, arguments: Sequence[str], width: int, height: int) -> AppProcess:
        """Start `mnemosyne ARGUMENTS` for a terminal of so many columns and rows."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-P", "-m", "mnemosyne", *arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=_environment(width, height),
            start_new_session=True,  # a Ctrl+C in the terminal is the server's, which ends this in order
            creationflags=OWN_GROUP,
        )
        return cls(process)

    async def frames(self) -> AsyncIterator[bytes]:
        """Yield what a terminal would be sent, until the app ends or says that it does."""
        output = self._process.stdout
        assert output is not None
        with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await output.readuntil(_READY)
            while True:
                head = await output.readexactly(5)
                content = await output.readexactly(int.from_bytes(head[1:], "big"))
                if head[:1] == b"D":
                    yield content

    def type(self, text: str) -> None:
        """Hand on what a terminal would send."""
        self._write(b"D", text.encode(errors="replace"))

    def tell(self, kind: str, **values: int) -> None:
        """Tell the app of a `resize` with `width` and `height`, of `focus`, `blur` or `quit`."""
        self._write(b"M", json.dumps({"type": kind, **values}).encode())

    def _write(self, letter: bytes, content: bytes) -> None:
        stdin = self._process.stdin
        if stdin is None or stdin.is_closing() or stdin.transport.get_write_buffer_size() > _MOST_WAITING:
            return
        stdin.write(letter + len(content).to_bytes(4, "big") + content)

    async def end(self) -> int:
        """Ask the app to end, if it runs, kill it if it does not; return its exit status. Somebody reads `frames`."""
        self.tell("quit")
        try:
            return await asyncio.wait_for(self._process.wait(), _PATIENCE)
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()
            return await self._process.wait()


def _environment(width: int, height: int) -> dict[str, str]:
    """Return the app's environment; the names are those that Textual's web driver reads."""
    own = {DRIVER_VARIABLE: WEB_DRIVER, "TEXTUAL_COLOR_SYSTEM": "truecolor", "TERM": "xterm-256color"}
    return {**environment(os.environ), **own, "COLUMNS": str(width), "ROWS": str(height)}
