"""The server of the page: answers only those who have its address, and gives the app to one tab at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from aiohttp import web

from mnemosyne.web.access import Access, is_own_origin
from mnemosyne.web.tab import Tab, terminal_size
from mnemosyne.web.turn import Turn

COOKIE: Final = "mnemosyne"
_HEARTBEAT: Final = 60.0  # seconds between checks that a tab is still connected
_LONGEST_MESSAGE: Final = 1 << 20  # bytes, as of a text pasted at once
_HERE: Final = Path(__file__).parent
_TERMINAL: Final = Path(str(files("textual_serve"))) / "static"  # xterm.js, its style sheet and font
_ASK: Final = "open the address that mnemosyne serve has printed"
_BOUND: Final = {  # headers of every response: no framing by other pages, no caching, no referrer
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Serves the page and runs the app as `mnemosyne ARGUMENTS`."""

    def __init__(self, access: Access, arguments: Sequence[str]) -> None:
        self._access = access
        self._arguments = arguments
        self._turn: Turn[Tab] = Turn()
        self._tabs: list[Tab] = []

    def application(self) -> web.Application:
        """Return the application for aiohttp."""
        path = self._access.path
        application = web.Application(middlewares=[self._guard])
        application.router.add_get("/", self._enter)
        application.router.add_get(path, self._page)
        application.router.add_get(f"{path}socket", self._socket)
        application.router.add_static(f"{path}terminal", _TERMINAL)
        application.router.add_static(f"{path}page", _HERE / "page")
        application.on_shutdown.append(self._close)
        return application

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Refuse requests without access, and add the security headers to every response."""
        try:
            self._require_right(request)
            response = await handler(request)
        except web.HTTPException as refusal:
            refusal.headers.update(_BOUND)
            raise
        if not response.prepared:
            response.headers.update(_BOUND)
        return response

    def _require_right(self, request: web.Request) -> None:
        if not self._access.allows_host(request.headers.get("Host", "")):
            raise _refusal(f"Mnemosyne is not served under this name: {_ASK}.")
        if request.path != "/" and not self._access.allows_cookie(request.cookies.get(COOKIE, "")):
            raise _refusal(f"This browser has not been let in: {_ASK}.")

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        """Exchange the token for the cookie.

        Its page then loads the next one itself: after a redirection from a foreign page, browsers
        would not send the cookie.
        """
        if not self._access.allows_token(request.query.get("token", "")):
            raise _refusal(f"The token is missing or belongs to another run: {_ASK}.")
        response = _html("enter.html", page=self._access.path)
        response.set_cookie(COOKIE, self._access.cookie, path=self._access.path, httponly=True, samesite="Strict")
        return response

    async def _page(self, request: web.Request) -> web.StreamResponse:
        origin = f"ws://{request.host}"  # checked by `_guard`
        response = _html("page.html", socket=f"{origin}{self._access.path}socket")
        response.headers["Content-Security-Policy"] = _policy(origin)
        return response

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        """Serve a tab's WebSocket until the tab is gone."""
        if not is_own_origin(request.headers.get("Origin", ""), request.host):
            raise _refusal("Only Mnemosyne's own page may connect here.")
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=_LONGEST_MESSAGE)
        await socket.prepare(request)
        tab = Tab(socket, terminal_size(request.query.get("width"), request.query.get("height")), self._take_over)
        self._tabs.append(tab)
        playing = asyncio.create_task(self._play(tab))
        try:
            await tab.read()
        finally:
            self._tabs.remove(tab)
            if self._turn.holder is not tab:
                playing.cancel()
            await asyncio.gather(playing, return_exceptions=playing.cancelling() > 0)
        return socket

    async def _play(self, tab: Tab) -> None:
        """Run the app in the tab, once no other tab has it."""
        holder = self._turn.holder
        if holder is not None and not holder.is_disconnected:
            await tab.show("Mnemosyne is open in another tab or window.", "", "Press Enter to use it here instead.")
        async with self._turn.of(tab):
            await tab.play(self._arguments)

    async def _take_over(self, tab: Tab) -> None:
        """End the app in the tab that has it, and let this tab have it next."""
        self._turn.prefer(tab)
        if self._turn.holder is not None:
            await self._turn.holder.leave("Mnemosyne has moved to another tab or window.")

    async def _close(self, _application: web.Application) -> None:
        """Disconnect all tabs, which also ends the app."""
        await asyncio.gather(
            *(tab.leave("Mnemosyne has stopped on the computer that serves it.") for tab in self._tabs)
        )


def _html(name: str, **values: str) -> web.Response:
    page = Template((_HERE / name).read_text(encoding="utf-8")).substitute(values)
    return web.Response(text=page, content_type="text/html")


def _refusal(sentence: str) -> web.HTTPForbidden:
    return web.HTTPForbidden(text=f"{sentence}\n")


def _policy(socket_origin: str) -> str:
    """Return the page's CSP: resources of this server only, and its WebSocket."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        f"img-src 'self' data:; connect-src 'self' {socket_origin}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
