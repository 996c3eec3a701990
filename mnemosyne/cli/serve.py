"""`serve`: the app in a browser tab."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import say, warn
from mnemosyne.errors import InputError
from mnemosyne.log_file import open_log

_EXTRA = ("aiohttp", "textual_serve")


def serve(
    context: typer.Context,
    *,
    host: Annotated[
        str, typer.Option(metavar="HOST", help="The address to listen on; 0.0.0.0 means every address of this machine.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="The port; 0 picks a free one.")] = 8000,
) -> None:
    """Serve the app to a browser, one tab at a time; only someone with the printed address gets in."""
    try:
        from mnemosyne.web.serving import is_loopback, serve_page
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        raise InputError("mnemosyne serve needs textual-serve", "install it with pip install textual-serve") from None
    locations: Locations = context.obj
    logging.basicConfig(level=logging.ERROR, handlers=[_BugLog(locations.settings().log_path)], force=True)

    def announce(address: str) -> None:
        say(f"Open {address}")
        say("Whoever has this address can use your deck. Ctrl+C stops the server.")
        if not is_loopback(host):
            say("The connection is not encrypted: serve only on a network that you trust.")
        sys.stdout.flush()

    raise typer.Exit(serve_page(host, port, _global_options(locations), announce))


def _global_options(locations: Locations) -> list[str]:
    options = {"--home": locations.home, "--cards": locations.cards}
    return [part for name, folder in options.items() if folder is not None for part in (name, str(folder))]


class _BugLog(logging.Handler):
    """Writes what the server's libraries report to the program's log, and a line about it to standard error."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Log the record with its traceback."""
        with open_log(self._path) as log:
            log.write(f"mnemosyne serve\n{self.format(record)}\n".encode(errors="backslashreplace"))
        warn(f"this is a bug: {record.getMessage()}; please report it with the end of {self._path}")
