"""Textual's web driver, changed to end the app when the server ends."""

from __future__ import annotations

from contextlib import suppress

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp


class PipeDriver(WebDriver):
    """Draws into a pipe, and ends the app once the other end is closed."""

    def run_input_thread(self) -> None:
        """Read until the end of input, then end the app: Textual's own driver would leave it running, unseen."""
        super().run_input_thread()
        self._app.post_message(ExitApp())

    def write(self, data: str) -> None:
        """Write terminal output; if the pipe is closed, `run_input_thread` notices."""
        with suppress(BrokenPipeError):
            super().write(data)

    def write_meta(self, data: dict[str, object]) -> None:
        """Write a message to the server; if the pipe is closed, `run_input_thread` notices."""
        with suppress(BrokenPipeError):
            super().write_meta(data)
