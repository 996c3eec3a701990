"""The app in a tab of Chromium: a card is answered, a reload resumes, a second tab takes over, others are refused."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator

import browser
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from devtools import Chromium, Page, connected
from program import Program
from served import Served

ASK = "open the address that mnemosyne serve has printed."
REBOUND = "rebound.test"  # a foreign name that leads to this machine
OWN_WORDS = "Automatic fallback to software WebGL"  # what Chromium reports about itself where there is no graphics card
CONNECT = """new Promise(resolve => {
  const socket = new WebSocket(%s);
  socket.onopen = () => resolve("connected");
  socket.onerror = () => resolve("refused");
})"""


@pytest.fixture
def chromium(tmp_path) -> Iterator[Chromium]:
    """Start Chromium."""
    folder = tmp_path / "profile"
    folder.mkdir()
    program = Chromium(browser.program(), folder, f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1")
    yield program
    program.close()


@pytest.fixture
def served(tmp_path) -> Iterator[Served]:
    """Serve the app."""
    program = Served(tmp_path)
    yield program
    program.process.kill()
    program.process.communicate()


@pytest.fixture
async def foreign() -> AsyncIterator[TestServer]:
    """Start somebody else's server on this machine."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<p>Foreign</p>", content_type="text/html")

    application = web.Application()
    application.router.add_get("/", page)
    async with TestServer(application) as server:
        yield server


def reviewed(served: Served) -> list[tuple[str, str]]:
    """Return the cards that were answered, each with its verdict."""
    run = Program(served.home)("--cards", served.cards, "export", "reviews", "--format", "jsonl")
    assert (run.status, run.err) == (0, "")
    return [(review["card_id"], review["verdict"]) for review in map(json.loads, run.out.splitlines())]


def errors(page: Page) -> list[str]:
    """Return the errors that Chromium reported in the page."""
    return [error for error in page.errors if OWN_WORDS not in error]


@pytest.mark.thorough
async def test_a_card_is_answered_a_reload_resumes_and_a_second_tab_takes_over(chromium, served):
    async with connected(chromium) as connection:
        page = await connection.tab()
        await page.open(served.address)
        await page.wait_for("starts")
        await page.press_enter()
        await page.wait_for("sin(x²)")
        await page.type("2x cos(x^2)")
        await page.press_enter()
        await page.wait_for("Correct")
        await page.press_enter()
        await page.wait_for("cos(x³)")
        assert reviewed(served) == [("first", "correct")]
        address = await page.value("location.href")
        assert "token" not in address
        assert await page.value("document.cookie") == "", "no script can read it"
        assert {request.split("/")[2] for request in page.requests} == {served.origin.removeprefix("http://")}
        assert errors(page) == []

        await page.do("Page.reload")
        await page.wait_for("resumes")
        await page.press_enter()
        await page.wait_for("cos(x³)")

        second = await connection.tab(page)
        await second.open(address)
        await second.wait_for("Mnemosyne is open in another tab or window.")
        await second.press_enter()
        await page.wait_for("Mnemosyne has moved to another tab or window.")
        await second.wait_for("resumes")
        assert "Disconnected. Everything you have graded is saved. Open Mnemosyne again" in await page.text()

        await second.type("q")
        await second.wait_for("Mnemosyne is closed.")
    assert served.end()[0] == 130


@pytest.mark.thorough
async def test_pages_of_other_servers_and_tabs_without_the_cookie_are_refused(chromium, served, foreign):
    async with connected(chromium) as connection:
        page = await connection.tab()
        await page.open(served.address)
        await page.wait_for("starts")
        address = await page.value("location.href")
        socket = f"ws{address.removeprefix('http')}socket"
        connect = CONNECT % json.dumps(socket)
        assert await page.value(connect) == "connected"

        stranger = await connection.tab(page)  # with the cookie, which goes to all ports of a machine alike
        for host in ("127.0.0.1", "localhost"):
            await stranger.open(f"http://{host}:{foreign.port}/")
            assert await stranger.text() == "Foreign"
            assert await stranger.value(connect) == "refused"

        cookieless_tab = await connection.tab()  # without the cookie
        await cookieless_tab.open(address)
        assert await cookieless_tab.text() == f"This browser has not been let in: {ASK}\n"
        await cookieless_tab.open(f"{served.origin}/?token=guessed")
        assert await cookieless_tab.text() == f"The token is missing or belongs to another run: {ASK}\n"
        await cookieless_tab.open(served.address.replace("127.0.0.1", REBOUND))
        assert await cookieless_tab.text() == f"Mnemosyne is not served under this name: {ASK}\n"
        await cookieless_tab.open(address)
        assert await cookieless_tab.text() == f"This browser has not been let in: {ASK}\n", (
            "nothing of what would let it in"
        )
