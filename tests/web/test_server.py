"""The server as a hostile program meets it: a request that lacks one thing is refused, whatever else it has."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestServer

from mnemosyne.web.access import LOOPBACK, Access
from mnemosyne.web.server import COOKIE, Server
from mnemosyne.web.tab import terminal_size

NOT_LET_IN = "This browser has not been let in: open the address that mnemosyne serve has printed.\n"
WRONG_NAME = "Mnemosyne is not served under this name: open the address that mnemosyne serve has printed.\n"
NO_TOKEN = "The token is missing or belongs to another run: open the address that mnemosyne serve has printed.\n"
FOREIGN = "Only Mnemosyne's own page may connect here.\n"


@dataclass
class Requester:
    """A program that sends the server any request."""

    client: ClientSession
    access: Access
    base: str

    @property
    def cookie(self) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self.access.cookie}"}

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Return status and text of an answer."""
        async with self.client.get(f"{self.base}{path}", headers=headers) as answer:
            return answer.status, await answer.text()

    async def connect(self, **headers: str) -> tuple[int, str]:
        """Return the same for a request to open a WebSocket."""
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
        key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
        return await self.get(f"{self.access.path}socket", **upgrade, **key, **headers)


@pytest.fixture
async def requester() -> AsyncIterator[Requester]:
    """Give a server of `mnemosyne --version`, which ends at once, and a program that sends it requests."""
    access = Access(LOOPBACK)
    async with TestServer(Server(access, ["--version"]).application()) as server, ClientSession() as client:
        yield Requester(client, access, f"http://127.0.0.1:{server.port}")


async def test_the_token_is_answered_with_a_cookie_for_the_page_alone(requester):
    async with requester.client.get(f"{requester.base}/?token={requester.access.token}") as answer:
        assert answer.status == 200
        assert requester.access.path in await answer.text()
        cookie = answer.headers["Set-Cookie"]
    assert cookie == f"{COOKIE}={requester.access.cookie}; HttpOnly; Path={requester.access.path}; SameSite=Strict"


async def test_without_the_token_there_is_no_cookie(requester):
    for query in ("", "?token=", "?token=x", f"?token={requester.access.cookie}", f"?Token={requester.access.token}"):
        async with requester.client.get(f"{requester.base}/{query}") as answer:
            assert (answer.status, await answer.text()) == (403, NO_TOKEN)
            assert "Set-Cookie" not in answer.headers


async def test_without_the_cookie_every_path_is_refused(requester):
    path = requester.access.path
    for place in ("", "socket", "terminal/js/textual.js", "page/browser.css", "nothing"):
        assert await requester.get(f"{path}{place}") == (403, NOT_LET_IN)
        assert await requester.get(f"{path}{place}", Cookie=f"{COOKIE}=guessed") == (403, NOT_LET_IN)
    assert await requester.get("/favicon.ico") == (403, NOT_LET_IN)


async def test_under_a_foreign_name_everything_is_refused_even_with_token_and_cookie(requester):
    for host in ("rebound.test", f"rebound.test:{requester.base[-5:]}", "192.168.1.5"):
        assert await requester.get(f"/?token={requester.access.token}", Host=host) == (403, WRONG_NAME)
        assert await requester.get(requester.access.path, Host=host, **requester.cookie) == (403, WRONG_NAME)
        assert await requester.connect(Host=host, Origin=f"http://{host}", **requester.cookie) == (403, WRONG_NAME)


async def test_only_the_own_page_connects(requester):
    assert await requester.connect(Origin=requester.base) == (403, NOT_LET_IN)
    assert await requester.connect(**requester.cookie) == (403, FOREIGN)
    for origin in ("null", "http://evil.test", "http://127.0.0.1:1", requester.base.replace("127.0.0.1", "localhost")):
        assert await requester.connect(Origin=origin, **requester.cookie) == (403, FOREIGN)


async def test_the_page_may_connect_only_to_this_server(requester):
    async with requester.client.get(f"{requester.base}{requester.access.path}", headers=requester.cookie) as answer:
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        f"img-src 'self' data:; connect-src 'self' ws{requester.base.removeprefix('http')}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


async def test_every_answer_is_bound_to_this_server(requester):
    for path in (
        "/",
        f"/?token={requester.access.token}",
        requester.access.path,
        f"{requester.access.path}page/browser.css",
    ):
        async with requester.client.get(f"{requester.base}{path}", headers=requester.cookie) as answer:
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_what_is_not_a_message_does_no_harm(requester):
    """The app is `--version`, which ends before Textual's driver draws: the tab is closed with a message."""
    address = f"{requester.base}{requester.access.path}socket?width=x&height=99999999999"
    async with requester.client.ws_connect(address, headers={"Origin": requester.base, **requester.cookie}) as socket:
        for message in ("", "[", "[]", "{}", '["resize", 5]', '["stdin"]', '["stdin", {"a": 1}]', "[" * 9999, "[1, 2]"):
            await socket.send_str(message)
        await socket.send_bytes(b"\x00\xff")
        tab_messages = [message.data async for message in socket if message.type is WSMsgType.BINARY]
    assert tab_messages[-1].endswith(b"Mnemosyne is closed.")


async def test_a_foreign_program_gets_the_status_and_no_reason(requester):
    with pytest.raises(WSServerHandshakeError, match="403"):
        await requester.client.ws_connect(
            f"{requester.base}{requester.access.path}socket", headers={"Origin": "http://evil.test"}
        )


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [
        ("100", "30", (100, 30)),
        (100, 30, (100, 30)),
        ("x", None, (80, 24)),
        ("0", "-5", (1, 24)),
        (10**9, "1e3", (80, 24)),
        ("99999", "²", (1000, 24)),
        (True, 2.5, (80, 24)),
    ],
)
def test_a_terminal_has_a_size_that_is_possible(width, height, size):
    assert terminal_size(width, height) == size
