"""`serve`: what it prints, how it ends, and what it says where it cannot start."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys

import pytest
from patience import PATIENCE
from served import Served, small_deck

from mnemosyne.web import DRIVER_VARIABLE, WEB_DRIVER

LINES = (
    r"Open http://127\.0\.0\.1:\d+/\?token=[\w-]{43}\n"
    r"Whoever has this address can use your deck\. Ctrl\+C stops the server\.\n"
)


@pytest.fixture
def served(tmp_path):
    started = []

    def start(*options: str) -> Served:
        started.append(Served(tmp_path, *options))
        return started[-1]

    yield start
    for server in started:
        server.process.kill()
        server.process.communicate()


def test_it_prints_the_address_and_ctrl_c_ends_it(served):
    status, out, err = served().end()
    assert (status, err) == (130, "mnemosyne: interrupted; everything graded so far is kept\n")
    assert re.fullmatch(LINES, out)


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(("name", "expected"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_on_a_network_it_says_that_others_may_read_along_and_a_signal_ends_it(served, name, expected):
    server = served("--host", "0.0.0.0")
    assert server.end(getattr(signal, name)) == (
        expected,
        f"{server.first_line}"
        "Whoever has this address can use your deck. Ctrl+C stops the server.\n"
        "The connection is not encrypted: serve only on a network that you trust.\n",
        "",
    )


def test_a_port_that_is_taken(mnemosyne_process):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        run = mnemosyne_process("serve", "--port", port)
    assert (run.status, run.out, run.err) == (2, "", f"mnemosyne: port {port} is in use; pass another with --port\n")


@pytest.mark.thorough
def test_an_address_of_another_machine(mnemosyne_process):
    run = mnemosyne_process("serve", "--port", "0", "--host", "192.0.2.1")
    words = "mnemosyne: 192.0.2.1 is not an address of this machine; pass another with --host\n"
    assert (run.status, run.out, run.err) == (2, "", words)


def test_without_the_extra_it_says_how_to_install_it(mnemosyne, monkeypatch):
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    for name in [name for name in sys.modules if name.startswith("mnemosyne.web.")]:
        monkeypatch.delitem(sys.modules, name)
    run = mnemosyne("serve")
    words = "mnemosyne: mnemosyne serve needs textual-serve; install it with pip install textual-serve\n"
    assert (run.status, run.out, run.err) == (2, "", words)


def test_without_a_server_the_app_still_asks_for_a_terminal(mnemosyne):
    words = "mnemosyne: not a terminal; use mnemosyne review --plain\n"
    for driver in ("", "textual.drivers.web_driver:WebDriver", "mnemosyne.tui.web_driver:Other"):
        run = mnemosyne(**{DRIVER_VARIABLE: driver})
        assert (run.status, run.out, run.err) == (2, "", words)


@pytest.mark.thorough
def test_an_app_whose_server_was_killed_ends(tmp_path):
    """It ends at the end of its input; nothing else would ever end it."""
    places = ["--home", str(tmp_path / "home"), "--cards", str(small_deck(tmp_path))]
    environment = {**os.environ, DRIVER_VARIABLE: WEB_DRIVER, "COLUMNS": "80", "ROWS": "24"}
    command = [sys.executable, "-m", "mnemosyne", *places]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as app:
        assert app.stdout is not None
        assert app.stdin is not None
        assert app.stdout.readline() == b"__GANGLION__\n"
        app.stdin.close()
        rest = app.stdout.read()
        assert app.wait(PATIENCE) == 0
    assert rest.endswith(b'{"type": "exit"}')
