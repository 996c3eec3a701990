"""One tab of the browser: its WebSocket, and the app's process once it is this tab's turn.

The messages are those of textual-serve's page: a JSON list of a name and a value comes from it, bytes for its terminal
go to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Final

from aiohttp import WSMsgType, web

from mnemosyne.text import parse_json
from mnemosyne.web.app_process import AppProcess

_CLEAR: Final = "\x1b[?1049l\x1b[2J\x1b[H\x1b[?25l"  # leave the app's screen, clear, hide the cursor
_MOST_CELLS: Final = 1000  # columns or rows of a terminal
_ENTER: Final = "\r"


class Tab:
    """A tab that is connected; `take_over` is called when it takes over from another."""

    def __init__(
        self, socket: web.WebSocketResponse, size: tuple[int, int], take_over: Callable[[Tab], Awaitable[None]]
    ) -> None:
        self._socket = socket
        self._size = size
        self._take_over = take_over
        self._app: AppProcess | None = None
        self._gone = asyncio.Event()

    @property
    def gone(self) -> bool:
        """Whether the tab is disconnected."""
        return self._gone.is_set()

    async def play(self, arguments: Sequence[str]) -> None:
        """Run the app in this tab until either ends."""
        if self.gone:
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
        """Hand on what is typed until the tab is gone, and the app with it."""
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
            self._app.tell("resize", width=self._size[0], height=self._size[1])
        elif name in ("focus", "blur"):
            self._app.tell(name)

    async def show(self, *lines: str) -> None:
        """Show lines in place of the app."""
        text = "\r\n".join(lines)
        await self._send(f"{_CLEAR}{text}".encode())

    async def leave(self, *lines: str) -> None:
        """Show why this ends, and disconnect the tab."""
        await self.show(*lines)
        await self._socket.close()

    async def _send(self, content: bytes) -> None:
        with suppress(ConnectionError, RuntimeError):  # the tab is gone, as `read` learns
            await self._socket.send_bytes(content)


def terminal_size(width: object, height: object) -> tuple[int, int]:
    """Return columns and rows as the page says them, those of a usual terminal for what is no number."""
    return _cells(width, 80), _cells(height, 24)


def _cells(number: object, usual: int) -> int:
    text = str(number)
    return min(max(int(text), 1), _MOST_CELLS) if text.isascii() and text.isdigit() and len(text) < 9 else usual


def _name_and_value(text: str) -> tuple[str, Any]:
    """Return what a message says; an empty name for what is none."""
    try:
        match parse_json(text):
            case [str(name)]:
                return name, None
            case [str(name), value]:
                return name, value
    except ValueError:
        pass
    return "", None
