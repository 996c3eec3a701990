"""However the interface ends, the terminal is restored and at most one line is left on it.

Textual would print the traceback of a bug with all local variables; here the exception is kept for
the command line's last handler, which logs it. SIGTERM and SIGHUP end the app as `q` does, with the
status that a shell expects. So does the end of the terminal, which is signalled to the program only if
it is the controlling terminal of its session: at the end of its input, Textual would read for ever.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from rich.console import RenderableType
from textual._context import active_message_pump
from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.worker import WorkerFailed

from mnemosyne.errors import InterfaceError, MnemosyneError

_SIGNALS: Final = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP, and no handlers in its event loop
_PATIENCE: Final = 6.0  # seconds to end after a signal: writing to a lost terminal may block
_MISSED: Final = (NoMatches, ScreenStackError, KeyError)  # KeyError: a style of Textual's own command palette
_KILLED: Final = 128  # a shell reports this plus the signal's number


class EndingApp(App[Any]):
    """An app that leaves a clean terminal; `bug` is the first exception raised in it."""

    bug: Exception | None = None

    async def run_async(self, **options: Any) -> Any:
        """Run with handlers for the signals, and return the result; raise CancelledError after SIGINT."""
        loop = asyncio.get_running_loop()
        numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
        try:
            for number in numbers:
                loop.add_signal_handler(number, self._end_by, number)
        except NotImplementedError:
            numbers = []
        if not options.get("headless"):
            _call_when_terminal_is_gone(lambda: loop.call_soon_threadsafe(self._end_by, signal.SIGHUP))
        try:
            ended_with = await super().run_async(**options)
        finally:
            for number in numbers:
                loop.remove_signal_handler(number)
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise asyncio.CancelledError  # by SIGINT; Textual ends as if nothing had happened
        return ended_with

    def _end_by(self, number: int) -> None:
        status = _KILLED + number
        end = threading.Timer(_PATIENCE, os._exit, (status,))  # loses nothing: all answers are stored
        end.daemon = True
        end.start()
        self.exit(return_code=status)

    def _handle_exception(self, error: Exception) -> None:
        """Keep the exception that Textual caught in a handler, a worker, a timer or while drawing.

        A widget that is closed while it is still being opened gets its handlers called, but no children: what they
        miss then is no bug.
        """
        if isinstance(error, _MISSED) and is_leaving(active_message_pump.get(self)):
            return
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.bug = self.bug or (cause if isinstance(cause, Exception) else error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End without printing the traceback."""
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End without printing; Textual calls this, with a traceback, when it cannot read the terminal any more."""
        self.bug = self.bug or OSError(f"the terminal failed: {' '.join(map(_last_line, renderables))}")
        self._close_messages_no_wait()


def _call_when_terminal_is_gone(call: Callable[[], object]) -> None:
    """Call `call`, in another thread, once nothing holds the other end of the terminal; never if that cannot be known.

    The system cannot tell on Windows, nor on a macOS whose `poll` does not know terminals.
    """
    terminal = sys.__stdin__
    if terminal is None or not hasattr(select, "poll") or not terminal.isatty():
        return
    poller = select.poll()
    poller.register(terminal, 0)  # no event but those that are always reported

    def wait() -> None:
        ((_, event), *_) = poller.poll()
        if event & (select.POLLHUP | select.POLLERR):
            with suppress(RuntimeError):  # the app has ended already
                call()

    threading.Thread(target=wait, name="terminal-end", daemon=True).start()


def is_leaving(pump: MessagePump) -> bool:
    """Return whether a widget, or the app, has begun to close."""
    if isinstance(pump, App):
        return not pump.screen_stack
    return isinstance(pump, DOMNode) and (pump._pruning or pump._closing or not pump.is_attached)


def _last_line(renderable: object) -> str:
    """Return the last line of a Rich traceback, or any other renderable as text."""
    stacks = getattr(getattr(renderable, "trace", None), "stacks", ())
    return f"{stacks[0].exc_type}: {stacks[0].exc_value}" if stacks else str(renderable)


def run_to_end(app: EndingApp) -> int:
    """Run the app and return its exit status.

    Raise its expected error, or InterfaceError from any other exception.
    """
    app.run()
    if isinstance(app.bug, MnemosyneError):
        raise app.bug
    if app.bug is not None:
        raise InterfaceError from app.bug
    return app.return_code or 0
