"""Work that goes on beside the messages of a screen: Textual's workers."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, cast

from textual.dom import DOMNode


def start_worker(host: DOMNode, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a coroutine function as a worker of the host.

    The coroutine is made only when the worker begins: one that is made before is never awaited if the app ends in
    between, and Python warns of that on the terminal.
    """
    host.run_worker(cast(Any, work))  # its type allows functions, but no checker can tell which of two it is
