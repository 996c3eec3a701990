"""Chromium as a person at a tablet uses it: pages are opened, keys are pressed, and the result is looked at.

It is controlled through its own DevTools protocol. Every wait is for the awaited thing itself.
"""

from __future__ import annotations

import asyncio
import base64
import os
import re
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
from browser import QUIET
from patience import PATIENCE, wait_until

from mnemosyne.tui.type_ahead import REACTION

_ESCAPES = re.compile(r"\x1b(\[[0-9;?<>=$]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9]|.)")


class Chromium:
    """One browser; each page that is opened has cookies of its own."""

    def __init__(self, program: str, folder: Path, *flags: str) -> None:
        own = ["--remote-debugging-port=0", f"--user-data-dir={folder}", "--window-size=1000,700", *flags]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            own.append("--no-sandbox")  # the sandbox refuses to run as root
        with (folder / "stderr").open("wb") as errors:
            self._process = subprocess.Popen([program, *QUIET, *own, "about:blank"], stderr=errors)
        port_file = folder / "DevToolsActivePort"
        wait_until(lambda: port_file.exists() and port_file.read_text().count("\n") > 0, "Chromium does not listen")
        port, path = port_file.read_text().split("\n")[:2]
        self.address = f"ws://127.0.0.1:{port}{path}"

    def close(self) -> None:
        """End the browser."""
        self._process.terminate()
        self._process.wait(PATIENCE)


class Page:
    """One tab: what it requested and from whom, its errors, and what its terminal was sent."""

    def __init__(self, connection: Connection, context: str, target: str, session: str) -> None:
        self._connection = connection
        self.context = context  # whose cookies it has
        self._target = target
        self._session = session
        self._sent = ""
        self._loads = 0
        self.requests: list[str] = []
        self.errors: list[str] = []

    def take(self, event: str, details: dict[str, Any]) -> None:
        """Record what the browser reports."""
        if event == "Page.loadEventFired":
            self._loads += 1
        elif event == "Network.requestWillBeSent":
            self.requests.append(details["request"]["url"])
        elif event == "Network.webSocketCreated":
            self.requests.append(details["url"])
        elif event == "Network.webSocketFrameReceived" and details["response"]["opcode"] == 2:
            self._sent += base64.b64decode(details["response"]["payloadData"]).decode(errors="replace")
        elif event == "Log.entryAdded":
            self.errors.append(details["entry"]["text"])

    async def do(self, method: str, **parameters: object) -> dict[str, Any]:
        """Return the result of a command to this page."""
        return await self._connection.do(method, self._session, **parameters)

    async def open(self, url: str) -> None:
        """Open an address, and wait until it is loaded."""
        loads = self._loads
        await self.do("Page.navigate", url=url)
        await self._connection.until(lambda: self._loads > loads, f"{url} is not loaded")

    async def close(self) -> None:
        """Close the tab."""
        await self._connection.do("Target.closeTarget", targetId=self._target)

    async def value(self, expression: str) -> Any:
        """Return the value of JavaScript in the page; promises are awaited."""
        reply = await self.do("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in reply, reply
        return reply["result"].get("value")

    async def text(self) -> str:
        """Return the text of the page beside its terminal."""
        return str(await self.value("document.body.innerText"))

    async def wait_for(self, text: str) -> None:
        """Wait until the terminal is sent a text, and forget what it was sent until then."""
        await self._connection.until(lambda: text in self.terminal_text, f"{text!r} does not come")
        self._sent = ""
        await asyncio.sleep(REACTION)

    @property
    def terminal_text(self) -> str:
        """Return what the terminal was sent since, without escape sequences."""
        return _ESCAPES.sub("", self._sent)

    async def type(self, text: str) -> None:
        """Type a text, key by key."""
        for letter in text:
            await self.do("Input.dispatchKeyEvent", type="keyDown", key=letter, text=letter)
            await self.do("Input.dispatchKeyEvent", type="keyUp", key=letter)

    async def press_enter(self) -> None:
        """Press Enter."""
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        await self.do("Input.dispatchKeyEvent", type="keyDown", text="\r", **key)
        await self.do("Input.dispatchKeyEvent", type="keyUp", **key)


class Connection:
    """A connection to the browser: commands with their answers, and events as they come."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._pages: dict[str, Page] = {}
        self._changed = asyncio.Condition()

    async def listen(self) -> None:
        """Receive messages until the connection is closed."""
        async for message in self._socket:
            content = message.json()
            if "id" in content:
                self._answers.pop(content["id"]).set_result(content)
            elif page := self._pages.get(content.get("sessionId", "")):
                page.take(content["method"], content["params"])
            async with self._changed:
                self._changed.notify_all()

    async def do(self, method: str, session: str = "", **parameters: object) -> dict[str, Any]:
        """Return the result of a command."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        where = {"sessionId": session} if session else {}
        await self._socket.send_json({"id": number, "method": method, "params": parameters, **where})
        content = await asyncio.wait_for(answer, PATIENCE)
        assert "error" not in content, content
        return content["result"]

    async def until(self, happens: Callable[[], bool], otherwise: str) -> None:
        """Wait until something that the browser reports is so."""
        try:
            async with asyncio.timeout(PATIENCE), self._changed:
                await self._changed.wait_for(happens)
        except TimeoutError:
            raise AssertionError(otherwise) from None

    async def tab(self, like: Page | None = None) -> Page:
        """Return a new tab, with cookies of its own or those of another."""
        context = like.context if like else (await self.do("Target.createBrowserContext"))["browserContextId"]
        target = (await self.do("Target.createTarget", url="about:blank", browserContextId=context))["targetId"]
        session = (await self.do("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        page = self._pages[session] = Page(self, context, target, session)
        for domain in ("Page", "Network", "Log"):
            await page.do(f"{domain}.enable")
        return page


@asynccontextmanager
async def connected(browser: Chromium) -> AsyncIterator[Connection]:
    """Give a connection to a browser."""
    async with aiohttp.ClientSession() as client, client.ws_connect(browser.address, max_msg_size=0) as socket:
        connection = Connection(socket)
        listening = asyncio.create_task(connection.listen())
        yield connection
        listening.cancel()
