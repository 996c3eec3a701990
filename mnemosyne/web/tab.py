"""One browser tab: its WebSocket, and the app's process while it is this tab's turn.

The messages are those of textual-serve's page: it sends JSON lists of a name and a value, and
receives bytes for its terminal. The app runs with Textual's web driver, whose packets on standard
input and output are a letter (D: terminal data; M: a JSON object), the length of the content in
four bytes, most significant first, and the content.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Final

from aiohttp import WSMsgType, web

from mnemosyne.checker.python import OWN_GROUP, environment
from mnemosyne.text import parse_json
from mnemosyne.web import DRIVER_VARIABLE, WEB_DRIVER

_CLEAR: Final = "\x1b[?1049l\x1b[2J\x1b[H\x1b[?25l"  # leave the app's screen, clear, hide the cursor
_MOST_CELLS: Final = 1000  # most columns or rows of a terminal
_ENTER: Final = "\r"
_READY: Final = b"__GANGLION__\n"  # the line that Textual's web driver writes before its first packet
_PATIENCE: Final = 10.0  # seconds to end in; all answers are stored already
_MOST_WAITING: Final = 1 << 20  # bytes typed but not yet read by the app; more are dropped


class AppProcess:
    """One process of the app."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, arguments: Sequence[str], width: int, height: int) -> AppProcess:
        """Start `mnemosyne ARGUMENTS` for a terminal of this width and height, in cells."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-P", "-m", "mnemosyne", *arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=_environment(width, height),
            start_new_session=True,  # Ctrl+C goes to the server only, which ends this process
            creationflags=OWN_GROUP,
        )
        return cls(process)

    async def frames(self) -> AsyncIterator[bytes]:
        """Yield the terminal output of the app until it ends or announces its end."""
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
        """Send text to the app as typed in its terminal."""
        self._write(b"D", text.encode(errors="replace"))

    def send_event(self, kind: str, **values: int) -> None:
        """Send the app a `resize` with `width` and `height`, or `focus`, `blur` or `quit`."""
        self._write(b"M", json.dumps({"type": kind, **values}).encode())

    def _write(self, letter: bytes, content: bytes) -> None:
        stdin = self._process.stdin
        if stdin is None or stdin.is_closing() or stdin.transport.get_write_buffer_size() > _MOST_WAITING:
            return
        stdin.write(letter + len(content).to_bytes(4, "big") + content)

    async def end(self) -> int:
        """Ask the app to end, kill it if it does not, and return its exit status.

        Its `frames` must be read meanwhile.
        """
        self.send_event("quit")
        try:
            return await asyncio.wait_for(self._process.wait(), _PATIENCE)
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()
            return await self._process.wait()


def _environment(width: int, height: int) -> dict[str, str]:
    """Return the app's environment, with the variables that Textual's web driver reads."""
    own = {DRIVER_VARIABLE: WEB_DRIVER, "TEXTUAL_COLOR_SYSTEM": "truecolor", "TERM": "xterm-256color"}
    return {**environment(os.environ), **own, "COLUMNS": str(width), "ROWS": str(height)}


class Tab:
    """A connected tab; `take_over` is called when it takes the app over from another."""

    def __init__(
        self, socket: web.WebSocketResponse, size: tuple[int, int], take_over: Callable[[Tab], Awaitable[None]]
    ) -> None:
        self._socket = socket
        self._size = size
        self._take_over = take_over
        self._app: AppProcess | None = None
        self._gone = asyncio.Event()

    @property
    def is_disconnected(self) -> bool:
        """Whether the tab is disconnected."""
        return self._gone.is_set()

    async def play(self, arguments: Sequence[str]) -> None:
        """Run the app in this tab until either ends."""
        if self.is_disconnected:
            return
        self._app = app = await AppProcess.start(arguments, *self._size)
        ending = asyncio.create_task(self._end_with_tab(app))
        try:
            async for frame in app.frames():
                await self._send(frame)
        finally:
            ending.cancel()
            status = await app.end()
        await self.leave(
            "Mnemosyne is closed." if status == 0 else "Mnemosyne has stopped: see the terminal that serves it."
        )

    async def _end_with_tab(self, app: AppProcess) -> None:
        await self._gone.wait()
        await app.end()

    async def read(self) -> None:
        """Handle the messages of the tab until it is gone."""
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    await self._obey(*_name_and_value(message.data))
        finally:
            self._gone.set()

    async def _obey(self, name: str, value: Any) -> None:
        if name == "resize" and isinstance(value, dict):
            self._size = terminal_size(value.get("width"), value.get("height"))
        if self._app is None:
            if name == "stdin" and _ENTER in str(value):
                await self._take_over(self)
        elif name == "stdin":
            self._app.type(str(value))
        elif name == "resize":
            self._app.send_event("resize", width=self._size[0], height=self._size[1])
        elif name in ("focus", "blur"):
            self._app.send_event(name)

    async def show(self, *lines: str) -> None:
        """Show lines in place of the app."""
        text = "\r\n".join(lines)
        await self._send(f"{_CLEAR}{text}".encode())

    async def leave(self, *lines: str) -> None:
        """Show the reason and disconnect the tab."""
        await self.show(*lines)
        await self._socket.close()

    async def _send(self, content: bytes) -> None:
        with suppress(ConnectionError, RuntimeError):  # the tab is gone, which `read` notices
            await self._socket.send_bytes(content)


def terminal_size(width: object, height: object) -> tuple[int, int]:
    """Return columns and rows as stated by the page, with defaults for values that are not numbers."""
    return _cells(width, 80), _cells(height, 24)


def _cells(number: object, usual: int) -> int:
    text = str(number)
    return min(max(int(text), 1), _MOST_CELLS) if text.isascii() and text.isdigit() and len(text) < 9 else usual


def _name_and_value(text: str) -> tuple[str, Any]:
    """Return the name and value of a message; an invalid one has an empty name."""
    try:
        match parse_json(text):
            case [str(name)]:
                return name, None
            case [str(name), value]:
                return name, value
    except ValueError:
        pass
    return "", None
