"""A hub that accepts connections, or seems to, and never answers: sessions do not wait for it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from program import Program

from mnemosyne.collection import syncing
from mnemosyne.hub import connection

PLAIN = ("review", "--plain", "--limit", "1")


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the address of a hub that is silent as long as the test lasts; whoever waits for it hangs."""
    monkeypatch.setattr(connection, "CONNECT_TIMEOUT", 3600)
    monkeypatch.setattr(syncing, "HUB_PATIENCE", 0.01)
    with ExitStack() as sockets:
        server = sockets.enter_context(socket.create_server(("127.0.0.1", 0)))

        def accept() -> None:
            while True:
                try:
                    sockets.enter_context(server.accept()[0])
                except OSError:
                    return

        listening = threading.Thread(target=accept)
        listening.start()
        yield f"postgresql+psycopg://ada@127.0.0.1:{server.getsockname()[1]}/class?sslmode=disable"
        server.shutdown(socket.SHUT_RDWR)
        listening.join()
    for thread in threading.enumerate():
        if thread.name in ("sync", "unattended"):
            thread.join()  # their connections are closed by now


def test_a_session_ends_though_the_hub_never_answers(hub: str, tmp_path: Path):
    laptop = Program(tmp_path / "laptop")
    assert laptop("config", "set", "sync.hub", hub).status == 0
    assert laptop("config", "set", "sync.folder", str(tmp_path / "shared")).status == 0
    session = laptop(*PLAIN, stdin=":show\n1\n:quit\n")
    assert session.status == 0
    assert (
        session.err == f"mnemosyne: the hub {hub} has not answered yet; the next session sends what is missing there\n"
    )
    (file,) = (tmp_path / "shared" / "events").iterdir()
    assert len(file.read_text().splitlines()) == 1
