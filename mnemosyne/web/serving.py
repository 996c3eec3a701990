"""Serves the page at an address of this machine, until a signal ends it."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import Callable, Sequence
from typing import Final

from aiohttp import web

from mnemosyne.errors import InputError
from mnemosyne.web.access import LOOPBACK, Access, is_address
from mnemosyne.web.server import Server

_EVERYWHERE: Final = ("0.0.0.0", "::")
_SIGNALS: Final = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP, and no handlers in its event loop
_KILLED: Final = 128  # a shell reports this plus the signal's number


def serve_page(host: str, port: int, arguments: Sequence[str], announce: Callable[[str], None]) -> int:
    """Serve `mnemosyne ARGUMENTS` until a signal; return the exit status.

    Call `announce` with the address to open. Raise InputError if the address cannot be listened on,
    and KeyboardInterrupt after Ctrl+C, once everything has ended.
    """
    return asyncio.run(_serve(host, port, arguments, announce))


async def _serve(host: str, port: int, arguments: Sequence[str], announce: Callable[[str], None]) -> int:
    access, signals = access_for(host), _ending_signals()
    runner = web.AppRunner(Server(access, arguments).application(), access_log=None)
    await runner.setup()
    try:
        await _listen(runner, host, port)
        announce(f"http://{_reached_by(host)}:{runner.addresses[0][1]}/?token={access.token}")
        return _KILLED + await signals.get()
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except socket.gaierror:
        raise InputError(f"{host} is not an address of this machine", "pass another with --host") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InputError(f"port {port} is in use", "pass another with --port") from None
        if error.errno in (errno.EADDRNOTAVAIL, None):  # none since Python 3.13
            raise InputError(f"{host} is not an address of this machine", "pass another with --host") from None
        raise InputError(
            f"{host}:{port} cannot be used ({error.strerror})",
            "pass another address with --host, or another port with --port",
        ) from None


def _ending_signals() -> asyncio.Queue[int]:
    """Return a queue for the signals that end the program, handled from now on; Ctrl+C cancels the task instead."""
    loop = asyncio.get_running_loop()
    numbers: asyncio.Queue[int] = asyncio.Queue()
    for number in (getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)):
        try:
            loop.add_signal_handler(number, numbers.put_nowait, number)
        except NotImplementedError:
            break
    return numbers


def is_loopback(host: str) -> bool:
    """Return whether the address can only be reached from this machine."""
    return host.lower() in LOOPBACK


def access_for(host: str) -> Access:
    """Return the access rules for a server at the address."""
    if is_loopback(host):
        return Access(LOOPBACK)
    own = socket.gethostname().lower()
    return Access(LOOPBACK | {host.lower(), own, f"{own}.local"}, any_address=True)


def _reached_by(host: str) -> str:
    """Return the name or address to open; for a server that listens everywhere, this machine's address."""
    if host in _EVERYWHERE:
        host = _own_address() or socket.gethostname()
    return f"[{host}]" if is_address(host) and ":" in host else host


def _own_address() -> str | None:
    """Return this machine's address in its network, found by a route lookup without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address never in use: RFC 5737
        except OSError:
            return None
        return str(probe.getsockname()[0])
