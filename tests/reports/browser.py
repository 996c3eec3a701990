"""Headless Chromium: how it renders a page, which errors it reports, and which hosts it tries to reach."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSERS_OWN = (".google.com", ".googleapis.com", ".gvt1.com")  # the browser contacts its makers whatever page it shows
QUIET = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage",
    "--hide-scrollbars", "--enable-logging=stderr", "--v=0",
)  # fmt: skip


@dataclass(frozen=True)
class PageView:
    """A page as the browser rendered it: the document as text, the lines of the console, and its network requests."""

    dom: str
    console: tuple[str, ...]
    requests: tuple[str, ...]


@dataclass
class Recorder:
    """A proxy on this machine that records requests, and answers none."""

    port: int = 0
    asked: list[str] = field(default_factory=list)

    def take(self, listener: socket.socket) -> None:
        """Record the first line of every request, until the listener is closed."""
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    request = connection.recv(4096)
                except OSError:
                    continue
                if request:  # the browser may open a connection and not use it, or end before it does
                    self.asked.append(request.split(b"\r\n")[0].decode(errors="replace"))


@contextmanager
def recorder() -> Iterator[Recorder]:
    """Yield a recorder that listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        new_recorder = Recorder(listener.getsockname()[1])
        thread = Thread(target=new_recorder.take, args=(listener,), daemon=True)
        thread.start()
        yield new_recorder
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(10)


class Browser:
    """Chromium; each page is shown by a new process, with a profile of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder

    def show(self, page: Path, *flags: str, width: int = 1280) -> PageView:
        """Return the page as the browser understood it."""
        with recorder() as proxy:
            process = self._run(page, "--dump-dom", f"--window-size={width},900", *flags, proxy=proxy.port)
        console = tuple(line for line in process.stderr.splitlines() if ":CONSOLE" in line)
        return PageView(process.stdout, console, tuple(line for line in proxy.asked if not _of_its_own(line)))

    def background(self, page: Path, *flags: str) -> tuple[int, ...]:
        """Return red, green and blue of the page's upper left corner."""
        target = self.folder / "screen.png"
        self._run(page, f"--screenshot={target}", "--window-size=400,300", *flags)
        return corner(target.read_bytes())

    def printed(self, page: Path, *flags: str) -> bytes:
        """Return the page as PDF."""
        target = self.folder / "page.pdf"
        self._run(page, f"--print-to-pdf={target}", "--no-pdf-header-footer", *flags)
        return target.read_bytes()

    def _run(self, page: Path, *flags: str, proxy: int = 9) -> subprocess.CompletedProcess[str]:
        """Run the browser; whatever it requests from the network goes to the proxy on this machine."""
        profile = self.folder / f"profile-{len(list(self.folder.glob('profile-*')))}"
        own = [f"--user-data-dir={profile}", f"--proxy-server=127.0.0.1:{proxy}", "--proxy-bypass-list=<-loopback>"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            own.append("--no-sandbox")  # the sandbox refuses to run as root
        command = [self.program, *QUIET, *own, *flags, page.as_uri()]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


def start(folder: Path) -> Browser:
    """Return the browser of this machine."""
    return Browser(program(), folder)


def program() -> str:
    """Return where Chromium is; without it the test is skipped, or fails where nothing may be missing."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("needs Chromium")
    return path


def corner(png: bytes) -> tuple[int, ...]:
    """Return the first pixel of a PNG: no filter changes it, since nothing comes before it."""
    data, place = b"", 8
    while place < len(png):
        length = int.from_bytes(png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + length]
        place += length + 12
    return tuple(zlib.decompress(data)[1:4])


def _of_its_own(request: str) -> bool:
    host = request.split(" ")[1].removeprefix("http://").split("/")[0].split(":")[0] if " " in request else ""
    return host.endswith(BROWSERS_OWN)
