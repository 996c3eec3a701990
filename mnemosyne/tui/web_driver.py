"""Textual's web driver, for an app that ends with whoever serves it."""

from __future__ import annotations

from contextlib import suppress

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp


class PipeDriver(WebDriver):
    """Draws into a pipe; once nobody holds the other end, the app ends."""

    def run_input_thread(self) -> None:
        """Read until the end of input, then end the app: Textual's own driver would leave it running, unseen."""
        super().run_input_thread()
        self._app.post_message(ExitApp())

    def write(self, data: str) -> None:
        """Write what a terminal is sent; the end of input tells that nobody reads it."""
        with suppress(BrokenPipeError):
            super().write(data)

    def write_meta(self, data: dict[str, object]) -> None:
        """Write what the server is told; the end of input tells that nobody reads it."""
        with suppress(BrokenPipeError):
            super().write_meta(data)
